/* tests/ledger/base/test_decimal.c - which texts are numbers, and which. */
#include "ledger/base/number.h"
#include "tests/support/check.h"

static void forms(void **state)
{
    static const struct {
        const char *text;
        bool good;
        double number;
    } rows[] = {
        { "0", true, 0 },      { "30", true, 30 },     { "0.15", true, 0.15 },
        { ".5", true, 0.5 },   { "5.", true, 5 },      { "-2.5", true, -2.5 },
        { "1e3", true, 1000 }, { "2E-2", true, 0.02 }, { "1e+2", true, 100 },
        { "", false, 0 },      { "-", false, 0 },      { ".", false, 0 },
        { "+1", false, 0 },    { "15%", false, 0 },    { "1e", false, 0 },
        { "1e+", false, 0 },   { "e3", false, 0 },     { "1.2.3", false, 0 },
        { " 1", false, 0 },    { "1 ", false, 0 },     { "inf", false, 0 },
        { "nan", false, 0 },   { "0x10", false, 0 },   { "1,5", false, 0 },
        { "1e999", false, 0 }, { "--1", false, 0 },    { "1e3.5", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double number = 7;

        if (bc_number_parse(&number, bc_str_of(rows[i].text)) != rows[i].good ||
            number != (rows[i].good ? rows[i].number : 7))
            fail_msg("\"%s\": %g", rows[i].text, number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(forms) };

    return cmocka_run_group_tests_name("ledger/base/number", tests, NULL, NULL);
}
