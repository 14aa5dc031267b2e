/* tests/model/recount_flow.h - flow between two dates counted the slow way; shares no code with
 * projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_FLOW_H
#define BC_TESTS_MODEL_RECOUNT_FLOW_H

#include "projections/flow/flow.h"
#include "tests/model/recount.h"

/* Adds lines, those of nothing left out: "in.new 2", "move outreach discovery 1" in the order of
 * the answer. The question is that of the second date. */
void recount_flow(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, int64_t from_us,
                  const struct bc_flow_ask *ask);
/* The same of an answer. */
void recount_flow_print(struct bc_buf *out, const struct bc_flow *flow);

#endif
