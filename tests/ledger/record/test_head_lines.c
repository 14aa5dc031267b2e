/* The lines that extend a head read back as they were written; whatever cannot be read is refused,
 * and lines of others are let be. */
#include "ledger/record/head_lines.h"
#include "tests/support/check.h"

#define ROOT  "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define DEALS "deals 190 " ROOT "\n"
#define AT    "signed 2026-03-31T18:02:11.000001Z\n"

static struct row {
    const char *name, *lines;
    bc_status want;
    bool deals, is_signed;
} rows[] = {
    { "no line", "", BC_OK, false, false },
    { "deals", DEALS, BC_OK, true, false },
    { "when it was signed", AT, BC_OK, false, true },
    { "both", DEALS AT, BC_OK, true, true },
    { "lines of others before, between and after", "a\n" DEALS "deals\ndealsx 1\n" AT "z\n", BC_OK,
      true, true },
    { "two lines of deals", DEALS DEALS, BC_E_INPUT, false, false },
    { "two instants", AT AT, BC_E_INPUT, false, false },
    { "deals without a root", "deals 190\n", BC_E_INPUT, false, false },
    { "deals without a number", "deals " ROOT "\n", BC_E_INPUT, false, false },
    { "a number with a zero before it", "deals 0190 " ROOT "\n", BC_E_INPUT, false, false },
    { "a number below zero", "deals -1 " ROOT "\n", BC_E_INPUT, false, false },
    { "a root that is cut", "deals 190 47DEQpj8HBSa\n", BC_E_INPUT, false, false },
    { "a word after the root", "deals 190 " ROOT " x\n", BC_E_INPUT, false, false },
    { "two blanks", "deals  190 " ROOT "\n", BC_E_INPUT, false, false },
    { "an instant in another form", "signed 2026-03-31T18:02:11Z\n", BC_E_INPUT, false, false },
    { "no instant", "signed today\n", BC_E_INPUT, false, false },
};

static void row(void **state)
{
    const struct row *row = *state;
    struct bc_head_lines lines = { .signed_us = 7 };
    struct bc_buf again = { 0 };
    struct bc_err err = { 0 };

    assert_int_equal(bc_head_lines_read(&lines, bc_str_of(row->lines), &err), row->want);
    if (row->want < 0) {
        assert_int_equal(lines.signed_us, 7); /* untouched */
        return;
    }
    assert_int_equal(lines.has_deals, row->deals);
    assert_int_equal(lines.has_signed, row->is_signed);
    bc_head_lines_add(&again, &lines);
    bc_buf_add_byte(&again, '\0');
    assert_string_equal(again.at, row->deals && row->is_signed ? DEALS AT
                                  : row->deals                 ? DEALS
                                  : row->is_signed             ? AT
                                                               : "");
    bc_buf_release(&again);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/record/head_lines", tests, NULL, NULL);
}
