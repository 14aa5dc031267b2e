#include "projections/metrics/quantiles.h"

#include "ledger/base/instant.h"
#include "ledger/base/search.h"

#include <stdlib.h>

void bc_samples_add(struct bc_samples *samples, uint32_t first, uint32_t end, uint32_t slices,
                    int64_t value_us, bool growing)
{
    struct bc_sample_list *list = growing ? &samples->growing : &samples->fixed;
    struct bc_sample *sample = bc_chunks_add(&list->added, sizeof(*sample));

    *sample = (struct bc_sample){ value_us, first, end & 0xffffff, slices & 0xff };
}

void bc_samples_join(struct bc_samples *samples, struct bc_samples *from)
{
    bc_chunks_join(&samples->fixed.added, &from->fixed.added);
    bc_chunks_join(&samples->growing.added, &from->growing.added);
}

static void release(struct bc_sample_list *list)
{
    bc_chunks_release(&list->added);
    free(list->at);
}

void bc_samples_release(struct bc_samples *samples)
{
    release(&samples->fixed);
    release(&samples->growing);
    *samples = (struct bc_samples){ 0 };
}

/* --- ranks --- */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* One pass of a radix sort: by the digit at `shift` of the difference of a value to the least
 * one. (Two sorts of other keys are like it: ledger/README.md, D15.) */
static void sort_by_digit(struct bc_sample *to, const struct bc_sample *from, size_t n,
                          int64_t least, unsigned shift)
{
    size_t next[DIGITS] = { 0 }, sum = 0;

    for (size_t i = 0; i < n; i++)
        next[((uint64_t)from[i].value_us - (uint64_t)least) >> shift & (DIGITS - 1)]++;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        size_t count = next[digit];

        next[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[next[((uint64_t)from[i].value_us - (uint64_t)least) >> shift & (DIGITS - 1)]++] =
            from[i];
}

static void rank(struct bc_sample_list *list)
{
    size_t n = list->added.n;
    struct bc_sample *at = bc_chunks_take(&list->added, sizeof(*at)), *sorted;
    struct bc_sample *spare = bc_reallocarray(NULL, n, sizeof(*spare));
    int64_t least = INT64_MAX, most = INT64_MIN;

    for (size_t i = 0; i < n; i++) {
        least = at[i].value_us < least ? at[i].value_us : least;
        most = at[i].value_us > most ? at[i].value_us : most;
    }
    for (unsigned shift = 0; n && shift < 64 && ((uint64_t)most - (uint64_t)least) >> shift;
         shift += DIGIT_BITS) {
        sort_by_digit(spare, at, n, least, shift);
        sorted = spare;
        spare = at;
        at = sorted;
    }
    free(spare);
    list->at = at;
    list->n = n;
}

void bc_samples_rank(struct bc_samples *samples)
{
    rank(&samples->fixed);
    rank(&samples->growing);
}

/* --- the sweep --- */

/* Samples of one kind and slice: which of them are present, and their sum. */
struct ranked {
    const struct bc_sample *samples;
    size_t n, word_n;
    uint64_t *there;       /* a bit a rank */
    uint32_t *counts;      /* Fenwick, over the words of `there` */
    uint32_t *come, *go;   /* samples of the slice in the order of first, of end */
    size_t slice_n;        /* how many of the slice are present */
    size_t come_at, go_at; /* how far the sweep is */
    uint64_t there_n;
    bc_int128 sum;
};

/* A counting sort of sample numbers by a date; `end`: by their end. */
static uint32_t *order_by_date(const struct ranked *ranked, unsigned slice, size_t date_n, bool end)
{
    uint32_t *order = bc_reallocarray(NULL, ranked->slice_n, sizeof(*order));
    size_t *at = bc_calloc(date_n + 2, sizeof(*at));
    const struct bc_sample *samples = ranked->samples;

    for (size_t i = 0; i < ranked->n; i++)
        if (samples[i].slices >> slice & 1)
            at[(end ? samples[i].end : samples[i].first) + 1]++;
    for (size_t date = 1; date <= date_n; date++)
        at[date] += at[date - 1];
    for (size_t i = 0; i < ranked->n; i++)
        if (samples[i].slices >> slice & 1)
            order[at[end ? samples[i].end : samples[i].first]++] = (uint32_t)i;
    free(at);
    return order;
}

static void ranked_init(struct ranked *ranked, const struct bc_sample_list *list, unsigned slice,
                        size_t date_n)
{
    *ranked = (struct ranked){ .samples = list->at, .n = list->n, .word_n = list->n / 64 + 1 };
    for (size_t i = 0; i < list->n; i++)
        ranked->slice_n += list->at[i].slices >> slice & 1;
    ranked->there = bc_calloc(ranked->word_n, sizeof(*ranked->there));
    ranked->counts = bc_calloc(ranked->word_n + 1, sizeof(*ranked->counts));
    ranked->come = order_by_date(ranked, slice, date_n, false);
    ranked->go = order_by_date(ranked, slice, date_n, true);
}

static void ranked_release(struct ranked *ranked)
{
    free(ranked->there);
    free(ranked->counts);
    free(ranked->come);
    free(ranked->go);
}

static void change(struct ranked *ranked, size_t rank, bool comes)
{
    ranked->there[rank / 64] ^= (uint64_t)1 << rank % 64;
    for (size_t i = rank / 64 + 1; i <= ranked->word_n; i += i & -i)
        ranked->counts[i] += comes ? 1 : UINT32_MAX; /* that is, minus one */
    ranked->there_n += comes ? 1 : UINT64_MAX;
    ranked->sum += comes ? ranked->samples[rank].value_us : -ranked->samples[rank].value_us;
}

static void move_to(struct ranked *ranked, uint32_t date)
{
    for (;
         ranked->go_at < ranked->slice_n && ranked->samples[ranked->go[ranked->go_at]].end <= date;
         ranked->go_at++)
        change(ranked, ranked->go[ranked->go_at], false);
    for (; ranked->come_at < ranked->slice_n &&
           ranked->samples[ranked->come[ranked->come_at]].first <= date;
         ranked->come_at++)
        change(ranked, ranked->come[ranked->come_at], true);
}

/* How many present ones have a rank below `rank`. */
static uint64_t count_below(const struct ranked *ranked, size_t rank)
{
    uint64_t bits = ranked->there[rank / 64] & (((uint64_t)1 << rank % 64) - 1);
    uint64_t n = (uint64_t)__builtin_popcountll(bits);

    for (size_t i = rank / 64; i > 0; i -= i & -i)
        n += ranked->counts[i];
    return n;
}

/* How many present ones have a value <= value_us. */
static uint64_t count_upto(const struct ranked *ranked, int64_t value_us)
{
    size_t at;

    if (ranked->there_n == 0)
        return 0;
    BC_LOWER_BOUND(at, 0, ranked->n, ranked->samples[at].value_us <= value_us);
    return count_below(ranked, at);
}

/* A search for the k-th (from 0) of both kinds among the ranks of `a`. */
struct search {
    const struct ranked *a, *b;
    int64_t shift_us; /* values of `b` are higher by this than written */
    uint64_t k;
};

/* Whether more than k of both kinds are at or below a rank. */
static bool reaches(const struct search *search, size_t rank)
{
    uint64_t below = count_below(search->a, rank + 1);
    int64_t value_us = search->a->samples[rank].value_us - search->shift_us;

    return below > search->k || below + count_upto(search->b, value_us) > search->k;
}

/* From date to date a quantile hardly moves: searches around `hint` for low and high between which
 * it must lie. */
static void narrow(const struct search *search, size_t hint, size_t *low, size_t *high)
{
    size_t step = 4;

    *low = 0;
    *high = search->a->n;
    if (hint >= *high)
        return;
    if (reaches(search, hint)) {
        for (*high = hint; *high > 0; step *= 4) {
            size_t at = *high > step ? *high - step : 0;

            if (!reaches(search, at)) {
                *low = at + 1;
                return;
            }
            *high = at;
        }
        return;
    }
    for (*low = hint + 1; *low < *high; step *= 4) {
        size_t at = *high - *low > step ? *low + step : *high - 1;

        if (reaches(search, at)) {
            *high = at;
            return;
        }
        *low = at + 1;
    }
}

/* The smallest value of `a` with more than k of both kinds at or below it. Returns whether there is
 * one. `hint` is its last position, and is updated. */
static bool least_value(const struct search *search, size_t *hint, int64_t *out)
{
    size_t low, high, at;

    if (search->a->there_n == 0)
        return false;
    narrow(search, *hint, &low, &high);
    BC_LOWER_BOUND(at, low, high, !reaches(search, at));
    *hint = at;
    if (at == search->a->n)
        return false;
    *out = search->a->samples[at].value_us;
    return true;
}

/* Both kinds of one slice at a date, and the positions of the last answers. */
struct sweep {
    struct ranked fixed, growing;
    int64_t as_of_us;
    size_t hints[2][2];
};

/* The k-th smallest (from 0) of both kinds together, in microseconds. */
static int64_t kth(const struct sweep *sweep, uint64_t k, size_t hints[2])
{
    const struct search in_fixed = { &sweep->fixed, &sweep->growing, sweep->as_of_us, k };
    const struct search in_growing = { &sweep->growing, &sweep->fixed, -sweep->as_of_us, k };
    int64_t value = 0, other;
    bool found = least_value(&in_fixed, &hints[0], &value);

    if (least_value(&in_growing, &hints[1], &other) && (!found || other + sweep->as_of_us < value))
        value = other + sweep->as_of_us;
    return value;
}

/* The quantile at `tenths` / 10. */
static double quantile(const struct sweep *sweep, unsigned tenths, size_t hints[2])
{
    uint64_t n = sweep->fixed.there_n + sweep->growing.there_n;
    uint64_t k = (n - 1) * tenths / 10, rest = (n - 1) * tenths % 10;
    double low = (double)kth(sweep, k, hints) / (double)BC_DAY_US;
    double high;

    if (rest == 0)
        return low;
    high = (double)kth(sweep, k + 1, hints) / (double)BC_DAY_US;
    return low + (high - low) * ((double)rest / 10);
}

static double mean_days(bc_int128 sum, uint64_t n)
{
    return (double)sum / (double)n / (double)BC_DAY_US;
}

static struct bc_spread spread_at(struct sweep *sweep)
{
    const struct ranked *fixed = &sweep->fixed, *growing = &sweep->growing;
    struct bc_spread out = { .n = fixed->there_n + growing->there_n, .fixed_n = fixed->there_n };

    if (fixed->there_n)
        out.fixed_mean = mean_days(fixed->sum, fixed->there_n);
    if (out.n == 0)
        return out;
    out.mean =
        mean_days(fixed->sum + growing->sum + (bc_int128)sweep->as_of_us * growing->there_n, out.n);
    out.median = quantile(sweep, 5, sweep->hints[0]);
    out.p90 = quantile(sweep, 9, sweep->hints[1]);
    return out;
}

void bc_samples_spread(const struct bc_samples *samples, unsigned slice, const int64_t *as_of_us,
                       size_t date_n, struct bc_spread *out)
{
    struct sweep sweep = { 0 };

    ranked_init(&sweep.fixed, &samples->fixed, slice, date_n);
    ranked_init(&sweep.growing, &samples->growing, slice, date_n);
    for (uint32_t date = 0; date < date_n; date++) {
        move_to(&sweep.fixed, date);
        move_to(&sweep.growing, date);
        sweep.as_of_us = as_of_us[date];
        out[date] = spread_at(&sweep);
    }
    ranked_release(&sweep.fixed);
    ranked_release(&sweep.growing);
}
