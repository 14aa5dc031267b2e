/* tools/draw/stacks: golden drawings of few columns and of many; what is below 0 is not drawn. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/stacks.h"

static const struct bc_str notes[] = { BYTES("As of 2026-03-29. Rules R3"),
                                       BYTES("What is below 0 is not drawn.") };

static void check(const char *name, const struct stacks_column *columns, size_t n)
{
    struct bc_buf out = { 0 };

    stacks_draw(&out,
                &(struct stacks){ .title = BC_STR("Revenue by month in <USD>, slice all"),
                                  .sum = BC_STR("FMRR = CMRR + 0.8 renewal + 0.3 new"),
                                  .kind = AXIS_AMOUNT,
                                  .layers = { BC_STR("CMRR"), BC_STR("open renewals"),
                                              BC_STR("open new business"), BC_STR("open, other") },
                                  .mark = BC_STR("FMRR"),
                                  .columns = columns,
                                  .n = n,
                                  .notes = notes,
                                  .note_n = ARRAY_LEN(notes) });
    drawing_check(name, bc_buf_str(&out));
    bc_buf_release(&out);
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
}

static void nothing_at_all(void **state)
{
    static const struct stacks_column column = { .label = BYTES("2026-03") };

    (void)state;
    check("stacks-nothing", &column, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_months),
        cmocka_unit_test(three_years),
        cmocka_unit_test(nothing_at_all),
    };

    return cmocka_run_group_tests_name("tools/draw/stacks", tests, NULL, NULL);
}
