/* tests/model/recount_learnings.h - learnings listed the slow way; shares no code with
 * projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_LEARNINGS_H
#define BC_TESTS_MODEL_RECOUNT_LEARNINGS_H

#include "projections/closing/learnings.h"
#include "tests/model/recount.h"

/* Adds lines: "2025-01-03T12:00:00Z TEXT, topic T, experiment X, deal D in STAGE, by ACTOR" less
 * what there is none of, and "missing D in STAGE 2025-01-03T12:00:00Z". */
void recount_learnings(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const struct bc_learnings_ask *ask);
/* The same of an answer. */
void recount_learnings_print(struct bc_buf *out, const struct bc_learnings *learnings);

#endif
