/* tools/import/ocel/ocel_table.h - an object-centric event log as a table
 * (tools/import/csv/csv_table.h): the objects of one type are its cases, and a row is an event with
 * one of them; with none, where an event has none.
 *
 *   ocel:id, ocel:type, ocel:time     the event's
 *   KEY                               an attribute of it
 *   case:ocel:id, case:ocel:qualifier the case, and what it is to the event
 *   case:KEY                          an attribute of the case, as it was then
 *   object:TYPE                       the ids of the other objects of a type, with `;` between */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_TABLE_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_TABLE_H

#include "tools/import/csv/csv_making.h"
#include "tools/import/ocel/ocel_objects.h"

struct ocel_table {
    int fd; /* the rows */
    struct csv_making making;
    /* Relationships between objects, and to objects that are not there; keys that the standard does
     * not have; ids with a `;`. */
    struct csv_times between, lost, unknown, split;
    struct csv_times no_zone; /* times without one */
    /* Of a database: events without a row in their type's table, and objects of a type without. */
    struct csv_times bare, untyped;
};

/* A log that is read twice, the second time `again`; as ocel_read. */
struct ocel_source {
    bc_status (*read)(void *from, bool again, const struct ocel_takers *takers, uint64_t *bytes,
                      struct bc_err *err);
    void *from;
};

/* `cases` is the type of the cases. BC_E_INPUT: no sound log, or no object of that type. */
bc_status ocel_table_make(struct ocel_table *out, const struct ocel_source *source,
                          const char *name, struct bc_str cases, struct bc_err *err);
/* `{ .fd = -1 }` is empty. */
void ocel_table_release(struct ocel_table *table);

#endif
