/* projections/cohorts/signal_weigh.c - what the values of a key tell about converted and failed. */
#include "projections/cohorts/signals.h"
#include "projections/metrics/significance.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 5 }; /* values with fewer resolved deals are one group */

struct group {
    double converted, failed;
};

static double resolved_of(const struct group *group)
{
    return group->converted + group->failed;
}

static double part_of(double n, double all)
{
    return n > 0 ? -n / all * log(n / all) : 0;
}

static double entropy(const struct group *group)
{
    const double all = resolved_of(group);

    return part_of(group->converted, all) + part_of(group->failed, all);
}

/* The groups of the rows; how many there are. */
static size_t group_rows(struct group *groups, struct group *all, const struct bc_cohort *rows,
                         size_t n)
{
    struct group few = { 0 };
    size_t group_n = 0;

    for (size_t i = 0; i < n; i++) {
        const struct group own = { (double)rows[i].converted, (double)rows[i].failed };

        all->converted += own.converted;
        all->failed += own.failed;
        if (rows[i].converted + rows[i].failed >= FEW) {
            groups[group_n++] = own;
        } else {
            few.converted += own.converted;
            few.failed += own.failed;
        }
    }
    if (resolved_of(&few) > 0)
        groups[group_n++] = few;
    return group_n;
}

/* Pearson's: how far the groups are from what they would be if all were alike. */
static double distance(const struct group *groups, size_t n, const struct group *all)
{
    const double resolved = resolved_of(all);
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        const double converted = resolved_of(&groups[i]) * all->converted / resolved;
        const double failed = resolved_of(&groups[i]) * all->failed / resolved;

        sum += (groups[i].converted - converted) * (groups[i].converted - converted) / converted;
        sum += (groups[i].failed - failed) * (groups[i].failed - failed) / failed;
    }
    return sum;
}

void bc_signal_weigh(struct bc_signal *signal, const struct bc_cohort *rows, size_t n)
{
    struct group *groups = bc_calloc(n + 1, sizeof(*groups)), all = { 0 };
    const size_t group_n = group_rows(groups, &all, rows, n);
    const double resolved = resolved_of(&all);

    signal->gain = 0;
    signal->p = 1;
    if (group_n > 1 && all.converted > 0 && all.failed > 0) {
        signal->gain = entropy(&all);
        for (size_t i = 0; i < group_n; i++)
            signal->gain -= resolved_of(&groups[i]) / resolved * entropy(&groups[i]);
        signal->gain = fmax(signal->gain, 0);
        signal->p = bc_chi_squared_tail((resolved - 1) / resolved * distance(groups, group_n, &all),
                                        (unsigned)group_n - 1);
    }
    free(groups);
}
