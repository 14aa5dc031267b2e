/* tools/import/ocel/ocel_database.h - an object-centric event log that is a database of SQLite's.
 *
 * It has no lines: the places of its entries are their numbers, the events in the order in which
 * they were put in. It is only read; views and virtual tables, which could compute anything, are
 * refused. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_DATABASE_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_DATABASE_H

#include "tools/import/ocel/ocel_read.h"

typedef struct ocel_database ocel_database; /* opaque; borrows the path */

/* Whether a regular file is one, by its first bytes; of a pipe nothing is read. */
bool ocel_database_is(const char *path);
/* BC_E_INPUT: it is damaged, or no such log. BC_E_IO: it cannot be read. */
bc_status ocel_database_open(ocel_database **out, const char *path, struct bc_err *err);
void ocel_database_close(ocel_database *database); /* NULL is fine */
/* As ocel_read, any number of times. */
bc_status ocel_database_read(ocel_database *database, const struct ocel_takers *takers,
                             uint64_t *bytes, struct bc_err *err);
/* Events without a row in the table of their type, and objects of a type without a table, which are
 * left out. */
struct ocel_left {
    uint64_t events, objects;
};
struct ocel_left ocel_database_left(const ocel_database *database);

#endif
