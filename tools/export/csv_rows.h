/* tools/export/csv_rows.h - a table of an export as CSV. */
#ifndef BC_TOOLS_EXPORT_CSV_ROWS_H
#define BC_TOOLS_EXPORT_CSV_ROWS_H

#include "tools/export/tables.h"

#include <stdio.h>

/* One table with its headings; left out are the columns that are there for SQL alone. What it
 * cannot write, `out` remembers. */
bc_status csv_rows_write(FILE *out, enum table_id id, struct tables_ask ask,
                         struct tables_left *left, struct bc_err *err);

#endif
