/* projections/review/closed.h - deals that closed since the last review, and what was written down
 * on it. */
#ifndef BC_PROJECTIONS_REVIEW_CLOSED_H
#define BC_PROJECTIONS_REVIEW_CLOSED_H

#include "projections/walk/walk.h"

/* A deal whose last close (projections/closing/close.h) lies in the span. */
struct bc_closed_deal {
    struct bc_str deal, stage; /* the one that it closed in */
    int64_t at_us;
    bool lost;                      /* it is of kind lost, else won */
    struct bc_str reason;           /* of a loss; "": none was recorded */
    const struct bc_str *learnings; /* texts, by (occurredAt, seq) */
    size_t learning_n;
    const struct bc_str *artifacts; /* kinds, in byte order, each once */
    size_t artifact_n;
    bool written;     /* a learning, or a win-loss analysis that is linked */
    int64_t taken_us; /* from its first visit's beginning to the close */
};

struct bc_closed {
    struct bc_closed_deal *at; /* in byte order of the deals */
    size_t n;
    bc_arena *arena;
};

/* Of the deals of a slice that are there at the question's one date, those closed after `since_us`.
 * The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_closed_make(struct bc_closed **out, bc_timelines *timelines,
                         const struct bc_question *question, unsigned slice, int64_t since_us,
                         struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_closed_begin(struct bc_walked *walked, struct bc_closed **out, bc_timelines *timelines,
                          const struct bc_question *question, unsigned slice, int64_t since_us,
                          struct bc_err *err);
void bc_closed_free(struct bc_closed *closed); /* NULL is fine */

#endif
