/* tests/model/recount_losses.h - losses counted the slow way; shares no code with projections/, but
 * takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_LOSSES_H
#define BC_TESTS_MODEL_RECOUNT_LOSSES_H

#include "projections/closing/losses.h"
#include "tests/model/recount.h"

/* Adds lines: "2 lost", "stage proposal 1", "reason price 1", "icp v1 1" in the order of the
 * answer, and "again d1 2025-05-01 due". */
void recount_losses(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_losses_ask *ask);
/* The same of an answer. */
void recount_losses_print(struct bc_buf *out, const struct bc_losses *losses);

#endif
