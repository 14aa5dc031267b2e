/* projections/audit/history.h - what happened to one deal: its events, its visits, its findings. */
#ifndef BC_PROJECTIONS_AUDIT_HISTORY_H
#define BC_PROJECTIONS_AUDIT_HISTORY_H

#include "projections/audit/audit.h"
#include "projections/events/deal_events.h"
#include "projections/report/unknown.h"

struct bc_history_visit {
    struct bc_visit visit;
    struct bc_str stage, event; /* the stage as named in the rules; the id of the event */
};

struct bc_history {
    struct bc_deal_events events;    /* that known-at lets through */
    struct bc_history_visit *visits; /* up to the date */
    size_t visit_n;
    struct bc_audit *audit;           /* findings of all kinds at the date */
    struct bc_unknown_counts unknown; /* of the deal alone, at the date */
    bc_arena *arena;
};

/* The history of a deal under a question with one date, of a log opened with all that is kept
 * beside it (bc_ledger_open_all). BC_DONE: no event about it is visible. The caller frees *out. */
bc_status bc_history_make(struct bc_history **out, bc_timelines *timelines,
                          const struct bc_question *question, struct bc_str deal,
                          struct bc_err *err);
void bc_history_free(struct bc_history *history); /* NULL is fine */

/* The visits of one deal alone, up to the question's one date; `event` is empty. Their texts live
 * in the arena, and the caller frees *out. */
bc_status bc_history_visits(struct bc_history_visit **out, size_t *n, bc_timelines *timelines,
                            const struct bc_question *question, struct bc_str deal, bc_arena *arena,
                            struct bc_err *err);

#endif
