/* Temporary tables of SQLite's own have it: of each event its number, its type's number, and its
 * row there; and of each number the objects. */
#include "tools/import/ocel/ocel_order.h"

/* Of the type by its name, too: an id may have rows in the tables of others. */
static bc_status order_type(struct ocel_sql *sql, const struct ocel_type *type, size_t number,
                            struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc;

    sql->text.len = 0;
    bc_buf_printf(&sql->text,
                  "INSERT OR IGNORE INTO temp.came SELECT e.rowid, %zu, t.rowid FROM main.event e "
                  "JOIN main.",
                  number);
    ocel_sql_add_quoted(sql, type->table);
    bc_buf_add_str(&sql->text, BC_STR(" t ON t.ocel_id = e.ocel_id WHERE e.ocel_type = ?1"));
    bc_buf_add_byte(&sql->text, '\0');
    rc = ocel_sql_prepare(sql, &rows, sql->text.at, err);
    if (rc == BC_OK)
        rc = ocel_sql_with(sql, rows, type->name, err);
    if (rc == BC_OK)
        rc = ocel_sql_step(sql, rows, err);
    (void)sqlite3_finalize(rows);
    return rc < 0 ? rc : BC_OK;
}

bc_status ocel_order_make(struct ocel_sql *sql, const struct ocel_types *events, uint64_t *bare,
                          struct bc_err *err)
{
    bc_status rc = ocel_sql_run(
        sql,
        "CREATE TEMP TABLE came (n INTEGER PRIMARY KEY, type INTEGER, place INTEGER);"
        "CREATE TEMP TABLE of_event AS SELECT e.rowid AS n, o.ocel_object_id AS object, "
        "o.ocel_qualifier AS qualifier FROM main.event_object o "
        "JOIN main.event e ON e.ocel_id = o.ocel_event_id;"
        "CREATE INDEX temp.of_event_n ON of_event(n);",
        err);

    for (size_t i = 0; rc == BC_OK && i < events->n; i++)
        rc = order_type(sql, &events->at[i], i, err);
    return rc == BC_OK ? ocel_sql_count(sql, bare,
                                        "SELECT (SELECT count(*) FROM main.event) - "
                                        "(SELECT count(*) FROM temp.came)",
                                        err)
                       : rc;
}

bc_status ocel_order_begin(struct ocel_order *out, const struct ocel_sql *sql, struct bc_err *err)
{
    bc_status rc;

    *out = (struct ocel_order){ 0 };
    rc = ocel_sql_prepare(sql, &out->came, "SELECT n, type, place FROM temp.came ORDER BY n", err);
    return rc == BC_OK
               ? ocel_sql_prepare(
                     sql, &out->links,
                     "SELECT object, qualifier FROM temp.of_event WHERE n = ?1 ORDER BY rowid", err)
               : rc;
}

bc_status ocel_order_next(struct ocel_order *order, struct ocel_came *out,
                          const struct ocel_sql *sql, struct bc_err *err)
{
    bc_status rc = ocel_sql_step(sql, order->came, err);

    if (rc == BC_OK)
        *out = (struct ocel_came){ .number = sqlite3_column_int64(order->came, 0),
                                   .row = sqlite3_column_int64(order->came, 2),
                                   .type = (size_t)sqlite3_column_int64(order->came, 1) };
    return rc;
}

void ocel_order_end(struct ocel_order *order)
{
    (void)sqlite3_finalize(order->came);
    (void)sqlite3_finalize(order->links);
}
