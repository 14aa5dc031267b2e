/* tools/cli/times: what clocks show at an instant, for people; and never two instants as one. */
#include "tests/support/check.h"
#include "tools/cli/times.h"

static struct row {
    const char *name, *zone, *at; /* zone NULL: none */
    const char *people, *exact, *brief;
} rows[] = {
    { "without a zone", NULL, "2025-03-31T09:30:00.25Z", "2025-03-31 09:30:00",
      "2025-03-31T09:30:00.250000Z", "2025-03-31T09:30:00.250Z" },
    { "in UTC", "UTC", "2025-03-31T23:59:59.999999Z", "2025-03-31 23:59:59",
      "2025-03-31T23:59:59.999999Z", "2025-03-31T23:59:59.999999Z" },
    { "in summer, on the next day", "Europe/Berlin", "2025-03-31T22:30:00Z", "2025-04-01 00:30:00",
      "2025-04-01T00:30:00.000000+02:00", "2025-04-01T00:30:00+02:00" },
    { "in winter", "Europe/Berlin", "2025-01-31T09:30:00Z", "2025-01-31 10:30:00",
      "2025-01-31T10:30:00.000000+01:00", "2025-01-31T10:30:00+01:00" },
    { "west of UTC, on the day before", "America/New_York", "2025-03-31T02:30:00Z",
      "2025-03-30 22:30:00", "2025-03-30T22:30:00.000000-04:00", "2025-03-30T22:30:00-04:00" },
    { "by half an hour", "America/St_Johns", "2025-01-31T02:00:00Z", "2025-01-30 22:30:00",
      "2025-01-30T22:30:00.000000-03:30", "2025-01-30T22:30:00-03:30" },
    { "shown twice, the first", "Europe/Berlin", "2025-10-26T00:30:00Z",
      "2025-10-26 02:30:00+02:00", "2025-10-26T02:30:00.000000+02:00",
      "2025-10-26T02:30:00+02:00" },
    { "shown twice, the second", "Europe/Berlin", "2025-10-26T01:30:00Z",
      "2025-10-26 02:30:00+01:00", "2025-10-26T02:30:00.000000+01:00",
      "2025-10-26T02:30:00+01:00" },
    { "the last before those", "Europe/Berlin", "2025-10-25T23:59:59Z", "2025-10-26 01:59:59",
      "2025-10-26T01:59:59.000000+02:00", "2025-10-26T01:59:59+02:00" },
    { "the first after those", "Europe/Berlin", "2025-10-26T02:00:00Z", "2025-10-26 03:00:00",
      "2025-10-26T03:00:00.000000+01:00", "2025-10-26T03:00:00+01:00" },
    { "shown twice, once as in UTC", "Europe/London", "2025-10-26T01:30:00Z",
      "2025-10-26 01:30:00Z", "2025-10-26T01:30:00.000000Z", "2025-10-26T01:30:00Z" },
    { "shown twice, before that", "Europe/London", "2025-10-26T00:30:00Z",
      "2025-10-26 01:30:00+01:00", "2025-10-26T01:30:00.000000+01:00",
      "2025-10-26T01:30:00+01:00" },
    { "after an hour that was skipped", "Europe/Berlin", "2025-03-30T01:00:00Z",
      "2025-03-30 03:00:00", "2025-03-30T03:00:00.000000+02:00", "2025-03-30T03:00:00+02:00" },
    { "the first instant, where clocks show 1969", "America/New_York", "1970-01-01T00:00:00Z",
      "1970-01-01 00:00:00Z", "1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00Z" },
    { "the last one, where clocks show the year 10000", "Europe/Berlin", "9999-12-31T23:30:00Z",
      "9999-12-31 23:30:00Z", "9999-12-31T23:30:00.000000Z", "9999-12-31T23:30:00Z" },
    { "an offset with seconds", "Africa/Monrovia", "1971-06-01T12:00:00Z", "1971-06-01 12:00:00Z",
      "1971-06-01T12:00:00.000000Z", "1971-06-01T12:00:00Z" },
};

static void shown(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    struct times times = { 0 };
    bc_zone *zone = NULL;
    char text[TIMES_LEN];
    int64_t us, again;

    check_ok(bc_instant_parse(&us, bc_str_of(row->at), &err), &err);
    if (row->zone)
        check_ok(bc_zone_open(&zone, bc_str_of(row->zone), &err), &err);
    times.zone = zone;
    times_print(text, &times, us);
    assert_string_equal(text, row->people);
    times_print_short(text, &times, us);
    assert_string_equal(text, row->brief);
    times_print_exact(text, row->zone ? &times : NULL, us);
    assert_string_equal(text, row->exact);
    check_ok(bc_instant_parse(&again, bc_str_of(text), &err), &err);
    assert_true(again == us);
    assert_string_equal(times_zone_name(&times), row->zone ? row->zone : "UTC");
    bc_zone_free(zone);
}

static void the_reader_has_a_zone_of_their_own(void **state)
{
    struct times times = { 0 };
    bc_zone *rules, *own;
    char text[TIMES_LEN];
    struct bc_err err;

    (void)state;
    check_ok(bc_zone_open(&rules, BC_STR("Europe/Berlin"), &err), &err);
    check_ok(bc_zone_open(&own, BC_STR("Asia/Tokyo"), &err), &err);
    times.own = own;
    times_print(text, &times, 0);
    assert_string_equal(text, "1970-01-01 09:00:00");
    times.zone = rules;
    times_print_exact(text, &times, 0);
    assert_string_equal(text, "1970-01-01T09:00:00.000000+09:00");
    assert_string_equal(times_zone_name(&times), "Asia/Tokyo");
    bc_zone_free(rules);
    bc_zone_free(own);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(the_reader_has_a_zone_of_their_own),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].name, shown, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cli/times", tests, NULL, NULL);
}
