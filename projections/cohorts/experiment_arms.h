/* projections/cohorts/experiment_arms.h - for insiders: the arms of one experiment, as a part of
 * the deals fills them. */
#ifndef BC_PROJECTIONS_COHORTS_EXPERIMENT_ARMS_H
#define BC_PROJECTIONS_COHORTS_EXPERIMENT_ARMS_H

#include "projections/cohorts/cohort_outcome.h"
#include "projections/cohorts/experiments.h"

struct bc_experiment_arms {
    struct bc_str id; /* the arms' own */
    enum bc_goal goal;
    bool has_target;
    double target;
    struct bc_cohort_look look;
    struct bc_cohort_rows rows;
    uint64_t deal; /* the number of the deal that was seen last: of it the first enrolment counts */
};

/* The goal of an experiment by the words that it has, and what gets there. */
enum bc_goal bc_experiment_goal(bc_stage_set *to, const bc_rules *rules,
                                const struct bc_experiment_words *words);
/* The e-mails of a deal from its enrolment on, up to the date. */
struct bc_cohort_beside bc_experiment_mails(const struct bc_cohort_look *look,
                                            const struct bc_deal *deal,
                                            const struct bc_cohort_anchor *anchor);
/* Adds a deal of the population with its arm, `arm` as bc_cohort_key_add has it. */
void bc_experiment_arms_add(struct bc_experiment_arms *arms, const struct bc_deal *deal,
                            const struct bc_cohort_anchor *anchor, struct bc_str arm,
                            unsigned listed);

#endif
