/* tools/print/csv_out.h - answers for spreadsheets (RFC 4180). Every cell of every CSV is written
 * here.
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula, also in full width and after
 * blanks and quotes, and some ignore a tab, a carriage return or a line feed before it. A text that
 * begins like that gets a ' before it; our numbers are numbers. What is unsafe to print is escaped
 * as it is for people (tools/cli/text.h), but for tabs and line ends; JSON has every text as it
 * is. */
#ifndef BC_TOOLS_PRINT_CSV_OUT_H
#define BC_TOOLS_PRINT_CSV_OUT_H

#include "ledger/base/str.h"

#include <stdio.h>

#define CSV_OUT_HELP                                                                               \
    "a text that begins like a formula gets a ' before it,\n"                                      \
    "control and invisible characters are escaped"

/* Writes one cell of text, quoted where it must be. */
void csv_out_text(FILE *out, struct bc_str text);
/* Writes one cell of a number, which may be negative. */
void csv_out_number(FILE *out, double value);

#endif
