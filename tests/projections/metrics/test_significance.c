/* tests/projections/metrics/test_significance.c - intervals of differences, exact tests and tails
 * as published tables have them, and also of a million deals. */
#include "projections/metrics/significance.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <math.h>

static void near(double got, double want, double within)
{
    if (!(fabs(got - want) <= within))
        fail_msg("%.12g, expected %.12g", got, want);
}

/* Table II of the paper. */
static void the_interval_of_a_difference_is_that_of_the_paper(void **state)
{
    static const struct {
        struct bc_rate a, b;
        double low, high;
    } rows[] = {
        { { 56, 70 }, { 48, 80 }, 0.0524, 0.3339 },  { { 9, 10 }, { 3, 10 }, 0.1705, 0.8090 },
        { { 6, 7 }, { 2, 7 }, 0.0582, 0.8062 },      { { 5, 56 }, { 0, 29 }, -0.0381, 0.1926 },
        { { 0, 10 }, { 0, 20 }, -0.1611, 0.2775 },   { { 0, 10 }, { 0, 10 }, -0.2775, 0.2775 },
        { { 10, 10 }, { 0, 20 }, 0.6791, 1.0000 },   { { 10, 10 }, { 0, 10 }, 0.6075, 1.0000 },
        { { 48, 80 }, { 56, 70 }, -0.3339, -0.0524 }
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double low, high;

        bc_newcombe(rows[i].a, rows[i].b, &low, &high);
        near(low, rows[i].low, 0.00005);
        near(high, rows[i].high, 0.00005);
    }
}

static void fishers_test_is_that_of_the_books(void **state)
{
    static const struct {
        struct bc_rate a, b;
        double p, mid_p, within;
    } rows[] = {
        /* The lady tasting tea (Fisher 1935): 34 of 70, and 2 + 32 / 2 of them. */
        { { 3, 4 }, { 1, 4 }, 34.0 / 70, 18.0 / 70, 1e-15 },
        { { 4, 4 }, { 0, 4 }, 2.0 / 70, 1.0 / 70, 1e-15 },
        { { 2, 4 }, { 2, 4 }, 1, 52.0 / 70, 1e-15 },
        /* Criminals and their twins (Fisher 1935), as R's manual has it. */
        { { 2, 17 }, { 10, 13 }, 0.0005367, 0.0003119, 0.00000005 },
        /* One table only. */
        { { 0, 4 }, { 0, 9 }, 1, 1, 0 },
        { { 4, 4 }, { 9, 9 }, 1, 1, 0 },
        { { 0, 0 }, { 3, 9 }, 1, 1, 0 },
        { { 0, 0 }, { 0, 0 }, 1, 1, 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct bc_fisher got = bc_fisher_test(rows[i].a, rows[i].b);
        const struct bc_fisher turned = bc_fisher_test(rows[i].b, rows[i].a);

        near(got.p, rows[i].p, rows[i].within);
        near(got.mid_p, rows[i].mid_p, rows[i].within);
        near(turned.p, got.p, 1e-14);
        near(turned.mid_p, got.mid_p, 1e-14);
    }
}

/* --- the same from factorials --- */

static long double choose(uint64_t n, uint64_t k)
{
    long double ways = 1;

    for (uint64_t i = 1; i <= k; i++)
        ways = ways * (long double)(n - k + i) / (long double)i;
    return ways;
}

static struct bc_fisher slowly(struct bc_rate a, struct bc_rate b)
{
    const uint64_t hits = a.hits + b.hits;
    const long double seen = choose(a.n, a.hits) * choose(b.n, b.hits);
    long double all = 0, less = 0, tied = 0;
    size_t tables = 0;

    for (uint64_t x = hits > b.n ? hits - b.n : 0; x <= a.n && x <= hits; x++) {
        const long double ways = choose(a.n, x) * choose(b.n, hits - x);
        const bool as_likely = ways <= seen * (1 + 1e-7L) && seen <= ways * (1 + 1e-7L);

        tables++;
        all += ways;
        tied += as_likely ? ways : 0;
        less += !as_likely && ways < seen ? ways : 0;
    }
    if (tables == 1)
        return (struct bc_fisher){ 1, 1 };
    return (struct bc_fisher){ (double)((less + tied) / all), (double)((less + tied / 2) / all) };
}

static void fishers_test_adds_up_all_tables(void **state)
{
    uint64_t random = 3;

    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        struct bc_rate a = { .n = history_random(&random, 60) };
        struct bc_rate b = { .n = history_random(&random, 60) };
        struct bc_fisher got, want;

        a.hits = history_random(&random, a.n + 1);
        b.hits = history_random(&random, b.n + 1);
        got = bc_fisher_test(a, b);
        want = slowly(a, b);
        near(got.p, want.p, 1e-12);
        near(got.mid_p, want.mid_p, 1e-12);
    }
}

/* Of so many the exact test and the approximate one say the same; and it ends. */
static void a_million_is_no_trouble(void **state)
{
    const struct bc_rate few = { 500000, 1000000 }, more = { 501500, 1000000 };
    const struct bc_rate none = { 0, 1000000 }, all = { 1000000, 1000000 };
    const struct bc_rate vast = { 1000000000000, 2000000000000 };
    const double z = (0.5015 - 0.5) / sqrt(0.50075 * 0.49925 * 2 / 1e6);
    double low, high;

    (void)state;
    near(bc_fisher_test(few, more).mid_p, bc_chi_squared_tail(z * z, 1), 1e-6);
    near(bc_fisher_test(few, few).mid_p, 1 - 1 / sqrt(3.14159265358979 * 1e6), 1e-6);
    near(bc_fisher_test(none, all).p, 0, 0);
    near(bc_fisher_test(vast, (struct bc_rate){ 7, 10 }).p, 0.34375, 1e-9);
    bc_newcombe(more, few, &low, &high);
    near(low, 0.0015 - 1.959963984540054 * sqrt(0.5 / 1e6), 1e-7);
    near(high, 0.0015 + 1.959963984540054 * sqrt(0.5 / 1e6), 1e-7);
}

static void the_tail_of_chi_squared_is_that_of_the_tables(void **state)
{
    static const struct {
        double x;
        unsigned freedom;
        double p;
    } rows[] = {
        { 0, 1, 1 },
        { 0, 2, 1 },
        { 0.003932, 1, 0.95 },
        { 3.841459, 1, 0.05 },
        { 6.634897, 1, 0.01 },
        { 10.827566, 1, 0.001 },
        { 5.991465, 2, 0.05 },
        { 9.210340, 2, 0.01 },
        { 7.814728, 3, 0.05 },
        { 9.487729, 4, 0.05 },
        { 11.070498, 5, 0.05 },
        { 20.515006, 5, 0.001 },
        { 3.940299, 10, 0.95 },
        { 18.307038, 10, 0.05 },
        { 31.410433, 20, 0.05 },
        { 43.772972, 30, 0.05 },
        { 34.764252, 50, 0.95 },
        { 67.504807, 50, 0.05 },
        { 124.342113, 100, 0.05 },
        { 77.929465, 100, 0.95 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        near(bc_chi_squared_tail(rows[i].x, rows[i].freedom), rows[i].p, 1e-6);
    near(bc_chi_squared_tail(2000, 2000), 0.4958, 0.0005);
    near(bc_chi_squared_tail(1e6, 7), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_of_a_difference_is_that_of_the_paper),
        cmocka_unit_test(fishers_test_is_that_of_the_books),
        cmocka_unit_test(fishers_test_adds_up_all_tables),
        cmocka_unit_test(a_million_is_no_trouble),
        cmocka_unit_test(the_tail_of_chi_squared_is_that_of_the_tables),
    };

    return cmocka_run_group_tests_name("projections/metrics/significance", tests, NULL, NULL);
}
