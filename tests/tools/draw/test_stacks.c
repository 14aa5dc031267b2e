/* tools/draw/stacks: golden drawings of few columns and of many; what is below 0 is not drawn. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/stacks.h"

#include <math.h>

static const struct bc_str notes[] = { BYTES("As of 2026-03-29. Rules R3"),
                                       BYTES("What is below 0 is not drawn.") };

static void draw(struct bc_buf *out, struct sheet_place place, const struct stacks_column *columns,
                 size_t n)
{
    stacks_draw(out,
                &(struct stacks){ .place = place,
                                  .title = BC_STR("Revenue by month in <USD>, slice all"),
                                  .sum = BC_STR("FMRR = CMRR + 0.8 renewal + 0.3 new"),
                                  .kind = AXIS_AMOUNT,
                                  .layers = { BC_STR("CMRR"), BC_STR("open renewals"),
                                              BC_STR("open new business"), BC_STR("open, other") },
                                  .mark = BC_STR("FMRR"),
                                  .columns = columns,
                                  .n = n,
                                  .notes = notes,
                                  .note_n = ARRAY_LEN(notes) });
}

static void check_at(const char *name, double width, const struct stacks_column *columns, size_t n)
{
    struct bc_buf out = { 0 };

    draw(&out, (struct sheet_place){ width, 0 }, columns, n);
    drawing_check(name, bc_buf_str(&out));
    bc_buf_release(&out);
}

static void check(const char *name, const struct stacks_column *columns, size_t n)
{
    check_at(name, 0, columns, n);
}

static void a_few_months(void **state)
{
    static const struct stacks_column columns[] = {
        { BYTES("2026-03"), { 10242.77, 66.97, 0, 0 }, 10296.346 },
        { BYTES("2026-04"), { 9828.6, 1363.87, 657.53, 400 }, 11116.955 },
        { BYTES("2026-05"), { 0, 2596.59, -679.45, 0 }, 1873.437 },
        { BYTES("2026-06"), { 0, 0, 0, 0 }, -12 },
    };

    (void)state;
    check("stacks", columns, ARRAY_LEN(columns));
    check_at("stacks-340", SHEET_NARROW, columns, ARRAY_LEN(columns));
}

static void three_years(void **state)
{
    struct stacks_column columns[36];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        columns[i] = (struct stacks_column){ BC_STR("2026-03"),
                                             { (double)(i * i), 0.25, 1e-6 * (double)i, 0 },
                                             (double)(i * i) + 0.2 };
    check("stacks-many", columns, ARRAY_LEN(columns));
    check_at("stacks-many-680", SHEET_MIDDLE, columns, ARRAY_LEN(columns));
}

static void nothing_at_all(void **state)
{
    static const struct stacks_column column = { .label = BYTES("2026-03") };

    (void)state;
    check("stacks-nothing", &column, 1);
}

/* Of no month, and of more than there are pixels, of which some are no figure. */
static void what_no_revenue_is_like_stays_a_drawing(void **state)
{
    enum { MANY = 100000 };
    const double odd[] = { NAN, INFINITY, -INFINITY, 1e300 };
    struct stacks_column *columns = bc_calloc(MANY, sizeof(*columns));

    (void)state;
    for (size_t i = 0; i < MANY; i++)
        columns[i] = (struct stacks_column){ BC_STR("<&>"),
                                             { odd[i % 4], odd[(i + 1) % 4], odd[(i + 2) % 4], 1 },
                                             odd[(i + 3) % 4] };
    for (size_t n = 0; n <= MANY; n = n ? n * 100 : 10) {
        struct bc_buf out = { 0 };

        draw(&out, (struct sheet_place){ SHEET_WIDE, 1 }, columns, n);
        drawing_check_form(bc_buf_str(&out));
        assert_in_range(out.len, 1, 600000);
        bc_buf_release(&out);
    }
    free(columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_months),
        cmocka_unit_test(three_years),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(what_no_revenue_is_like_stays_a_drawing),
    };

    return cmocka_run_group_tests_name("tools/draw/stacks", tests, NULL, NULL);
}
