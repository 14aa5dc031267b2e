/* projections/metrics/lengths.h - how long some things took: mean, median and the 90th percentile
 * of lengths of time, each exact until it is divided last. */
#ifndef BC_PROJECTIONS_METRICS_LENGTHS_H
#define BC_PROJECTIONS_METRICS_LENGTHS_H

#include <stddef.h>
#include <stdint.h>

/* In days of 24 hours. All 0 where there are no lengths. */
struct bc_lengths {
    double mean_days, median_days, p90_days;
};

/* Sorts the lengths, microseconds each, in place. Quantiles are interpolated linearly between the
 * closest ranks, as numpy's default does. */
struct bc_lengths bc_lengths_of(int64_t *us, size_t n);

#endif
