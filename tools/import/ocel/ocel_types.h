/* tools/import/ocel/ocel_types.h - the types of events and objects that a database has, each with a
 * table. Views and virtual tables, which could compute anything, are refused. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_TYPES_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_TYPES_H

#include "tools/import/ocel/ocel_sql.h"

/* A column that is an attribute. */
struct ocel_type_column {
    char *name;
    int at;
};

struct ocel_type {
    char *name, *table;
    /* Of events: the row ?1. Of objects: their ids, and all rows of those of the type ?1, in the
     * order of the objects. */
    sqlite3_stmt *rows;
    int id, time, changed; /* of which column; -1: there is none */
    struct ocel_type_column *columns;
    size_t n, cap;
};

struct ocel_types {
    struct ocel_type *at;
    size_t n, cap;
};

/* BC_E_INPUT, of both: a table is not there. */

/* The tables that do not depend on the types. */
bc_status ocel_types_check(const struct ocel_sql *sql, struct bc_err *err);
/* Without `rows` and the columns. */
bc_status ocel_types_read(struct ocel_types *out, struct ocel_sql *sql, bool events,
                          struct bc_err *err);
/* And with these, once no more tables are made. */
bc_status ocel_types_prepare(struct ocel_types *types, struct ocel_sql *sql, bool events,
                             struct bc_err *err);
void ocel_types_release(struct ocel_types *types); /* `{ 0 }` is fine */

#endif
