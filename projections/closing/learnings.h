/* projections/closing/learnings.h - what was learned in a window, of deals and of experiments; and
 * which deals ended in it without a word on why (projections/closing/close.h). */
#ifndef BC_PROJECTIONS_CLOSING_LEARNINGS_H
#define BC_PROJECTIONS_CLOSING_LEARNINGS_H

#include "projections/walk/walk.h"

/* What is asked, beside the question's one date. Everything is borrowed. */
struct bc_learnings_ask {
    unsigned slice;   /* of the rules; of the deals that are missing one, only */
    int64_t since_us; /* learned, and closed, after it; INT64_MIN: since the beginning */
    bool by_topic;    /* of this topic only: */
    struct bc_str topic;
};

/* A learning that was recorded, or with which an experiment was concluded. */
struct bc_lesson {
    int64_t at_us;
    uint64_t seq;
    struct bc_str text;
    struct bc_str topic;      /* "": none was said; so of an experiment's */
    struct bc_str experiment; /* "": it is not an experiment's */
    struct bc_str deal;       /* "": it is about none */
    struct bc_str stage;      /* of the deal at that instant; "": it was in none */
    struct bc_str actor;
};

/* A deal that closed without one. */
struct bc_unlearned {
    struct bc_str deal, stage; /* the one that it closed in */
    int64_t at_us;
};

struct bc_learnings {
    struct bc_lesson *lessons; /* by (at_us, seq); in every slice, of gone deals too */
    size_t lesson_n;
    struct bc_unlearned *missing; /* in byte order of the deals */
    size_t missing_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_learnings_make(struct bc_learnings **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_learnings_ask *ask,
                            struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_learnings_begin(struct bc_walked *walked, struct bc_learnings **out,
                             bc_timelines *timelines, const struct bc_question *question,
                             const struct bc_learnings_ask *ask, struct bc_err *err);
void bc_learnings_free(struct bc_learnings *learnings); /* NULL is fine */

#endif
