/* tools/export/sqlite_file.c - one transaction into an empty file, without a journal: a file that
 * is not whole is thrown away. Texts go in as bound values. */
#include "tools/export/sqlite_file.h"

#include "tools/cli/outfile.h"
#include "tools/cli/progress.h"
#include "tools/export/metric_views.h"
#include "tools/export/sqlite_error.h"

#include <sqlite3.h>

/* tools/sql/indexes.sql, put in by the build. */
extern const char sql_indexes[];
extern const size_t sql_indexes_len;

struct writer {
    struct table_sink sink;
    sqlite3 *db;
    sqlite3_stmt *insert[TABLE_N];
    const char *path; /* for messages */
    struct progress progress;
    uint64_t rows;
};

static bc_status failed(const struct writer *writer, struct bc_err *err)
{
    return sqlite_error(writer->db, writer->path, err);
}

static bc_status run(struct writer *writer, struct bc_buf *sql, struct bc_err *err)
{
    bc_buf_add_byte(sql, '\0');
    return sqlite3_exec(writer->db, sql->at, NULL, NULL, NULL) == SQLITE_OK ? BC_OK
                                                                            : failed(writer, err);
}

/* --- tables --- */

static const char *type_of(const struct table_column *column)
{
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_INSTANT:
        return "TEXT";
    case COLUMN_INTEGER:
        return "INTEGER";
    case COLUMN_REAL:
        return "REAL";
    case COLUMN_BOOL:
        return "BOOLEAN";
    }
    return "";
}

/* Whether the key is one number, by which SQLite finds rows anyway. */
static bool key_is_rowid(const struct table *table)
{
    return table->key && strcmp(table->key, table->columns[0].name) == 0 &&
           table->columns[0].type == COLUMN_INTEGER;
}

static void add_table(struct bc_buf *sql, const struct table *table)
{
    bc_buf_printf(sql, "CREATE TABLE %s ( -- %s", table->name, table->what);
    for (size_t i = 0; i < table->column_n; i++) {
        const struct table_column *column = &table->columns[i];

        bc_buf_printf(sql, "%s\n    %s %s%s", i ? "," : "", column->name, type_of(column),
                      i == 0 && key_is_rowid(table) ? " PRIMARY KEY"
                      : column->null                ? ""
                                                    : " NOT NULL");
    }
    if (table->key && !key_is_rowid(table))
        bc_buf_printf(sql, ",\n    PRIMARY KEY (%s)) WITHOUT ROWID;\n", table->key);
    else
        bc_buf_add_str(sql, BC_STR(");\n"));
}

static bc_status make_tables(struct writer *writer, struct bc_err *err)
{
    struct bc_buf sql = { 0 };
    bc_status rc;

    bc_buf_add_str(&sql, BC_STR("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;\n"
                                "PRAGMA cache_size = -65536; BEGIN;\n"));
    for (size_t i = 0; i < TABLE_N; i++)
        add_table(&sql, &tables[i]);
    rc = run(writer, &sql, err);
    bc_buf_release(&sql);
    return rc;
}

static bc_status prepare(struct writer *writer, struct bc_err *err)
{
    struct bc_buf sql = { 0 };
    int rc = SQLITE_OK;

    for (size_t i = 0; rc == SQLITE_OK && i < TABLE_N; i++) {
        sql.len = 0;
        bc_buf_printf(&sql, "INSERT INTO %s VALUES (?", tables[i].name);
        for (size_t column = 1; column < tables[i].column_n; column++)
            bc_buf_add_str(&sql, BC_STR(", ?"));
        bc_buf_add_byte(&sql, ')');
        rc = sqlite3_prepare_v3(writer->db, sql.at, (int)sql.len, SQLITE_PREPARE_PERSISTENT,
                                &writer->insert[i], NULL);
    }
    bc_buf_release(&sql);
    return rc == SQLITE_OK ? BC_OK : failed(writer, err);
}

/* --- rows --- */

static int bind(sqlite3_stmt *insert, int at, const struct table_column *column,
                const struct table_value *value)
{
    char time[BC_INSTANT_LEN];

    if (value->null)
        return sqlite3_bind_null(insert, at);
    switch (column->type) {
    case COLUMN_TEXT:
        return sqlite3_bind_text64(insert, at, value->text.len ? value->text.at : "",
                                   value->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case COLUMN_INTEGER:
        return sqlite3_bind_int64(insert, at, value->integer);
    case COLUMN_REAL:
        return sqlite3_bind_double(insert, at, value->real);
    case COLUMN_BOOL:
        return sqlite3_bind_int(insert, at, value->yes);
    case COLUMN_INSTANT:
        bc_instant_print(time, value->integer);
        return sqlite3_bind_text(insert, at, time, -1, SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

static bc_status insert_row(struct table_sink *sink, const struct table *table,
                            const struct table_value *values, struct bc_err *err)
{
    struct writer *writer = (struct writer *)sink;
    sqlite3_stmt *insert = writer->insert[table - tables];
    int rc = SQLITE_OK;

    for (size_t i = 0; rc == SQLITE_OK && i < table->column_n; i++)
        rc = bind(insert, (int)i + 1, &table->columns[i], &values[i]);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(insert);
    if (rc != SQLITE_DONE)
        return failed(writer, err);
    (void)sqlite3_reset(insert);
    progress_tick(&writer->progress, ++writer->rows, 0, "rows");
    return BC_OK;
}

/* --- views --- */

static bc_status make_views(struct writer *writer, struct bc_err *err)
{
    struct bc_buf sql = { 0 };
    bc_status rc;

    bc_buf_add(&sql, sql_indexes, sql_indexes_len);
    metric_views_add(&sql);
    bc_buf_add_str(&sql, BC_STR("COMMIT; PRAGMA analysis_limit = 1000; ANALYZE;\n"));
    rc = run(writer, &sql, err);
    bc_buf_release(&sql);
    return rc;
}

/* --- the file --- */

static bc_status fill(struct writer *writer, const struct tables_ask *ask, struct tables_left *left,
                      struct bc_err *err)
{
    bc_status rc = make_tables(writer, err);

    if (rc == BC_OK)
        rc = prepare(writer, err);
    if (rc == BC_OK)
        rc = tables_write(ask, &writer->sink, left, err);
    if (rc == BC_OK)
        rc = make_views(writer, err);
    return rc;
}

static bc_status close_file(struct writer *writer, bc_status rc, struct bc_err *err)
{
    for (size_t i = 0; i < TABLE_N; i++)
        (void)sqlite3_finalize(writer->insert[i]);
    if (sqlite3_close(writer->db) != SQLITE_OK && rc == BC_OK)
        rc = failed(writer, err);
    return rc;
}

bc_status sqlite_file_write(const char *path, const struct tables_ask *ask,
                            const struct cmd_env *env, struct tables_left *left, struct bc_err *err)
{
    struct writer writer = { .sink = { .row = insert_row }, .path = path };
    struct outfile file = { 0 };
    char name[PATH_MAX];
    bc_status rc = outfile_open(&file, path, err);

    if (rc == BC_OK)
        rc = outfile_name(&file, name, err);
    if (rc == BC_OK) {
        writer.progress = progress_begin(env, "exporting");
        if (sqlite3_open_v2(name, &writer.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
            rc = failed(&writer, err);
        if (rc == BC_OK)
            rc = fill(&writer, ask, left, err);
        rc = close_file(&writer, rc, err);
        progress_end(&writer.progress);
    }
    if (rc == BC_OK)
        rc = outfile_commit(&file, err);
    outfile_release(&file);
    return rc;
}
