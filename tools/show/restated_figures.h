/* tools/show/restated_figures.h - every figure of an issued report beside what it reads now, slice
 * by slice, the red lines last: those that differ as `restate --json` has them, the others on both
 * sides as they were given out. */
#ifndef BC_TOOLS_SHOW_RESTATED_FIGURES_H
#define BC_TOOLS_SHOW_RESTATED_FIGURES_H

#include "tools/show/restated.h"

struct restated_figures {
    struct bc_diff_row *at; /* those that are the same without fields and parts */
    size_t n, differ;
};

/* Of a report that was asked again (restated->diff); borrows it. The caller releases *out. */
void restated_figures_init(struct restated_figures *out, const struct restated *restated);
void restated_figures_release(struct restated_figures *figures);

/* Rows of the cells of diff_figure_cells, and before them "group", the slice or the red lines, and
 * "differs". */
struct rows restated_figures_rows(const struct restated_figures *figures);
/* What the causes did, figure after figure, together last where there are several: the cells of
 * diff_cause_cells, and before them "group", another text for each figure, "told", the cause in
 * words, and "figure", the figure. */
struct rows restated_figures_causes(struct restated_figures *figures);

#endif
