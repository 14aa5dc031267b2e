/* tests/model/recount_members.h - members counted the slow way; shares no code with projections/.
 */
#ifndef BC_TESTS_MODEL_RECOUNT_MEMBERS_H
#define BC_TESTS_MODEL_RECOUNT_MEMBERS_H

#include "projections/revenue/members.h"
#include "tests/model/recount.h"

/* Adds what recount_members_print prints, counted over events[0..n) as by recount_make. */
void recount_members(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, unsigned slice);

/* A line a member, then the deals in another currency. */
void recount_members_print(struct bc_buf *out, const struct bc_members *members);

#endif
