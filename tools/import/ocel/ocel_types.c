#include "tools/import/ocel/ocel_types.h"

#include <stdlib.h>

/* BC_DONE: there is no row for it. */
static bc_status find(const struct ocel_sql *sql, const char *question, const char *table,
                      struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc = ocel_sql_prepare(sql, &rows, question, err);

    if (rc == BC_OK)
        rc = ocel_sql_with(sql, rows, table, err);
    if (rc == BC_OK)
        rc = ocel_sql_step(sql, rows, err);
    (void)sqlite3_finalize(rows);
    return rc;
}

/* A table, and not something that computes its rows; each of which is known by its rowid. */
static bc_status check_table(const struct ocel_sql *sql, const char *table, struct bc_err *err)
{
    bc_status rc = find(sql,
                        "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0 "
                        "AND name = ?1 COLLATE NOCASE",
                        table, err);

    if (rc == BC_DONE)
        return ocel_sql_fault(sql, err, "no table \"%.100s\", which a log of OCEL 2.0 has", table);
    if (rc < 0)
        return rc;
    rc = find(sql,
              "SELECT 1 FROM pragma_table_xinfo(?1, 'main') WHERE name = 'rowid' COLLATE NOCASE",
              table, err);
    if (rc == BC_OK)
        return ocel_sql_fault(
            sql, err,
            "table \"%.100s\" has a column \"rowid\", which hides the number that "
            "SQLite gives each row",
            table);
    return rc < 0 ? rc : BC_OK;
}

bc_status ocel_types_check(const struct ocel_sql *sql, struct bc_err *err)
{
    static const char *const needed[] = { "event",         "object",         "event_object",
                                          "object_object", "event_map_type", "object_map_type" };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < sizeof(needed) / sizeof(needed[0]); i++)
        rc = check_table(sql, needed[i], err);
    return rc;
}

static bc_status add_type(struct ocel_types *types, const struct ocel_sql *sql, bool events,
                          const char *name, const char *map, struct bc_err *err)
{
    struct bc_buf table = { 0 };
    bc_status rc;

    bc_buf_printf(&table, "%s_%s", events ? "event" : "object", map);
    bc_buf_add_byte(&table, '\0');
    rc = check_table(sql, table.at, err);
    if (rc == BC_OK) {
        BC_GROW(types->at, types->n, types->cap);
        types->at[types->n++] =
            (struct ocel_type){ .name = bc_strdup(bc_str_of(name)), .table = table.at };
    } else {
        bc_buf_release(&table);
    }
    return rc;
}

bc_status ocel_types_read(struct ocel_types *out, struct ocel_sql *sql, bool events,
                          struct bc_err *err)
{
    sqlite3_stmt *rows = NULL;
    bc_status rc =
        ocel_sql_prepare(sql, &rows,
                         events ? "SELECT ocel_type, ocel_type_map FROM main.event_map_type"
                                : "SELECT ocel_type, ocel_type_map FROM main.object_map_type",
                         err);

    while (rc == BC_OK) {
        const char *name, *map;

        rc = ocel_sql_step(sql, rows, err);
        if (rc != BC_OK)
            break;
        name = (const char *)sqlite3_column_text(rows, 0);
        map = (const char *)sqlite3_column_text(rows, 1);
        rc = name && map ? add_type(out, sql, events, name, map, err)
                         : ocel_sql_fault(sql, err, "a type without a name, or without a table");
    }
    (void)sqlite3_finalize(rows);
    return rc < 0 ? rc : BC_OK;
}

/* The first column of objects is that of `object`. */
static void find_columns(struct ocel_type *type, bool events)
{
    type->id = events ? -1 : 0;
    type->time = type->changed = -1;
    for (int i = events ? 0 : 1; i < sqlite3_column_count(type->rows); i++) {
        const char *name = sqlite3_column_name(type->rows, i);

        if (!name)
            bc_out_of_memory();
        if (sqlite3_stricmp(name, "ocel_id") == 0) {
            type->id = events ? i : 0;
        } else if (sqlite3_stricmp(name, "ocel_time") == 0) {
            type->time = i;
        } else if (sqlite3_stricmp(name, "ocel_changed_field") == 0) {
            type->changed = i;
        } else {
            BC_GROW(type->columns, type->n, type->cap);
            type->columns[type->n++] = (struct ocel_type_column){ bc_strdup(bc_str_of(name)), i };
        }
    }
}

bc_status ocel_types_prepare(struct ocel_types *types, struct ocel_sql *sql, bool events,
                             struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < types->n; i++) {
        sql->text.len = 0;
        bc_buf_add_str(&sql->text,
                       events ? BC_STR("SELECT * FROM main.")
                              : BC_STR("SELECT o.ocel_id, t.* FROM main.object o LEFT JOIN main."));
        ocel_sql_add_quoted(sql, types->at[i].table);
        bc_buf_add_str(&sql->text, events
                                       ? BC_STR(" WHERE rowid = ?1")
                                       : BC_STR(" t ON t.ocel_id = o.ocel_id WHERE o.ocel_type = "
                                                "?1 ORDER BY o.rowid, t.rowid"));
        bc_buf_add_byte(&sql->text, '\0');
        rc = ocel_sql_prepare(sql, &types->at[i].rows, sql->text.at, err);
        if (rc == BC_OK)
            find_columns(&types->at[i], events);
    }
    return rc;
}

void ocel_types_release(struct ocel_types *types)
{
    for (size_t i = 0; i < types->n; i++) {
        struct ocel_type *type = &types->at[i];

        (void)sqlite3_finalize(type->rows);
        free(type->name);
        free(type->table);
        for (size_t k = 0; k < type->n; k++)
            free(type->columns[k].name);
        free(type->columns);
    }
    free(types->at);
    *types = (struct ocel_types){ 0 };
}
