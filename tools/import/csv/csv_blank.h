/* tools/import/csv/csv_blank.h - the blanks that stand around a cell's text, or in a number. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_BLANK_H
#define BC_TOOLS_IMPORT_CSV_CSV_BLANK_H

#include "ledger/base/str.h"

/* Bytes of the blank that a text begins or, if `last`, ends with; 0: none. */
size_t csv_blank(struct bc_str text, bool last);
/* Without the blanks around it. */
struct bc_str csv_trimmed(struct bc_str text);

#endif
