/* projections/diff/diff_deals.h - for insiders: the steps of a diff, and the deals that they
 * move. */
#ifndef BC_PROJECTIONS_DIFF_DIFF_DEALS_H
#define BC_PROJECTIONS_DIFF_DIFF_DEALS_H

#include "projections/diff/changed_events.h"
#include "projections/diff/diff.h"

enum { BC_DIFF_POINTS = BC_CAUSE_N }; /* the first, and one after each step but "given" */

/* A question on the way from the first to the second. */
struct bc_diff_point {
    enum bc_cause cause; /* what differs from the previous point */
    struct bc_question question;
    struct bc_override override;
    struct bc_report *report; /* its figures; the diff has it */
};

struct bc_diff_walk {
    bc_timelines *timelines;
    const struct bc_diff_point *points;
    size_t n;
    const struct bc_changed_events *changed; /* between the first and the last */
    bool events;                             /* are wanted */
};

/* Fills the deals of all parts of the rows, in one walk over the deals. */
bc_status bc_diff_deals(struct bc_diff *diff, const struct bc_diff_walk *walk, struct bc_err *err);

/* A deal that the step to a point moved, in one figure. */
struct bc_diff_moved {
    struct bc_diff_deal *deal;
    size_t to;
};
/* Names the events behind what the steps did to the deals, which it sorts. The ids, in the arena,
 * are shared by all figures in which a step moved a deal. */
bc_status bc_diff_events(struct bc_diff_moved *moved, size_t n, const struct bc_diff_walk *walk,
                         bc_arena *arena, struct bc_err *err);

#endif
