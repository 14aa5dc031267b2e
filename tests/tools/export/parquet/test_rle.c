/* tools/export/parquet/rle: what is written reads back, runs where there are some. */
#include "ledger/record/codec.h"
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tools/export/parquet/rle.h"

static struct row {
    const char *name;
    unsigned width;
    size_t n;
    uint32_t values[20];
    struct bc_str want;
} rows[] = {
    { "no values are no bytes", 1, 0, { 0 }, BYTES("") },
    { "one value is a run of one", 1, 1, { 1 }, BYTES("\x02\x01") },
    { "equal ones are a run", 1, 20, { 0 }, BYTES("\x28\x00") },
    { "a run's value takes whole bytes",
      9,
      8,
      { 256, 256, 256, 256, 256, 256, 256, 256 },
      BYTES("\x10\x00\x01") },
    { "the format's own example", 3, 8, { 0, 1, 2, 3, 4, 5, 6, 7 }, BYTES("\x03\x88\xc6\xfa") },
    { "the last group is filled up", 1, 3, { 1, 0, 1 }, BYTES("\x03\x05") },
    { "a run after a group begins where a group would",
      1,
      20,
      { 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
      BYTES("\x03\x55\x18\x01") },
    { "what runs to the end is a run, however short",
      1,
      11,
      { 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1 },
      BYTES("\x03\x55\x06\x01") },
};

static void encoded(void **state)
{
    const struct row *row = *state;
    struct bc_buf got = { 0 };

    rle_add(&got, row->values, row->n, row->width);
    assert_int_equal(got.len, row->want.len);
    if (got.len > 0)
        assert_memory_equal(got.at, row->want.at, got.len);
    bc_buf_release(&got);
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(rle_width(0), 1);
    assert_int_equal(rle_width(1), 1);
    assert_int_equal(rle_width(2), 2);
    assert_int_equal(rle_width(255), 8);
    assert_int_equal(rle_width(256), 9);
    assert_int_equal(rle_width(UINT32_MAX), 32);
}

/* --- a reader, written from the format's page --- */

struct reader {
    struct bc_str bytes;
    size_t at;
};

static uint32_t bits_at(const struct reader *from, size_t bit, unsigned width)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < width; i++, bit++)
        value |= (uint32_t)((unsigned char)from->bytes.at[from->at + bit / 8] >> bit % 8 & 1) << i;
    return value;
}

static size_t read_run(struct reader *from, uint32_t *out, size_t room, unsigned width)
{
    uint64_t header = 0;
    size_t n;

    from->at += bc_varint_get(&header, bc_str_part(from->bytes, from->at, from->bytes.len));
    n = header & 1 ? (header >> 1) * 8 : header >> 1;
    for (size_t i = 0; i < n && i < room; i++)
        out[i] = bits_at(from, header & 1 ? i * width : 0, width);
    from->at += header & 1 ? (header >> 1) * width : (width + 7) / 8;
    return n < room ? n : room;
}

static void check_back(const uint32_t *values, size_t n, unsigned width)
{
    uint32_t *back = bc_calloc(n + 1, sizeof(*back));
    struct bc_buf bytes = { 0 };
    struct reader from = { { 0 }, 0 };
    size_t got = 0;

    rle_add(&bytes, values, n, width);
    from.bytes = bc_buf_str(&bytes);
    while (from.at < from.bytes.len)
        got += read_run(&from, back + got, n - got, width);
    assert_int_equal(from.at, from.bytes.len);
    assert_int_equal(got, n);
    assert_memory_equal(back, values, n * sizeof(*values));
    bc_buf_release(&bytes);
    free(back);
}

static void whatever_is_written_reads_back(void **state)
{
    uint64_t random = 20261130;
    uint32_t values[300];

    (void)state;
    for (unsigned width = 1; width <= 32; width++)
        for (int round = 0; round < 40; round++) {
            size_t n = history_random(&random, ARRAY_LEN(values) + 1);
            uint64_t repeats = 1 + history_random(&random, 20);

            for (size_t i = 0; i < n; i++)
                values[i] = i > 0 && history_random(&random, repeats) > 0
                                ? values[i - 1]
                                : (uint32_t)history_random(&random, UINT64_C(1) << width);
            check_back(values, n, width);
        }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, encoded, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(widths);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(whatever_is_written_reads_back);
    return cmocka_run_group_tests_name("tools/export/parquet/rle", tests, NULL, NULL);
}
