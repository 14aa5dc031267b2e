/* tests/tools/print/test_number.c - a number is printed as the C library prints it with as few of
 * 15 to 17 digits as read it back. */
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tools/print/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(double value)
{
    char got[NUMBER_LEN], want[NUMBER_LEN];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(want, sizeof(want), "%.*g", digits, value);
        if (strtod(want, NULL) == value)
            break;
    }
    number_print(got, value);
    if (strcmp(want, got) != 0)
        fail_msg("%s, expected %s", got, want);
}

static void told_numbers(void **state)
{
    static const double numbers[] = { 0,
                                      -0.0,
                                      1,
                                      10,
                                      -14,
                                      0.5,
                                      0.1,
                                      0.25,
                                      1e-4,
                                      9.9e-5,
                                      1e-5,
                                      1e14,
                                      1e15,
                                      999999999999999,
                                      1e16,
                                      1e22,
                                      0.3,
                                      1e300,
                                      5e-324,
                                      1.5e-7,
                                      100.25,
                                      0.15,
                                      2.675,
                                      123456.789,
                                      0.99999999999999989,
                                      999999999999999.9,
                                      99999999999999.96 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        check(numbers[i]);
}

static void rates_of_small_numbers(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 200; n++)
        for (unsigned hits = 0; hits <= n; hits++)
            check((double)hits / n);
}

static void decimals_and_any_bits(void **state)
{
    uint64_t random = 7;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = history_random(&random, UINT64_MAX);
        double any;

        memcpy(&any, &bits, sizeof(any));
        if (isfinite(any))
            check(any);
        check((double)history_random(&random, 1000000) / 1000);
        check((double)history_random(&random, UINT32_MAX) / 86400e6);
        check((double)history_random(&random, UINT64_MAX) / 1e4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_numbers),
        cmocka_unit_test(rates_of_small_numbers),
        cmocka_unit_test(decimals_and_any_bits),
    };

    return cmocka_run_group_tests_name("tools/print/number", tests, NULL, NULL);
}
