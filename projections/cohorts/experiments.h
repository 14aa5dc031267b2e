/* projections/cohorts/experiments.h - experiments: what was tried, what became of the deals of each
 * arm, and what the difference between two arms may be.
 *
 * An arm is a cohort whose anchor is the first enrolment in the experiment. What counts as
 * converted goes by the metric that the experiment names: of a conversion or a lead time the deals
 * that get to its target, of a rate of e-mails those that opened one. */
#ifndef BC_PROJECTIONS_COHORTS_EXPERIMENTS_H
#define BC_PROJECTIONS_COHORTS_EXPERIMENTS_H

#include "projections/cohorts/compare_arms.h"
#include "projections/walk/experiment_words.h"
#include "projections/walk/walk.h"

enum bc_goal {
    BC_GOAL_CLOSED, /* won and final, since it names no metric of those below */
    BC_GOAL_RATE,   /* of those that convert */
    BC_GOAL_DAYS,   /* until they convert */
    BC_GOAL_OPENED, /* e-mails */
};

enum bc_met { BC_MET_UNKNOWN, BC_MET, BC_NOT_MET };

struct bc_experiment {
    struct bc_experiment_words words; /* of one that was never begun the id alone */
    enum bc_goal goal;
    bc_stage_set to;           /* none where e-mails are the goal */
    struct bc_cohorts *cohort; /* its rows are the arms, by their bytes */
    struct bc_comparison *compare;
    size_t compare_n;
    enum bc_met met;
    bool has_cost;
    int64_t cost; /* millionths */
    struct bc_str currency;
};

struct bc_experiments {
    struct bc_experiment *at; /* by the bytes of their ids */
    size_t n;
    struct bc_str *deals; /* those that are listed, in byte order; lent by a cohort */
    size_t deal_n;
    bool listed; /* there is a row of what was to be listed */
    struct bc_experiments_owned *owned;
};

/* `ask` has the anchor BC_ANCHOR_ENROLMENT; its `experiment` is the only one that is wanted, or
 * empty; `list` holds an experiment and an arm. `to` and `by` are not looked at. */
bc_status bc_experiments_make(struct bc_experiments **out, bc_timelines *timelines,
                              const struct bc_question *question, const struct bc_cohort_ask *ask,
                              struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_experiments_begin(struct bc_walked *walked, struct bc_experiments **out,
                               bc_timelines *timelines, const struct bc_question *question,
                               const struct bc_cohort_ask *ask, struct bc_err *err);
void bc_experiments_free(struct bc_experiments *experiments); /* NULL is fine */

#endif
