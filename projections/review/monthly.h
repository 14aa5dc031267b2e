/* projections/review/monthly.h - the monthly review: what deals that closed since the last playbook
 * tell about it, and how the versions compare. */
#ifndef BC_PROJECTIONS_REVIEW_MONTHLY_H
#define BC_PROJECTIONS_REVIEW_MONTHLY_H

#include "projections/closing/learnings.h"
#include "projections/closing/losses.h"
#include "projections/cohorts/signals.h"
#include "projections/review/closed.h"
#include "projections/review/review.h"
#include "projections/walk/versions.h"

/* Of a conversion, the deals by the playbook, or the ICP, that was in force when they got to its
 * first stage. */
struct bc_monthly_cohorts {
    size_t metric; /* of the rules */
    struct bc_by by;
    struct bc_cohort_ask ask;
    struct bc_cohorts *cohorts;
};

struct bc_monthly {
    int64_t as_of_us, since_us;
    unsigned slice; /* of the parts without a command of their own */
    struct bc_closed *closed;
    bool due; /* as many closed as the rules want between two playbooks */
    struct bc_losses_ask losses_ask;
    struct bc_losses *losses;
    struct bc_learnings_ask learnings_ask;
    struct bc_learnings *learnings;
    struct bc_cohort_ask signals_ask; /* at the first of the stages that qualify; none: no stage */
    struct bc_signals *signals;       /* NULL: none */
    struct bc_versions versions;      /* of playbooks and ICPs, those of all time */
    /* A pair for each conversion of the rules: by playbook, by ICP. */
    struct bc_monthly_cohorts *cohorts;
    size_t cohort_n;
    struct bc_names names; /* of all deals in it */
};

/* As bc_review_make; without `since` it looks back to the last playbook, or 31 civil days. */
bc_status bc_monthly_make(struct bc_monthly **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_review_ask *ask,
                          struct bc_err *err);
void bc_monthly_free(struct bc_monthly *monthly); /* NULL is fine */

/* The row of a version in one of the cohorts, or NULL. */
const struct bc_cohort *bc_monthly_row(const struct bc_monthly_cohorts *cohorts,
                                       const struct bc_version *version);

#endif
