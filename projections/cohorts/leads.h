/* projections/cohorts/leads.h - leads by where they came from: how many qualified, and at what
 * cost.
 *
 * A cohort whose anchor is the first lead; leads of no deal are counted with the open ones. What an
 * experiment cost stands with the campaign that it names, or that has its id. */
#ifndef BC_PROJECTIONS_COHORTS_LEADS_H
#define BC_PROJECTIONS_COHORTS_LEADS_H

#include "projections/cohorts/cohorts.h"

/* What belongs to a row of the cohorts, by its index. */
struct bc_lead_cost {
    bool known; /* some experiment lends one, and all of them in one currency */
    int64_t millionths;
    struct bc_str currency;
};

struct bc_leads {
    struct bc_cohorts *cohorts; /* with a row, if of n 0, for each campaign that an experiment with
                                   a cost names */
    struct bc_lead_cost *costs;
};

/* `ask` has the anchor BC_ANCHOR_LEAD; costs are looked up where its only key is the campaign. */
bc_status bc_leads_make(struct bc_leads **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_cohort_ask *ask,
                        struct bc_err *err);
void bc_leads_free(struct bc_leads *leads); /* NULL is fine */

#endif
