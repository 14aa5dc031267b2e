/* tools/show/cohorts.h - what became of deals with the same beginning, by what was known of them
 * then: its rows, in each form. */
#ifndef BC_TOOLS_SHOW_COHORTS_H
#define BC_TOOLS_SHOW_COHORTS_H

#include "projections/cohorts/cohorts.h"
#include "tools/ask/basis.h"

struct cohorts_shown {
    const struct basis *basis; /* has one date */
    const struct bc_cohort_ask *ask;
    const struct bc_cohorts *cohorts;
};

/* The cells of one result. */
void cohorts_cells(struct row *row, const struct bc_cohort *cohort);

void cohorts_json(const struct cmd_env *env, const struct cohorts_shown *shown);
void cohorts_csv(const struct cmd_env *env, const struct cohorts_shown *shown);
/* A table, with sentences on what is not in it. */
void cohorts_print(const struct cmd_env *env, const struct cohorts_shown *shown);

#endif
