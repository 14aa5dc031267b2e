/* tests/model/recount_experiments.h - experiments counted the slow way, from the definitions alone;
 * shares no code with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_EXPERIMENTS_H
#define BC_TESTS_MODEL_RECOUNT_EXPERIMENTS_H

#include "projections/cohorts/experiments.h"
#include "tests/model/recount.h"

/* Adds what recount_experiments_print prints, counted over events[0..n) as by recount_make. */
void recount_experiments(struct bc_buf *out, const struct bc_event *events, size_t n,
                         const struct recount_question *question, const struct bc_cohort_ask *ask);
/* An experiment a paragraph: its words, its arms, what they are beside each other. */
void recount_experiments_print(struct bc_buf *out, const struct bc_experiments *experiments,
                               const bc_rules *rules);

#endif
