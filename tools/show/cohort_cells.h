/* tools/show/cohort_cells.h - the cells that answers about cohorts have in common. */
#ifndef BC_TOOLS_SHOW_COHORT_CELLS_H
#define BC_TOOLS_SHOW_COHORT_CELLS_H

#include "projections/cohorts/cohorts.h"
#include "tools/print/row.h"

/* A figure, or null where it is not there. */
void cohort_cells_figure(struct row *row, const char *key, enum cell_kind kind, bool there,
                         double value);
/* An amount as text, for it is exact; or null. */
void cohort_cells_amount(struct row *row, const char *key, bool there, int64_t millionths);
/* One result. Where it was not watched whether deals are lost and how long they take, the rates
 * over the resolved and the days are null. */
void cohort_cells_result(struct row *row, const struct bc_cohort *cohort, bool watched);
/* What of all deals is in no row. */
void cohort_cells_left_out(struct row *row, const struct bc_cohorts *cohorts);
/* "since" and "mature". */
void cohort_cells_window(struct row *row, const struct bc_cohort_ask *ask);

#endif
