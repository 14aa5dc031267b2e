/* tools/discover/discover_map_name.h - what the map of a table is called: as the file is, without
 * the day of the export, since the name is in each event's id and has to be the same next week. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_MAP_NAME_H
#define BC_TOOLS_DISCOVER_DISCOVER_MAP_NAME_H

#include "ledger/base/mem.h"

/* "deals" of "exports/deals-2026-11-23.csv.gz", in the letters that a map's name may have; "table"
 * where nothing is left. Returns whether it had a date. */
bool discover_map_name(struct bc_buf *out, const char *path);

#endif
