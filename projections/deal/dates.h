/* projections/deal/dates.h - the dates of a question, and where instants fall among them.
 *
 * Dates are numbered 0, 1, ... in ascending order. What holds from one instant to another holds at
 * a range of them, so one pass over a deal answers all dates. */
#ifndef BC_PROJECTIONS_DEAL_DATES_H
#define BC_PROJECTIONS_DEAL_DATES_H

#include "ledger/base/instant.h"
#include "ledger/base/search.h"

/* Numbers that ascend from date to date, and a table that finds the first one not below a given
 * number at once: the span of the numbers is cut into buckets of 1 << shift, a few for each date,
 * and `table` says where the numbers of each bucket begin.
 *
 *   at      |  0     7        14     21 |          weekly dates, say
 *   bucket  | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
 *   table   | 0   1   2   2   3   3   4 |          the first number in it or after it */
struct bc_scale {
    const int64_t *at; /* ascending; those before `skip` are INT64_MIN */
    uint32_t n, skip;
    int64_t first, last; /* at[skip], at[n - 1] */
    unsigned shift;
    uint32_t *table;
};

/* The first date whose number is at or after `number`, or n. */
static inline uint32_t bc_scale_from(const struct bc_scale *scale, int64_t number)
{
    uint64_t bucket;
    uint32_t at;

    if (number <= scale->first)
        return scale->skip;
    if (number > scale->last)
        return scale->n;
    bucket = ((uint64_t)number - (uint64_t)scale->first) >> scale->shift;
    BC_LOWER_BOUND(at, scale->table[bucket], scale->table[bucket + 1], scale->at[at] < number);
    return at;
}

struct bc_dates {
    size_t n;
    int64_t *as_of_us; /* ascending */
    int64_t *day;      /* the civil date of each in the zone; ascending */
    const bc_zone *zone;
    struct bc_scale instants, days;
};

/* Copies `as_of_us`, which ascends; borrows the zone. */
void bc_dates_init(struct bc_dates *dates, const bc_zone *zone, const int64_t *as_of_us, size_t n);
void bc_dates_release(struct bc_dates *dates);

/* The first date at or after an instant, or n. */
static inline uint32_t bc_dates_from(const struct bc_dates *dates, int64_t us)
{
    return bc_scale_from(&dates->instants, us);
}

/* The first date on or after a civil day, or n. */
static inline uint32_t bc_dates_from_day(const struct bc_dates *dates, int64_t day)
{
    return bc_scale_from(&dates->days, day);
}

/* Windows that end at the dates: each begins, itself outside, at an instant. */
struct bc_windows {
    int64_t *begin_us; /* of the window at each date; ascending */
    struct bc_scale scale;
};

/* Windows of so many civil days. */
void bc_windows_init(struct bc_windows *windows, const struct bc_dates *dates, int32_t window_days);
/* Windows that begin at `begin_us`, which ascends from INT64_MIN; takes ownership of it. */
void bc_windows_take(struct bc_windows *windows, int64_t *begin_us, size_t n);
void bc_windows_release(struct bc_windows *windows);

/* The first date whose window begins after an instant, or at it, or n. `windows` NULL: none ever
 * does. */
static inline uint32_t bc_dates_past(const struct bc_dates *dates, const struct bc_windows *windows,
                                     int64_t us)
{
    return windows ? bc_scale_from(&windows->scale, us) : (uint32_t)dates->n;
}

#endif
