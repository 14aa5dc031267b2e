/* Instants as RFC 3339 writes them, the calendar, and the days and windows of time zones. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

static struct parse_row {
    const char *name, *text;
    int64_t us; /* -1: bad input */
} parse_rows[] = {
    { "the epoch", "1970-01-01T00:00:00Z", 0 },
    { "the last microsecond", "9999-12-31T23:59:59.999999Z", BC_INSTANT_MAX },
    { "small letters", "2025-03-31t09:30:00z", INT64_C(1743413400000000) },
    { "a fraction of two digits", "2025-03-31T09:30:00.25Z", INT64_C(1743413400250000) },
    { "six digits", "2025-03-31T09:30:00.000001Z", INT64_C(1743413400000001) },
    { "digits past the microsecond are cut", "2025-03-31T09:30:00.1234569999Z",
      INT64_C(1743413400123456) },
    { "an offset east", "2025-03-31T11:30:00+02:00", INT64_C(1743413400000000) },
    { "an offset west", "2025-03-31T05:00:00-04:30", INT64_C(1743413400000000) },
    { "minus zero is UTC", "2025-03-31T09:30:00-00:00", INT64_C(1743413400000000) },
    { "the greatest offset", "2025-04-01T09:29:00+23:59", INT64_C(1743413400000000) },
    { "a leap day", "2024-02-29T00:00:00Z", INT64_C(1709164800000000) },
    { "a leap day of a century", "2000-02-29T00:00:00Z", INT64_C(951782400000000) },
    { "no leap day in 2100", "2100-02-29T00:00:00Z", -1 },
    { "no leap day in 2025", "2025-02-29T00:00:00Z", -1 },
    { "day 31 of a month of 30", "2025-04-31T00:00:00Z", -1 },
    { "day 0", "2025-04-00T00:00:00Z", -1 },
    { "month 13", "2025-13-01T00:00:00Z", -1 },
    { "month 0", "2025-00-01T00:00:00Z", -1 },
    { "hour 24", "2025-03-31T24:00:00Z", -1 },
    { "minute 60", "2025-03-31T23:60:00Z", -1 },
    { "second 60", "2016-12-31T23:59:60Z", -1 },
    { "the year 1969", "1969-12-31T23:59:59Z", -1 },
    { "1969 as written, 1970 in UTC", "1969-12-31T23:30:00-01:00", -1 },
    { "1970 as written, 1969 in UTC", "1970-01-01T00:30:00+01:00", -1 },
    { "9999 as written, 10000 in UTC", "9999-12-31T23:30:00-01:00", -1 },
    { "a year of five digits", "10000-01-01T00:00:00Z", -1 },
    { "no zone", "2025-03-31T09:30:00", -1 },
    { "no time", "2025-03-31", -1 },
    { "nothing", "", -1 },
    { "a blank for the T", "2025-03-31 09:30:00Z", -1 },
    { "a blank after", "2025-03-31T09:30:00Z ", -1 },
    { "a dot without digits", "2025-03-31T09:30:00.Z", -1 },
    { "a comma for the dot", "2025-03-31T09:30:00,5Z", -1 },
    { "a fraction and no zone", "2025-03-31T09:30:00.25", -1 },
    { "an offset without colon", "2025-03-31T09:30:00+0200", -1 },
    { "an offset of hours alone", "2025-03-31T09:30:00+02", -1 },
    { "an offset of 24 hours", "2025-03-31T09:30:00+24:00", -1 },
    { "an offset of 60 minutes", "2025-03-31T09:30:00+01:60", -1 },
    { "an offset with text after", "2025-03-31T09:30:00+02:00x", -1 },
    { "a sign before the year", "+025-03-31T09:30:00Z", -1 },
    { "a letter in a number", "2025-03-31T0a:30:00Z", -1 },
    { "slashes", "2025/03/31T09:30:00Z", -1 },
    { "no seconds", "2025-03-31T09:30Z", -1 },
    { "a week date", "2025-W14-1T09:30:00Z", -1 },
};

static void parse_row(void **state)
{
    const struct parse_row *row = *state;
    /* Not ended by a NUL, so that reading past the end is found. */
    size_t len = strlen(row->text);
    char *text = malloc(len ? len : 1);
    struct bc_err err = { 0 };
    int64_t us = -7;
    bc_status rc;

    memcpy(text, row->text, len);
    rc = bc_instant_parse(&us, (struct bc_str){ text, len }, &err);
    free(text);
    if (row->us >= 0) {
        check_ok(rc, &err);
        assert_int_equal(us, row->us);
    } else {
        assert_int_equal(rc, BC_E_INPUT);
        assert_int_equal(err.status, BC_E_INPUT);
        assert_non_null(strstr(err.message, "expected"));
        assert_int_equal(us, -7);
    }
}

static void every_prefix_of_an_instant_is_bad(void **state)
{
    const struct bc_str whole = BC_STR("2025-03-31T11:30:00.123456+02:00");
    int64_t us;

    (void)state;
    for (size_t len = 0; len < whole.len; len++) {
        char *text = malloc(len ? len : 1);

        memcpy(text, whole.at, len);
        assert_int_equal(bc_instant_parse(&us, (struct bc_str){ text, len }, NULL), BC_E_INPUT);
        free(text);
    }
    assert_int_equal(bc_instant_parse(&us, whole, NULL), BC_OK);
}

static void what_is_printed_reads_the_same(void **state)
{
    char text[BC_INSTANT_LEN];
    uint64_t seed = 1;
    int64_t us = 0, again;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        bc_instant_print(text, us);
        assert_int_equal(strlen(text), BC_INSTANT_LEN - 1);
        assert_int_equal(bc_instant_parse(&again, bc_str_of(text), NULL), BC_OK);
        assert_int_equal(again, us);
        bc_instant_print_short(text, us);
        assert_int_equal(bc_instant_parse(&again, bc_str_of(text), NULL), BC_OK);
        assert_int_equal(again, us);
        seed = seed * UINT64_C(6364136223846793005) + 1;
        us = (int64_t)(seed % (uint64_t)(BC_INSTANT_MAX + 1));
        if (i % 3)
            us -= us % (i % 3 == 1 ? 1000 : BC_SECOND_US);
    }
}

static void digits_printed_are_as_few_as_it_takes(void **state)
{
    char text[BC_INSTANT_LEN];

    (void)state;
    bc_instant_print_short(text, INT64_C(1743413400000000));
    assert_string_equal(text, "2025-03-31T09:30:00Z");
    bc_instant_print_short(text, INT64_C(1743413400250000));
    assert_string_equal(text, "2025-03-31T09:30:00.250Z");
    bc_instant_print_short(text, INT64_C(1743413400250001));
    assert_string_equal(text, "2025-03-31T09:30:00.250001Z");
    bc_instant_print(text, BC_INSTANT_MAX);
    assert_string_equal(text, "9999-12-31T23:59:59.999999Z");
}

static void every_day_there_and_back(void **state)
{
    char text[BC_DAY_LEN];
    int32_t again;

    (void)state;
    for (int32_t day = BC_DAY_MIN; day <= BC_DAY_MAX; day++) {
        int year, month, day_of_month;

        bc_civil_of_day(&year, &month, &day_of_month, day);
        assert_int_equal(bc_day_of_civil(year, month, day_of_month), day);
        if (day % 7)
            continue;
        bc_day_print(text, day);
        assert_true(bc_day_parse(&again, bc_str_of(text)));
        assert_int_equal(again, day);
    }
    assert_int_equal(bc_day_of_civil(1969, 12, 31), -1);
    assert_int_equal(bc_day_of_civil(2025, 3, 31), 20178);
}

static struct day_row {
    const char *name, *text;
    bool good;
} day_rows[] = {
    { "a day", "2025-03-31", true },
    { "the first day", "0001-01-01", true },
    { "the last day", "9999-12-31", true },
    { "the day before the first", "0000-12-31", false },
    { "no day at all, as databases write it", "0000-00-00", false },
    { "the day before that from which is counted", "1969-12-31", true },
    { "a leap day of a century", "1600-02-29", true },
    { "a leap day of a century that has none", "1700-02-29", false },
    { "a day that does not exist", "2025-06-31", false },
    { "a day and more", "2025-03-310", false },
    { "a day of one digit", "2025-03-1", false },
    { "no day", "", false },
    { "a day with other marks", "2025.03.31", false },
    { "a day with a sign", "2025-03-+1", false },
};

static void day_row(void **state)
{
    const struct day_row *row = *state;
    int32_t day = -7;

    assert_int_equal(bc_day_parse(&day, bc_str_of(row->text)), row->good);
    assert_int_equal(day == -7, !row->good);
}

static struct month_row {
    const char *name, *from;
    int months;
    const char *want;
} month_rows[] = {
    { "a month keeps the day", "2025-03-15", 1, "2025-04-15" },
    { "or takes the month's last", "2025-01-31", 1, "2025-02-28" },
    { "which in a leap year is the 29th", "2024-01-31", 1, "2024-02-29" },
    { "a year from a leap day", "2024-02-29", 12, "2025-02-28" },
    { "four years from a leap day", "2024-02-29", 48, "2028-02-29" },
    { "over the end of a year", "2024-12-31", 2, "2025-02-28" },
    { "back over the start of a year", "2025-01-31", -2, "2024-11-30" },
    { "back by years", "2025-12-31", -24, "2023-12-31" },
    { "by nothing", "2025-05-31", 0, "2025-05-31" },
};

static void month_row(void **state)
{
    const struct month_row *row = *state;
    char text[BC_DAY_LEN];
    int32_t day;

    assert_true(bc_day_parse(&day, bc_str_of(row->from)));
    bc_day_print(text, bc_day_add_months(day, row->months));
    assert_string_equal(text, row->want);
}

/* --- sums at the ends of the calendar --- */

static const int64_t far[] = { 0,        1,     11,      12,      13,        96359,
                               96360,    96361, 2932896, 2932897, INT32_MAX, INT64_C(1) << 40,
                               INT64_MAX };

/* Order is kept, what lies outside is one day before the first or after the last, and within them
 * the sum is what its own calendar says. */
static void check_sums(int32_t day)
{
    for (size_t i = 0; i < 2 * ARRAY_LEN(far); i++) {
        int64_t n = i % 2 ? -far[i / 2] : far[i / 2];
        int32_t days = bc_day_add(day, n), months = bc_day_add_months(day, n);
        int from[3], to[3];
        int64_t begin;

        assert_in_range(days + 1, 0, BC_DAY_MAX + 2);
        assert_in_range(months + 1, 0, BC_DAY_MAX + 2);
        if (days >= 0 && days <= BC_DAY_MAX)
            assert_int_equal(days - day, n);
        else
            assert_int_equal(days < 0, (long double)day + (long double)n < 0);
        bc_civil_of_day(&from[0], &from[1], &from[2], day);
        begin = from[0] * INT64_C(12) + from[1];
        bc_civil_of_day(&to[0], &to[1], &to[2], months);
        if (months < 0 || months > BC_DAY_MAX)
            assert_true(n <= -96360 || n >= 96360 || n + begin <= 23640 || n + begin > 120000);
        else
            assert_int_equal((to[0] - from[0]) * 12 + to[1] - from[1], n);
    }
    assert_int_equal(bc_day_add(day, INT64_MIN), -1);
    assert_int_equal(bc_day_add_months(day, INT64_MIN), -1);
}

static void sums_stay_in_the_calendar(void **state)
{
    static const int32_t days[] = {
        INT32_MIN, -719468, -719469,         -719528,    -719163,        -32,      -1, 0, 30,
        59,        20178,   BC_DAY_MAX - 31, BC_DAY_MAX, BC_DAY_MAX + 1, INT32_MAX
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(days); i++)
        check_sums(days[i]);
}

/* The years 1 to 9999, and what 32 bits hold of others. */
static void every_year_there_and_back(void **state)
{
    int year, month, day;

    (void)state;
    for (int want = -9999; want <= 9999; want++) {
        bc_civil_of_day(&year, &month, &day, bc_day_of_civil(want, 12, 31));
        assert_true(year == want && month == 12 && day == 31);
        assert_int_equal(bc_day_of_civil(want, 12, 31) + 1, bc_day_of_civil(want + 1, 1, 1));
    }
    bc_civil_of_day(&year, &month, &day, INT32_MAX);
    assert_true(year == 5881580 && month == 7 && day == 11);
    bc_civil_of_day(&year, &month, &day, INT32_MIN);
    assert_true(year == -5877641 && month == 6 && day == 23);
}

int main(void)
{
    struct CMUnitTest
        tests[ARRAY_LEN(parse_rows) + ARRAY_LEN(day_rows) + ARRAY_LEN(month_rows) + 6] = {
            cmocka_unit_test(every_prefix_of_an_instant_is_bad),
            cmocka_unit_test(what_is_printed_reads_the_same),
            cmocka_unit_test(digits_printed_are_as_few_as_it_takes),
            cmocka_unit_test(every_day_there_and_back),
            cmocka_unit_test(sums_stay_in_the_calendar),
            cmocka_unit_test(every_year_there_and_back),
        };
    size_t n = 6;

    for (size_t i = 0; i < ARRAY_LEN(parse_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ parse_rows[i].name, parse_row, NULL, NULL, &parse_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(day_rows); i++)
        tests[n++] = (struct CMUnitTest){ day_rows[i].name, day_row, NULL, NULL, &day_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(month_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ month_rows[i].name, month_row, NULL, NULL, &month_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/instant", tests, NULL, NULL);
}
