/* tools/show/review_part.h - for insiders: the parts of a review, in their order. Each has its
 * cells, under its own keys, and its section. */
#ifndef BC_TOOLS_SHOW_REVIEW_PART_H
#define BC_TOOLS_SHOW_REVIEW_PART_H

#include "tools/show/review.h"

typedef void review_part_cells(struct row *row, const struct review_shown *shown);
typedef void review_part_print(const struct cmd_env *env, const struct review_shown *shown);

review_part_cells review_part_off_cells, review_part_figures_cells, review_part_flow_cells,
    review_part_stages_cells, review_part_stalled_cells, review_part_closed_cells,
    review_part_experiments_cells, review_part_red_lines_cells, review_part_renewals_cells,
    review_part_handoff_cells, review_part_actions_cells;
review_part_print review_part_off, review_part_figures, review_part_flow, review_part_stages,
    review_part_stalled, review_part_closed, review_part_experiments, review_part_red_lines,
    review_part_renewals, review_part_handoff, review_part_actions;

/* The cells of the i-th open action. */
void review_part_action(struct row *row, const struct review_shown *shown, size_t i);

#endif
