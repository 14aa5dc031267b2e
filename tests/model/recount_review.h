/* tests/model/recount_review.h - what only a review tells, counted the slow way; shares no code
 * with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_REVIEW_H
#define BC_TESTS_MODEL_RECOUNT_REVIEW_H

#include "projections/review/review.h"
#include "tests/model/recount.h"

/* What is asked of deals that closed. */
struct recount_closed_ask {
    unsigned slice;
    int64_t since_us;
};

/* Adds lines: "d1 closed_lost 2025-01-03T12:00:00Z after 2d because price learned a, b linked
 * notes", less what there is none of; and "without a word" where nothing tells why. */
void recount_closed(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct recount_closed_ask *ask);
/* The same of an answer. */
void recount_closed_print(struct bc_buf *out, const struct bc_closed *closed);

/* Adds lines: "overdue_renewal d1 of acme ends 2025-01-31 health good intent confirmed by d2". The
 * slice may be negative: of each metric its headline. */
void recount_renewals(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int slice);
void recount_renewals_print(struct bc_buf *out, const struct bc_renewals *renewals,
                            const bc_rules *rules);

/* Adds lines: "d1 outreach -> discovery" of the deals that a review says moved. */
void recount_moved(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, int64_t since_us, unsigned slice);
void recount_moved_print(struct bc_buf *out, const struct bc_flow *flow);

#endif
