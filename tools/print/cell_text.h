/* tools/print/cell_text.h - a cell as text for people, in a table or within a sentence. */
#ifndef BC_TOOLS_PRINT_CELL_TEXT_H
#define BC_TOOLS_PRINT_CELL_TEXT_H

#include "tools/cli/times.h"
#include "tools/print/row.h"

/* What is printed for a missing value. */
#define CELL_TEXT_NULL "\xe2\x80\x93" /* en dash */

/* Adds it: `14`, `31.0 %`, `81.5 d`, yes or no, texts with commas, an instant to the second by the
 * clocks of `times` (the rest is in the JSON); what is text is not escaped. Nothing for rows and
 * JSON. */
void cell_text_add(struct bc_buf *out, const struct cell *cell, const struct times *times);
/* A figure without a cell: CELL_NUMBER, CELL_TENTHS, CELL_RATE, CELL_POINTS, CELL_DAYS; or
 * CELL_NULL. None is printed as "-0.0". */
void cell_text_figure(struct bc_buf *out, enum cell_kind kind, double value);
/* By how much one changed, with its sign; a rate in percentage points. */
void cell_text_change(struct bc_buf *out, enum cell_kind kind, double by);

#endif
