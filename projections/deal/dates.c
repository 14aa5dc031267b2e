#include "projections/deal/dates.h"

#include "ledger/base/mem.h"

#include <stdlib.h>

/* Buckets of a scale for each of its numbers, at least. */
enum { BUCKETS_EACH = 2 };

static void scale_init(struct bc_scale *scale, const int64_t *at, size_t n)
{
    uint64_t span, buckets;
    uint32_t next;

    *scale = (struct bc_scale){ .at = at, .n = (uint32_t)n, .first = INT64_MAX, .last = INT64_MIN };
    while (scale->skip < n && at[scale->skip] == INT64_MIN)
        scale->skip++;
    if (scale->skip == n)
        return;
    scale->first = at[scale->skip];
    scale->last = at[n - 1];
    span = (uint64_t)scale->last - (uint64_t)scale->first;
    while ((span >> scale->shift) / BUCKETS_EACH / 2 >= n)
        scale->shift++;
    buckets = (span >> scale->shift) + 1;
    scale->table = bc_reallocarray(NULL, buckets + 1, sizeof(*scale->table));
    next = scale->skip;
    for (uint64_t bucket = 0; bucket < buckets; bucket++) {
        while (((uint64_t)at[next] - (uint64_t)scale->first) >> scale->shift < bucket)
            next++;
        scale->table[bucket] = next;
    }
    scale->table[buckets] = scale->n;
}

void bc_dates_init(struct bc_dates *dates, const bc_zone *zone, const int64_t *as_of_us, size_t n)
{
    *dates = (struct bc_dates){ .n = n,
                                .as_of_us = bc_reallocarray(NULL, n, sizeof(int64_t)),
                                .day = bc_reallocarray(NULL, n, sizeof(int64_t)),
                                .zone = zone };
    for (size_t i = 0; i < n; i++) {
        dates->as_of_us[i] = as_of_us[i];
        dates->day[i] = bc_zone_day(zone, as_of_us[i]);
    }
    scale_init(&dates->instants, dates->as_of_us, n);
    scale_init(&dates->days, dates->day, n);
}

void bc_dates_release(struct bc_dates *dates)
{
    free(dates->as_of_us);
    free(dates->day);
    free(dates->instants.table);
    free(dates->days.table);
    *dates = (struct bc_dates){ 0 };
}

void bc_windows_init(struct bc_windows *windows, const struct bc_dates *dates, int32_t window_days)
{
    int64_t *begin_us = bc_reallocarray(NULL, dates->n, sizeof(*begin_us));

    for (size_t i = 0; i < dates->n; i++)
        begin_us[i] = bc_zone_window_begin(dates->zone, dates->as_of_us[i], window_days);
    bc_windows_take(windows, begin_us, dates->n);
}

void bc_windows_take(struct bc_windows *windows, int64_t *begin_us, size_t n)
{
    windows->begin_us = begin_us;
    scale_init(&windows->scale, begin_us, n);
}

void bc_windows_release(struct bc_windows *windows)
{
    free(windows->begin_us);
    free(windows->scale.table);
    *windows = (struct bc_windows){ 0 };
}
