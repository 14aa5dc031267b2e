/* tests/ledger/base/test_search.c - the lower bound is the place that a linear search finds. */
#include "ledger/base/search.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

enum { ITEMS = 40, WORLDS = 400 };

static size_t naive(const uint64_t *items, size_t begin, size_t end, uint64_t wanted)
{
    for (; begin < end && items[begin] < wanted; begin++)
        ;
    return begin;
}

static void it_is_the_place_that_a_look_at_each_finds(void **state)
{
    uint64_t random = 11;

    (void)state;
    for (unsigned world = 0; world < WORLDS; world++) {
        const size_t n = history_random(&random, ITEMS), begin = history_random(&random, n + 1);
        uint64_t items[ITEMS], last = 0;

        for (size_t i = 0; i < n; i++)
            items[i] = last += history_random(&random, 3); /* some are equal */
        for (uint64_t wanted = 0; wanted <= last + 1; wanted++) {
            size_t at;
            uint32_t narrow;

            BC_LOWER_BOUND(at, 0, n, items[at] < wanted);
            assert_int_equal(at, naive(items, 0, n, wanted));
            BC_LOWER_BOUND(narrow, (uint32_t)begin, (uint32_t)n, items[narrow] < wanted);
            assert_int_equal(narrow, naive(items, begin, n, wanted));
        }
    }
}

static void an_empty_range_gives_its_end(void **state)
{
    size_t at;

    (void)state;
    BC_LOWER_BOUND(at, 0, 0, at && false);
    assert_int_equal(at, 0);
    BC_LOWER_BOUND(at, 7, 7, at && false);
    assert_int_equal(at, 7);
}

static void numbers_below_zero_and_at_the_ends_are_found(void **state)
{
    int64_t at;

    (void)state;
    BC_LOWER_BOUND(at, -1000, 1000, at < -7);
    assert_int_equal(at, -7);
    BC_LOWER_BOUND(at, 0, INT64_MAX, at / 2 < 21);
    assert_int_equal(at, 42);
    BC_LOWER_BOUND(at, INT64_MAX - 3, INT64_MAX, at < INT64_MAX);
    assert_int_equal(at, INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_place_that_a_look_at_each_finds),
        cmocka_unit_test(an_empty_range_gives_its_end),
        cmocka_unit_test(numbers_below_zero_and_at_the_ends_are_found),
    };

    return cmocka_run_group_tests_name("ledger/base/search", tests, NULL, NULL);
}
