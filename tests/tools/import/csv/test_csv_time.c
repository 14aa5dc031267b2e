/* tests/tools/import/csv/test_csv_time.c - a time is read as it is written, or not at all. */
#include "tests/support/check.h"
#include "tools/import/csv/csv_time.h"

static struct row {
    const char *name, *format, *text;
    const char *want; /* NULL: refused; "outside" of 1970 to 9999, but a day */
    bool fixed;
} rows[] = {
    { "year first", "%Y-%m-%d %H:%M:%S", "2021-01-07 06:49:18", "2021-01-07T06:49:18Z", false },
    { "an hour without its zero", "%Y-%m-%d %H:%M:%S", "2021-01-07 6:49:18", "2021-01-07T06:49:18Z",
      false },
    { "a fraction", "%Y-%m-%d %H:%M:%S", "2021-01-07 06:49:18.25", "2021-01-07T06:49:18.250Z",
      false },
    { "more digits than a microsecond has", "%Y-%m-%d %H:%M:%S", "2021-01-07 06:49:18.1234567",
      "2021-01-07T06:49:18.123456Z", false },
    { "a point without digits", "%Y-%m-%d %H:%M:%S", "2021-01-07 06:49:18.", NULL, false },
    { "month first", "%m/%d/%Y", "9/1/2017", "2017-09-01T00:00:00Z", false },
    { "day first", "%d-%m-%Y", "01-02-2018", "2018-02-01T00:00:00Z", false },
    { "no separators", "%Y%m%d", "20180201", "2018-02-01T00:00:00Z", false },
    { "a month that is none", "%m/%d/%Y", "13/1/2017", NULL, false },
    { "a day that does not exist", "%d-%m-%Y", "29-02-2018", NULL, false },
    { "a leap day", "%d-%m-%Y", "29-02-2020", "2020-02-29T00:00:00Z", false },
    { "something after", "%m/%d/%Y", "9/1/2017x", NULL, false },
    { "too little", "%m/%d/%Y", "9/1", NULL, false },
    { "a year of two digits, this century", "%d.%m.%y", "1.2.69", "2069-02-01T00:00:00Z", false },
    { "a year of two digits, the last", "%d.%m.%y", "1.2.70", "1970-02-01T00:00:00Z", false },
    { "a year before 1970", "%Y-%m-%d", "1969-12-31", "outside", false },
    { "a month's short name", "%d %b %Y", "3 sep 2020", "2020-09-03T00:00:00Z", false },
    { "a month's long name", "%B %d, %Y", "September 3, 2020", "2020-09-03T00:00:00Z", false },
    { "midnight of twelve hours", "%m/%d/%Y %I:%M %p", "1/2/2020 12:05 AM", "2020-01-02T00:05:00Z",
      false },
    { "afternoon of twelve hours", "%m/%d/%Y %I:%M %p", "1/2/2020 1:05 pm", "2020-01-02T13:05:00Z",
      false },
    { "an hour that is none of twelve", "%m/%d/%Y %I:%M %p", "1/2/2020 13:05 pm", NULL, false },
    { "an hour that is none", "%Y-%m-%d %H:%M", "2020-01-01 24:00", NULL, false },
    { "a second that is none", "%Y-%m-%d %H:%M:%S", "2020-01-01 00:00:60", NULL, false },
    { "an offset with its colon", "%Y-%m-%dT%H:%M:%S%z", "2020-01-01T00:30:00+01:00",
      "2019-12-31T23:30:00Z", true },
    { "an offset that leads before 1970", "%Y-%m-%dT%H:%M:%S%z", "1970-01-01T00:30:00+01:00",
      "outside", true },
    { "an offset without a colon", "%Y-%m-%dT%H:%M:%S%z", "2020-01-02T00:30:00+0100",
      "2020-01-01T23:30:00Z", true },
    { "an offset west", "%Y-%m-%d %H:%M%z", "2020-01-01 20:00-05", "2020-01-02T01:00:00Z", true },
    { "an offset that leads past 9999", "%Y-%m-%dT%H:%M:%S%z", "9999-12-31T23:59:59-00:01",
      "outside", true },
    { "the last instant", "%Y-%m-%dT%H:%M:%S%z", "9999-12-31T23:59:59.999999+00:00",
      "9999-12-31T23:59:59.999999Z", true },
    { "the last of a clock", "%Y-%m-%d %H:%M:%S", "9999-12-31 23:59:59", "9999-12-31T23:59:59Z",
      false },
    { "the first year", "%Y-%m-%d", "0001-01-01", "outside", false },
    { "the last millisecond since 1970", "epoch_ms", "253402300799999", "9999-12-31T23:59:59.999Z",
      true },
    { "one millisecond more", "epoch_ms", "253402300800000", NULL, true },
    { "as many digits as are read", "epoch_us", "999999999999999999", NULL, true },
    { "the word UTC", "%Y-%m-%d %H:%M:%S %z", "2023-11-11 08:18:16.519000 UTC",
      "2023-11-11T08:18:16.519Z", true },
    { "RFC 3339", "rfc3339", "2012-10-09T14:50:17+00:00", "2012-10-09T14:50:17Z", true },
    { "RFC 3339 without a zone", "rfc3339", "2012-10-09T14:50:17", NULL, true },
    { "seconds since 1970", "epoch_s", "1711904400", "2024-03-31T17:00:00Z", true },
    { "milliseconds since 1970", "epoch_ms", "1711904400001", "2024-03-31T17:00:00.001Z", true },
    { "microseconds since 1970", "epoch_us", "1711904400000001", "2024-03-31T17:00:00.000001Z",
      true },
    { "before 1970", "epoch_ms", "-1", NULL, true },
    { "after 9999", "epoch_s", "253402300800", NULL, true },
    { "more seconds than a number holds", "epoch_s", "99999999999999999999", NULL, true },
    { "no number", "epoch_s", "12e3", NULL, true },
    { "nothing", "epoch_s", "", NULL, true },
    { "a year that is none", "%Y-%m-%d", "0000-00-00", NULL, false },
    { "a blank for the T", "rfc3339", "2012-10-09 14:50:17Z", "2012-10-09T14:50:17Z", true },
    { "a blank before the offset", "rfc3339", "2012-10-09 14:50:17.5 +02:00",
      "2012-10-09T12:50:17.500Z", true },
    { "RFC 3339 but for the offset's colon", "rfc3339", "2012-10-09T14:50:17+0000",
      "2012-10-09T14:50:17Z", true },
    { "RFC 3339 but for the seconds", "rfc3339", "2012-10-09T14:50Z", "2012-10-09T14:50:00Z",
      true },
    { "digits of a second on their own", "%Y-%m-%d %H:%M:%S.%f", "2021-01-07 06:49:18.25",
      "2021-01-07T06:49:18.250Z", false },
    { "more of them than a microsecond has", "%Y-%m-%d %H:%M:%S:%f", "2021-01-07 06:49:18:1234567",
      "2021-01-07T06:49:18.123456Z", false },
    { "no digit of a second where there should be one", "%Y-%m-%d %H:%M:%S.%f",
      "2021-01-07 06:49:18.", NULL, false },
    { "a day of the week", "%a, %d %b %Y %H:%M:%S %z", "Fri, 4 Jul 2025 09:30:00 +0000",
      "2025-07-04T09:30:00Z", true },
    { "a day of the week, whole", "%A %d.%m.%Y", "sunday 29.11.2026", "2026-11-29T00:00:00Z",
      false },
    { "a day of the week that is another", "%a %d.%m.%Y", "Sat 29.11.2026", NULL, false },
    { "a spreadsheet's day", "excel_1900", "45658", "2025-01-01T00:00:00Z", false },
    { "a spreadsheet's time", "excel_1900", "45658.4097222222", "2025-01-01T09:50:00Z", false },
    { "a spreadsheet's time with a comma", "excel_1900", "45658,5", "2025-01-01T12:00:00Z", false },
    { "a spreadsheet's last moment of a day is the next", "excel_1900", "45658.9999999999",
      "2025-01-02T00:00:00Z", false },
    { "a day that the spreadsheet made up", "excel_1900", "60", NULL, false },
    { "a day before that", "excel_1900", "59", "outside", false },
    { "a spreadsheet's day since 1904", "excel_1904", "44196", "2025-01-01T00:00:00Z", false },
    { "a spreadsheet's last day", "excel_1900", "2958465", "9999-12-31T00:00:00Z", false },
    { "a day more", "excel_1900", "2958466", NULL, false },
    { "a spreadsheet's point without digits", "excel_1900", "45658.", NULL, false },
    { "no spreadsheet's day", "excel_1900", "2025-01-01", NULL, false },
};

static void read_row(void **state)
{
    const struct row *row = *state;
    char got[BC_INSTANT_LEN] = "refused";
    struct csv_format format;
    struct csv_moment moment;
    struct bc_err err = { 0 };

    check_ok(csv_format_init(&format, bc_str_of(row->format), &err), &err);
    if (csv_format_parse(&moment, &format, bc_str_of(row->text))) {
        assert_int_equal(moment.fixed, row->fixed);
        if (moment.us >= 0 && moment.us <= BC_INSTANT_MAX)
            bc_instant_print_short(got, moment.us);
        else
            strcpy(got, "outside");
    }
    assert_string_equal(got, row->want ? row->want : "refused");
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, read_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/csv/csv_time", tests, NULL, NULL);
}
