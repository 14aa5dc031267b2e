/* projections/diff/diff_deals.h - for insiders: the steps of a diff, and the deals that they
 * move. */
#ifndef BC_PROJECTIONS_DIFF_DIFF_DEALS_H
#define BC_PROJECTIONS_DIFF_DIFF_DEALS_H

#include "projections/diff/diff.h"

struct bc_diff_walk {
    struct bc_diff *diff;
    bc_timelines *timelines;
    const struct bc_steps *steps;
    bool events; /* are wanted */
};

/* Fills the deals of all parts of the rows of n diffs of one ledger, in one walk over the deals. */
bc_status bc_diff_deals(const struct bc_diff_walk *walks, size_t n, struct bc_err *err);

#endif
