/* tools/export/parquet/parquet_column.h - what one column holds in one row group, and the pages
 * that it becomes.
 *
 *   dictionary   texts, each once, where they are few enough for that to pay
 *   data         of a column that may be NULL: which rows have a value; then those values, plainly,
 *                or a byte for the width and the numbers of texts in the dictionary
 *   data ...
 *
 * Data pages are of version 1, which every reader takes. */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_COLUMN_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_COLUMN_H

#include "tools/export/parquet/parquet_meta.h"

struct parquet_column {
    const struct table_column *as; /* borrowed */
    struct bc_buf values;          /* of the rows that have one, by parquet_value_add */
    struct bc_buf present;         /* a byte a row: 1, or 0 for NULL */
};

/* A value of the next row; keeps what it needs. */
void parquet_column_add(struct parquet_column *column, const struct table_value *value);
/* Adds the pages of all rows, and says what they are: chunk->statistics points into the column. */
void parquet_column_write(struct bc_buf *out, struct parquet_chunk *chunk,
                          const struct parquet_column *column);
/* It has no rows again. */
void parquet_column_release(struct parquet_column *column);

#endif
