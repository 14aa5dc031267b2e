/* tools/import/ocel/ocel_entry.h - an object or event of an object-centric event log (OCEL 2.0), as
 * it stands there. It is held in memory, so it has at most 64 MiB, which its texts, attributes and
 * relationships take up together. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_ENTRY_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_ENTRY_H

#include "ledger/base/mem.h"
#include "tools/import/csv/csv_place.h"

#define OCEL_ENTRY_TOO_LARGE "an object or event that takes more than 64 MiB"

struct ocel_attribute {
    struct bc_str name, value; /* whatever its type, as a text; null is empty */
    struct bc_str time;        /* since when, of an object */
    struct csv_place at, time_at;
};
struct ocel_link {
    struct bc_str object, qualifier;
    struct csv_place at;
};

struct ocel_entry {
    struct csv_place at, time_at;
    struct bc_str id, type, time; /* time: of an event */
    struct ocel_attribute *attributes;
    size_t attribute_n, attribute_cap;
    struct ocel_link *links;
    size_t link_n, link_cap;
    size_t len;  /* bytes of its texts, */
    size_t size; /* and of all that is held of it */
    bc_arena *arena;
};

void ocel_entry_init(struct ocel_entry *entry);
void ocel_entry_release(struct ocel_entry *entry); /* `{ 0 }` is fine */
/* Empties it, for the one that begins here. */
void ocel_entry_begin(struct ocel_entry *entry, struct csv_place at);

/* False, of each: OCEL_ENTRY_TOO_LARGE. */

/* Copies a text, which then lives until the entry is emptied. */
bool ocel_entry_keep(struct ocel_entry *entry, struct bc_str *out, struct bc_str text);
bool ocel_entry_attribute(struct ocel_entry *entry, const struct ocel_attribute *attribute);
bool ocel_entry_link(struct ocel_entry *entry, const struct ocel_link *link);

#endif
