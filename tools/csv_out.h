/* tools/csv_out.h - answers for spreadsheets (RFC 4180). */
#ifndef BC_TOOLS_CSV_OUT_H
#define BC_TOOLS_CSV_OUT_H

#include "ledger/base/str.h"

#include <stdio.h>

/* Writes one field, quoted where it must be. */
void csv_out_text(FILE *out, struct bc_str text);

#endif
