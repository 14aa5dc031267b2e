/* tests/tools/import/csv/test_csv_number.c - a number is read as it is written, or not at all. */
#include "tests/support/check.h"
#include "tools/import/csv/csv_number.h"

static struct row {
    const char *name, *text, *comma, *point; /* NULL: no number with that decimal sign */
} rows[] = {
    { "digits", "1234", "1234", "1234" },
    { "German", "1.234,56", "1234.56", NULL },
    { "English", "1,234.56", NULL, "1234.56" },
    { "no thousands begin with 0", "0.123", NULL, "0.123" },
    { "nor do they with a comma", "-0,123", "-0.123", NULL },
    { "nor with one more", "00.001,5", NULL, NULL },
    { "French, with a blank, one that does not break, and a narrow one",
      "1 234\xC2\xA0"
      "567,8",
      "1234567.8", NULL },
    { "narrow blanks alone",
      "1\xE2\x80\xAF"
      "234,5",
      "1234.5", NULL },
    { "Swiss", "1'234.50", NULL, "1234.50" },
    { "Swiss, as it is printed",
      "1\xE2\x80\x99"
      "234,50",
      "1234.50", NULL },
    { "Indian", "12,34,567.5", NULL, "1234567.5" },
    { "thousands by one, a fraction by the other", "1,234", "1.234", "1234" },
    { "no fraction that could be thousands", "1,23", "1.23", NULL },
    { "groups that are none", "1.23.456", NULL, NULL },
    { "a first group of four", "1234.567,8", NULL, NULL },
    { "groups by two signs", "1.234 567,8", NULL, NULL },
    { "a currency before it", "\xE2\x82\xAC 1.234,56", "1234.56", NULL },
    { "a currency after it", "1.234,56\xC2\xA0\xE2\x82\xAC", "1234.56", NULL },
    { "a currency by its letters", "CHF 12.5", NULL, "12.5" },
    { "letters after it", "12,5 EUR", "12.5", NULL },
    { "two currencies", "$ 12 EUR", NULL, NULL },
    { "less than nothing", "-1.234,5", "-1234.5", NULL },
    { "the sign of print",
      "\xE2\x88\x92"
      "12,5",
      "-12.5", NULL },
    { "the sign after the currency", "$-12.5", NULL, "-12.5" },
    { "a plus is left out", "+12", "12", "12" },
    { "full-width digits", "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x8C\xEF\xBC\x95", "12.5", NULL },
    { "blanks around it", "  12,5\t", "12.5", NULL },
    { "nothing", "", NULL, NULL },
    { "a point alone", ",", NULL, NULL },
    { "a point at the end", "12,", NULL, NULL },
    { "words", "about 12", NULL, NULL },
    { "a date", "1.2.2025", NULL, NULL },
    { "percent", "12 %", NULL, NULL },
    { "an exponent", "1,2E+5", NULL, NULL },
    { "as long as can be", "12345678901234567890123456789012345678901234567890123456789012,5", NULL,
      NULL },
    { "longer than any number",
      "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901"
      "234567890123456789012345678901234567890",
      NULL, NULL },
};

static void number_row(void **state)
{
    const struct row *row = *state;

    for (int i = 0; i < 2; i++) {
        const char *want = i ? row->point : row->comma;
        char out[CSV_NUMBER_LEN];

        assert_int_equal(csv_number_parse(out, bc_str_of(row->text), i ? '.' : ','), want != NULL);
        if (want)
            assert_string_equal(out, want);
    }
}

static void plain_numbers_have_nothing_but_digits_a_sign_and_a_point(void **state)
{
    static const char *const plain[] = { "0", "12", "12.5", "-12.5", "+1" };
    static const char *const others[] = { "", "1,5", "1 234", "$1", "1.", "-", "1e5", "1-2" };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        assert_true(csv_number_is_plain(bc_str_of(plain[i])));
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_false(csv_number_is_plain(bc_str_of(others[i])));
}

static void what_may_be_either_is_seen(void **state)
{
    static const char *const either[] = { "12.500", "1,234", "-1.000", "999.999 EUR" };
    static const char *const others[] = { "",      "12",      "12.5",      "1234.500",
                                          "0.125", "1.234,5", "1.234.567", "x" };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(either); i++)
        assert_true(csv_number_is_either(bc_str_of(either[i])));
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_false(csv_number_is_either(bc_str_of(others[i])));
}

static void exponents_are_seen_however_they_are_written(void **state)
{
    static const char *const ids[] = {
        "1.23457E+12",
        "1,23e+11",
        "-1.2e+10",
        "+1E+2",
        "1.23 E+12",
        "1.23E +12",
        "1.23\xC2\xA0"
        "E+12",
        ".5E+3",
        "\xEF\xBC\x91"
        "E+5",
        "\xEF\xBC\x91\xEF\xBC\x8E\xEF\xBC\x92\xEF\xBC\xA5\xEF\xBC\x8B\xEF"
        "\xBC\x91\xEF\xBC\x92"
    };
    static const char *const numbers[] = { "1.2E5", "1E-7", "12e3" };
    static const char *const none[] = { "",     "E+5",    "1E+",  "12E5x", "1E+5-2",
                                        "AE+5", "1x E+5", "deal", "1+E5" };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        assert_true(csv_number_is_exponent(bc_str_of(ids[i]), false));
        assert_true(csv_number_is_exponent(bc_str_of(ids[i]), true));
    }
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        assert_false(csv_number_is_exponent(bc_str_of(numbers[i]), false));
        assert_true(csv_number_is_exponent(bc_str_of(numbers[i]), true));
    }
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        assert_false(csv_number_is_exponent(bc_str_of(none[i]), true));
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(plain_numbers_have_nothing_but_digits_a_sign_and_a_point),
        cmocka_unit_test(what_may_be_either_is_seen),
        cmocka_unit_test(exponents_are_seen_however_they_are_written),
    };
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, number_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/csv/number", tests, NULL, NULL) +
           cmocka_run_group_tests_name("tools/import/csv/number, others", others, NULL, NULL);
}
