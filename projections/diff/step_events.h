/* projections/diff/step_events.h - for insiders: the events behind what a step did to a deal. */
#ifndef BC_PROJECTIONS_DIFF_STEP_EVENTS_H
#define BC_PROJECTIONS_DIFF_STEP_EVENTS_H

#include "projections/diff/steps.h"

/* A deal that a step moved. */
struct bc_step_deal {
    struct bc_str deal;
    const struct bc_str *events; /* ids, in the fold's order: the changed events; what happened
                                    between the dates; for rules none */
    size_t event_n;
};

/* The step to a point moved it, in one figure. */
struct bc_step_moved {
    struct bc_step_deal *deal;
    size_t to;
};
/* Names the events behind what the steps did to the deals, which it sorts. The ids, in the arena,
 * are shared by all figures in which a step moved a deal. */
bc_status bc_step_events(struct bc_step_moved *moved, size_t n, bc_timelines *timelines,
                         const struct bc_steps *steps, bc_arena *arena, struct bc_err *err);

#endif
