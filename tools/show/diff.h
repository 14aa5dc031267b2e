/* tools/show/diff.h - what differs between two ways of asking. */
#ifndef BC_TOOLS_SHOW_DIFF_H
#define BC_TOOLS_SHOW_DIFF_H

#include "projections/diff/diff.h"
#include "tools/show/diff_sides.h"

/* The cells "metrics" and "redLines". */
void diff_cells(struct row *row, const struct bc_diff *diff);
/* The cells of one figure that differs; of them those that say by how much; and the cells of what
 * its i-th cause did. */
void diff_figure_cells(struct row *row, const struct bc_diff_row *of);
void diff_change_cells(struct row *row, const struct bc_diff_row *of);
void diff_cause_cells(struct row *row, const struct bc_diff_row *of, size_t i);
/* A table: each figure, and below it what each cause did, with the first few deals. Nothing where
 * nothing differs. */
void diff_print_table(const struct cmd_env *env, const struct bc_diff *diff);

/* The whole answer: both ways of asking, and what differs. */
struct diff_shown {
    struct diff_sides sides;
    const struct bc_diff *diff;
};
void diff_json(const struct cmd_env *env, const struct diff_shown *shown);
void diff_print(const struct cmd_env *env, const struct diff_shown *shown);

#endif
