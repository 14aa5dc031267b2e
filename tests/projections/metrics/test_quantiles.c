/* tests/projections/metrics/test_quantiles.c - mean, median and 90th percentile of each slice at
 * all dates in one sweep are those that sorting the samples of each date gives. */
#include "ledger/base/instant.h"
#include "projections/metrics/quantiles.h"
#include "projections/metrics/stats.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <math.h>
#include <stdlib.h>

enum { DATES = 40, SAMPLES = 200, WORLDS = 60, SLICES = 2 };

static int by_value(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

static double days(int64_t us)
{
    return (double)us / (double)BC_DAY_US;
}

/* As numpy's percentile does it. */
static double naive_quantile(const int64_t *sorted, size_t n, double q)
{
    double at = q * (double)(n - 1);
    size_t low = (size_t)floor(at);
    size_t high = low + 1 < n ? low + 1 : low;

    return days(sorted[low]) + (days(sorted[high]) - days(sorted[low])) * (at - (double)low);
}

static void near(double want, double got)
{
    if (fabs(want - got) > 1e-9 * (1 + fabs(want)))
        fail_msg("%.12g, expected %.12g", got, want);
}

struct world {
    struct bc_samples samples;
    struct bc_sample all[SAMPLES];
    bool growing[SAMPLES];
    int64_t as_of_us[DATES];
};

static void make_world(struct world *world, uint64_t seed)
{
    uint64_t random = seed;

    *world = (struct world){ 0 };
    for (size_t i = 0; i < DATES; i++)
        world->as_of_us[i] = (int64_t)(i + 1) * 3 * BC_DAY_US + (int64_t)(i * i);
    for (size_t i = 0; i < SAMPLES; i++) {
        struct bc_sample *sample = &world->all[i];

        sample->first = (uint32_t)history_random(&random, DATES);
        sample->end = sample->first + 1 + (uint32_t)history_random(&random, DATES - sample->first);
        world->growing[i] = history_random(&random, 3) == 0;
        /* Few values, so that many are equal. */
        sample->value_us = (int64_t)history_random(&random, 12) * BC_DAY_US / 7;
        if (world->growing[i])
            sample->value_us -= world->as_of_us[sample->first];
        sample->slices = 1 + (uint32_t)history_random(&random, 3) % 3;
        bc_samples_add(&world->samples, sample->first, sample->end, sample->slices,
                       sample->value_us, world->growing[i]);
    }
}

static void check_date(const struct world *world, unsigned slice, uint32_t date,
                       const struct bc_spread *got)
{
    int64_t there[SAMPLES], sum = 0, fixed_sum = 0;
    size_t n = 0, fixed = 0;

    for (size_t i = 0; i < SAMPLES; i++) {
        int64_t value_us = world->all[i].value_us + (world->growing[i] ? world->as_of_us[date] : 0);

        if (date < world->all[i].first || date >= world->all[i].end ||
            !(world->all[i].slices >> slice & 1))
            continue;
        there[n++] = value_us;
        sum += value_us;
        fixed += !world->growing[i];
        fixed_sum += world->growing[i] ? 0 : value_us;
    }
    qsort(there, n, sizeof(there[0]), by_value);
    assert_int_equal(n, got->n);
    assert_int_equal(fixed, got->fixed_n);
    if (fixed)
        near(days(fixed_sum) / (double)fixed, got->fixed_mean);
    if (n == 0)
        return;
    near(days(sum) / (double)n, got->mean);
    near(naive_quantile(there, n, 0.5), got->median);
    near(naive_quantile(there, n, 0.9), got->p90);
}

static void a_sweep_gives_what_sorting_gives(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        struct bc_spread spreads[DATES];
        struct world world;

        make_world(&world, seed);
        bc_samples_rank(&world.samples);
        for (unsigned slice = 0; slice < SLICES; slice++) {
            bc_samples_spread(&world.samples, slice, world.as_of_us, DATES, spreads);
            for (uint32_t date = 0; date < DATES; date++)
                check_date(&world, slice, date, &spreads[date]);
        }
        bc_samples_release(&world.samples);
    }
}

static void no_samples_have_no_mean(void **state)
{
    struct bc_samples samples = { 0 };
    const int64_t as_of_us = BC_DAY_US;
    struct bc_spread spread;

    (void)state;
    bc_samples_rank(&samples);
    bc_samples_spread(&samples, 0, &as_of_us, 1, &spread);
    assert_int_equal(spread.n, 0);
    assert_int_equal(spread.fixed_n, 0);
    bc_samples_release(&samples);
}

/* Known values, to six digits, as other programs print them. */
static void the_interval_is_that_of_the_published_tables(void **state)
{
    /* R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998: method 3. */
    static const struct {
        uint64_t hits, n;
        double low, high;
    } rows[] = { { 81, 263, 0.2553, 0.3662 },
                 { 15, 148, 0.0624, 0.1605 },
                 { 0, 20, 0, 0.1611 },
                 { 1, 29, 0.0061, 0.1718 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double low, high;

        bc_wilson(rows[i].hits, rows[i].n, &low, &high);
        assert_true(fabs(low - rows[i].low) < 5.1e-5 && fabs(high - rows[i].high) < 5.1e-5);
    }
}

static void the_interval_is_wilsons(void **state)
{
    static const struct {
        uint64_t hits, n;
        double low, high;
    } rows[] = {
        { 0, 1, 0, 0.793450 },           { 1, 1, 0.206549, 1 },
        { 2, 5, 0.117621, 0.769276 },    { 13, 42, 0.190711, 0.460260 },
        { 50, 100, 0.403832, 0.596168 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double low, high;

        bc_wilson(rows[i].hits, rows[i].n, &low, &high);
        if (fabs(low - rows[i].low) > 1e-5 || fabs(high - rows[i].high) > 1e-5)
            fail_msg("%d of %d: %.6f to %.6f", (int)rows[i].hits, (int)rows[i].n, low, high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_gives_what_sorting_gives),
        cmocka_unit_test(no_samples_have_no_mean),
        cmocka_unit_test(the_interval_is_wilsons),
        cmocka_unit_test(the_interval_is_that_of_the_published_tables),
    };

    return cmocka_run_group_tests_name("projections/metrics/quantiles", tests, NULL, NULL);
}
