/* tools/import/ocel/ocel_objects.h - the objects of an event log: of which type each is, and of one
 * type what each was at any time. In memory. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_OBJECTS_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_OBJECTS_H

#include "ledger/base/mem.h"
#include "ledger/base/table.h"
#include "projections/facts/string_table.h"
#include "tools/import/ocel/ocel_read.h"

#define OCEL_NO_OBJECT UINT32_MAX

struct ocel_object_at {
    struct bc_str id;
    uint32_t type;       /* a number of `types` */
    size_t told, told_n; /* of it in `told`, once that is sorted */
    uint64_t of_event;   /* the last event that it was met in, */
    size_t place;        /* and which of its objects it was there */
};
/* What an attribute was from a time on. */
struct ocel_told_at {
    uint32_t object, name; /* name: a number of `names` */
    int64_t us;
    size_t order; /* among those of one time the last one counts */
    struct bc_str value;
};

struct ocel_objects {
    struct ocel_object_at *at;
    size_t n, cap;
    struct bc_table by_id;
    struct ocel_told_at *told;
    size_t told_n, told_cap;
    bc_string_table *types, *names;
    bc_arena *arena;
    struct csv_times no_zone; /* times without one, taken as UTC */
};

void ocel_objects_init(struct ocel_objects *objects);
void ocel_objects_release(struct ocel_objects *objects); /* `{ 0 }` is fine */

/* Adds an object; what it was is kept where `tells`. BC_E_INPUT: it is there already, or a time is
 * none; *fault is its place. */
bc_status ocel_objects_add(struct ocel_objects *objects, const struct ocel_entry *entry, bool tells,
                           struct csv_place *fault, struct bc_err *err);
/* After the last one. */
void ocel_objects_sort(struct ocel_objects *objects);
/* OCEL_NO_OBJECT: there is none of that id. */
uint32_t ocel_objects_find(const struct ocel_objects *objects, struct bc_str id);
/* What an object was at an instant: calls `see` for each of its attributes that had a value
 * then. */
typedef void ocel_see(void *to, struct bc_str name, struct bc_str value);
void ocel_objects_then(const struct ocel_objects *objects, uint32_t object, int64_t us,
                       ocel_see *see, void *to);

/* A time as logs write it: RFC 3339, also with a blank in place of the T and without a zone, which
 * is counted. What lies before 1970 is 0. False: it is none. */
bool ocel_time(int64_t *us, struct bc_str text, struct csv_times *no_zone, uint64_t line);

#endif
