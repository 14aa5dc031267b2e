/* tests/model/recount_signals.h - signals counted the slow way: which keys there are from the
 * events, and each key as a cohort of its own. */
#ifndef BC_TESTS_MODEL_RECOUNT_SIGNALS_H
#define BC_TESTS_MODEL_RECOUNT_SIGNALS_H

#include "projections/cohorts/signals.h"
#include "tests/model/recount.h"

/* Adds what recount_signals_print prints, counted over events[0..n) as by recount_make. */
void recount_signals(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_cohort_ask *ask);
/* A key a line, then its rows; then those that are left out. */
void recount_signals_print(struct bc_buf *out, const struct bc_signals *signals);

#endif
