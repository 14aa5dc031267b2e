/* tools/import/csv/csv_delimiter.h - what stands between the cells of a table: words for it, and
 * how it is found where a map does not say. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_DELIMITER_H
#define BC_TOOLS_IMPORT_CSV_CSV_DELIMITER_H

#include "tools/import/csv/csv_map.h"
#include "tools/import/csv/csv_read.h"

/* "semicolon", or any one ASCII character but a quote. false: neither. */
bool csv_delimiter_of(char *out, struct bc_str text);
/* The word for it, or NULL: it has none. */
const char *csv_delimiter_word(char delimiter);

/* Tells the reader, of which no row was read, what stands between the cells: what the map says, or
 * a first line `sep=;`, or that by which the most columns of the map are in the header. BC_E_INPUT:
 * the map says another than the table has. */
bc_status csv_delimiter_choose(csv_reader *reader, const csv_map *map, const char *path,
                               struct bc_err *err);
/* Adds what is worth saying of a reader that is open, for a person: between what the cells stand,
 * unless the map says it or it is a comma; in which encoding, unless that is UTF-8; a first line
 * that is passed over. Nothing, or "with semicolons between the columns, as UTF-16". */
void csv_delimiter_note(struct bc_buf *out, const csv_reader *reader, const csv_map *map);

#endif
