/* tools/draw/cells: golden drawings for cells of a page, one below the other: runs with gaps, level
 * and of nothing; intervals at the ends of their scale; guards; days that are over, and that leave;
 * deals by their days; bars. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/bars.h"
#include "tools/draw/days.h"
#include "tools/draw/dots.h"
#include "tools/draw/guard.h"
#include "tools/draw/interval.h"
#include "tools/draw/spark.h"
#include "tools/draw/svg.h"

#include <math.h>

/* Each in a place of its own. */
struct page {
    struct bc_buf svg;
    size_t n;
};

static struct page page_begin(const char *title)
{
    struct page page = { 0 };

    svg_begin(&page.svg, &(struct svg_head){ .width = 320,
                                             .height = 260,
                                             .title = bc_str_of(title),
                                             .desc = BC_STR("One below the other") });
    return page;
}

static struct bc_buf *place(struct page *page)
{
    bc_buf_printf(&page->svg, "<g transform=\"translate(4 %zu)\">\n", 4 + 26 * page->n);
    return &page->svg;
}

static void placed(struct page *page)
{
    bc_buf_printf(&page->svg, "</g>\n");
    page->n++;
}

static void page_check(struct page *page, const char *name)
{
    svg_end(&page->svg);
    drawing_check(name, bc_buf_str(&page->svg));
    bc_buf_release(&page->svg);
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
    struct page page = page_begin("Runs");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (int columns = 0; columns < 2; columns++) {
            spark_draw(place(&page),
                       &(struct spark){ .title = BC_STR("a <b> & \"c\""),
                                        .desc = BC_STR("1, 2"),
                                        .columns = columns,
                                        .at = rows[i].at,
                                        .n = rows[i].n },
                       page.n);
            placed(&page);
        }
    page_check(&page, "cells-spark");
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
    struct page page = page_begin("Intervals");

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct interval interval = rows[i];

        interval.title = BC_STR("Rate");
        interval.desc = BC_STR("its numbers");
        interval.width = i % 2 ? 150 : 300;
        interval_draw(place(&page), &interval, page.n);
        placed(&page);
    }
    for (int wide = 0; wide < 2; wide++) { /* the narrow one has no room between */
        interval_labels_draw(place(&page),
                             &(struct interval_labels){ .width = wide ? 300 : 120,
                                                        .from = BC_STR("-100 pt"),
                                                        .to = BC_STR("+100 pt"),
                                                        .has_between = true,
                                                        .at = 0.5,
                                                        .between = BC_STR("no difference") });
        placed(&page);
    }
    page_check(&page, "cells-interval");
}

static void guards_and_days(void **state)
{
    static const struct {
        double days;
        enum days_state state;
    } ahead[] = {
        { -21, DAYS_OVER }, { -300, DAYS_OVER }, { 20, DAYS_SETTLED }, { 900, DAYS_OPEN }
    };
    struct page page = page_begin("Guards and days");

    (void)state;
    for (uint64_t n = 0; n < 3; n++) {
        guard_draw(place(&page),
                   &(struct guard){ .title = BC_STR("Way to the guard"),
                                    .desc = BC_STR("so many"),
                                    .width = 140,
                                    .n = 4 * n,
                                    .needs = 10 * n + 1 > GUARD_MOST ? GUARD_MOST : 10 * n + 1 },
                   page.n);
        placed(&page);
    }
    days_ahead_labels(place(&page), 260);
    placed(&page);
    for (size_t i = 0; i < ARRAY_LEN(ahead); i++) {
        days_ahead_draw(place(&page),
                        &(struct days_ahead){ .title = BC_STR("Contract end"),
                                              .desc = BC_STR("in days"),
                                              .width = 260,
                                              .days = ahead[i].days,
                                              .state = ahead[i].state },
                        page.n);
        placed(&page);
    }
    for (int i = 0; i < 2; i++) {
        days_lasted_draw(place(&page),
                         &(struct days_lasted){ .title = BC_STR("Days in the stage"),
                                                .desc = BC_STR("in days"),
                                                .days = i ? 400 : 46.4,
                                                .limit = i ? 200 : 30 },
                         page.n);
        placed(&page);
    }
    page_check(&page, "cells-days");
}

/* At both widths, with one that leaves, none, and what is no number of days. */
static void deals_by_their_days(void **state)
{
    static const struct dots_deal discovery[] = { { 116, DOTS_PARKED }, { 59, DOTS_STALLED },
                                                  { 48, DOTS_PARKED },  { 38, DOTS_STALLED },
                                                  { 27, DOTS_DEAL },    { 13, DOTS_DEAL },
                                                  { 2.4, DOTS_DEAL },   { 2.5, DOTS_DEAL },
                                                  { 300, DOTS_STALLED } };
    const struct dots_deal odd[] = { { NAN, DOTS_DEAL },
                                     { -INFINITY, DOTS_PARKED },
                                     { INFINITY, DOTS_STALLED } };
    const struct dots rows[] = {
        { .deals = discovery, .n = ARRAY_LEN(discovery), .has_limit = true, .limit = 30 },
        { .deals = discovery, .n = 1, .has_limit = true, .limit = 400 },
        { .deals = odd, .n = ARRAY_LEN(odd), .has_limit = true, .limit = NAN },
        { .deals = NULL },
    };
    struct page page = page_begin("Deals by their days");

    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        dots_labels_draw(place(&page), wide ? DOTS_WIDE : DOTS_NARROW);
        placed(&page);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            struct dots dots = rows[i];

            dots.title = BC_STR("Days of each <open> deal");
            dots.width = wide ? DOTS_WIDE : DOTS_NARROW;
            dots_draw(place(&page), &dots, page.n);
            placed(&page);
        }
    }
    page_check(&page, "cells-dots");
}

/* However many there are, one is drawn a pixel, and no more are named than can be listened to. */
static void a_hundred_thousand_deals_are_a_drawing(void **state)
{
    enum { MANY = 100000 };
    struct dots_deal *deals = bc_calloc(MANY, sizeof(*deals));
    struct bc_buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        deals[i] = (struct dots_deal){ (double)(i % 2000) / 10, (enum dots_state)(i % 3) };
    dots_draw(&out,
              &(struct dots){ .title = BC_STR("Many"), .width = 300, .deals = deals, .n = MANY },
              1);
    drawing_check_form(bc_buf_str(&out));
    assert_in_range(out.len, 1000, 120000);
    bc_buf_release(&out);
    free(deals);
}

static void bars(void **state)
{
    const double values[] = { 20.7, 64.7, 0, 0.01, -3, INFINITY, NAN };
    struct page page = page_begin("Bars");

    (void)state;
    assert_true(bars_scale(64.7) == 80);
    assert_true(bars_scale(0) == 1);
    assert_true(bars_scale(NAN) == 1);
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        bars_draw(place(&page),
                  &(struct bars_bar){ .title = BC_STR("Deal-days an exit"),
                                      .desc = BC_STR("on a scale to 80"),
                                      .width = BARS_WIDTH,
                                      .value = values[i],
                                      .most = bars_scale(64.7),
                                      .dark = i == 1 },
                  page.n);
        placed(&page);
    }
    page_check(&page, "cells-bars");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs),
        cmocka_unit_test(intervals),
        cmocka_unit_test(guards_and_days),
        cmocka_unit_test(deals_by_their_days),
        cmocka_unit_test(a_hundred_thousand_deals_are_a_drawing),
        cmocka_unit_test(bars),
    };

    return cmocka_run_group_tests_name("tools/draw/cells", tests, NULL, NULL);
}
