/* tests/tools/ask/test_dates.c - the steps of a series: days and weeks go on, months keep the day
 * or take the month's last. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tools/ask/dates.h"
#include "tools/print/chart.h"

#include <string.h>

static const struct row {
    const char *name, *step, *from, *want; /* want: the first four dates; NULL: no step */
} rows[] = {
    { "a day", "1d", "2024-02-28", "2024-02-28 2024-02-29 2024-03-01 2024-03-02 " },
    { "two weeks", "2w", "2024-12-22", "2024-12-22 2025-01-05 2025-01-19 2025-02-02 " },
    { "a month keeps the day", "1m", "2025-01-15", "2025-01-15 2025-02-15 2025-03-15 2025-04-15 " },
    { "a month that is too short takes its last day, and the next keeps the first one's", "1m",
      "2025-01-31", "2025-01-31 2025-02-28 2025-03-31 2025-04-30 " },
    { "a quarter over the year's end", "3m", "2024-11-30",
      "2024-11-30 2025-02-28 2025-05-30 2025-08-30 " },
    { "a year from a leap day", "1y", "2024-02-29",
      "2024-02-29 2025-02-28 2026-02-28 2027-02-28 " },
    { "no number", "w", "2025-01-01", NULL },
    { "nothing", "", "2025-01-01", NULL },
    { "zero", "0d", "2025-01-01", NULL },
    { "a sign", "-1d", "2025-01-01", NULL },
    { "no unit", "7", "2025-01-01", NULL },
    { "another unit", "1h", "2025-01-01", NULL },
    { "more after it", "1d2", "2025-01-01", NULL },
    { "too many", "99999d", "2025-01-01", NULL },
    { "one too many", "10001y", "2025-01-01", NULL },
    { "beyond counting", "99999999999999999999d", "2025-01-01", NULL },
};

static void step_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    struct step step;
    int32_t from;

    if (!row->want) {
        assert_int_equal(step_parse(&step, row->step, &err), BC_E_USAGE);
        return;
    }
    check_ok(step_parse(&step, row->step, &err), &err);
    assert_true(bc_day_parse(&from, bc_str_of(row->from)));
    for (int64_t i = 0; i < 4; i++) {
        char day[BC_DAY_LEN];

        bc_day_print(day, step_day(&step, from, i));
        bc_buf_printf(&got, "%s ", day);
    }
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_buf_release(&got);
}

static void far_steps_are_past_every_date(void **state)
{
    static const struct step steps[] = {
        { .days = 1 }, { .days = 70000 }, { .months = 1 }, { .months = 120000 }
    };
    static const int64_t far[] = { BC_DAY_MAX + 1, INT32_MAX, INT64_C(1) << 40, INT64_MAX / 7,
                                   INT64_MAX };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        for (size_t j = 0; j < ARRAY_LEN(far); j++)
            assert_int_equal(step_day(&steps[i], 0, far[j]), BC_DAY_MAX + 1);
}

/* The same as walking there. */
static void dates_are_counted(void **state)
{
    static const struct step steps[] = {
        { .days = 1 }, { .days = 7 }, { .days = 10000 }, { .months = 1 }, { .months = 36 }
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        for (int32_t to = 29; to < 800; to += 7) {
            size_t n = 0;

            while (step_day(&steps[i], 29, (int64_t)n) <= to)
                n++;
            assert_int_equal(step_count(&steps[i], 29, to), n);
        }
    assert_int_equal(step_count(&steps[0], 0, BC_DAY_MAX), BC_DAY_MAX + 1);
}

static void check_chart(const struct chart_point *points, size_t n, size_t most, const char *want)
{
    struct chart chart = chart_begin(n, most);
    struct bc_buf got = { 0 };

    for (size_t i = 0; i < n; i++)
        chart_take(&chart, points[i]);
    chart_add(&got, &chart);
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, want);
    bc_buf_release(&got);
}

static void a_chart_goes_from_the_lowest_to_the_highest(void **state)
{
    const struct chart_point points[] = { { true, 3 }, { false, 0 }, { true, 10 }, { true, 6.5 } };
    const struct chart_point flat[] = { { true, 5 }, { true, 5 } };

    (void)state;
    check_chart(points, 4, 60, "▁ █▅");
    check_chart(points, 4, 2, "▁▅"); /* two points a block: the last that is there */
    check_chart(flat, 2, 60, "▁▁");
    check_chart(points, 0, 60, "");
    check_chart(points + 1, 1, 60, " ");
    for (size_t n = 1; n < 200; n++) {
        struct chart chart = chart_begin(n, CHART_MOST);

        for (size_t i = 0; i < n; i++)
            chart_take(&chart, (struct chart_point){ true, (double)i });
        assert_true(chart.first.value == 0 && chart.last.value == (double)n - 1);
        assert_in_range((n + chart.each - 1) / chart.each, 1, CHART_MOST);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] =
            (struct CMUnitTest){ rows[i].name, step_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    tests[ARRAY_LEN(rows)] = (struct CMUnitTest)cmocka_unit_test(far_steps_are_past_every_date);
    tests[ARRAY_LEN(rows) + 1] =
        (struct CMUnitTest)cmocka_unit_test(a_chart_goes_from_the_lowest_to_the_highest);
    tests[ARRAY_LEN(rows) + 2] = (struct CMUnitTest)cmocka_unit_test(dates_are_counted);
    return cmocka_run_group_tests_name("tools/ask/dates", tests, NULL, NULL);
}
