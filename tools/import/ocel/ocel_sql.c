#include "tools/import/ocel/ocel_sql.h"

#include <inttypes.h>

enum { VALUE_MAX = 16 << 20 }; /* bytes of a cell */

bc_status ocel_sql_open(struct ocel_sql *out, const char *path, struct bc_err *err)
{
    *out = (struct ocel_sql){ .path = path, .line = 1 };
    if (sqlite3_open_v2(path, &out->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return ocel_sql_failed(out, err);
    (void)sqlite3_limit(out->db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
    return ocel_sql_run(out,
                        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
                        "PRAGMA mmap_size = 0;",
                        err);
}

void ocel_sql_close(struct ocel_sql *sql)
{
    (void)sqlite3_close(sql->db);
    bc_buf_release(&sql->text);
}

bc_status ocel_sql_failed(const struct ocel_sql *sql, struct bc_err *err)
{
    const int code = sql->db ? sqlite3_errcode(sql->db) & 0xff : SQLITE_NOMEM;

    if (code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN ||
        code == SQLITE_PERM || code == SQLITE_NOMEM || code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return bc_err_set(err, BC_E_IO, "cannot read %s: %s", sql->path,
                          sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(code));
    bc_err_set(err, BC_E_INPUT, "no OCEL log that SQLite can read: %s", sqlite3_errmsg(sql->db));
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", sql->path);
}

bc_status ocel_sql_fault(const struct ocel_sql *sql, struct bc_err *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)bc_err_vset(err, BC_E_INPUT, format, args);
    va_end(args);
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":1", sql->path, sql->line);
}

bc_status ocel_sql_run(const struct ocel_sql *sql, const char *text, struct bc_err *err)
{
    return sqlite3_exec(sql->db, text, NULL, NULL, NULL) == SQLITE_OK ? BC_OK
                                                                      : ocel_sql_failed(sql, err);
}

bc_status ocel_sql_prepare(const struct ocel_sql *sql, sqlite3_stmt **out, const char *text,
                           struct bc_err *err)
{
    return sqlite3_prepare_v2(sql->db, text, -1, out, NULL) == SQLITE_OK
               ? BC_OK
               : ocel_sql_failed(sql, err);
}

bc_status ocel_sql_with(const struct ocel_sql *sql, sqlite3_stmt *rows, const char *text,
                        struct bc_err *err)
{
    return sqlite3_bind_text(rows, 1, text, -1, SQLITE_STATIC) == SQLITE_OK
               ? BC_OK
               : ocel_sql_failed(sql, err);
}

bc_status ocel_sql_step(const struct ocel_sql *sql, sqlite3_stmt *rows, struct bc_err *err)
{
    const int rc = sqlite3_step(rows);

    return rc == SQLITE_ROW ? BC_OK : rc == SQLITE_DONE ? BC_DONE : ocel_sql_failed(sql, err);
}

bc_status ocel_sql_count(const struct ocel_sql *sql, uint64_t *out, const char *text,
                         struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc = ocel_sql_prepare(sql, &rows, text, err);

    if (rc == BC_OK)
        rc = ocel_sql_step(sql, rows, err);
    if (rc == BC_OK)
        *out = (uint64_t)sqlite3_column_int64(rows, 0);
    (void)sqlite3_finalize(rows);
    return rc;
}

void ocel_sql_add_quoted(struct ocel_sql *sql, const char *name)
{
    bc_buf_add_byte(&sql->text, '"');
    for (; *name; name++) {
        if (*name == '"')
            bc_buf_add_byte(&sql->text, '"');
        bc_buf_add_byte(&sql->text, *name);
    }
    bc_buf_add_byte(&sql->text, '"');
}
