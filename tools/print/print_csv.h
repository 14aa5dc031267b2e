/* tools/print/print_csv.h - rows for spreadsheets (RFC 4180). Every cell of every CSV is written
 * here.
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula, also in full width and after
 * blanks and quotes, and some ignore a tab, a carriage return or a line feed before it. A text that
 * begins like that gets a ' before it; our numbers are numbers. What is unsafe to print is escaped
 * as it is for people (tools/cli/text.h), but for tabs and line ends; JSON has every text as it
 * is. */
#ifndef BC_TOOLS_PRINT_PRINT_CSV_H
#define BC_TOOLS_PRINT_PRINT_CSV_H

#include "tools/print/column.h"
#include "tools/print/row.h"

#include <stdio.h>

#define PRINT_CSV_HELP                                                                             \
    "a text that begins like a formula gets a ' before it,\n"                                      \
    "control and invisible characters are escaped"

/* The line of headings. */
void print_csv_head(FILE *out, struct columns columns);
/* A line a row: empty for a null or a cell that the row does not have, a number in full, an instant
 * as in JSON. Fails where rows that are found fail. */
bc_status print_csv(FILE *out, struct columns columns, const struct rows *rows, struct bc_err *err);
/* Both, of rows that are filled, which cannot fail. */
void print_csv_of(FILE *out, struct columns columns, struct rows rows);

#endif
