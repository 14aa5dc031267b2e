/* projections/closing/handoff.h - deals that were won in a window, and how far their hand-off is:
 * which steps are done and when, and what each deal waits for.
 *
 * A deal counts if its first entry into a stage of kind won lies in the window, and its stage at
 * the date is of kind won or final. A step is done at its first instant, before the win or after.
 */
#ifndef BC_PROJECTIONS_CLOSING_HANDOFF_H
#define BC_PROJECTIONS_CLOSING_HANDOFF_H

#include "projections/deal/deal.h"
#include "projections/walk/walk.h"

/* In the order in which they are expected. */
enum bc_handoff_step {
    BC_STEP_WON,
    BC_STEP_SIGNED,
    BC_STEP_DATA,     /* start, end and revenue of the contract were set to something */
    BC_STEP_ORDERING, /* from here to ACCEPTED a step may be skipped */
    BC_STEP_ORDERED,
    BC_STEP_OPENED,
    BC_STEP_ACCEPTED,
    BC_STEP_SERVING,
    BC_STEP_HEALTH, /* the first health recorded after the win */
    BC_STEP_N,
};

enum bc_step_state {
    BC_STEP_DONE,
    BC_STEP_SKIPPED, /* it is not done, but a later one is, up to SERVING */
    BC_STEP_PENDING,
    BC_STEP_STATE_N,
};

/* What is asked, beside the question's one date. */
struct bc_handoff_ask {
    unsigned slice;    /* of the rules */
    int64_t since_us;  /* won after it; INT64_MIN: since the beginning */
    bool pending_only; /* name those deals only that wait for a step */
};

struct bc_handoff_deal {
    struct bc_str deal;
    int64_t at_us[BC_STEP_N]; /* BC_NEVER: not done */
    enum bc_step_state state[BC_STEP_N];
    enum bc_handoff_step waiting; /* its first pending step; BC_STEP_N: it waits for none */
    int64_t waiting_us;           /* since the latest of those that are done */
};

struct bc_handoff_count {
    uint64_t n[BC_STEP_STATE_N];
    double median_days, p90_days; /* from the win, where any is done; may be negative */
};

struct bc_handoff {
    uint64_t n;                               /* deals */
    struct bc_handoff_count steps[BC_STEP_N]; /* of all of them */
    /* The longest waiting first, then in byte order; those that wait for nothing last. */
    struct bc_handoff_deal *deals;
    size_t deal_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_handoff_make(struct bc_handoff **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_handoff_ask *ask,
                          struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_handoff_begin(struct bc_walked *walked, struct bc_handoff **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_handoff_ask *ask, struct bc_err *err);
void bc_handoff_free(struct bc_handoff *handoff); /* NULL is fine */

#endif
