/* tools/draw/lines: golden drawings of lines that break, that rest on few, that leave the plot, of
 * two that end at one place, and of a metric with its marks at each width. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/lines.h"

#include <math.h>

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

enum { WEEKS = 104 };

/* Two years of a metric as its page has it. */
struct metric {
    int32_t days[WEEKS];
    struct lines_point one[WEEKS], other[WEEKS];
    struct lanes_mark marks[8];
};

static int32_t day_of(const char *text)
{
    int32_t day = 0;

    assert_true(bc_day_parse(&day, bc_str_of(text)));
    return day;
}

static void fill_metric(struct metric *metric)
{
    static const struct {
        enum lanes_kind kind;
        const char *day, *label;
    } marks[] = {
        { LANES_PIVOT, "2025-02-17", "" },         { LANES_REPORT_OTHER, "2025-06-30", "Q2" },
        { LANES_REPORT_SAME, "2025-09-30", "Q3" }, { LANES_REPORT_SAME, "2025-12-31", "Q4" },
        { LANES_RULES, "2026-01-22", "R1" },       { LANES_RULES, "2026-02-10", "R2" },
        { LANES_RULES, "2026-03-16", "R3 <b>" },   { LANES_RULES, "2027-03-16", "not there yet" },
    };

    for (size_t i = 0; i < WEEKS; i++) {
        const double value = i < 3 ? 1 : i < 40 ? 0.16 : 0.16 + 0.0045 * (double)(i - 40);

        metric->days[i] = day_of("2024-04-07") + 7 * (int32_t)i;
        metric->one[i] = (struct lines_point){ .there = i > 1,
                                               .value = value,
                                               .low = value * 0.6,
                                               .high = value * 1.3 > 1 ? 1 : value * 1.3,
                                               .n = i < 12 ? i : i * 2 / 3 };
        metric->other[i] = metric->one[i];
        metric->other[i].value = value * 0.9;
    }
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        metric->marks[i] =
            (struct lanes_mark){ marks[i].kind, day_of(marks[i].day), bc_str_of(marks[i].label) };
}

static void a_metric_with_marks_red_line_and_cursor_at_each_width(void **state)
{
    static const double widths[] = { SHEET_WIDE, SHEET_MIDDLE, SHEET_NARROW };
    static const char *const names[] = { "lines-1040", "lines-680", "lines-340" };
    struct metric metric;
    const struct lines_panel panel = { .kind = AXIS_RATE,
                                       .labels = { BC_STR("R3"), BC_STR("R4 draft") },
                                       .points = { metric.one, metric.other },
                                       .line_n = 2,
                                       .has_limit = true,
                                       .limit = 0.15,
                                       .marks = metric.marks,
                                       .mark_n = ARRAY_LEN(metric.marks) };
    struct bc_buf out = { 0 };

    (void)state;
    fill_metric(&metric);
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        out.len = 0;
        lines_draw(&out, &(struct lines){ .place = { widths[i], 0 },
                                          .title = BC_STR("Outreach to Discovery, weekly"),
                                          .days = metric.days,
                                          .day_n = WEEKS,
                                          .panels = &panel,
                                          .panel_n = 1,
                                          .has_cursor = true,
                                          .cursor = day_of("2025-07-01") });
        drawing_check(names[i], bc_buf_str(&out));
    }
    bc_buf_release(&out);
}

/* Within a page: an id of its own, no title as text, no colours. */
static void within_a_page_there_is_the_drawing_alone(void **state)
{
    struct metric metric;
    const struct lines_panel panel = { .kind = AXIS_RATE, .points = { metric.one }, .line_n = 1 };
    struct bc_buf out = { 0 };

    (void)state;
    fill_metric(&metric);
    lines_draw(&out, &(struct lines){ .place = { SHEET_NARROW, 7 },
                                      .title = BC_STR("Here"),
                                      .days = metric.days,
                                      .day_n = WEEKS,
                                      .panels = &panel,
                                      .panel_n = 1 });
    drawing_check_form(bc_buf_str(&out));
    bc_buf_add_byte(&out, '\0');
    assert_non_null(strstr(out.at, "width=\"340\""));
    assert_non_null(strstr(out.at, "<title id=\"t7\">Here</title>"));
    assert_null(strstr(out.at, "<style"));
    assert_null(strstr(out.at, ">Here</text>"));
    bc_buf_release(&out);
}

/* Every day of a century, of what is no figure; marks on each; and no date at all. */
static void no_more_is_drawn_than_can_be_seen(void **state)
{
    enum { MANY = 36500 };
    const double odd[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 0.5 };
    int32_t *days = bc_calloc(MANY, sizeof(*days));
    struct lines_point *points = bc_calloc(MANY, sizeof(*points));
    struct lanes_mark *marks = bc_calloc(MANY, sizeof(*marks));
    struct lines_panel panel = { .title = BC_STR("odd"),
                                 .labels = { BC_STR("<1>"), BC_STR("<2>") },
                                 .points = { points, points },
                                 .line_n = 2,
                                 .has_limit = true,
                                 .limit = NAN,
                                 .marks = marks,
                                 .mark_n = MANY };

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        days[i] = (int32_t)i;
        points[i] = (struct lines_point){ .there = i % 11 != 0,
                                          .value = odd[i % 6],
                                          .low = odd[i % 5],
                                          .high = odd[i % 4],
                                          .n = i % 3 ? i : UINT64_MAX };
        marks[i] = (struct lanes_mark){ (enum lanes_kind)(i % LANES_KIND_N), (int32_t)i,
                                        BC_STR("a label & its words") };
    }
    for (int kind = AXIS_COUNT; kind <= AXIS_AMOUNT; kind++)
        for (size_t n = 0; n <= MANY; n += MANY / 2) {
            struct bc_buf out = { 0 };

            panel.kind = (enum axis_kind)kind;
            lines_draw(&out, &(struct lines){ .place = { SHEET_WIDE, 1 },
                                              .title = BC_STR("Odd"),
                                              .days = days,
                                              .day_n = n,
                                              .panels = &panel,
                                              .panel_n = 1,
                                              .has_cursor = true,
                                              .cursor = INT32_MIN });
            drawing_check_form(bc_buf_str(&out));
            assert_in_range(out.len, 1, 2000000);
            bc_buf_release(&out);
        }
    free(days);
    free(points);
    free(marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_with_breaks_dots_and_an_end_of_two),
        cmocka_unit_test(one_date_and_nothing),
        cmocka_unit_test(a_metric_with_marks_red_line_and_cursor_at_each_width),
        cmocka_unit_test(within_a_page_there_is_the_drawing_alone),
        cmocka_unit_test(no_more_is_drawn_than_can_be_seen),
    };

    return cmocka_run_group_tests_name("tools/draw/lines", tests, NULL, NULL);
}
