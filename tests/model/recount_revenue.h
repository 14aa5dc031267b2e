/* tests/model/recount_revenue.h - revenue counted the slow way, day by day in fractions; shares no
 * code with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_REVENUE_H
#define BC_TESTS_MODEL_RECOUNT_REVENUE_H

#include "projections/revenue/revenue.h"
#include "tests/model/recount.h"

/* Adds what recount_revenue_print prints, counted over events[0..n) as by recount_make. */
void recount_revenue(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_revenue_ask *ask);

/* All of an answer: a line a month, then what stands beside them, then the deals that are listed.
 */
void recount_revenue_print(struct bc_buf *out, const struct bc_revenue *revenue);

#endif
