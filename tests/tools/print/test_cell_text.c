/* tools/print/cell_text: figures for people, and by how much they changed. */
#include "tests/support/check.h"
#include "tools/print/cell_text.h"

static struct figure_row {
    const char *name;
    enum cell_kind kind;
    double value;
    const char *figure, *change;
} rows[] = {
    { "a whole number", CELL_NUMBER, 14, "14", "+14" },
    { "one below zero", CELL_NUMBER, -14, "-14", "-14" },
    { "one that rounds to zero", CELL_NUMBER, -0.5, "0", "+0" },
    { "a tenth", CELL_TENTHS, 3.14, "3.1", "+3.1" },
    { "a tenth below zero", CELL_TENTHS, -0.06, "-0.1", "-0.1" },
    { "less than a tenth below zero", CELL_TENTHS, -0.04, "0.0", "+0.0" },
    { "days", CELL_DAYS, 81.46, "81.5 d", "+81.5 d" },
    { "days before", CELL_DAYS, -0.1, "-0.1 d", "-0.1 d" },
    { "minutes before", CELL_DAYS, -0.0168, "0.0 d", "+0.0 d" },
    { "zero with a sign", CELL_DAYS, -0.0, "0.0 d", "+0.0 d" },
    { "a rate", CELL_RATE, 0.31, "31.0 %", "+31.0 points" },
    { "a rate that fell", CELL_RATE, -0.31, "-31.0 %", "-31.0 points" },
    { "a rate that hardly fell", CELL_RATE, -0.0004, "0.0 %", "+0.0 points" },
    { "a difference of rates", CELL_POINTS, 0.372, "+37.2 pt", "+37.2 pt" },
    { "one below zero", CELL_POINTS, -0.372, "-37.2 pt", "-37.2 pt" },
    { "none", CELL_POINTS, 0, "+0.0 pt", "+0.0 pt" },
    { "hardly one", CELL_POINTS, -0.0004, "+0.0 pt", "+0.0 pt" },
};

static void figure_test(void **state)
{
    const struct figure_row *row = *state;
    struct bc_buf text = { 0 };

    cell_text_figure(&text, row->kind, row->value);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, row->figure);
    text.len = 0;
    cell_text_change(&text, row->kind, row->value);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, row->change);
    bc_buf_release(&text);
}

static void there_is_none(void **state)
{
    struct bc_buf text = { 0 };

    (void)state;
    cell_text_figure(&text, CELL_NULL, -1);
    assert_true(bc_str_eq(bc_buf_str(&text), BC_STR(CELL_TEXT_NULL)));
    bc_buf_release(&text);
}

int main(void)
{
    struct CMUnitTest tests[1 + ARRAY_LEN(rows)] = { cmocka_unit_test(there_is_none) };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].name, figure_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/print/cell_text", tests, NULL, NULL);
}
