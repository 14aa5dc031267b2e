/* tests/model/recount_cohort.h - cohorts counted the slow way; shares no code with projections/,
 * but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_COHORT_H
#define BC_TESTS_MODEL_RECOUNT_COHORT_H

#include "projections/cohorts/cohorts.h"
#include "tests/model/recount.h"

/* Adds what recount_cohort_print prints, counted over events[0..n) as by recount_make. */
void recount_cohort(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_cohort_ask *ask);

/* A result on one line: "2 of 3, 1 failed, 0 open, 1 already", the days of the converted with a
 * millionth, and for all deals what was left out. */
void recount_cohort_print(struct bc_buf *out, const struct bc_cohort *cohort, size_t by_n);
/* All of an answer: all, then a line a row. */
void recount_cohorts_print(struct bc_buf *out, const struct bc_cohorts *cohorts, size_t by_n);

#endif
