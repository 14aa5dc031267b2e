/* projections/metrics/significance.h - what a difference between two rates may be, and how often
 * luck alone would make one as large. */
#ifndef BC_PROJECTIONS_METRICS_SIGNIFICANCE_H
#define BC_PROJECTIONS_METRICS_SIGNIFICANCE_H

#include <stdint.h>

/* So many of n; hits <= n. */
struct bc_rate {
    uint64_t hits, n;
};

/* The 95 % interval of a - b, the rates of two groups that share nobody, each with n > 0: the
 * hybrid of their score intervals (R. G. Newcombe, Interval estimation for the difference between
 * independent proportions, 1998, method 10). */
void bc_newcombe(struct bc_rate a, struct bc_rate b, double *low, double *high);

struct bc_fisher {
    double p;     /* of tables as likely as the one seen, or less */
    double mid_p; /* those as likely, within a factor 1 + 1e-7, count half */
};

/* Fisher's exact test, two-sided. Both are 1 where the margins allow one table only. */
struct bc_fisher bc_fisher_test(struct bc_rate a, struct bc_rate b);

/* How often chi-squared with so many degrees of freedom, at least one, is at least x >= 0. */
double bc_chi_squared_tail(double x, unsigned freedom);

#endif
