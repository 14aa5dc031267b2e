#include "tools/export/parquet/parquet_values.h"

#include <assert.h>
#include <math.h>

enum {
    NUMBER_LEN = 8,
    LENGTH_LEN = 4,       /* of the length before a text */
    STATISTIC_MOST = 256, /* bytes: a longer text serves no reader that skips by it */
};

/* What stands for zero, since readers need not tell the two zeros apart. */
static const char minus_zero[NUMBER_LEN] = { 0, 0, 0, 0, 0, 0, 0, (char)0x80 };
static const char plus_zero[NUMBER_LEN];

void parquet_number_add(struct bc_buf *out, uint64_t number, unsigned len)
{
    for (unsigned i = 0; i < len; i++)
        bc_buf_add_byte(out, (char)(number >> 8 * i));
}

static uint64_t number_at(const char *at, unsigned len)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < len; i++)
        number |= (uint64_t)(unsigned char)at[i] << 8 * i;
    return number;
}

static double real_at(const char *at)
{
    uint64_t bits = number_at(at, NUMBER_LEN);
    double real;

    memcpy(&real, &bits, sizeof(real));
    return real;
}

void parquet_value_add(struct bc_buf *out, enum column_type type, const struct table_value *value)
{
    uint64_t bits;

    switch (type) {
    case COLUMN_TEXT:
        assert(value->text.len <= INT32_MAX / 2);
        parquet_number_add(out, value->text.len, LENGTH_LEN);
        bc_buf_add_str(out, value->text);
        return;
    case COLUMN_INTEGER:
    case COLUMN_INSTANT:
        parquet_number_add(out, (uint64_t)value->integer, NUMBER_LEN);
        return;
    case COLUMN_REAL:
        memcpy(&bits, &value->real, sizeof(bits));
        parquet_number_add(out, bits, NUMBER_LEN);
        return;
    case COLUMN_BOOL:
        bc_buf_add_byte(out, value->yes ? 1 : 0);
        return;
    }
}

struct bc_str parquet_value_at(enum column_type type, const char *at)
{
    switch (type) {
    case COLUMN_TEXT:
        return (struct bc_str){ at + LENGTH_LEN, number_at(at, LENGTH_LEN) };
    case COLUMN_INTEGER:
    case COLUMN_INSTANT:
    case COLUMN_REAL:
        return (struct bc_str){ at, NUMBER_LEN };
    case COLUMN_BOOL:
        return (struct bc_str){ at, 1 };
    }
    return (struct bc_str){ 0 };
}

/* --- statistics --- */

static int order_numbers(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int order(enum column_type type, struct bc_str a, struct bc_str b)
{
    switch (type) {
    case COLUMN_TEXT:
    case COLUMN_BOOL:
        return bc_str_cmp(a, b);
    case COLUMN_INTEGER:
    case COLUMN_INSTANT:
        return order_numbers((int64_t)number_at(a.at, NUMBER_LEN),
                             (int64_t)number_at(b.at, NUMBER_LEN));
    case COLUMN_REAL:
        return real_at(a.at) < real_at(b.at) ? -1 : real_at(a.at) > real_at(b.at);
    }
    return 0;
}

static void see(struct parquet_statistics *out, enum column_type type, struct bc_str value)
{
    if (type == COLUMN_REAL && isnan(real_at(value.at))) {
        out->nans++;
        return;
    }
    if (!out->least.at || order(type, value, out->least) < 0)
        out->least = value;
    if (!out->most.at || order(type, value, out->most) > 0)
        out->most = value;
}

void parquet_statistics_of(struct parquet_statistics *out, enum column_type type,
                           struct bc_str values)
{
    struct bc_str value;

    out->nans = 0;
    out->least = out->most = (struct bc_str){ 0 };
    for (size_t at = 0; at < values.len; at = (size_t)(value.at - values.at) + value.len) {
        value = parquet_value_at(type, values.at + at);
        see(out, type, value);
    }
    if (out->least.len > STATISTIC_MOST || out->most.len > STATISTIC_MOST)
        out->least = out->most = (struct bc_str){ 0 };
    if (type != COLUMN_REAL || !out->least.at)
        return;
    if (real_at(out->least.at) == 0)
        out->least.at = minus_zero;
    if (real_at(out->most.at) == 0)
        out->most.at = plus_zero;
}
