/* projections/cohorts/cohorts_diff.h - what differs between two ways of asking what became of the
 * deals with the same beginning, because of what, and through which deals. */
#ifndef BC_PROJECTIONS_COHORTS_COHORTS_DIFF_H
#define BC_PROJECTIONS_COHORTS_COHORTS_DIFF_H

#include "projections/cohorts/cohorts.h"
#include "projections/diff/sums_diff.h"

/* The figures that causes add up to; rates follow from them. */
enum bc_cohort_figure {
    BC_FIGURE_COHORT_N,
    BC_FIGURE_COHORT_CONVERTED,
    BC_FIGURE_COHORT_FAILED,
    BC_FIGURE_COHORT_OPEN,
    BC_COHORT_FIGURE_N
};

struct bc_cohorts_diff_row {
    const struct bc_cohort *from, *to; /* NULL: there is no such row */
    const struct bc_sums_row *sums;
};

struct bc_cohorts_diff {
    struct bc_cohorts *from, *to; /* the answers to both */
    struct bc_cohorts_diff_row all;
    struct bc_cohorts_diff_row *rows; /* that differ in a figure: in the order of the second's, then
                                         what only the first has */
    size_t n;
    struct bc_sums_diff *sums;
};

/* What is asked at each of the ways, under its rules and at its date; all by the same keys. */
struct bc_cohorts_diff_ask {
    struct bc_cohort_ask of[BC_WAY_TO + 1]; /* by enum bc_way */
    bool events;                            /* name those behind each deal */
};

/* The log was opened with all that is kept beside it. Borrows the rules; the caller frees *out. */
bc_status bc_cohorts_diff_make(struct bc_cohorts_diff **out, bc_timelines *timelines,
                               const struct bc_ways *ways, const struct bc_cohorts_diff_ask *ask,
                               struct bc_err *err);
void bc_cohorts_diff_free(struct bc_cohorts_diff *diff); /* NULL is fine */

/* The outcome that a stake tells; it counts in the row. */
enum bc_cohort_outcome bc_cohorts_diff_outcome(const struct bc_sum_stake *stake);

#endif
