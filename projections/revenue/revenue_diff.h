/* projections/revenue/revenue_diff.h - what differs between two ways of asking what months are
 * worth, because of what, and through which deals. */
#ifndef BC_PROJECTIONS_REVENUE_REVENUE_DIFF_H
#define BC_PROJECTIONS_REVENUE_REVENUE_DIFF_H

#include "projections/diff/sums_diff.h"
#include "projections/revenue/revenue.h"

/* The figures that causes add up to. FMRR follows from them and the weights. */
enum { BC_REVENUE_DIFF_FIGURES = BC_NEW_MRR + 1 };

struct bc_revenue_diff_row {
    const struct bc_revenue_row *from, *to;
    const struct bc_sums_row
        *sums; /* by enum bc_revenue_figure; where FMRR alone differs, no part */
};

struct bc_revenue_diff {
    struct bc_revenue *from, *to;     /* the answers to both */
    struct bc_revenue_diff_row *rows; /* the months that differ in a figure or in FMRR */
    size_t n;
    struct bc_sums_diff *sums;
};

/* What is asked at each of the ways, under its rules; all of the same months. Rules that count in
 * different currencies are the caller's to refuse: amounts of two are never compared. */
struct bc_revenue_diff_ask {
    struct bc_revenue_ask of[BC_WAY_TO + 1]; /* by enum bc_way */
    bool events;                             /* name those behind each deal */
};

/* The log was opened with all that is kept beside it. Borrows the rules; the caller frees *out. */
bc_status bc_revenue_diff_make(struct bc_revenue_diff **out, bc_timelines *timelines,
                               const struct bc_ways *ways, const struct bc_revenue_diff_ask *ask,
                               struct bc_err *err);
void bc_revenue_diff_free(struct bc_revenue_diff *diff); /* NULL is fine */

#endif
