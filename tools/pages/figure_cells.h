/* tools/pages/figure_cells.h - what a figure rests on, in cells of pages, whatever answer it is in:
 * its row has "n", and of a rate how many of these hit, with "low" and "high", of days "median" and
 * "p90". */
#ifndef BC_TOOLS_PAGES_FIGURE_CELLS_H
#define BC_TOOLS_PAGES_FIGURE_CELLS_H

#include "projections/rules/rules.h"
#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* "converted" or "opened": the count that stands after "n"; NULL: it is no rate. */
const struct cell *figure_cells_hit(const struct row *row);

column_draw_fn figure_cells_rests;         /* "14 of 23", "n 34"; nothing of a count */
column_draw_fn figure_cells_interval_text; /* "40.8 to 77.8 %", "median 36.7 d, p90 101.7 d" */

column_draw_fn figure_cells_campaigns; /* "intro 12 of 19, 63.2 %", a line each */
/* The red line about what a metric counts, or NULL. */
const struct bc_red_line_rule *figure_cells_line(const bc_rules *rules, struct bc_str metric);

/* The interval around the rate of this key, with the red line of the same conversion. */
void figure_cells_put_interval(struct html_out *out, const struct row *row, const char *key);

#endif
