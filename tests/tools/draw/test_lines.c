/* tools/draw/lines: golden drawings of lines that break, that rest on few, that leave the plot, and
 * of two that end at one place. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/lines.h"

enum { DATES = 24 };

static const struct bc_str notes[] = { BYTES("Known: everything that was recorded. Rules R3") };

static void draw(struct bc_buf *out, const struct lines_panel *panels, size_t n, size_t dates)
{
    int32_t days[DATES], first;

    assert_true(bc_day_parse(&first, BC_STR("2025-01-05")));
    for (size_t i = 0; i < dates; i++)
        days[i] = first + 7 * (int32_t)i;
    lines_draw(out, &(struct lines){ .title = BC_STR("24 dates, 2025-01-05 to 2025-06-15"),
                                     .days = days,
                                     .day_n = dates,
                                     .panels = panels,
                                     .panel_n = n,
                                     .notes = notes,
                                     .note_n = ARRAY_LEN(notes) });
}

/* The first four rest on few, and the first of them leave the plot; later the line breaks twice,
 * and one point stands alone. */
static void fill_rates(struct lines_point *points)
{
    for (size_t i = 0; i < DATES; i++) {
        const double value = i < 2 ? 1 : 0.2 + 0.01 * (double)i;

        points[i] = (struct lines_point){ .there = i != 9 && i != 11,
                                          .value = value,
                                          .low = value / 2,
                                          .high = value < 0.6 ? value * 1.4 : 1,
                                          .n = i < 4 ? 1 + i : 6 + 2 * i };
    }
}

static void rates_with_breaks_dots_and_an_end_of_two(void **state)
{
    struct lines_point one[DATES], other[DATES], counts[DATES] = { 0 }, days[DATES];
    const struct lines_panel panels[] = {
        { .title = BC_STR("outreach_to_discovery, slice new"),
          .kind = AXIS_RATE,
          .labels = { BC_STR("R3"), BC_STR("R4 <draft>") },
          .points = { one, other },
          .line_n = 2 },
        { .title = BC_STR("sqd, slice new"),
          .kind = AXIS_COUNT,
          .points = { counts },
          .line_n = 1 },
        { .title = BC_STR("days_in_discovery, slice new"),
          .kind = AXIS_DAYS,
          .points = { days },
          .line_n = 1 },
    };
    struct bc_buf out = { 0 };

    (void)state;
    fill_rates(one);
    for (size_t i = 0; i < DATES; i++) {
        other[i] = one[i];
        other[i].value = one[i].value * (i < 12 ? 0.8 : 0.98);
        counts[i] = (struct lines_point){ .there = true, .value = (double)(i * 7 % 13), .n = i };
        days[i] = (struct lines_point){ .there = i > 5, .value = 3.5 * (double)i, .n = i };
    }
    draw(&out, panels, ARRAY_LEN(panels), DATES);
    drawing_check("lines", bc_buf_str(&out));
    bc_buf_release(&out);
}

static void one_date_and_nothing(void **state)
{
    const struct lines_point one = { .there = true, .value = 3, .n = 3 }, none = { 0 };
    const struct lines_panel panels[] = {
        { .title = BC_STR("sqd"), .kind = AXIS_COUNT, .points = { &one }, .line_n = 1 },
        { .title = BC_STR("a rate over nothing"),
          .kind = AXIS_RATE,
          .points = { &none },
          .line_n = 1 },
    };
    struct bc_buf out = { 0 };

    (void)state;
    draw(&out, panels, ARRAY_LEN(panels), 1);
    drawing_check("lines-one-date", bc_buf_str(&out));
    bc_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_with_breaks_dots_and_an_end_of_two),
        cmocka_unit_test(one_date_and_nothing),
    };

    return cmocka_run_group_tests_name("tools/draw/lines", tests, NULL, NULL);
}
