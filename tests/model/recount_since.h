/* tests/model/recount_since.h - from when on meetings look, and what was recorded late since then,
 * counted the slow way; shares no code with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_SINCE_H
#define BC_TESTS_MODEL_RECOUNT_SINCE_H

#include "projections/events/recorded_late.h"
#include "projections/walk/since.h"
#include "tests/model/recount.h"

/* Adds "review INSTANT, playbook INSTANT", each with " by default" where there was none. */
void recount_since(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question);
/* The same of an answer. */
void recount_since_print(struct bc_buf *out, const struct bc_since *since);

/* Adds how many, and a line for each of the first: "EVENT DEAL BODY at INSTANT recorded INSTANT".
 */
void recount_late(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, int64_t since_us);
void recount_late_print(struct bc_buf *out, const struct bc_recorded_late *late);

#endif
