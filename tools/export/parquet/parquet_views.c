/* tools/export/parquet/parquet_views.c - the one text of the views (tools/sql/), with what an
 * engine words otherwise put in its words. */
#include "tools/export/parquet/parquet_views.h"

#include "tools/export/metric_views.h"
#include "tools/export/parquet/parquet_tables.h"

static const char duckdb_head[] =
    "-- The tables of this folder as views, and the metrics made of them, for DuckDB:\n"
    "--\n"
    "--     cd DIR && duckdb -init views-duckdb.sql -c 'FROM metrics'\n"
    "--\n"
    "-- Elsewhere SET file_search_path = 'DIR' comes first. Made by `backcast export parquet`.\n\n";

static const char clickhouse_head[] =
    "-- The tables of this folder as views, and the metrics made of them, for ClickHouse:\n"
    "--\n"
    "--     cd DIR && (cat views-clickhouse.sql; echo 'SELECT * FROM metrics') | clickhouse local\n"
    "--\n"
    "-- A server reads file() below its user_files_path; s3() and its like go in its place for "
    "files\n"
    "-- elsewhere. Made by `backcast export parquet`, whose tests do not run these views: they "
    "were\n"
    "-- tried by hand, with ClickHouse 26.7.\n\n";

/* A text of the views, and what stands in its place. */
struct other_words {
    const char *ours, *theirs;
};

struct dialect {
    const char *file, *head;
    const char *begin, *end;         /* around the files that a view reads */
    const struct other_words *words; /* the first that fits counts; ends with NULL */
};

/* Dividing whole numbers gives a whole number in SQLite. */
static const struct other_words for_duckdb[] = {
    { "MAX(", "greatest(" },
    { "MIN(", "least(" },
    { "/ 86400000000.0", "/ 86400000000.0" },
    { "/ 86400000000", "// 86400000000" },
    { NULL, NULL },
};

/* Beside that, 86400000000 has no sign by itself, with which no negative number may be divided; and
 * a CASE has no integers beside reals. */
static const struct other_words for_clickhouse[] = {
    { "MAX(", "greatest(" },
    { "MIN(", "least(" },
    { "86400000000.0", "86400000000.0" },
    { "/ 86400000000.0", "/ 86400000000.0" },
    { "/ 86400000000", "DIV toInt64(86400000000)" },
    { "86400000000", "toInt64(86400000000)" },
    { " AS MATERIALIZED (", " AS (" },
    { "THEN n WHEN", "THEN toFloat64(n) WHEN" },
    { "THEN hits WHEN", "THEN toFloat64(hits) WHEN" },
    { NULL, NULL },
};

static const struct dialect dialects[] = {
    { PARQUET_FOR_DUCKDB, duckdb_head, "read_parquet('", "')", for_duckdb },
    { PARQUET_FOR_CLICKHOUSE, clickhouse_head, "file('", "', 'Parquet')", for_clickhouse },
};

/* As many columns a line as go into so many characters. */
static void add_columns(struct bc_buf *sql, const struct table *table)
{
    enum { WIDTH = 100 };
    size_t line = sql->len;

    bc_buf_add_str(sql, BC_STR("SELECT"));
    for (size_t i = 0; i < table->column_n; i++) {
        const char *name = table->columns[i].name;

        if (sql->len - line + strlen(name) + 2 > WIDTH) {
            line = sql->len + 1;
            bc_buf_add_str(sql, BC_STR("\n      "));
        }
        bc_buf_printf(sql, " %s%s", name, i + 1 < table->column_n ? "," : "\n");
    }
}

static void add_table(struct bc_buf *sql, enum table_id id, const struct dialect *dialect)
{
    const struct table *table = &tables[id];

    bc_buf_printf(sql, "-- %s: %s.\nCREATE VIEW %s AS\n", table->name, table->what, table->name);
    add_columns(sql, table);
    bc_buf_printf(sql, "FROM %s%s%s/*.parquet%s;\n\n", dialect->begin, table->name,
                  parquet_tables_by(id) ? "/*" : "", dialect->end);
}

static void add_in_words(struct bc_buf *sql, struct bc_str text, const struct other_words *words)
{
    while (text.len > 0) {
        const struct other_words *other = words;

        while (other->ours && !bc_str_begins(text, bc_str_of(other->ours)))
            other++;
        if (other->ours)
            bc_buf_add_str(sql, bc_str_of(other->theirs));
        else
            bc_buf_add_byte(sql, text.at[0]);
        text = bc_str_part(text, other->ours ? strlen(other->ours) : 1, text.len);
    }
}

static void add_views(struct bc_buf *sql, const struct dialect *dialect, struct bc_str views)
{
    bc_buf_add_str(sql, bc_str_of(dialect->head));
    for (size_t id = 0; id < TABLE_N; id++)
        add_table(sql, (enum table_id)id, dialect);
    add_in_words(sql, views, dialect->words);
}

bc_status parquet_views_write(struct outdir *dir, struct bc_err *err)
{
    struct bc_buf views = { 0 }, sql = { 0 };
    bc_status rc = BC_OK;

    metric_views_add(&views);
    for (size_t i = 0; rc == BC_OK && i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        sql.len = 0;
        add_views(&sql, &dialects[i], bc_buf_str(&views));
        rc = outdir_add(dir, dialects[i].file, bc_buf_str(&sql), err);
    }
    bc_buf_release(&views);
    bc_buf_release(&sql);
    return rc;
}
