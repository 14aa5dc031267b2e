#include "tools/export/parquet/rle.h"

#include "ledger/record/codec.h"

enum { GROUP = 8 };

unsigned rle_width(uint32_t most)
{
    return most ? 32 - (unsigned)__builtin_clz(most) : 1;
}

void rle_pack(struct bc_buf *out, const uint32_t *values, size_t n, unsigned width)
{
    uint64_t bits = 0;
    unsigned held = 0;

    for (size_t i = 0; i < n; i++) {
        bits |= (uint64_t)values[i] << held;
        for (held += width; held >= 8; held -= 8, bits >>= 8)
            bc_buf_add_byte(out, (char)bits);
    }
    if (held > 0)
        bc_buf_add_byte(out, (char)bits);
}

static size_t equal_ones(const uint32_t *values, size_t n)
{
    size_t run = 1;

    while (run < n && values[run] == values[0])
        run++;
    return run;
}

static void add_run(struct bc_buf *out, uint32_t value, size_t n, unsigned width)
{
    bc_varint_add(out, (uint64_t)n << 1);
    for (unsigned bit = 0; bit < width; bit += 8)
        bc_buf_add_byte(out, (char)(value >> bit));
}

static void add_packed(struct bc_buf *out, const uint32_t *values, size_t n, unsigned width)
{
    size_t whole = n / GROUP * GROUP, rest = n - whole;
    uint32_t last[GROUP] = { 0 };

    bc_varint_add(out, (uint64_t)((n + GROUP - 1) / GROUP) << 1 | 1);
    rle_pack(out, values, whole, width);
    if (rest == 0)
        return;
    memcpy(last, values + whole, rest * sizeof(*values));
    rle_pack(out, last, GROUP, width);
}

void rle_add(struct bc_buf *out, const uint32_t *values, size_t n, unsigned width)
{
    size_t packed = 0; /* values before `at` that are still to be added, in whole groups */

    for (size_t at = 0, run; at < n; at += run) {
        run = equal_ones(values + at, n - at);
        if (run < GROUP && at + run < n) {
            run = n - at < GROUP ? n - at : GROUP;
            packed += run;
            continue;
        }
        if (packed > 0)
            add_packed(out, values + at - packed, packed, width);
        packed = 0;
        add_run(out, values[at], run, width);
    }
    if (packed > 0)
        add_packed(out, values + n - packed, packed, width);
}
