/* projections/walk/walk.h - every deal of a ledger, folded with what it has in the family learning,
 * on threads: what the questions of the learning half have in common.
 *
 * The deals are divided into parts of about equal size. Each part is a structure of the caller's,
 * and sees its deals in their order; the parts are joined in that order, too. So an answer does not
 * depend on the number of threads, as long as joining gives what one part would have given. */
#ifndef BC_PROJECTIONS_WALK_WALK_H
#define BC_PROJECTIONS_WALK_WALK_H

#include "projections/deal/view.h"
#include "projections/report/question.h"

struct bc_walk {
    bc_timelines *timelines;
    const bc_rules *rules;
    const bc_string_table *strings;
    struct bc_dates dates;
    struct bc_visible visible;
    /* What the fold keeps: at first stages, deal type, presence and retractions up to the last
     * date. */
    struct bc_wants wants;
    /* Which properties the view reads at the dates: at first the deal type alone. */
    bool reads[BC_P_N];
    unsigned threads; /* at first the question's */
    /* Whether a part wants to see a deal; one that nobody wants is not folded. NULL: all are. */
    bool (*wants_deal)(void *part, struct bc_str deal);
};

struct bc_walker {
    size_t size; /* of a part, which begins as zeros; 0 is not allowed */
    void (*begin)(void *part, void *payload);
    /* A deal, over all time, and a view that does not show it yet (bc_view_at). Both are good for
     * this call only. A negative status ends the walk and is returned. */
    bc_status (*see)(void *part, const struct bc_deal *deal, struct bc_view *view,
                     struct bc_err *err);
    void (*join)(void *payload, void *part); /* not called where the walk failed */
    void (*end)(void *part);                 /* releases it; called for each that began */
};

/* Borrows the question; its log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_walk_init(struct bc_walk *walk, bc_timelines *timelines,
                       const struct bc_question *question, struct bc_err *err);
void bc_walk_release(struct bc_walk *walk); /* `{ 0 }` is fine */
/* Has the fold keep every fact: a deal is there from its first event on, whatever that tells, an
 * e-mail, too. */
void bc_walk_everything(struct bc_walk *walk);
/* The id of a visit's stage: as the rules name it, or, where they do not know it, as it came. Lives
 * as long as both the rules and the timelines. */
struct bc_str bc_walk_stage(const struct bc_walk *walk, const struct bc_visit *visit);
bc_status bc_walk_run(struct bc_walk *walk, const struct bc_walker *walker, void *payload,
                      struct bc_err *err);

/* A question that one walk answers, in two halves, so that one walk may answer several: it is
 * begun, walked for, and ended.
 *
 *     struct bc_walked both[2] = { { 0 } };
 *     bc_status rc = bc_flow_begin(&both[0], &flow, timelines, &between, &flow_ask, err);
 *
 *     if (rc == BC_OK)
 *         rc = bc_closed_begin(&both[1], &closed, timelines, &question, slice, since_us, err);
 *     rc = bc_walk_answer(both, 2, rc, err);
 *
 * A deal is folded once for all of them, with all that any of them wants: so they are asked of the
 * same timelines, with the same rules and knowledge. What a question is asked with is borrowed up
 * to its end. */
struct bc_walked {
    struct bc_walk *walk;
    const struct bc_walker *walker;
    void *payload; /* the walker's */
    /* Gives the answer, unless something failed (`rc`), and releases the payload; NULL: it was not
     * begun. Returns `rc`, or how the end failed. */
    bc_status (*end)(void *payload, bc_status rc, struct bc_err *err);
};

/* Walks, unless beginning them failed (`rc`), and ends all that were begun, also one whose
 * beginning failed. */
bc_status bc_walk_answer(const struct bc_walked *all, size_t n, bc_status rc, struct bc_err *err);

#endif
