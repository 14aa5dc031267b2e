/* tools/export/parquet/parquet_tables.h - all tables as Parquet files of a folder:
 *
 *   TABLE/part-0.parquet
 *   TABLE/year=2025/part-0.parquet    where a row is of a year, in UTC, so that a reader need open
 * only those it asks for; what engines call Hive's way
 *
 * A table without a row has a file, too. */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_TABLES_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_TABLES_H

#include "tools/cli/outdir.h"
#include "tools/cli/progress.h"
#include "tools/export/tables.h"

struct parquet_part;

struct parquet_tables {
    struct table_sink sink; /* for tables_write */
    struct outdir *dir;     /* borrowed */
    struct progress progress;
    uint64_t rows;
    struct parquet_table {
        struct parquet_part **parts; /* by year */
        size_t n, cap;
    } at[TABLE_N];
    size_t bytes; /* that wait for their row groups */
};

void parquet_tables_init(struct parquet_tables *out, const struct cmd_env *env, struct outdir *dir);
/* Ends all files. */
bc_status parquet_tables_end(struct parquet_tables *out, struct bc_err *err);
void parquet_tables_release(struct parquet_tables *out);

/* The views of the metrics, beside the tables. */
#define PARQUET_FOR_DUCKDB     "views-duckdb.sql"
#define PARQUET_FOR_CLICKHOUSE "views-clickhouse.sql"

/* Whether a folder is an earlier export, and holds nothing else. */
bool parquet_tables_are_in(const char *path);

/* By which instant a table is divided into years; NULL: it is not. */
const struct table_column *parquet_tables_by(enum table_id id);

#endif
