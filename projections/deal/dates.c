#include "projections/deal/dates.h"

#include "ledger/base/mem.h"

#include <stdlib.h>

void bc_dates_init(struct bc_dates *dates, const bc_zone *zone, const int64_t *as_of_us, size_t n)
{
    *dates = (struct bc_dates){ .n = n,
                                .as_of_us = bc_reallocarray(NULL, n, sizeof(int64_t)),
                                .day = bc_reallocarray(NULL, n, sizeof(int32_t)),
                                .zone = zone };
    for (size_t i = 0; i < n; i++) {
        dates->as_of_us[i] = as_of_us[i];
        dates->day[i] = bc_zone_day(zone, as_of_us[i]);
    }
}

void bc_dates_release(struct bc_dates *dates)
{
    free(dates->as_of_us);
    free(dates->day);
    *dates = (struct bc_dates){ 0 };
}

/* The first of n ascending instants that is at or after `us`, or n. */
static uint32_t first_from(const int64_t *instants, size_t n, int64_t us)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (instants[middle] < us)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

uint32_t bc_dates_from(const struct bc_dates *dates, int64_t us)
{
    return first_from(dates->as_of_us, dates->n, us);
}

uint32_t bc_dates_from_day(const struct bc_dates *dates, int64_t day)
{
    size_t low = 0, high = dates->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (dates->day[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

int64_t *bc_dates_windows(const struct bc_dates *dates, int32_t window_days)
{
    int64_t *begin = bc_reallocarray(NULL, dates->n, sizeof(*begin));

    for (size_t i = 0; i < dates->n; i++)
        begin[i] = bc_zone_window_begin(dates->zone, dates->as_of_us[i], window_days);
    return begin;
}

uint32_t bc_dates_past(const struct bc_dates *dates, const int64_t *begin, int64_t us)
{
    return begin ? first_from(begin, dates->n, us) : (uint32_t)dates->n;
}
