/* tools/show/revenue.h - what contracts and open opportunities are worth, month by month, in each
 * form. */
#ifndef BC_TOOLS_SHOW_REVENUE_H
#define BC_TOOLS_SHOW_REVENUE_H

#include "projections/revenue/revenue.h"
#include "tools/ask/basis.h"

struct revenue_shown {
    const struct basis *basis; /* has one date */
    const struct bc_revenue_ask *ask;
    const struct bc_revenue *revenue;
};

/* `2026-04`, of a month by number. */
void revenue_month_add(struct bc_buf *out, int32_t month);
void revenue_month_cell(struct row *row, const char *key, int32_t month);
/* After the basis: the slice, the months, the currency. */
void revenue_asked_cells(struct row *row, const struct revenue_shown *shown);
/* The line above the table. */
void revenue_print_head(const struct cmd_env *env, const struct revenue_shown *shown);
/* What is counted nowhere else; and the deals that are listed, if any are. */
void revenue_left_out_cells(struct row *row, const struct revenue_shown *shown);
void revenue_print_left_out(const struct cmd_env *env, const struct revenue_shown *shown);

void revenue_show_json(const struct cmd_env *env, const struct revenue_shown *shown);
void revenue_show_csv(const struct cmd_env *env, const struct revenue_shown *shown);
/* The table, with sentences on what it rests on and the basis below. */
void revenue_show(const struct cmd_env *env, const struct revenue_shown *shown);

#endif
