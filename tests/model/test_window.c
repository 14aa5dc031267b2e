/* tests/model/test_window.c - ends of days and beginnings of windows, against trying the zone's
 * clock all around. */
#include "tests/model/recount.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

static const char *zones[] = {
    "UTC", /* and zones whose clocks do odd things: */
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",    /* changed at one minute past midnight */
    "America/Havana",      /* changes at midnight */
    "Australia/Lord_Howe", /* by half an hour */
    "Pacific/Apia",        /* left out 30 December 2011 */
    "Asia/Kathmandu",      /* 5:45 */
    "Africa/Casablanca",   /* changes around a moving month */
    "America/Sao_Paulo",   /* changed at midnight */
};

static const int32_t windows[] = { 1, 7, 30, 365, 0 };

static void check_day(const bc_zone *zone, int32_t day)
{
    int64_t want = recount_day_end(zone, day), got = bc_zone_day_end(zone, day);

    if (want != got)
        fail_msg("%s: day %d ends at %lld, got %lld", bc_zone_name(zone), day, (long long)want,
                 (long long)got);
}

static void check_windows(const bc_zone *zone, int64_t us)
{
    assert_int_equal(bc_zone_window_begin(zone, us, 0), us);
    for (size_t i = 0; i < ARRAY_LEN(windows) - 1; i++) {
        int64_t want = recount_window_begin(zone, us, windows[i]);
        int64_t got = bc_zone_window_begin(zone, us, windows[i]);

        if (want != got)
            fail_msg("%s: %d days before %lld is %lld, got %lld", bc_zone_name(zone), windows[i],
                     (long long)us, (long long)want, (long long)got);
    }
}

static void zone_is_as_its_clock_shows(void **state)
{
    bc_zone *zone = NULL;
    struct bc_err err = { 0 };
    uint64_t random = 1;
    int32_t first = bc_day_of_civil(2009, 1, 1);

    check_ok(bc_zone_open(&zone, bc_str_of(*state), &err), &err);
    for (int32_t day = first; day < first + 1200; day++) {
        int64_t noon_us = day * BC_DAY_US + BC_DAY_US / 2;
        bool change =
            bc_zone_offset(zone, noon_us - BC_DAY_US) != bc_zone_offset(zone, noon_us + BC_DAY_US);

        if (!change && day % 50)
            continue;
        check_day(zone, day);
        check_windows(zone, recount_day_end(zone, day));
        for (int32_t ahead = 0; ahead < 31; ahead += ahead == 1 ? 6 : ahead ? 23 : 1)
            for (int half = 0; half < 48; half += 3) {
                int64_t us = (day + ahead) * BC_DAY_US + half * INT64_C(1800) * BC_SECOND_US;

                check_windows(zone, us + (int64_t)history_random(&random, 3) - 1);
            }
    }
    bc_zone_free(zone);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(zones)];

    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        tests[i] = (struct CMUnitTest){ .name = zones[i],
                                        .test_func = zone_is_as_its_clock_shows,
                                        .initial_state = (void *)(uintptr_t)zones[i] };
    return cmocka_run_group_tests_name("model/window", tests, NULL, NULL);
}
