/* projections/metrics/quantiles.h - mean, median and 90th percentile of samples that come, go and
 * grow from date to date, at all dates in one sweep.
 *
 * A sample that grows is, at a date, its value plus that date; all that grow, grow alike, so their
 * order never changes. Each kind is ranked once, for all slices; a sweep then keeps, for one slice,
 * which ranks are present:
 *
 *   samples   by value     | s0 s1 s2 ...                               |
 *   there     a bit a rank | 0110...  64 ranks a word | ...  | ...      |
 *   counts    a Fenwick tree over the words: how many are before a word
 *
 * (P. M. Fenwick, A new data structure for cumulative frequency tables, 1994.) */
#ifndef BC_PROJECTIONS_METRICS_QUANTILES_H
#define BC_PROJECTIONS_METRICS_QUANTILES_H

#include "ledger/base/amount.h"
#include "projections/metrics/chunks.h"

struct bc_sample {
    int64_t value_us;
    uint32_t first;
    uint32_t end : 24, slices : 8; /* dates first <= date < end; a bit each slice */
};

struct bc_sample_list {
    struct bc_chunks added;
    struct bc_sample *at; /* ranked */
    size_t n;
};

struct bc_samples {
    struct bc_sample_list fixed, growing;
};

void bc_samples_add(struct bc_samples *samples, uint32_t first, uint32_t end, uint32_t slices,
                    int64_t value_us, bool growing);
/* Moves the samples of `from` to those of `samples`. */
void bc_samples_join(struct bc_samples *samples, struct bc_samples *from);
/* Sorts the samples by value, when all are there. */
void bc_samples_rank(struct bc_samples *samples);
void bc_samples_release(struct bc_samples *samples);

/* Of the samples at one date. Days of 86 400 000 000 microseconds, fractional. */
struct bc_spread {
    uint64_t n, fixed_n;
    double mean, median, p90; /* meaningful where n > 0 */
    double fixed_mean;        /* of those that do not grow; where fixed_n > 0 */
};

/* Fills out[0..date_n) from the ranked samples of one slice. Quantiles are interpolated linearly
 * between the closest ranks, as numpy's default does. */
void bc_samples_spread(const struct bc_samples *samples, unsigned slice, const int64_t *as_of_us,
                       size_t date_n, struct bc_spread *out);

#endif
