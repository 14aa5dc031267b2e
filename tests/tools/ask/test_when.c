/* tools/ask/when: what people type for a date is read as they mean it, or refused as wrong use. */
#include "tests/support/check.h"
#include "tools/ask/when.h"

#include <string.h>

/* 2025-03-31T02:30:00Z: in New York it is still the 30th. */
#define NOW "2025-03-31T02:30:00Z"

static struct row {
    const char *name, *zone, *text;
    const char *want; /* the instant; NULL: refused for its form; "": for what it means */
} rows[] = {
    { "a date is the end of its day", "UTC", "2025-03-31", "2025-03-31T23:59:59.999999Z" },
    { "a date ends by the clocks of the zone", "Europe/Berlin", "2025-03-30",
      "2025-03-30T21:59:59.999999Z" },
    { "the first day", "UTC", "1970-01-01", "1970-01-01T23:59:59.999999Z" },
    { "the last day", "UTC", "9999-12-30", "9999-12-30T23:59:59.999999Z" },
    { "the day after the last", "UTC", "9999-12-31", NULL },
    { "the day before the first", "UTC", "1969-12-31", NULL },
    { "a leap day", "UTC", "2024-02-29", "2024-02-29T23:59:59.999999Z" },
    { "a leap day that was not", "UTC", "2025-02-29", NULL },
    { "a month of one digit", "UTC", "2025-3-31", NULL },
    { "a timestamp is that instant", "UTC", "2025-03-31T09:30:00+02:00",
      "2025-03-31T07:30:00.000000Z" },
    { "digits past the microsecond are cut off", "UTC", "2025-03-31T09:30:00.1234567Z",
      "2025-03-31T09:30:00.123456Z" },
    { "a timestamp without a zone", "UTC", "2025-03-31T09:30:00", NULL },
    { "second 60", "UTC", "2025-03-31T23:59:60Z", "" },
    { "a year before 1970 in UTC", "UTC", "1970-01-01T00:30:00+01:00", "" },
    { "a year before 1970 as written", "UTC", "1969-12-31T23:30:00-01:00", "" },
    { "now is this instant", "UTC", "now", "2025-03-31T02:30:00.000000Z" },
    { "today is the whole day", "UTC", "today", "2025-03-31T23:59:59.999999Z" },
    { "today by the zone's calendar", "America/New_York", "today", "2025-03-31T03:59:59.999999Z" },
    { "days ago by an int's least", "UTC", "-2147483648d", NULL },
    { "months ago by an int's least", "UTC", "-2147483648m", NULL },
    { "yesterday", "UTC", "yesterday", "2025-03-30T23:59:59.999999Z" },
    { "days ago", "UTC", "-90d", "2024-12-31T23:59:59.999999Z" },
    { "no days ago", "UTC", "-0d", "2025-03-31T23:59:59.999999Z" },
    { "days ahead", "UTC", "+1d", "2025-04-01T23:59:59.999999Z" },
    { "weeks ago", "UTC", "-2w", "2025-03-17T23:59:59.999999Z" },
    { "a month ago where it is shorter", "UTC", "-1m", "2025-02-28T23:59:59.999999Z" },
    { "years ago", "UTC", "-55y", "1970-03-31T23:59:59.999999Z" },
    { "days ago, before 1970", "UTC", "-90000d", NULL },
    { "days ago beyond counting", "UTC", "-99999999999999999999d", NULL },
    { "months ago beyond counting", "UTC", "-99999999999999999999m", NULL },
    { "years ahead beyond counting", "UTC", "+99999999999999999999y", NULL },
    { "the first day, in days", "UTC", "-20178d", "1970-01-01T23:59:59.999999Z" },
    { "the day before it, in days", "UTC", "-20179d", NULL },
    { "the last day, in days", "UTC", "+2912717d", "9999-12-30T23:59:59.999999Z" },
    { "the day after it, in days", "UTC", "+2912718d", NULL },
    { "years ago, before 1970", "UTC", "-56y", NULL },
    { "months ago, before 1970", "UTC", "-663m", NULL },
    { "years ago, to the year 0", "UTC", "-2025y", NULL },
    { "years ago, before the year 0", "UTC", "-2026y", NULL },
    { "years ago, a little before the year 0", "UTC", "-2027y", NULL },
    { "years ago, far before the year 0", "UTC", "-8030y", NULL },
    { "months ago, before the year 0", "UTC", "-24310m", NULL },
    { "years ahead, the last", "UTC", "+7974y", "9999-03-31T23:59:59.999999Z" },
    { "years ahead, one more", "UTC", "+7975y", NULL },
    { "weeks ahead by more than an int", "UTC", "+2147483648w", NULL },
    { "days ago of no number", "UTC", "-d", NULL },
    { "days ago of another unit", "UTC", "-9h", NULL },
    { "days ago and more", "UTC", "-9days", NULL },
    { "nothing", "UTC", "", NULL },
    { "a word", "UTC", "tomorow", NULL },
    { "a word that looks like a timestamp", "UTC", "Tuesdays", NULL },
    { "tomorrow", "UTC", "tomorrow", "2025-04-01T23:59:59.999999Z" },
    { "a weekday that is today", "UTC", "monday", "2025-03-31T23:59:59.999999Z" },
    { "a weekday, by the zone's calendar", "America/New_York", "monday",
      "2025-03-25T03:59:59.999999Z" },
    { "a weekday is the last one", "UTC", "Tuesday", "2025-03-25T23:59:59.999999Z" },
    { "the last one before today", "UTC", "last monday", "2025-03-24T23:59:59.999999Z" },
    { "the last one, which was yesterday", "UTC", "last sunday", "2025-03-30T23:59:59.999999Z" },
    { "with a dash, in capitals", "UTC", "Last-Sunday", "2025-03-30T23:59:59.999999Z" },
    { "the next one after today", "UTC", "next monday", "2025-04-07T23:59:59.999999Z" },
    { "the next one, tomorrow", "UTC", "next tuesday", "2025-04-01T23:59:59.999999Z" },
    { "the next one, in six days", "UTC", "next  sunday", "2025-04-06T23:59:59.999999Z" },
    { "weeks ago in words", "UTC", "2 weeks ago", "2025-03-17T23:59:59.999999Z" },
    { "one week ago", "UTC", "1 week ago", "2025-03-24T23:59:59.999999Z" },
    { "a week ago", "UTC", "a week ago", "2025-03-24T23:59:59.999999Z" },
    { "no days ago in words", "UTC", "0 days ago", "2025-03-31T23:59:59.999999Z" },
    { "months ago in words, where it is shorter", "UTC", "1 month ago",
      "2025-02-28T23:59:59.999999Z" },
    { "months ago in words", "UTC", "3 months ago", "2024-12-31T23:59:59.999999Z" },
    { "quarters ago", "UTC", "2 quarters ago", "2024-09-30T23:59:59.999999Z" },
    { "an age ago", "UTC", "an age ago", NULL },
    { "too many days ago in words", "UTC", "9999999 days ago", NULL },
    { "more days ago than are counted", "UTC", "99999999 days ago", NULL },
    { "a unit that is none", "UTC", "2 weekss ago", NULL },
    { "ago alone", "UTC", "ago", NULL },
    { "a month is its end", "UTC", "2025-03", "2025-03-31T23:59:59.999999Z" },
    { "a month of a leap year", "UTC", "2024-02", "2024-02-29T23:59:59.999999Z" },
    { "a month by its name", "UTC", "February 2025", "2025-02-28T23:59:59.999999Z" },
    { "a month by its short name", "UTC", "2025 feb", "2025-02-28T23:59:59.999999Z" },
    { "a month ends by the clocks of the zone", "Europe/Berlin", "2025-03",
      "2025-03-31T21:59:59.999999Z" },
    { "a month that there is not", "UTC", "2025-13", NULL },
    { "month 0", "UTC", "2025-00", NULL },
    { "a month's number before its year", "UTC", "03 2025", NULL },
    { "a month of one digit alone", "UTC", "2025-3", NULL },
    { "a quarter is its end", "UTC", "2025-q1", "2025-03-31T23:59:59.999999Z" },
    { "a quarter, the other way round", "UTC", "Q4 2024", "2024-12-31T23:59:59.999999Z" },
    { "a quarter that there is not", "UTC", "2025-q5", NULL },
    { "a year is its end", "UTC", "2024", "2024-12-31T23:59:59.999999Z" },
    { "a year before 1970", "UTC", "1969", NULL },
    { "the first year", "UTC", "1970", "1970-12-31T23:59:59.999999Z" },
    { "the last year, which ends a day too late", "UTC", "9999", NULL },
    { "a year of three digits", "UTC", "202", NULL },
    { "last week ends on Sunday", "UTC", "last week", "2025-03-30T23:59:59.999999Z" },
    { "last week, by the zone's calendar", "America/New_York", "last week",
      "2025-03-24T03:59:59.999999Z" },
    { "this week", "UTC", "this week", "2025-04-06T23:59:59.999999Z" },
    { "last month", "UTC", "last month", "2025-02-28T23:59:59.999999Z" },
    { "next month", "UTC", "next month", "2025-04-30T23:59:59.999999Z" },
    { "this quarter", "UTC", "this quarter", "2025-03-31T23:59:59.999999Z" },
    { "last quarter", "UTC", "last quarter", "2024-12-31T23:59:59.999999Z" },
    { "last year", "UTC", "last year", "2024-12-31T23:59:59.999999Z" },
    { "the end of a period", "UTC", "end of last month", "2025-02-28T23:59:59.999999Z" },
    { "the end of a month with a name", "UTC", "end of february 2025",
      "2025-02-28T23:59:59.999999Z" },
    { "the beginning of a period", "UTC", "beginning of last month",
      "2025-02-01T23:59:59.999999Z" },
    { "the start of a quarter", "UTC", "start-of-2025-q1", "2025-01-01T23:59:59.999999Z" },
    { "the end of a day", "UTC", "end of monday", NULL },
    { "the end of nothing", "UTC", "end of", NULL },
    { "a weekday on either side", "UTC", "this monday", NULL },
    { "months, with or without this one", "UTC", "last 3 months", NULL },
    { "a month of no year", "UTC", "march", NULL },
    { "a quarter of no year", "UTC", "q1", NULL },
    { "the end of a month of no year", "UTC", "end of march", NULL },
    { "day and month in some order", "UTC", "04/05/2025", NULL },
    { "day and month with dots", "UTC", "4.5.2025", NULL },
    { "words and more", "UTC", "last monday 9:30", NULL },
    { "a blank before", "UTC", " monday", NULL },
    { "a blank at the end", "UTC", "monday ", NULL },
    { "two dashes", "UTC", "last--monday", NULL },
    { "many words", "UTC", "end of the week before the last one", NULL },
};

/* Times of day by local clocks, which only some options take. */
static struct row local_rows[] = {
    { "a date and a time, by the zone's clocks", "Europe/Berlin", "2025-03-31 09:30",
      "2025-03-31T07:30:00.000000Z" },
    { "in winter", "Europe/Berlin", "2025-01-31 09:30", "2025-01-31T08:30:00.000000Z" },
    { "with seconds and a T", "Europe/Berlin", "2025-03-31T09:30:15",
      "2025-03-31T07:30:15.000000Z" },
    { "an hour of one digit", "UTC", "2025-03-31 9:30", "2025-03-31T09:30:00.000000Z" },
    { "yesterday at a time", "America/New_York", "yesterday 14:00", "2025-03-29T18:00:00.000000Z" },
    { "days ago at a time", "UTC", "-3d 23:59", "2025-03-28T23:59:00.000000Z" },
    { "midnight is a day's beginning", "UTC", "today 00:00", "2025-03-31T00:00:00.000000Z" },
    { "a date is still the end of its day", "UTC", "2025-03-31", "2025-03-31T23:59:59.999999Z" },
    { "an instant is still one", "Europe/Berlin", "2025-03-31T09:30:00Z",
      "2025-03-31T09:30:00.000000Z" },
    { "a time that clocks skipped", "Europe/Berlin", "2025-03-30 02:30", NULL },
    { "a time that they showed twice", "Europe/Berlin", "2025-10-26 02:30", NULL },
    { "the hour after it", "Europe/Berlin", "2025-10-26 03:00", "2025-10-26T02:00:00.000000Z" },
    { "a time of no clock", "UTC", "2025-03-31 24:00", NULL },
    { "a minute of no clock", "UTC", "2025-03-31 09:60", NULL },
    { "an hour alone", "UTC", "2025-03-31 09", NULL },
    { "more after a time", "UTC", "2025-03-31 09:30 pm", NULL },
    { "a time of a day that was not", "UTC", "2025-02-30 09:30", NULL },
    { "now has its time", "UTC", "now 09:30", NULL },
    { "a time alone", "UTC", "09:30", NULL },
    { "before 1970 in UTC", "Europe/Berlin", "1970-01-01 00:30", NULL },
    { "a weekday at a time", "UTC", "last monday 9:30", "2025-03-24T09:30:00.000000Z" },
    { "weeks ago at a time", "UTC", "2 weeks ago 14:00", "2025-03-17T14:00:00.000000Z" },
    { "a weekday in words is still a day", "UTC", "last sunday", "2025-03-30T23:59:59.999999Z" },
    { "a period is more than a day", "UTC", "last month", NULL },
    { "a period at a time", "UTC", "2025-03 14:00", NULL },
};

/* What a text means where something begins: its first day, and what a window begins after. */
static struct begin {
    const char *name, *zone, *text;
    const char *first, *after;
} begins[] = {
    { "a day begins and ends on itself", "UTC", "2025-03-31", "2025-03-31",
      "2025-03-31T23:59:59.999999Z" },
    { "words that are a day", "UTC", "end of 2025-02", "2025-02-28",
      "2025-02-28T23:59:59.999999Z" },
    { "a month", "UTC", "2025-02", "2025-02-01", "2025-01-31T23:59:59.999999Z" },
    { "a quarter, by the zone's clocks", "Europe/Berlin", "2025-q2", "2025-04-01",
      "2025-03-31T21:59:59.999999Z" },
    { "a week begins on Monday", "UTC", "last week", "2025-03-24", "2025-03-23T23:59:59.999999Z" },
    { "today's week, on a Sunday", "America/New_York", "this week", "2025-03-24",
      "2025-03-24T03:59:59.999999Z" },
    { "a year", "UTC", "last year", "2024-01-01", "2023-12-31T23:59:59.999999Z" },
    { "the first of all", "Europe/Berlin", "1970", "1970-01-01", "1970-01-01T00:00:00.000000Z" },
};

static void begin_row(void **state)
{
    const struct begin *row = *state;
    struct bc_err err = { 0 };
    char day[BC_DAY_LEN], after[BC_INSTANT_LEN];
    struct when when;
    bc_zone *zone = NULL;
    int64_t now_us;

    check_ok(bc_instant_parse(&now_us, BC_STR(NOW), &err), &err);
    check_ok(bc_zone_open(&zone, bc_str_of(row->zone), &err), &err);
    check_ok(when_parse(&when, row->text, now_us, zone, &err), &err);
    bc_day_print(day, when_first_day(&when));
    assert_string_equal(day, row->first);
    bc_instant_print(after, when_window_begin(&when, zone));
    assert_string_equal(after, row->after);
    assert_int_equal(when_parse_day(&when, row->text, now_us, zone, &err),
                     when.is_period ? BC_E_USAGE : BC_OK);
    bc_zone_free(zone);
}

/* What may mean two things is refused with both. */
static void what_is_unclear(void **state)
{
    static const struct {
        const char *text, *want;
    } unclear[] = {
        { "this friday", "'this friday' may lie before or after today; expected one like last "
                         "monday or next monday" },
        { "q3", "'q3' is of no year; expected one like 2025-03 or 2025-q1" },
        { "last 90 days", "'last 90 days' may count the current one or not; expected one like 3 "
                          "months ago or last quarter" },
        { "31.03.2025",
          "'31.03.2025' is not written as dates are here; expected one like 2025-03-31, "
          "2025-03, today, -90d, last sunday" },
        { "2025.03.31",
          "'2025.03.31' is not written as dates are here; expected one like 2025-03-31, "
          "2025-03, today, -90d, last sunday" },
        { "04/05/2025", "'04/05/2025' is a day to some and another one to others; expected one "
                        "like 2025-03-31" },
        { "once", "'once' is no date; expected one like " WHEN_HELP },
    };
    struct bc_err err = { 0 };
    bc_zone *utc = NULL;
    struct when when;
    (void)state;

    check_ok(bc_zone_open(&utc, BC_STR("UTC"), &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(unclear); i++) {
        assert_int_equal(when_parse(&when, unclear[i].text, 0, utc, &err), BC_E_USAGE);
        assert_string_equal(err.message, unclear[i].want);
    }
    bc_zone_free(utc);
}

static void local_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    char got[BC_INSTANT_LEN];
    struct when when;
    bc_zone *zone = NULL;
    int64_t now_us;
    bc_status rc;

    check_ok(bc_instant_parse(&now_us, BC_STR(NOW), &err), &err);
    check_ok(bc_zone_open(&zone, bc_str_of(row->zone), &err), &err);
    rc = when_parse_local(&when, row->text, now_us, zone, &err);
    if (row->want) {
        check_ok(rc, &err);
        bc_instant_print(got, when_instant(&when, zone));
        assert_string_equal(got, row->want);
    } else {
        assert_int_equal(rc, BC_E_USAGE);
        assert_int_equal(err.message[0], '\'');
    }
    bc_zone_free(zone);
}

static void when_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    char got[BC_INSTANT_LEN];
    struct when when;
    bc_zone *zone = NULL;
    int64_t now_us;
    bc_status rc;

    check_ok(bc_instant_parse(&now_us, BC_STR(NOW), &err), &err);
    check_ok(bc_zone_open(&zone, bc_str_of(row->zone), &err), &err);
    rc = when_parse(&when, row->text, now_us, zone, &err);
    if (row->want && row->want[0]) {
        check_ok(rc, &err);
        bc_instant_print(got, when_instant(&when, zone));
        assert_string_equal(got, row->want);
    } else {
        assert_int_equal(rc, row->want ? BC_E_INPUT : BC_E_USAGE);
        assert_true(strlen(err.message) > 0);
        if (strchr("+-", row->text[0]) && strstr(row->name, "years"))
            assert_non_null(strstr(err.message, "1970-01-01 to 9999-12-30"));
    }
    bc_zone_free(zone);
}

/* What was asked for, kept as text: a day is found again from the instant that it ends with, in its
 * zone alone, and what is read back is what was written. */
static void what_was_asked_for(void **state)
{
    static const struct {
        const char *zone, *instant, *want;
    } asked[] = {
        { "UTC", "2025-03-31T23:59:59.999999Z", "2025-03-31" },
        { "Europe/Berlin", "2025-03-30T21:59:59.999999Z", "2025-03-30" },
        { "Europe/Berlin", "2025-03-31T23:59:59.999999Z", "2025-03-31T23:59:59.999999Z" },
        { "UTC", "2025-03-31T09:30:00Z", "2025-03-31T09:30:00.000000Z" },
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        struct bc_err err = { 0 };
        bc_zone *zone = NULL;
        char text[WHEN_LEN];
        struct when when, again;
        int64_t us;

        check_ok(bc_zone_open(&zone, bc_str_of(asked[i].zone), &err), &err);
        check_ok(bc_instant_parse(&us, bc_str_of(asked[i].instant), &err), &err);
        when = when_of_instant(us, zone);
        when_print(text, &when);
        assert_string_equal(text, asked[i].want);
        check_ok(when_read(&again, bc_str_of(text), &err), &err);
        assert_int_equal(again.is_day, when.is_day);
        assert_true(when_instant(&again, zone) == us);
        bc_zone_free(zone);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(local_rows) + ARRAY_LEN(begins) + 2];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, when_row, NULL, NULL, &rows[n] };
    for (size_t i = 0; i < ARRAY_LEN(local_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ local_rows[i].name, local_row, NULL, NULL, &local_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(begins); i++)
        tests[n++] = (struct CMUnitTest){ begins[i].name, begin_row, NULL, NULL, &begins[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_unclear);
    tests[n] = (struct CMUnitTest)cmocka_unit_test(what_was_asked_for);
    return cmocka_run_group_tests_name("tools/ask/when", tests, NULL, NULL);
}
