/* tests/projections/metrics/test_lengths.c - mean, median and 90th percentile of lengths of time.
 */
#include "ledger/base/instant.h"
#include "projections/metrics/lengths.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

#define DAY       BC_DAY_US
#define HUGE_DAYS ((double)(INT64_MAX - 1) / DAY)

static void lengths_are_summed_exactly_and_ranked_as_numpy_ranks_them(void **state)
{
    static const struct {
        int64_t us[5];
        size_t n;
        struct bc_lengths want;
    } told[] = {
        { { 0 }, 0, { 0, 0, 0 } },
        { { 3 * DAY }, 1, { 3, 3, 3 } },
        { { 2 * DAY, DAY }, 2, { 1.5, 1.5, 1.9 } },
        { { 5 * DAY, 0, 10 * DAY }, 3, { 5, 5, 9 } },
        { { 4 * DAY, 1 * DAY, 3 * DAY, 2 * DAY, 40 * DAY }, 5, { 10, 3, 25.6 } },
        { { INT64_MAX - 1, INT64_MAX - 1 }, 2, { HUGE_DAYS, HUGE_DAYS, HUGE_DAYS } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
        int64_t us[5];
        struct bc_lengths got;

        memcpy(us, told[i].us, sizeof(us));
        got = bc_lengths_of(us, told[i].n);
        assert_true(fabs(got.mean_days - told[i].want.mean_days) < 1e-9);
        assert_true(fabs(got.median_days - told[i].want.median_days) < 1e-9);
        assert_true(fabs(got.p90_days - told[i].want.p90_days) < 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_summed_exactly_and_ranked_as_numpy_ranks_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
