/* tools/draw/cells: golden drawings for cells of a page, one below the other: runs with gaps, level
 * and of nothing; intervals at the ends of their scale; guards; days that are over, and that leave.
 */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/days.h"
#include "tools/draw/guard.h"
#include "tools/draw/interval.h"
#include "tools/draw/spark.h"
#include "tools/draw/svg.h"

/* Each in a place of its own. */
struct sheet {
    struct bc_buf svg;
    size_t n;
};

static struct sheet sheet_begin(const char *title)
{
    struct sheet sheet = { 0 };

    svg_begin(&sheet.svg, &(struct svg_head){ .width = 320,
                                              .height = 260,
                                              .title = bc_str_of(title),
                                              .desc = BC_STR("One below the other") });
    return sheet;
}

static struct bc_buf *place(struct sheet *sheet)
{
    bc_buf_printf(&sheet->svg, "<g transform=\"translate(4 %zu)\">\n", 4 + 26 * sheet->n);
    return &sheet->svg;
}

static void placed(struct sheet *sheet)
{
    bc_buf_printf(&sheet->svg, "</g>\n");
    sheet->n++;
}

static void sheet_check(struct sheet *sheet, const char *name)
{
    svg_end(&sheet->svg);
    drawing_check(name, bc_buf_str(&sheet->svg));
    bc_buf_release(&sheet->svg);
}

static void runs(void **state)
{
    static const struct spark_point rising[] = { { true, 1 }, { true, 2 }, { true, 4 } };
    static const struct spark_point gaps[] = { { false, 0 }, { true, 0.2 }, { true, 0.4 },
                                               { false, 0 }, { true, 0.3 }, { true, -0.1 } };
    static const struct spark_point level[] = { { true, 7 }, { true, 7 }, { false, 0 } };
    static const struct spark_point zero[] = { { true, 0 }, { true, 0 } };
    const struct {
        const struct spark_point *at;
        size_t n;
    } rows[] = { { rising, 3 }, { gaps, 6 }, { level, 3 }, { zero, 2 }, { zero, 1 } };
    struct sheet sheet = sheet_begin("Runs");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (int columns = 0; columns < 2; columns++) {
            spark_draw(place(&sheet),
                       &(struct spark){ .title = BC_STR("a <b> & \"c\""),
                                        .desc = BC_STR("1, 2"),
                                        .columns = columns,
                                        .at = rows[i].at,
                                        .n = rows[i].n },
                       sheet.n);
            placed(&sheet);
        }
    sheet_check(&sheet, "cells-spark");
}

static void intervals(void **state)
{
    const struct interval rows[] = {
        { .to = 1, .value = 0.45, .has_ends = true, .low = 0.34, .high = 0.57 },
        { .to = 1,
          .value = 0,
          .has_ends = true,
          .low = 0,
          .high = 0.28,
          .has_limit = true,
          .limit = 0.15 },
        { .to = 1,
          .value = 1.5,
          .has_ends = true,
          .low = -0.5,
          .high = 2,
          .has_limit = true,
          .limit = 0.25,
          .has_worst = true,
          .worst = 0.24 },
        { .to = 1,
          .value = 0.92,
          .has_ends = true,
          .low = 0.67,
          .high = 0.99,
          .mark = INTERVAL_SQUARE,
          .n = 13,
          .has_limit = true,
          .is_target = true,
          .limit = 0.55 },
        { .to = 1,
          .value = 0.5,
          .has_ends = true,
          .low = 0.1,
          .high = 0.9,
          .mark = INTERVAL_SQUARE,
          .n = 1000000 },
        { .from = -1,
          .to = 1,
          .value = 0.08,
          .has_ends = true,
          .low = -0.42,
          .high = 0.33,
          .mark = INTERVAL_DIAMOND },
        { .to = 1, .value = 0.44 },
    };
    struct sheet sheet = sheet_begin("Intervals");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct interval interval = rows[i];

        interval.title = BC_STR("Rate");
        interval.desc = BC_STR("its numbers");
        interval.width = i % 2 ? 150 : 300;
        interval_draw(place(&sheet), &interval, sheet.n);
        placed(&sheet);
    }
    for (int wide = 0; wide < 2; wide++) { /* the narrow one has no room between */
        interval_labels_draw(place(&sheet),
                             &(struct interval_labels){ .width = wide ? 300 : 120,
                                                        .from = BC_STR("-100 pt"),
                                                        .to = BC_STR("+100 pt"),
                                                        .has_between = true,
                                                        .at = 0.5,
                                                        .between = BC_STR("no difference") });
        placed(&sheet);
    }
    sheet_check(&sheet, "cells-interval");
}

static void guards_and_days(void **state)
{
    static const struct {
        double days;
        enum days_state state;
    } ahead[] = {
        { -21, DAYS_OVER }, { -300, DAYS_OVER }, { 20, DAYS_SETTLED }, { 900, DAYS_OPEN }
    };
    struct sheet sheet = sheet_begin("Guards and days");

    (void)state;
    for (uint64_t n = 0; n < 3; n++) {
        guard_draw(place(&sheet),
                   &(struct guard){ .title = BC_STR("Way to the guard"),
                                    .desc = BC_STR("so many"),
                                    .width = 140,
                                    .n = 4 * n,
                                    .needs = 10 * n + 1 > GUARD_MOST ? GUARD_MOST : 10 * n + 1 },
                   sheet.n);
        placed(&sheet);
    }
    days_ahead_labels(place(&sheet), 260);
    placed(&sheet);
    for (size_t i = 0; i < ARRAY_LEN(ahead); i++) {
        days_ahead_draw(place(&sheet),
                        &(struct days_ahead){ .title = BC_STR("Contract end"),
                                              .desc = BC_STR("in days"),
                                              .width = 260,
                                              .days = ahead[i].days,
                                              .state = ahead[i].state },
                        sheet.n);
        placed(&sheet);
    }
    for (int i = 0; i < 2; i++) {
        days_lasted_draw(place(&sheet),
                         &(struct days_lasted){ .title = BC_STR("Days in the stage"),
                                                .desc = BC_STR("in days"),
                                                .days = i ? 400 : 46.4,
                                                .limit = i ? 200 : 30 },
                         sheet.n);
        placed(&sheet);
    }
    sheet_check(&sheet, "cells-days");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs),
        cmocka_unit_test(intervals),
        cmocka_unit_test(guards_and_days),
    };

    return cmocka_run_group_tests_name("tools/draw/cells", tests, NULL, NULL);
}
