#include "projections/metrics/significance.h"

#include "projections/metrics/stats.h"

#include <math.h>

void bc_newcombe(struct bc_rate a, struct bc_rate b, double *low, double *high)
{
    const double p = (double)a.hits / (double)a.n, q = (double)b.hits / (double)b.n;
    double p_low, p_high, q_low, q_high;

    bc_wilson(a.hits, a.n, &p_low, &p_high);
    bc_wilson(b.hits, b.n, &q_low, &q_high);
    *low = p - q - hypot(p - p_low, q_high - q);
    *high = p - q + hypot(p_high - p, q - q_low);
}

/* --- Fisher --- */

/* The tables with the margins of the one that is seen, by x, the hits of the first group. */
struct tables {
    double n, m, hits;  /* the two groups; the hits of both */
    double first, last; /* least x, largest x */
};

/* How much likelier a table is than the one before it. */
static double step(const struct tables *tables, double x)
{
    return (tables->n - x + 1) * (tables->hits - x + 1) / (x * (tables->m - tables->hits + x));
}

/* How likely x is beside `from`. Products of steps, not factorials: their logarithms lose, of a
 * million, the very digits that tell tables which are as likely. */
static double beside(const struct tables *tables, double from, double x)
{
    double weight = 1;

    while (from < x && weight > 0)
        weight *= step(tables, ++from);
    while (from > x && weight > 0)
        weight /= step(tables, from--);
    return weight;
}

struct weights {
    double all, less, as_likely; /* than, or as, the one that is seen */
};

static void add(struct weights *sum, double weight, double seen)
{
    const double tie = 1 + 1e-7;

    sum->all += weight;
    if (weight * tie < seen)
        sum->less += weight;
    else if (weight <= seen * tie)
        sum->as_likely += weight;
}

/* From the likeliest to both ends, until what remains is nothing. */
static struct weights add_all(const struct tables *tables, double likeliest, double seen)
{
    struct weights sum = { 0 };
    double x = likeliest, weight = 1;

    add(&sum, weight, seen);
    while (x < tables->last && weight > 0) {
        weight *= step(tables, ++x);
        add(&sum, weight, seen);
    }
    x = likeliest;
    weight = 1;
    while (x > tables->first && weight > 0) {
        weight /= step(tables, x--);
        add(&sum, weight, seen);
    }
    return sum;
}

struct bc_fisher bc_fisher_test(struct bc_rate a, struct bc_rate b)
{
    struct tables tables = { (double)a.n, (double)b.n, (double)a.hits + (double)b.hits, 0, 0 };
    struct weights sum;
    double likeliest;

    tables.first = fmax(0, tables.hits - tables.m);
    tables.last = fmin(tables.n, tables.hits);
    if (tables.first == tables.last)
        return (struct bc_fisher){ 1, 1 };
    likeliest = floor((tables.n + 1) * (tables.hits + 1) / (tables.n + tables.m + 2));
    likeliest = fmin(fmax(likeliest, tables.first), tables.last);
    sum = add_all(&tables, likeliest, beside(&tables, likeliest, (double)a.hits));
    return (struct bc_fisher){ (sum.less + sum.as_likely) / sum.all,
                               (sum.less + sum.as_likely / 2) / sum.all };
}

/* --- chi-squared --- */

/* With an even number of degrees this is the tail of a Poisson distribution; with an odd one the
 * same sum, half a step on, after the tail of a normal one. Logarithms, since the first terms of
 * many degrees are too small for a number. (M. Abramowitz, I. A. Stegun, Handbook of Mathematical
 * Functions, 26.4.4 and 26.4.5.) */
double bc_chi_squared_tail(double x, unsigned freedom)
{
    const double half = x / 2, pi = 3.14159265358979323846;
    double sum = freedom % 2 ? erfc(sqrt(half)) : 0;
    double at = freedom % 2 ? 0.5 : 0;
    double term = -half + (freedom % 2 ? log(half) / 2 - log(pi / 4) / 2 : 0);

    for (unsigned i = 0; i < freedom / 2; i++) {
        sum += exp(term);
        term += log(half / ++at);
    }
    return fmin(sum, 1);
}
