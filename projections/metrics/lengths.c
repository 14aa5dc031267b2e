#include "projections/metrics/lengths.h"

#include "ledger/base/instant.h"
#include "projections/metrics/quantiles.h"

#include <stdbool.h>
#include <stdlib.h>

static int by_length(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

static double quantile(const int64_t *sorted, size_t n, uint64_t percent)
{
    const uint64_t place = (n - 1) * percent; /* in hundredths of a rank */
    const size_t at = (size_t)(place / 100);
    const double low = (double)sorted[at];
    const double high = (double)sorted[at + 1 < n ? at + 1 : at];

    return (low + (high - low) * (double)(place % 100) / 100) / (double)BC_DAY_US;
}

static bool is_sorted(const int64_t *us, size_t n)
{
    size_t i = 1;

    while (i < n && us[i - 1] <= us[i])
        i++;
    return i >= n;
}

struct bc_lengths bc_lengths_of(int64_t *us, size_t n)
{
    bc_int128 sum = 0;

    if (n == 0)
        return (struct bc_lengths){ 0 };
    if (!is_sorted(us, n))
        qsort(us, n, sizeof(*us), by_length);
    for (size_t i = 0; i < n; i++)
        sum += us[i];
    return (struct bc_lengths){ .mean_days = (double)sum / (double)n / (double)BC_DAY_US,
                                .median_days = quantile(us, n, 50),
                                .p90_days = quantile(us, n, 90) };
}
