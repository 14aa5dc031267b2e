/* tests/model/recount_window.c - civil days and windows, by looking at the zone's clock all around.
 *
 * The clock is looked at each quarter of an hour; between two looks it changes once at most. */
#include "tests/model/recount.h"

#define LOOK_US   (INT64_C(900) * BC_SECOND_US)
#define AROUND_US (2 * BC_DAY_US)

int64_t recount_day_end(const bc_zone *zone, int32_t day)
{
    int64_t late = (day + 1) * BC_DAY_US + AROUND_US, early;

    /* From the end, so that of a day shown twice the second showing ends it. */
    for (early = late - LOOK_US; bc_zone_day(zone, early) > day; early -= LOOK_US)
        late = early;
    while (late - early > 1) {
        int64_t middle = early + (late - early) / 2;

        if (bc_zone_day(zone, middle) > day)
            late = middle;
        else
            early = middle;
    }
    return early;
}

static int64_t shown(const bc_zone *zone, int64_t us)
{
    return us + bc_zone_offset(zone, us) * BC_SECOND_US;
}

/* The first instant at which the clock shows `local_us`; where it never does, the clock jumped over
 * it, and what it showed before the jump goes on. */
static int64_t instant_of(const bc_zone *zone, int64_t local_us)
{
    int64_t before_us = 0;

    for (int64_t look = local_us - AROUND_US; look < local_us + AROUND_US; look += LOOK_US) {
        int64_t offset_us = bc_zone_offset(zone, look) * BC_SECOND_US;

        if (shown(zone, local_us - offset_us) == local_us)
            return local_us - offset_us;
        if (shown(zone, look) <= local_us)
            before_us = offset_us;
    }
    return local_us - before_us;
}

int64_t recount_window_begin(const bc_zone *zone, int64_t us, int32_t days)
{
    int32_t day = bc_zone_day(zone, us);

    if (days == BC_NO_WINDOW)
        return INT64_MIN;
    if (us == recount_day_end(zone, day))
        return recount_day_end(zone, day - days);
    return instant_of(zone, shown(zone, us) - days * BC_DAY_US);
}
