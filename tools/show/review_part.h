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

/* --- what they have in common --- */

/* "deal" and "name", null where it has none; for people both as "dealShown". */
void review_part_deal(struct row *row, const struct review_shown *shown, struct bc_str deal);
/* The cells of the i-th open action. */
void review_part_action(struct row *row, const struct review_shown *shown, size_t i);
/* Adds the id and the name, or the id alone. */
void review_part_deal_add(struct bc_buf *out, const struct review_shown *shown, struct bc_str deal);
void review_part_deal_shown(struct row *row, const struct review_shown *shown, struct bc_str deal);
#define REVIEW_PART_DEAL                                                                           \
    {                                                                                              \
        .name = "DEAL", .key = "dealShown", .fit = COLUMN_WRAP, .least = 20, .dash = true          \
    }
/* Adds the civil day of an instant, in the zone of the rules. */
void review_part_day_add(struct bc_buf *out, const struct review_shown *shown, int64_t us);
/* The same as a cell for people. */
void review_part_day(struct row *row, const char *key, const struct review_shown *shown,
                     int64_t us);
/* A civil day as a cell. */
void review_part_date(struct row *row, const char *key, int32_t day);

#endif
