/* tools/show/cohorts_diff.h - what differs between two ways of asking for cohorts, in each form. */
#ifndef BC_TOOLS_SHOW_COHORTS_DIFF_H
#define BC_TOOLS_SHOW_COHORTS_DIFF_H

#include "projections/cohorts/cohorts_diff.h"
#include "tools/show/diff_sides.h"

struct cohorts_diff_shown {
    struct diff_sides sides;
    const struct bc_cohorts_diff_ask *ask;
    const struct bc_cohorts_diff *diff;
};

void cohorts_diff_show(const struct cmd_env *env, const struct cohorts_diff_shown *shown, bool json,
                       bool csv);

#endif
