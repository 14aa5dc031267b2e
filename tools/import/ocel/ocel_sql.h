/* tools/import/ocel/ocel_sql.h - questions to a database that holds a log, and what went wrong with
 * them. It is only read; tables of our own are temporary. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_SQL_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_SQL_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <sqlite3.h>

struct ocel_sql {
    sqlite3 *db;
    const char *path;   /* borrowed */
    uint64_t line;      /* the number of the entry at hand */
    struct bc_buf text; /* of a question that is put together */
};

/* Of each: BC_E_INPUT: the database is damaged, or no such log. BC_E_IO: it cannot be read. */

bc_status ocel_sql_open(struct ocel_sql *out, const char *path, struct bc_err *err);
void ocel_sql_close(struct ocel_sql *sql); /* after its statements; also after a failure */
/* At once after the call of SQLite's that failed. */
bc_status ocel_sql_failed(const struct ocel_sql *sql, struct bc_err *err);
/* BC_E_INPUT at the entry at hand. */
bc_status ocel_sql_fault(const struct ocel_sql *sql, struct bc_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bc_status ocel_sql_run(const struct ocel_sql *sql, const char *text, struct bc_err *err);
bc_status ocel_sql_prepare(const struct ocel_sql *sql, sqlite3_stmt **out, const char *text,
                           struct bc_err *err);
/* With ?1 as a text, which is borrowed. */
bc_status ocel_sql_with(const struct ocel_sql *sql, sqlite3_stmt *rows, const char *text,
                        struct bc_err *err);
/* BC_OK: a row. BC_DONE: there is none more. */
bc_status ocel_sql_step(const struct ocel_sql *sql, sqlite3_stmt *rows, struct bc_err *err);
/* The only row's only number. */
bc_status ocel_sql_count(const struct ocel_sql *sql, uint64_t *out, const char *text,
                         struct bc_err *err);
/* Adds a name to sql->text. */
void ocel_sql_add_quoted(struct ocel_sql *sql, const char *name);

#endif
