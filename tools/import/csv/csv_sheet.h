/* tools/import/csv/csv_sheet.h - what is particular to the text of a spreadsheet that people work
 * in: columns without names, rows without text, cells that hold an error. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_SHEET_H
#define BC_TOOLS_IMPORT_CSV_CSV_SHEET_H

#include "tools/import/csv/csv_read.h"
#include "tools/import/csv/csv_row.h"

/* A descriptor of a file without a name that holds the text, from its beginning; it is the caller's
 * to close. Below zero: BC_E_IO, and *err says why. */
int csv_sheet_file(struct bc_str text, const char *name, struct bc_err *err);

/* BC_E_INPUT: two columns have one name, or one that has cells has none; *err names all of them.
 * One without a name is fine where nothing is below it. */
bc_status csv_sheet_names(const csv_reader *reader, const struct csv_row *header, const char *file,
                          struct bc_err *err);

bool csv_sheet_is_blank(const struct csv_row *row);
/* BC_E_INPUT: a cell of the row that the map reads is an error, and the row is not one that the map
 * skips. */
bc_status csv_sheet_cells(struct csv_rows *rows, const struct csv_row *row, struct bc_err *err);

#endif
