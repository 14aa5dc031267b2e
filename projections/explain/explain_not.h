/* projections/explain/explain_not.h - why a figure does not count a deal.
 *
 * Every condition that kept the deal out is named, not only the first, each with its event, where
 * there is one. Where the metric reads several items of a deal (meetings, e-mails, visits), each is
 * named with what kept it out. A deal that is counted has no reasons. */
#ifndef BC_PROJECTIONS_EXPLAIN_EXPLAIN_NOT_H
#define BC_PROJECTIONS_EXPLAIN_EXPLAIN_NOT_H

#include "projections/explain/reason.h"
#include "projections/report/unknown.h"

/* The row of its kind says which of these it has. */
struct bc_reason {
    enum bc_reason_kind kind;
    struct bc_str item; /* id of the meeting or e-mail */
    struct bc_str value;
    int64_t at_us;
    int32_t days;
    uint64_t seq;        /* of its event, or 0 */
    struct bc_str event; /* its id */
};

struct bc_explanation_not {
    struct bc_str deal;
    bool counted;
    struct bc_reason *reasons;
    size_t n, cap;
    struct bc_unknown_counts unknown; /* of the deal alone */
    bc_arena *arena;
};

/* For one metric of the question's rules in one of their slices; the question has one date.
 * BC_DONE: the log has no event about the deal; where it has, none of which counts at known-at, a
 * reason says so. The caller frees *out. */
bc_status bc_explain_not(struct bc_explanation_not **out, bc_timelines *timelines,
                         const struct bc_question *question, size_t metric, size_t slice,
                         struct bc_str deal, struct bc_err *err);
void bc_explanation_not_free(struct bc_explanation_not *explanation); /* NULL is fine */

#endif
