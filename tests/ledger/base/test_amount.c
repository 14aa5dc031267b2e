/* tests/ledger/base/test_amount.c - decimal numbers: their form, rounding, printing, division. */
#include "ledger/base/amount.h"
#include "tests/support/check.h"

static void forms_and_rounding(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t millionths;
        const char *printed;
    } rows[] = {
        { "0", true, 0, "0" },
        { "-0", true, 0, "0" },
        { "1200.50", true, 1200500000, "1200.5" },
        { "-12.000001", true, -12000001, "-12.000001" },
        { "999999999999.999999", true, INT64_C(999999999999999999), "999999999999.999999" },
        { "000000000001", true, 1000000, "1" },
        { "0.0000005", true, 0, "0" }, /* half to even */
        { "0.0000015", true, 2, "0.000002" },
        { "0.0000025", true, 2, "0.000002" },
        { "0.00000250000000000000000001", true, 3, "0.000003" },
        { "0.0000024999", true, 2, "0.000002" },
        { "0.0000026", true, 3, "0.000003" },
        { "-0.0000015", true, -2, "-0.000002" },
        { "0.9999995", true, 1000000, "1" },
        { "", false, 0, NULL },
        { "-", false, 0, NULL },
        { "1.", false, 0, NULL },
        { ".5", false, 0, NULL },
        { "+1", false, 0, NULL },
        { "1e3", false, 0, NULL },
        { "1,5", false, 0, NULL },
        { "1 000", false, 0, NULL },
        { "1.5.2", false, 0, NULL },
        { "1.5x", false, 0, NULL },
        { " 1", false, 0, NULL },
        { "1234567890123", false, 0, NULL },
        { "$5", false, 0, NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char printed[BC_AMOUNT_LEN];
        int64_t got = 77;

        if (bc_amount_parse(&got, bc_str_of(rows[i].text)) != rows[i].good)
            fail_msg("\"%s\"", rows[i].text);
        if (!rows[i].good) {
            assert_int_equal(got, 77);
            continue;
        }
        assert_int_equal(got, rows[i].millionths);
        bc_amount_print(printed, got);
        assert_string_equal(printed, rows[i].printed);
    }
}

static void division_rounds_half_to_even(void **state)
{
    static const struct {
        int64_t number;
        uint64_t by;
        int64_t want;
    } rows[] = { { 5, 2, 2 },  { 7, 2, 4 },  { -5, 2, -2 }, { -7, 2, -4 },
                 { 10, 4, 2 }, { 14, 4, 4 }, { 10, 3, 3 },  { 11, 3, 4 },
                 { 0, 9, 0 },  { 1, 2, 0 },  { 3, 2, 2 },   { INT64_MAX, 1, INT64_MAX },
                 { 9, 10, 1 }, { 6, 10, 1 }, { 4, 10, 0 },  { -INT64_MAX, 1, -INT64_MAX } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(bc_amount_divide(rows[i].number, rows[i].by), rows[i].want);
}

/* Half to even on both sides of 0, and of numbers that 64 bits do not hold. */
static void a_share_is_exact(void **state)
{
    static const struct {
        bc_int128 number;
        uint64_t n, of;
        const char *want;
    } rows[] = {
        { 31000000, 1, 31, "1" },
        { 10000000, 1, 28, "0.357143" },
        { 5, 1, 2, "0.000002" },
        { 7, 1, 2, "0.000004" },
        { -5, 1, 2, "-0.000002" },
        { 1, 1, 2, "0" },
        { -1, 1, 2, "0" },
        { 0, 0, 1, "0" },
        { 999999999999999999, 31, 31, "999999999999.999999" },
        { 999999999999999999, 30, 31, "967741935483.870967" },
        { (bc_int128)999999999999999999 << 39, 1, 1, "549755813887999999450244.186112" },
        { (bc_int128)999999999999999999 << 39, 800000, 1000000, "439804651110399999560195.34889" },
        { -((bc_int128)999999999999999999 << 39), UINT64_MAX, UINT64_MAX,
          "-549755813887999999450244.186112" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char printed[BC_AMOUNT_LEN];

        bc_amount_print(printed, bc_amount_share(rows[i].number, rows[i].n, rows[i].of));
        assert_string_equal(printed, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_and_rounding),
        cmocka_unit_test(division_rounds_half_to_even),
        cmocka_unit_test(a_share_is_exact),
    };

    return cmocka_run_group_tests_name("ledger/base/amount", tests, NULL, NULL);
}
