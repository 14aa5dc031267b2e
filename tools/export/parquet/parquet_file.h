/* tools/export/parquet/parquet_file.h - the rows of a table as the bytes of a Parquet file, row
 * group by row group. Knows no file: what it hands out is appended by whoever has one. */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_FILE_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_FILE_H

#include "tools/export/parquet/parquet_column.h"

/* A row group has at most so many rows: the size at which DuckDB, too, divides work, and in which
 * ClickHouse and Spark see a piece worth a thread. */
enum { PARQUET_GROUP_ROWS = 122880 };

struct parquet_file {
    const struct table *table; /* borrowed */
    struct parquet_column *columns;
    struct bc_buf groups; /* for the footer: those that were handed out */
    size_t group_n;
    int64_t rows; /* in them */
    uint64_t len; /* bytes that were handed out */
    size_t bytes; /* that the rows take which wait for their row group */
};

void parquet_file_init(struct parquet_file *file, const struct table *table);
void parquet_file_release(struct parquet_file *file);

/* A value for each column of the table; keeps what it needs. */
void parquet_file_add(struct parquet_file *file, const struct table_value *values);
/* How many rows wait for their row group. */
size_t parquet_file_waiting(const struct parquet_file *file);

/* Adds to `out` what is to be appended to the file: the waiting rows, as a row group. */
void parquet_file_group(struct bc_buf *out, struct parquet_file *file);
/* The same, and the end of the file. `made_by`: "backcast version 1.2". */
void parquet_file_end(struct bc_buf *out, struct parquet_file *file, struct bc_str made_by);

#endif
