/* projections/cohorts/cohort_outcome.h - for insiders: what became of one deal from its anchor on.
 */
#ifndef BC_PROJECTIONS_COHORTS_COHORT_OUTCOME_H
#define BC_PROJECTIONS_COHORTS_COHORT_OUTCOME_H

#include "projections/cohorts/cohort_rows.h"
#include "projections/deal/view.h"

/* The instant that a deal is counted from, and the event. */
struct bc_cohort_anchor {
    int64_t us;
    uint64_t seq;
};

/* How deals are looked at. */
struct bc_cohort_look {
    const bc_rules *rules;
    enum bc_anchor_kind kind;
    bc_stage_set to; /* with those of bc_rules_closed */
    unsigned slice;
    int64_t as_of_us, since_us;
    int32_t mature;
    int64_t mature_us; /* anchors after it are immature */
};

/* For what is asked, at a date; where it is mature, the rules' zone is asked, also later. */
struct bc_cohort_look bc_cohort_look_of(const struct bc_cohort_ask *ask, const bc_rules *rules,
                                        int64_t as_of_us);
/* The first visit to a stage of the set that is an entry, up to the date. */
bool bc_cohort_entry(struct bc_cohort_anchor *out, const struct bc_cohort_look *look,
                     const struct bc_deal *deal, bc_stage_set at);
/* Whether a deal is asked about: its anchor is in the window. Where it has none (NULL) and entries
 * to a set are looked for, it was found in these stages instead, the first time in the window. */
bool bc_cohort_asked(const struct bc_cohort_look *look, const struct bc_deal *deal, bc_stage_set at,
                     const struct bc_cohort_anchor *anchor);
/* Whether such a deal, as its view shows it at the date, is of the population: it is in the slice,
 * there, anchored (not NULL), and had its time. If the slice has it, but it is not, `rows` counts
 * why; of one that is gone, only if it was anchored. */
bool bc_cohort_counts(struct bc_cohort_rows *rows, const struct bc_cohort_look *look,
                      const struct bc_view *view, const struct bc_cohort_anchor *anchor);
/* Whether what came at an instant is looked at: where all have had the same time, not if it came
 * later than that. */
bool bc_cohort_in_time(const struct bc_cohort_look *look, int64_t us,
                       const struct bc_cohort_anchor *anchor);
struct bc_cohort_record bc_cohort_outcome(const struct bc_cohort_look *look,
                                          const struct bc_deal *deal,
                                          const struct bc_cohort_anchor *anchor);

#endif
