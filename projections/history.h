/* projections/history.h - what happened to one deal: its events, its visits, its findings. */
#ifndef BC_PROJECTIONS_HISTORY_H
#define BC_PROJECTIONS_HISTORY_H

#include "projections/audit.h"

struct bc_history_event {
    struct bc_event event; /* its texts live as long as the history */
    uint64_t retracted_by; /* seq of the retraction that counts, or 0 */
};

struct bc_history_visit {
    struct bc_visit visit;
    struct bc_str stage, event; /* the stage as the rules name it; the id of the event */
};

struct bc_history {
    struct bc_history_event *events; /* that known-at lets through, by (occurred_us, seq) */
    size_t event_n;
    struct bc_history_visit *visits; /* up to the date */
    size_t visit_n;
    struct bc_audit *audit; /* findings at the date */
    bc_arena *arena;
};

/* The history of a deal under a question with one date. BC_DONE: the ledger has no event about it.
 * The caller frees *out. */
bc_status bc_history_make(struct bc_history **out, bc_timelines *timelines,
                          const struct bc_question *question, struct bc_str deal,
                          struct bc_err *err);
void bc_history_free(struct bc_history *history); /* NULL is fine */

#endif
