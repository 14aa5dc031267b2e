/* tools/import/ocel/ocel_order.h - the events of a database in the order in which they were put in:
 * they are in a table for each type. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_ORDER_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_ORDER_H

#include "tools/import/ocel/ocel_types.h"

/* Makes the order, once a database. *bare: events without a row in the table of their type, which
 * are not in it. */
bc_status ocel_order_make(struct ocel_sql *sql, const struct ocel_types *events, uint64_t *bare,
                          struct bc_err *err);

struct ocel_came {
    sqlite3_int64 number, row; /* of all events, and in the table of its type */
    size_t type;
};
/* One reading of it. */
struct ocel_order {
    sqlite3_stmt *came;
    sqlite3_stmt *links; /* of the event ?1: the object and the qualifier */
};

bc_status ocel_order_begin(struct ocel_order *out, const struct ocel_sql *sql, struct bc_err *err);
/* BC_DONE: there is none more. */
bc_status ocel_order_next(struct ocel_order *order, struct ocel_came *out,
                          const struct ocel_sql *sql, struct bc_err *err);
void ocel_order_end(struct ocel_order *order); /* also after a failure */

#endif
