/* tools/export/parquet/parquet_values: what statistics say of the values of a column. */
#include "tests/support/check.h"
#include "tools/export/parquet/parquet_values.h"

#include <float.h>
#include <math.h>

enum { MOST = 6 };

struct statistics_row {
    const char *name;
    enum column_type type;
    size_t n;
    struct table_value values[MOST];
    bool none; /* neither least nor most */
    struct table_value least, most;
    int64_t nans;
};

#define INTEGER(n)                                                                                 \
    {                                                                                              \
        .integer = (n)                                                                             \
    }
#define REAL(n)                                                                                    \
    {                                                                                              \
        .real = (n)                                                                                \
    }
#define TEXT(s)                                                                                    \
    {                                                                                              \
        .text = BYTES(s)                                                                           \
    }
#define YES(y)                                                                                     \
    {                                                                                              \
        .yes = (y)                                                                                 \
    }

static struct statistics_row rows[] = {
    { "of no values there is neither",
      COLUMN_INTEGER,
      0,
      { INTEGER(0) },
      true,
      INTEGER(0),
      INTEGER(0),
      0 },
    { "numbers are in the order of signed ones",
      COLUMN_INTEGER,
      3,
      { INTEGER(-1), INTEGER(1), INTEGER(0) },
      false,
      INTEGER(-1),
      INTEGER(1),
      0 },
    { "the farthest numbers are",
      COLUMN_INTEGER,
      2,
      { INTEGER(INT64_MAX), INTEGER(INT64_MIN) },
      false,
      INTEGER(INT64_MIN),
      INTEGER(INT64_MAX),
      0 },
    { "instants are numbers",
      COLUMN_INSTANT,
      2,
      { INTEGER(5), INTEGER(-5) },
      false,
      INTEGER(-5),
      INTEGER(5),
      0 },
    { "texts are in the order of their bytes, which have no sign",
      COLUMN_TEXT,
      4,
      { TEXT("b"), TEXT("\xc3\xa9"), TEXT(""), TEXT("ba") },
      false,
      TEXT(""),
      TEXT("\xc3\xa9"),
      0 },
    { "no is before yes",
      COLUMN_BOOL,
      2,
      { YES(true), YES(false) },
      false,
      YES(false),
      YES(true),
      0 },
    { "reals are in their order",
      COLUMN_REAL,
      3,
      { REAL(-DBL_MAX), REAL(0.5), REAL(-1) },
      false,
      REAL(-DBL_MAX),
      REAL(0.5),
      0 },
    { "what is no number is counted, and else left out",
      COLUMN_REAL,
      4,
      { REAL(NAN), REAL(2), REAL(NAN), REAL(1) },
      false,
      REAL(1),
      REAL(2),
      2 },
    { "where nothing is a number there is neither",
      COLUMN_REAL,
      1,
      { REAL(NAN) },
      true,
      REAL(0),
      REAL(0),
      1 },
    { "a least zero is below both, a most zero above",
      COLUMN_REAL,
      2,
      { REAL(0.0), REAL(-0.0) },
      false,
      REAL(-0.0),
      REAL(0.0),
      0 },
};

static void check_value(enum column_type type, struct bc_str got, const struct table_value *want)
{
    struct bc_buf plain = { 0 };
    struct bc_str bytes;

    parquet_value_add(&plain, type, want);
    bytes = parquet_value_at(type, plain.at);
    assert_int_equal(got.len, bytes.len);
    assert_non_null(got.at);
    assert_memory_equal(got.at, bytes.at, bytes.len);
    bc_buf_release(&plain);
}

static void statistics(void **state)
{
    const struct statistics_row *row = *state;
    struct parquet_statistics got = { .nulls = 7 };
    struct bc_buf values = { 0 };

    for (size_t i = 0; i < row->n; i++)
        parquet_value_add(&values, row->type, &row->values[i]);
    parquet_statistics_of(&got, row->type, bc_buf_str(&values));
    assert_int_equal(got.nulls, 7);
    assert_int_equal(got.nans, row->nans);
    if (row->none) {
        assert_null(got.least.at);
        assert_null(got.most.at);
    } else {
        check_value(row->type, got.least, &row->least);
        check_value(row->type, got.most, &row->most);
    }
    bc_buf_release(&values);
}

/* A reader that skips by texts of a kilobyte gains nothing; they are left out, both of them. */
static void long_texts_are_left_out(void **state)
{
    char text[257];
    struct table_value longest = { .text = { text, sizeof(text) } }, brief = TEXT("a");
    struct parquet_statistics got = { 0 };
    struct bc_buf values = { 0 };

    (void)state;
    memset(text, 'x', sizeof(text));
    parquet_value_add(&values, COLUMN_TEXT, &brief);
    parquet_value_add(&values, COLUMN_TEXT, &longest);
    parquet_statistics_of(&got, COLUMN_TEXT, bc_buf_str(&values));
    assert_null(got.least.at);
    assert_null(got.most.at);
    bc_buf_release(&values);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, statistics, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(long_texts_are_left_out);
    return cmocka_run_group_tests_name("tools/export/parquet/parquet_values", tests, NULL, NULL);
}
