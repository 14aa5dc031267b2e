/* projections/report/red_lines.h - red lines being computed: each a few metrics, counted since the
 * last pivot. */
#ifndef BC_PROJECTIONS_REPORT_RED_LINES_H
#define BC_PROJECTIONS_REPORT_RED_LINES_H

#include "projections/metrics/metric.h"
#include "projections/report/report.h"

typedef struct bc_red_lines bc_red_lines;

/* `pivots` is the fold of the facts about no deal; everything else is borrowed for the life of the
 * lines. */
bc_red_lines *bc_red_lines_new(const bc_rules *rules, const struct bc_dates *dates,
                               const bc_string_table *strings, const struct bc_deal *pivots);
/* Adds what they read of deals, as bc_metric_ask does. */
void bc_red_lines_ask(const bc_red_lines *lines, struct bc_wants *wants, struct bc_view *view);
/* A copy of the lines without any deals yet: for a part of the deals. Borrows from `lines`. */
bc_red_lines *bc_red_lines_part(const bc_red_lines *lines);
/* Adds the deals of `from`, a part. */
void bc_red_lines_join(bc_red_lines *lines, bc_red_lines *from);
void bc_red_lines_free(bc_red_lines *lines); /* NULL is fine */
void bc_red_lines_add(bc_red_lines *lines, struct bc_view *view);
/* After the last deal: out[date * red_line_n + line]. */
void bc_red_lines_finish(bc_red_lines *lines, struct bc_red_line_cell *out);

#endif
