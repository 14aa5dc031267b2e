/* projections/review/review.h - the weekly review: all that a team looks at, as of one date, and
 * what became different since it looked last.
 *
 * Each part is the answer of the question that has a command of its own, asked as that command asks
 * it, but for what only the review tells. */
#ifndef BC_PROJECTIONS_REVIEW_REVIEW_H
#define BC_PROJECTIONS_REVIEW_REVIEW_H

#include "projections/activity/deal_list.h"
#include "projections/closing/handoff.h"
#include "projections/cohorts/cohorts.h"
#include "projections/cohorts/experiments.h"
#include "projections/events/recorded_late.h"
#include "projections/flow/breaches.h"
#include "projections/flow/flow.h"
#include "projections/flow/velocity.h"
#include "projections/review/closed.h"
#include "projections/review/figures.h"
#include "projections/review/renewals.h"
#include "projections/walk/names.h"

#define BC_SLICE_OF_ITS_OWN (-1)
/* Visits of stages that ended, and wins of hand-offs: so many civil days, as their commands have it
 * where nothing is said. */
#define BC_REVIEW_DAYS 365

/* What is asked, beside the question's one date. */
struct bc_review_ask {
    int slice; /* of the rules, for every part; BC_SLICE_OF_ITS_OWN: as each command has it */
    bool since_asked; /* else since the last review, or 7 civil days */
    int64_t since_us; /* before the date */
};

/* Numbers of some of the deals. */
struct bc_review_some {
    size_t *at, n;
};

struct bc_review {
    int64_t as_of_us, since_us;
    unsigned slice; /* of the parts without a command of their own */
    struct bc_review_figures figures;
    int64_t flow_us[2]; /* since, and the date */
    struct bc_flow_ask flow_ask;
    struct bc_flow *flow; /* its deals are those that moved */
    struct bc_velocity_ask stages_ask;
    struct bc_velocity *stages;
    struct bc_deal_list *deals;            /* those that stall, and all open actions */
    struct bc_review_some stalled, parked; /* parked: those left out only for that */
    struct bc_closed *closed;
    struct bc_cohort_ask experiments_ask;
    struct bc_experiments *experiments; /* of them those that are running, or ended since: */
    size_t *looked_at, looked_at_n;
    struct bc_renewals *renewals;
    struct bc_handoff_ask handoff_ask;
    struct bc_handoff *handoff;
    struct bc_breaches breaches;  /* that nobody answered, in all of the ledger's time */
    struct bc_recorded_late late; /* recorded since, of what was before */
    struct bc_names names;        /* of all deals in it */
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). BC_E_USAGE: `since` does
 * not lie before the date. */
bc_status bc_review_make(struct bc_review **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_review_ask *ask,
                         struct bc_err *err);
void bc_review_free(struct bc_review *review); /* NULL is fine */

/* The slice of a part whose command has that one where none is asked for. */
static inline unsigned bc_review_slice_of(const struct bc_review_ask *ask,
                                          const struct bc_question *question, struct bc_str usual)
{
    return ask->slice < 0 ? bc_rules_usual_slice(question->rules, usual) : (unsigned)ask->slice;
}

/* The slice in which a metric is shown. */
static inline unsigned bc_review_slice(const struct bc_review_ask *ask,
                                       const struct bc_metric_rule *metric)
{
    return ask->slice < 0 ? metric->headline : (unsigned)ask->slice;
}

#endif
