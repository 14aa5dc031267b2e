/* tools/export/parquet/parquet_values.h - values as Parquet stores them plainly, one after the
 * other: 8 bytes, little-endian; a text's length in 4 bytes, then the text. (But a boolean has a
 * byte here, of which a page keeps one bit.) */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_VALUES_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_VALUES_H

#include "ledger/base/mem.h"
#include "tools/export/tables.h"

/* A number in so many bytes, the lowest first. */
void parquet_number_add(struct bc_buf *out, uint64_t number, unsigned len);
/* A value that is not NULL. A text has less than 1 GiB. */
void parquet_value_add(struct bc_buf *out, enum column_type type, const struct table_value *value);
/* The value that begins at `at`, without a length before it; the next one begins where it ends. */
struct bc_str parquet_value_at(enum column_type type, const char *at);

/* Of the values of a column, as a reader skips by them. */
struct parquet_statistics {
    int64_t nulls, nans;
    struct bc_str least, most; /* point into the values, or to what lives for ever; at NULL: there
                                  is none but NaN, or one is too long to be of use */
};
/* All but `nulls`, of all values. */
void parquet_statistics_of(struct parquet_statistics *out, enum column_type type,
                           struct bc_str values);

#endif
