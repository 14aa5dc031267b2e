#include "projections/metrics/quantiles.h"

#include "ledger/base/instant.h"

#include <stdlib.h>

void bc_samples_add(struct bc_samples *samples, uint32_t first, uint32_t end, int64_t value_us,
                    bool growing)
{
    const struct bc_sample sample = { value_us, first, end };

    if (growing) {
        BC_GROW(samples->growing.at, samples->growing.n, samples->growing.cap);
        samples->growing.at[samples->growing.n++] = sample;
    } else {
        BC_GROW(samples->fixed.at, samples->fixed.n, samples->fixed.cap);
        samples->fixed.at[samples->fixed.n++] = sample;
    }
}

void bc_samples_release(struct bc_samples *samples)
{
    free(samples->fixed.at);
    free(samples->growing.at);
    *samples = (struct bc_samples){ 0 };
}

/* Samples of one kind in the order of their values, which of them are there, and their sum. */
struct ranked {
    const struct bc_sample *samples;
    size_t n;
    uint32_t *tree;        /* Fenwick: counts */
    uint32_t *come, *go;   /* samples in the order of first, of end */
    size_t come_at, go_at; /* how far the sweep is */
    uint64_t there;
    bc_int128 sum;
};

static int by_value(const void *a, const void *b)
{
    const struct bc_sample *left = a, *right = b;

    return (left->value_us > right->value_us) - (left->value_us < right->value_us);
}

/* A counting sort of sample numbers by a date; `end`: by where they go. */
static uint32_t *order_by_date(const struct bc_sample *samples, size_t n, size_t date_n, bool end)
{
    uint32_t *order = bc_reallocarray(NULL, n, sizeof(*order));
    size_t *at = bc_calloc(date_n + 2, sizeof(*at));

    for (size_t i = 0; i < n; i++)
        at[(end ? samples[i].end : samples[i].first) + 1]++;
    for (size_t date = 1; date <= date_n; date++)
        at[date] += at[date - 1];
    for (size_t i = 0; i < n; i++)
        order[at[end ? samples[i].end : samples[i].first]++] = (uint32_t)i;
    free(at);
    return order;
}

static void ranked_init(struct ranked *ranked, struct bc_sample *samples, size_t n, size_t date_n)
{
    if (n > 1)
        qsort(samples, n, sizeof(*samples), by_value);
    *ranked = (struct ranked){ .samples = samples,
                               .n = n,
                               .tree = bc_calloc(n + 1, sizeof(uint32_t)),
                               .come = order_by_date(samples, n, date_n, false),
                               .go = order_by_date(samples, n, date_n, true) };
}

static void ranked_release(struct ranked *ranked)
{
    free(ranked->tree);
    free(ranked->come);
    free(ranked->go);
}

static void change(struct ranked *ranked, size_t rank, bool comes)
{
    for (size_t i = rank + 1; i <= ranked->n; i += i & -i)
        ranked->tree[i] += comes ? 1 : UINT32_MAX; /* that is, minus one */
    ranked->there += comes ? 1 : UINT64_MAX;
    ranked->sum += comes ? ranked->samples[rank].value_us : -ranked->samples[rank].value_us;
}

static void move_to(struct ranked *ranked, uint32_t date)
{
    for (; ranked->go_at < ranked->n && ranked->samples[ranked->go[ranked->go_at]].end <= date;
         ranked->go_at++)
        if (ranked->samples[ranked->go[ranked->go_at]].first <
            ranked->samples[ranked->go[ranked->go_at]].end)
            change(ranked, ranked->go[ranked->go_at], false);
    for (; ranked->come_at < ranked->n &&
           ranked->samples[ranked->come[ranked->come_at]].first <= date;
         ranked->come_at++)
        change(ranked, ranked->come[ranked->come_at], true);
}

/* How many of those there have a rank below `rank`. */
static uint64_t count_below(const struct ranked *ranked, size_t rank)
{
    uint64_t n = 0;

    for (size_t i = rank; i > 0; i -= i & -i)
        n += ranked->tree[i];
    return n;
}

/* How many of those there have a value <= value_us. */
static uint64_t count_upto(const struct ranked *ranked, int64_t value_us)
{
    size_t low = 0, high = ranked->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ranked->samples[middle].value_us <= value_us)
            low = middle + 1;
        else
            high = middle;
    }
    return count_below(ranked, low);
}

/* The smallest value of `a` at or below which more than k of both kinds stand; values of `b` are
 * higher by `shift_us` than written. Returns whether there is one. */
static bool least_value(const struct ranked *a, const struct ranked *b, int64_t shift_us,
                        uint64_t k, int64_t *out)
{
    size_t low = 0, high = a->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t value = a->samples[middle].value_us;

        if (count_upto(a, value) + count_upto(b, value - shift_us) > k)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == a->n)
        return false;
    *out = a->samples[low].value_us;
    return true;
}

/* The k-th smallest (from 0) of both kinds together, in microseconds. */
static int64_t kth(const struct ranked *fixed, const struct ranked *growing, int64_t as_of_us,
                   uint64_t k)
{
    int64_t value = 0, other;
    bool found = least_value(fixed, growing, as_of_us, k, &value);

    if (least_value(growing, fixed, -as_of_us, k, &other) && (!found || other + as_of_us < value))
        value = other + as_of_us;
    return value;
}

/* The quantile at `tenths` / 10. */
static double quantile(const struct ranked *fixed, const struct ranked *growing, int64_t as_of_us,
                       unsigned tenths)
{
    uint64_t n = fixed->there + growing->there;
    uint64_t k = (n - 1) * tenths / 10, rest = (n - 1) * tenths % 10;
    double low = (double)kth(fixed, growing, as_of_us, k) / (double)BC_DAY_US;
    double high;

    if (rest == 0)
        return low;
    high = (double)kth(fixed, growing, as_of_us, k + 1) / (double)BC_DAY_US;
    return low + (high - low) * ((double)rest / 10);
}

static double mean_days(bc_int128 sum, uint64_t n)
{
    return (double)sum / (double)n / (double)BC_DAY_US;
}

void bc_samples_spread(struct bc_samples *samples, const int64_t *as_of_us, size_t date_n,
                       struct bc_spread *out)
{
    struct ranked fixed, growing;

    ranked_init(&fixed, samples->fixed.at, samples->fixed.n, date_n);
    ranked_init(&growing, samples->growing.at, samples->growing.n, date_n);
    for (uint32_t date = 0; date < date_n; date++) {
        bc_int128 grown;

        move_to(&fixed, date);
        move_to(&growing, date);
        out[date] = (struct bc_spread){ .n = fixed.there + growing.there, .fixed_n = fixed.there };
        if (fixed.there)
            out[date].fixed_mean = mean_days(fixed.sum, fixed.there);
        if (out[date].n == 0)
            continue;
        grown = growing.sum + (bc_int128)as_of_us[date] * growing.there;
        out[date].mean = mean_days(fixed.sum + grown, out[date].n);
        out[date].median = quantile(&fixed, &growing, as_of_us[date], 5);
        out[date].p90 = quantile(&fixed, &growing, as_of_us[date], 9);
    }
    ranked_release(&fixed);
    ranked_release(&growing);
}
