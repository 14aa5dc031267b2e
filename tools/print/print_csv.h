/* tools/print/print_csv.h - rows for spreadsheets (RFC 4180). Every cell is written by
 * csv_out.h. */
#ifndef BC_TOOLS_PRINT_PRINT_CSV_H
#define BC_TOOLS_PRINT_PRINT_CSV_H

#include "tools/print/column.h"
#include "tools/print/row.h"

#include <stdio.h>

/* The line of headings. */
void print_csv_head(FILE *out, struct columns columns);
/* A line a row: empty for a null or a cell that the row does not have, a number in full, an instant
 * as in JSON. Fails where rows that are found fail. */
bc_status print_csv(FILE *out, struct columns columns, const struct rows *rows, struct bc_err *err);
/* Both, of rows that are filled, which cannot fail. */
void print_csv_of(FILE *out, struct columns columns, struct rows rows);

#endif
