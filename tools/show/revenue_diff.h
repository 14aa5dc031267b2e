/* tools/show/revenue_diff.h - what differs between two ways of asking what months are worth, in
 * each form. */
#ifndef BC_TOOLS_SHOW_REVENUE_DIFF_H
#define BC_TOOLS_SHOW_REVENUE_DIFF_H

#include "projections/revenue/revenue_diff.h"
#include "tools/show/diff_sides.h"

struct revenue_diff_shown {
    struct diff_sides sides;
    const struct bc_revenue_diff_ask *ask;
    const struct bc_revenue_diff *diff;
};

void revenue_diff_show(const struct cmd_env *env, const struct revenue_diff_shown *shown, bool json,
                       bool csv);

#endif
