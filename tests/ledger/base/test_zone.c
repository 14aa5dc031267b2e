/* Days and windows of time zones, with clocks that are turned back over midnight, skip a day or
 * change at midnight. The law under all of it is checked by walking through time. */
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "ledger/base/parallel.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define HOUR_US   (3600 * BC_SECOND_US)
#define MINUTE_US (60 * BC_SECOND_US)

static const char *const zones[] = {
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns", /* turned back at 00:01 until 2011 */
    "Pacific/Apia",     /* no 2011-12-30 */
    "Asia/Beirut",      /* changes at midnight */
    "America/Havana",
    "America/Juneau", /* turned back by two hours in 1983 */
    "Asia/Kathmandu", /* 15 minutes forward in 1986 */
    "Africa/Casablanca",
    "Australia/Lord_Howe", /* changes by half an hour */
    "America/Caracas",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
};

static int64_t at(const char *text)
{
    int64_t us;
    struct bc_err err = { 0 };

    check_ok(bc_instant_parse(&us, bc_str_of(text), &err), &err);
    return us;
}

static int32_t day_of(const char *text)
{
    int32_t day;

    assert_true(bc_day_parse(&day, bc_str_of(text)));
    return day;
}

static bc_zone *open_zone(const char *name)
{
    struct bc_err err = { 0 };
    bc_zone *zone;

    check_ok(bc_zone_open(&zone, bc_str_of(name), &err), &err);
    return zone;
}

static struct day_end_row {
    const char *name, *zone, *day, *end;
} day_end_rows[] = {
    { "a day in UTC", "UTC", "2025-03-31", "2025-03-31T23:59:59.999999Z" },
    { "a day in winter", "Europe/Berlin", "2025-01-31", "2025-01-31T22:59:59.999999Z" },
    { "the day of 23 hours", "Europe/Berlin", "2025-03-30", "2025-03-30T21:59:59.999999Z" },
    { "the day of 25 hours", "Europe/Berlin", "2025-10-26", "2025-10-26T22:59:59.999999Z" },
    { "west of Greenwich", "America/New_York", "2025-03-31", "2025-04-01T03:59:59.999999Z" },
    { "a clock turned back over midnight shows the day again", "America/St_Johns", "2006-10-28",
      "2006-10-29T03:29:59.999999Z" },
    { "the day before one that was skipped", "Pacific/Apia", "2011-12-29",
      "2011-12-30T09:59:59.999999Z" },
    { "a day that was skipped ended before it began", "Pacific/Apia", "2011-12-30",
      "2011-12-30T09:59:59.999999Z" },
    { "the day after one that was skipped", "Pacific/Apia", "2011-12-31",
      "2011-12-31T09:59:59.999999Z" },
    { "midnight that does not exist", "Asia/Beirut", "2024-03-30", "2024-03-30T21:59:59.999999Z" },
    { "the clock turned back at midnight to the day before", "Asia/Beirut", "2024-10-26",
      "2024-10-26T21:59:59.999999Z" },
    { "a year far ahead keeps its summer time", "Europe/Berlin", "2500-07-01",
      "2500-07-01T21:59:59.999999Z" },
};

static void day_end_row(void **state)
{
    const struct day_end_row *row = *state;
    bc_zone *zone = open_zone(row->zone);
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, bc_zone_day_end(zone, day_of(row->day)));
    assert_string_equal(text, row->end);
    bc_zone_free(zone);
}

static struct local_row {
    const char *name, *zone, *local, *instant;
} local_rows[] = {
    { "a time that is there once", "Europe/Berlin", "2025-07-01T12:00:00Z",
      "2025-07-01T10:00:00Z" },
    { "a time in the gap moves forward by it", "Europe/Berlin", "2025-03-30T02:30:00Z",
      "2025-03-30T01:30:00Z" },
    { "the gap's first moment", "Europe/Berlin", "2025-03-30T02:00:00Z", "2025-03-30T01:00:00Z" },
    { "the moment before the gap", "Europe/Berlin", "2025-03-30T01:59:59Z",
      "2025-03-30T00:59:59Z" },
    { "the moment after the gap", "Europe/Berlin", "2025-03-30T03:00:00Z", "2025-03-30T01:00:00Z" },
    { "of two times the first", "Europe/Berlin", "2025-10-26T02:30:00Z", "2025-10-26T00:30:00Z" },
    { "the overlap's first moment", "Europe/Berlin", "2025-10-26T02:00:00Z",
      "2025-10-26T00:00:00Z" },
    { "the moment after the overlap", "Europe/Berlin", "2025-10-26T03:00:00Z",
      "2025-10-26T02:00:00Z" },
    { "a day that was skipped", "Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T22:00:00Z" },
    { "of two times about midnight the first", "America/St_Johns", "2006-10-28T23:30:00Z",
      "2006-10-29T02:00:00Z" },
    { "a gap at midnight", "America/Havana", "2024-03-10T00:30:00Z", "2024-03-10T05:30:00Z" },
    { "half an hour's gap", "Australia/Lord_Howe", "2024-10-06T02:15:00Z", "2024-10-05T15:45:00Z" },
};

static struct often_row {
    const char *name, *zone, *local, *last;
    int times;
} often_rows[] = {
    { "most times are shown once", "Europe/Berlin", "2025-07-01T12:00:00Z", "2025-07-01T10:00:00Z",
      1 },
    { "a time in the gap is not shown", "Europe/Berlin", "2025-03-30T02:30:00Z",
      "2025-03-30T01:30:00Z", 0 },
    { "the last moment of the gap", "Europe/Berlin", "2025-03-30T02:59:59Z", "2025-03-30T01:59:59Z",
      0 },
    { "the moment that ends the gap is", "Europe/Berlin", "2025-03-30T03:00:00Z",
      "2025-03-30T01:00:00Z", 1 },
    { "a time in the overlap is shown twice", "Europe/Berlin", "2025-10-26T02:30:00Z",
      "2025-10-26T01:30:00Z", 2 },
    { "the moment before the overlap is not", "Europe/Berlin", "2025-10-26T01:59:59Z",
      "2025-10-25T23:59:59Z", 1 },
    { "nor the moment after it", "Europe/Berlin", "2025-10-26T03:00:00Z", "2025-10-26T02:00:00Z",
      1 },
    { "a time of a day that was skipped", "Pacific/Apia", "2011-12-30T12:00:00Z",
      "2011-12-30T22:00:00Z", 0 },
    { "UTC shows all once", "UTC", "2025-03-30T02:30:00Z", "2025-03-30T02:30:00Z", 1 },
};

static void often_row(void **state)
{
    const struct often_row *row = *state;
    bc_zone *zone = open_zone(row->zone);
    char text[BC_INSTANT_LEN];
    int64_t last = -1;

    assert_int_equal(bc_zone_instants(zone, &last, at(row->local)), row->times);
    bc_instant_print_short(text, last);
    assert_string_equal(text, row->last);
    bc_zone_free(zone);
}

static void local_row(void **state)
{
    const struct local_row *row = *state;
    bc_zone *zone = open_zone(row->zone);
    char text[BC_INSTANT_LEN];

    bc_instant_print_short(text, bc_zone_instant(zone, at(row->local)));
    assert_string_equal(text, row->instant);
    bc_zone_free(zone);
}

/* The last microsecond that shows a day or an earlier one: found by walking through the time around
 * it in steps of five minutes, and then checking the microsecond itself. */
static void check_day_end(const bc_zone *zone, int32_t day)
{
    int64_t end = bc_zone_day_end(zone, day), noon = day * BC_DAY_US + BC_DAY_US / 2;

    if (bc_zone_day(zone, end) > day || bc_zone_day(zone, end + 1) <= day)
        fail_msg("%s: day %d ends at another microsecond", bc_zone_name(zone), day);
    for (int64_t us = end + 1; us < noon + 3 * BC_DAY_US; us += 5 * MINUTE_US)
        if (bc_zone_day(zone, us) <= day)
            fail_msg("%s: day %d is shown again after its end", bc_zone_name(zone), day);
}

/* A day's window ends where the next one's begins, whatever the clock does in between. */
static void check_windows(const bc_zone *zone, int32_t day)
{
    int64_t end = bc_zone_day_end(zone, day);

    if (bc_zone_day(zone, end) != day)
        return; /* a day that was skipped: its end is that of the day before it */
    for (int32_t days = 1; days <= 35; days += 17)
        if (bc_zone_window_begin(zone, end, days) != bc_zone_day_end(zone, day - days))
            fail_msg("%s: the window of %d days before day %d", bc_zone_name(zone), days, day);
}

/* A change of the clock within three days of `day`. */
static bool clock_changes_near(const bc_zone *zone, int32_t day)
{
    int32_t before = bc_zone_offset(zone, (day - 3) * BC_DAY_US);
    int32_t after = bc_zone_offset(zone, (day + 3) * BC_DAY_US);

    return before != after;
}

static void every_day_near_a_change_of_the_clock_obeys_the_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        bc_zone *zone = open_zone(zones[i]);

        for (int32_t day = 10; day < 25000; day++) {
            if (!clock_changes_near(zone, day) && day % 365)
                continue;
            check_day_end(zone, day);
            check_windows(zone, day);
        }
        bc_zone_free(zone);
    }
}

/* Local times that exist come back; one in a gap comes back later by the gap. */
static void every_local_time_near_a_change_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        bc_zone *zone = open_zone(zones[i]);

        for (int32_t day = 10; day < 25000; day++) {
            if (!clock_changes_near(zone, day))
                continue;
            for (int64_t us = day * BC_DAY_US; us < (day + 1) * BC_DAY_US; us += 15 * MINUTE_US) {
                int64_t local = us + bc_zone_offset(zone, us) * BC_SECOND_US;
                int64_t found = bc_zone_instant(zone, local);

                if (found > us || found + bc_zone_offset(zone, found) * BC_SECOND_US != local)
                    fail_msg("%s: the local time of %lld", zones[i], (long long)us);
            }
        }
        bc_zone_free(zone);
    }
}

static void a_window_keeps_the_local_time(void **state)
{
    bc_zone *zone = open_zone("Europe/Berlin");

    (void)state;
    assert_int_equal(bc_zone_window_begin(zone, at("2025-04-02T10:00:00Z"), 7),
                     at("2025-03-26T11:00:00Z"));
    assert_int_equal(bc_zone_window_begin(zone, at("2025-04-02T10:00:00Z"), 0),
                     at("2025-04-02T10:00:00Z"));
    /* Of an hour that clocks show twice the second one stays, and windows begin with the first. */
    assert_int_equal(bc_zone_window_begin(zone, at("2025-10-26T01:30:00Z"), 0),
                     at("2025-10-26T01:30:00Z"));
    assert_int_equal(bc_zone_window_begin(zone, at("2025-10-27T01:30:00Z"), 1),
                     at("2025-10-26T00:30:00Z"));
    bc_zone_free(zone);
}

static void the_far_ends_of_time_are_days_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        bc_zone *zone = open_zone(zones[i]);

        for (int32_t day = BC_DAY_MAX - 400; day <= BC_DAY_MAX; day += 25)
            check_day_end(zone, day);
        for (int32_t day = -400; day < 10; day += 25)
            check_day_end(zone, day);
        bc_zone_free(zone);
    }
}

static void two_zones_open_at_once_do_not_mix(void **state)
{
    bc_zone *berlin = open_zone("Europe/Berlin"), *york = open_zone("America/New_York");
    bc_zone *utc = open_zone("UTC");
    int64_t us = at("2025-07-01T12:00:00Z");

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bc_zone_offset(berlin, us), 7200);
        assert_int_equal(bc_zone_offset(utc, us), 0);
        assert_int_equal(bc_zone_offset(york, us), -14400);
    }
    bc_zone_free(berlin);
    berlin = open_zone("Asia/Kathmandu");
    assert_int_equal(bc_zone_offset(berlin, us), 20700);
    bc_zone_free(berlin);
    bc_zone_free(york);
    bc_zone_free(utc);
    bc_zone_free(NULL);
}

static struct name_row {
    const char *name, *zone;
    bool good;
} name_rows[] = {
    { "UTC is known", "UTC", true },
    { "a zone of the database is known", "America/Argentina/Ushuaia", true },
    { "a zone by its offset is known", "Etc/GMT+5", true },
    { "an empty name", "", false },
    { "a name that is none", "Europe/Atlantis", false },
    { "a folder of zones", "Europe", false },
    { "a file that is no zone", "zone.tab", false },
    { "a table that is no zone", "tzdata.zi", false },
    { "a path out of the folder", "../../../etc/passwd", false },
    { "an absolute path", "/etc/localtime", false },
    { "a rule and not a name", "CET-1CEST,M3.5.0", false },
    { "a name with a colon", ":Europe/Berlin", false },
    { "a very long name", "Europe/Berlinnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
      false },
};

static void name_row(void **state)
{
    const struct name_row *row = *state;
    struct bc_err err = { 0 };
    bc_zone *zone = NULL;
    bc_status rc = bc_zone_open(&zone, bc_str_of(row->zone), &err);

    if (row->good) {
        check_ok(rc, &err);
        assert_string_equal(bc_zone_name(zone), row->zone);
        bc_zone_free(zone);
    } else {
        assert_int_equal(rc, BC_E_INPUT);
        assert_null(zone);
        assert_non_null(strstr(err.message, "expected"));
    }
}

/* A window of the longest that rules may have begins long before 1970. */
static void days_far_outside_are_found_too(void **state)
{
    static const int32_t days[] = { -1000000, -719529, -1, 0, BC_DAY_MAX, BC_DAY_MAX + 1000000 };
    struct bc_err err = { 0 };

    (void)state;
    for (size_t z = 0; z < ARRAY_LEN(zones); z++) {
        bc_zone *zone = NULL;

        check_ok(bc_zone_open(&zone, bc_str_of(zones[z]), &err), &err);
        for (size_t i = 0; i < ARRAY_LEN(days); i++) {
            int64_t end = bc_zone_day_end(zone, days[i]);

            assert_int_equal(bc_zone_day(zone, end), days[i]);
            assert_int_equal(bc_zone_day(zone, end + 1), days[i] + 1);
        }
        assert_int_equal(bc_zone_window_begin(zone, bc_zone_day_end(zone, 0), 1000000),
                         bc_zone_day_end(zone, -1000000));
        bc_zone_free(zone);
    }
}

/* --- what is kept of a zone --- */

enum { THREADS = 4 };

struct asked {
    const bc_zone *zone;
    int64_t first_us, step_us;
    int32_t *offsets;
    size_t n;
};

/* Each thread asks all of them, each from another place on. */
static bc_status ask_all(void *payload, size_t part, struct bc_err *err)
{
    const struct asked *asked = payload;

    for (size_t i = 0; i < asked->n; i++) {
        const size_t at = (i + part * asked->n / THREADS) % asked->n;
        const int64_t us = asked->first_us + (int64_t)at * asked->step_us;

        if (bc_zone_offset(asked->zone, us) != asked->offsets[at])
            return bc_err_set(err, BC_E_DAMAGED, "%s at %lld", bc_zone_name(asked->zone),
                              (long long)us);
    }
    return BC_OK;
}

/* From before the first year that is kept until after the last, at other times of day each time. */
static void threads_hear_of_a_zone_what_the_library_says(void **state)
{
    enum { FIRST_DAY = -25800, PAST_DAY = 47900 }; /* 1899 and 2101 */
    struct asked asked = { .first_us = FIRST_DAY * BC_DAY_US, .step_us = 787 * MINUTE_US };

    (void)state;
    asked.n = (size_t)((PAST_DAY * BC_DAY_US - asked.first_us) / asked.step_us);
    asked.offsets = bc_calloc(asked.n, sizeof(*asked.offsets));
    for (size_t z = 1; z < ARRAY_LEN(zones); z++) {
        struct bc_err err = { 0 };
        bc_zone *zone;

        setenv("TZ", zones[z], 1);
        tzset();
        for (size_t i = 0; i < asked.n; i++) {
            const time_t second =
                (time_t)((asked.first_us + (int64_t)i * asked.step_us) / BC_SECOND_US);
            struct tm local;

            assert_non_null(localtime_r(&second, &local));
            asked.offsets[i] = (int32_t)local.tm_gmtoff;
        }
        zone = open_zone(zones[z]);
        asked.zone = zone;
        check_ok(bc_parallel(THREADS, THREADS, ask_all, &asked, &err), &err);
        bc_zone_free(zone);
    }
    free(asked.offsets);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(day_end_rows) + ARRAY_LEN(local_rows) +
                            ARRAY_LEN(often_rows) + ARRAY_LEN(name_rows) + 7] = {
        cmocka_unit_test(every_day_near_a_change_of_the_clock_obeys_the_law),
        cmocka_unit_test(every_local_time_near_a_change_is_found),
        cmocka_unit_test(a_window_keeps_the_local_time),
        cmocka_unit_test(the_far_ends_of_time_are_days_too),
        cmocka_unit_test(two_zones_open_at_once_do_not_mix),
        cmocka_unit_test(days_far_outside_are_found_too),
        cmocka_unit_test(threads_hear_of_a_zone_what_the_library_says),
    };
    size_t n = 7;

    for (size_t i = 0; i < ARRAY_LEN(day_end_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ day_end_rows[i].name, day_end_row, NULL, NULL, &day_end_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(local_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ local_rows[i].name, local_row, NULL, NULL, &local_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(often_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ often_rows[i].name, often_row, NULL, NULL, &often_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(name_rows); i++)
        tests[n++] = (struct CMUnitTest){ name_rows[i].name, name_row, NULL, NULL, &name_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/zone", tests, NULL, NULL);
}
