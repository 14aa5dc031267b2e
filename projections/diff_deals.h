/* projections/diff_deals.h - for insiders: one step of a diff, and the deals that it moves. */
#ifndef BC_PROJECTIONS_DIFF_DEALS_H
#define BC_PROJECTIONS_DIFF_DEALS_H

#include "projections/diff.h"
#include "projections/learnt.h"

struct bc_diff_step {
    bc_timelines *timelines;
    const struct bc_question *before, *after;
    enum bc_cause cause;
    const struct bc_learnt *learnt; /* between the two ways of asking */
    bool events;                    /* are asked for */
    bc_arena *arena;                /* what is handed out lives in it */
};

/* What a report has kept for one slice of its rules, or nothing (report NULL). */
struct bc_diff_kept {
    const struct bc_report *report;
    int slice;
};

/* The deals whose stake in a figure differs, with what happened to each. */
bc_status bc_diff_deals(struct bc_diff_part *out, const struct bc_diff_step *step,
                        struct bc_diff_kept before, struct bc_diff_kept after, struct bc_err *err);

#endif
