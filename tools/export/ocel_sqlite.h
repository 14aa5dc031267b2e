/* tools/export/ocel_sqlite.h - an object-centric event log as the tables of OCEL 2.0 for SQLite.
 *
 * A type's own table is called as the type without what is no ASCII letter or digit, and begins
 * each word with a capital: event_EnterDiscovery. Where SQLite takes two names for one, which do
 * not differ but in the case of letters, the later gets a number: Tier and tier_2. */
#ifndef BC_TOOLS_EXPORT_OCEL_SQLITE_H
#define BC_TOOLS_EXPORT_OCEL_SQLITE_H

#include "tools/export/ocel_log.h"

/* Fills the file `name`, which is empty, in one transaction; `path` is for messages. *renamed:
 * attributes that got a number. BC_E_INPUT: more attributes than a table of SQLite's has. */
bc_status ocel_sqlite_write(const char *name, const char *path, struct ocel_log_out *out,
                            uint64_t *renamed, const struct counted *counted, const bc_rules *rules,
                            struct progress *progress, struct bc_err *err);

#endif
