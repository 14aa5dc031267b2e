/* tests/model/recount_outcome.h - what became of a deal from an instant on, for recounts; it stands
 * with that of cohorts. */
#ifndef BC_TESTS_MODEL_RECOUNT_OUTCOME_H
#define BC_TESTS_MODEL_RECOUNT_OUTCOME_H

#include "projections/cohorts/cohorts.h"
#include "tests/model/recount_world.h"

/* 'a'lready, 'c'onverted, 'f'ailed, 'o'pen; for the converted also the days since the anchor. */
char recount_outcome(const struct world *world, const struct bc_cohort_ask *ask, bc_stage_set to,
                     const struct deal *deal, const struct bc_event *anchor, double *days);

/* The answer, in the arena. */
struct bc_cohorts recount_cohort_count(const struct bc_event *events, size_t n,
                                       const struct recount_question *question,
                                       const struct bc_cohort_ask *ask, bc_arena *arena);
/* The value of a key at the date: a property by its time mode. */
struct bc_str recount_key(const struct world *world, const struct deal *deal, struct bc_str key);
/* The anchor of a deal of the population, or NULL. */
const struct bc_event *recount_member(const struct world *world, const struct bc_cohort_ask *ask,
                                      const struct deal *deal);

/* A result and the days of its converted. */
struct recount_tallied {
    struct bc_cohort cohort;
    double *days;
    size_t day_n;
};
void recount_tally(struct recount_tallied *to, char outcome, double days, bc_arena *arena);
/* Fills the means of the days. */
void recount_tally_finish(struct recount_tallied *of);

#endif
