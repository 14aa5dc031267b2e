/* tests/model/recount_handoff.h - hand-offs counted the slow way; shares no code with projections/,
 * but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_HANDOFF_H
#define BC_TESTS_MODEL_RECOUNT_HANDOFF_H

#include "projections/closing/handoff.h"
#include "tests/model/recount.h"

/* Adds "2 won", a line a step that is done or skipped anywhere, "signed 1 done 0 skipped 1 pending,
 * days 2.000000 2.000000", and a line a deal: "d1: won 2025-01-01T12:00:00Z, signed, ordering
 * skipped; waits 3.500000 days for ordered". */
void recount_handoff(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_handoff_ask *ask);
/* The same of an answer. */
void recount_handoff_print(struct bc_buf *out, const struct bc_handoff *handoff);

#endif
