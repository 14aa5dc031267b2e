/* projections/deal/dates.h - the dates that are asked about, and where instants fall among them.
 *
 * Dates are numbered 0, 1, ... in ascending order. What holds from one instant to another holds at
 * a stretch of them, so that one pass over a deal answers all. */
#ifndef BC_PROJECTIONS_DEAL_DATES_H
#define BC_PROJECTIONS_DEAL_DATES_H

#include "ledger/base/instant.h"

struct bc_dates {
    size_t n;
    int64_t *as_of_us; /* ascending */
    int32_t *day;      /* the civil date of each in the zone; ascending */
    const bc_zone *zone;
};

/* Copies `as_of_us`, which ascends; the zone is borrowed. */
void bc_dates_init(struct bc_dates *dates, const bc_zone *zone, const int64_t *as_of_us, size_t n);
void bc_dates_release(struct bc_dates *dates);

/* The first date at or after an instant, or n. */
uint32_t bc_dates_from(const struct bc_dates *dates, int64_t us);
/* The first date on or after a civil day, or n. */
uint32_t bc_dates_from_day(const struct bc_dates *dates, int64_t day);

/* Where the windows that end at each date begin (themselves outside), for windows of so many civil
 * days; the caller frees it. */
int64_t *bc_dates_windows(const struct bc_dates *dates, int32_t window_days);
/* The first date whose window has left an instant behind, or n. `begin` NULL: none ever does. */
uint32_t bc_dates_past(const struct bc_dates *dates, const int64_t *begin, int64_t us);

#endif
