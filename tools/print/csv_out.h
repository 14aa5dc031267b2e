/* tools/print/csv_out.h - the cells of a CSV, for print_csv.c alone; print_csv.h says what is done
 * to them. */
#ifndef BC_TOOLS_PRINT_CSV_OUT_H
#define BC_TOOLS_PRINT_CSV_OUT_H

#include "ledger/base/str.h"

#include <stdio.h>

/* Writes one cell of text, quoted where it must be. */
void csv_out_text(FILE *out, struct bc_str text);
/* Writes one cell of a number, which may be negative. */
void csv_out_number(FILE *out, double value);

#endif
