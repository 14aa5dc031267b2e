/* projections/metrics/quantiles.h - mean, median and 90th percentile of samples that come, go and
 * grow from date to date, at all dates in one sweep.
 *
 * A sample that grows is, at a date, its value plus that date; all that grow, grow alike, so their
 * order never changes. Each kind is ranked once; a Fenwick tree counts which are there
 * (P. M. Fenwick, A new data structure for cumulative frequency tables, 1994). */
#ifndef BC_PROJECTIONS_METRICS_QUANTILES_H
#define BC_PROJECTIONS_METRICS_QUANTILES_H

#include "ledger/base/mem.h"

__extension__ typedef __int128 bc_int128;

struct bc_sample {
    int64_t value_us;
    uint32_t first, end; /* dates at which it is there */
};

struct bc_samples {
    struct {
        struct bc_sample *at;
        size_t n, cap;
    } fixed, growing;
};

void bc_samples_add(struct bc_samples *samples, uint32_t first, uint32_t end, int64_t value_us,
                    bool growing);
void bc_samples_release(struct bc_samples *samples);

/* Of the samples at one date. Days of 86 400 000 000 microseconds, fractional. */
struct bc_spread {
    uint64_t n, fixed_n;
    double mean, median, p90; /* meaningful where n > 0 */
    double fixed_mean;        /* of those that do not grow; where fixed_n > 0 */
};

/* Fills out[0..date_n). Sorts the samples. Quantiles are interpolated linearly between the closest
 * ranks, as numpy's default does. */
void bc_samples_spread(struct bc_samples *samples, const int64_t *as_of_us, size_t date_n,
                       struct bc_spread *out);

#endif
