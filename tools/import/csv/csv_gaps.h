/* tools/import/csv/csv_gaps.h - the words of a whole table that its map's crosswalks lack. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_GAPS_H
#define BC_TOOLS_IMPORT_CSV_CSV_GAPS_H

#include "tools/import/csv/csv_map.h"
#include "tools/import/csv/csv_read.h"

/* Turns an error about the first one into one that lists all of them; the place remains that of the
 * first. Reads the table from its beginning. */
void csv_gaps_list(const csv_map *map, const char *file, const csv_reader *first,
                   struct bc_err *err);

#endif
