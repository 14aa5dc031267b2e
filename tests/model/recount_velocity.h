/* tests/model/recount_velocity.h - the pace of stages counted the slow way; shares no code with
 * projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_VELOCITY_H
#define BC_TESTS_MODEL_RECOUNT_VELOCITY_H

#include "projections/flow/velocity.h"
#include "tests/model/recount.h"

/* Adds a line a stage that has anything: "outreach: now 1 stalled 0 in 2 out 1; n 1 3.5 3.5 3.5;
 * open 1 4.0 4.0 d1; next discovery 1; 7.5", all days with a millionth, and "bottleneck outreach".
 */
void recount_velocity(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, const struct bc_velocity_ask *ask);
/* The same of an answer. */
void recount_velocity_print(struct bc_buf *out, const struct bc_velocity *velocity,
                            const bc_rules *rules);

#endif
