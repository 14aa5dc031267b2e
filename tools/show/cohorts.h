/* tools/show/cohorts.h - what became of deals with the same beginning, by what was known of them
 * then: its rows, in each form. */
#ifndef BC_TOOLS_SHOW_COHORTS_H
#define BC_TOOLS_SHOW_COHORTS_H

#include "projections/cohorts/leads.h"
#include "tools/ask/basis.h"

struct cohorts_shown {
    const struct basis *basis; /* has one date */
    const struct bc_cohort_ask *ask;
    const struct bc_cohorts *cohorts;
    const struct bc_leads
        *leads; /* where they are leads: these cohorts, with their costs; or NULL */
};

/* After the basis: what was asked, of which nothing of the answer is read. */
void cohorts_asked_cells(struct row *row, const struct cohorts_shown *shown);
/* The cells of the i-th row, for other answers that have it, too. */
void cohorts_row(struct row *row, const void *cohorts_shown, size_t i);
/* The line above the table, from the same. */
void cohorts_print_head(const struct cmd_env *env, const struct cohorts_shown *shown);

/* As JSON or CSV, or as a table, with sentences on what is not in it and the basis below. */
void cohorts_show(const struct cmd_env *env, const struct cohorts_shown *shown, bool json,
                  bool csv);

#endif
