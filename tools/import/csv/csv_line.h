/* tools/import/csv/csv_line.h - texts as a map can have them: YAML here has no control characters
 * and no line ends in a text (projections/yaml/yaml.h), spreadsheets have both in headers and
 * cells. Where the table's words are compared with the map's, one or several of them are one blank.
 */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_LINE_H
#define BC_TOOLS_IMPORT_CSV_CSV_LINE_H

#include "ledger/base/mem.h"

/* Makes a well-formed text so, in its place; returns its length then, which is no longer. A NUL
 * stays. */
size_t csv_line_make(char *text, size_t len);
/* The text, or a copy in the arena where it is another. */
struct bc_str csv_line(bc_arena *arena, struct bc_str text);

#endif
