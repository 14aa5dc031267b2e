/* tools/draw/scale, tools/draw/axis: round numbers that hold what is drawn, and dates that do not
 * stand on each other. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tools/draw/axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_near(double got, double want, double within)
{
    if (fabs(got - want) > within)
        fail_msg("%g, wanted %g", got, want);
}

static void steps_are_round_and_hold_the_most(void **state)
{
    static const struct {
        double most, least, step, top;
    } rows[] = {
        { 0, 1, 1, 1 },
        { 1, 1, 1, 1 },
        { 5, 1, 1, 5 },
        { 6, 1, 2, 6 },
        { 14, 1, 5, 15 },
        { 51, 1, 20, 60 },
        { 99.5, 1, 20, 100 },
        { 100, 1, 20, 100 },
        { 101, 1, 50, 150 },
        { 1e9, 1, 2e8, 1e9 },
        { 0.3, 0.05, 0.1, 0.3 },
        { 7, 0.2, 2, 8 },
        { 12345, 1, 5000, 15000 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const double step = scale_step(rows[i].most, rows[i].least);

        check_near(step, rows[i].step, 1e-9 * rows[i].step);
        check_near(scale_top(rows[i].most, step), rows[i].top, 1e-9 * rows[i].top);
    }
}

static void rates_end_at_whole_fifths(void **state)
{
    static const double rows[][2] = { { 0, 0.2 },    { 0.2, 0.2 },   { 0.21, 0.4 }, { 0.4, 0.4 },
                                      { 0.41, 0.6 }, { 0.566, 0.6 }, { 0.61, 0.8 }, { 1, 1 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double step;
        const struct scale scale = axis_scale(AXIS_RATE, rows[i][0], 100, 0, &step);

        check_near(scale.high, rows[i][1], 1e-9);
        check_near(scale_at(&scale, scale.high), 0, 1e-9);
        check_near(scale_at(&scale, 0), 100, 1e-9);
    }
}

/* The texts of what was drawn, with a blank between them. */
static void take_texts(struct bc_buf *out, const char *svg)
{
    for (const char *at = svg; (at = strstr(at, "<text")); at++) {
        const char *begin = strchr(at, '>') + 1;

        if (out->len)
            bc_buf_add_byte(out, ' ');
        bc_buf_add(out, begin, (size_t)(strchr(begin, '<') - begin));
    }
    bc_buf_add_byte(out, '\0');
}

static int32_t day(const char *text)
{
    int32_t out = 0;

    assert_true(bc_day_parse(&out, bc_str_of(text)));
    return out;
}

static void dates_are_quarters_or_what_there_is_room_for(void **state)
{
    static const struct {
        const char *from, *to, *want;
        double width;
    } rows[] = {
        { "2024-04-07", "2026-03-29", "Jul 2024 Oct 2025 Apr Jul Oct 2026", 644 },
        { "2024-04-07", "2026-03-29", "Jul 2024 2025 Jul 2026", 300 },
        { "2024-04-01", "2024-09-30", "Apr 2024 May Jun Jul Aug Sep", 644 },
        { "2016-03-29", "2026-03-24", "2017 2018 2019 2020 2021 2022 2023 2024 2025 2026", 644 },
        { "1990-01-01", "2026-03-24", "1990 1995 2000 2005 2010 2015 2020 2025", 644 },
        { "2026-03-01", "2026-03-29",
          "2026-03-01 2026-03-06 2026-03-11 2026-03-16 2026-03-21 "
          "2026-03-26",
          644 },
        { "2026-03-29", "2026-03-29", "2026-03-29", 644 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct scale scale = { day(rows[i].from), day(rows[i].to), 0, rows[i].width };
        struct bc_buf svg = { 0 }, texts = { 0 };

        axis_dates(&svg, &scale, 0);
        bc_buf_add_byte(&svg, '\0');
        take_texts(&texts, svg.at);
        assert_string_equal(texts.at, rows[i].want);
        bc_buf_release(&svg);
        bc_buf_release(&texts);
    }
}

static void values_stand_on_the_left(void **state)
{
    struct bc_buf svg = { 0 }, texts = { 0 };
    double step;
    const struct scale scale = axis_scale(AXIS_DAYS, 49.5, 100, 0, &step);

    (void)state;
    axis_values(&svg, &scale, step, AXIS_DAYS, 50, 100);
    bc_buf_add_byte(&svg, '\0');
    take_texts(&texts, svg.at);
    assert_string_equal(texts.at, "0\xc2\xa0"
                                  "d 10\xc2\xa0"
                                  "d 20\xc2\xa0"
                                  "d 30\xc2\xa0"
                                  "d 40\xc2\xa0"
                                  "d 50\xc2\xa0"
                                  "d");
    bc_buf_release(&svg);
    bc_buf_release(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_round_and_hold_the_most),
        cmocka_unit_test(rates_end_at_whole_fifths),
        cmocka_unit_test(dates_are_quarters_or_what_there_is_room_for),
        cmocka_unit_test(values_stand_on_the_left),
    };

    return cmocka_run_group_tests_name("tools/draw/axis", tests, NULL, NULL);
}
