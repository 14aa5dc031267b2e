/* Parts of a work on several threads: each once, and failing as one thread would. */
#include "ledger/base/parallel.h"
#include "tests/support/check.h"

#include <stdatomic.h>
#include <string.h>

enum { PARTS = 100 };

struct work {
    atomic_int calls[PARTS];
    size_t fails_from, fails_to; /* parts that fail */
};

static bc_status part_of(void *payload, size_t part, struct bc_err *err)
{
    struct work *work = payload;

    (void)atomic_fetch_add(&work->calls[part], 1);
    if (part >= work->fails_from && part < work->fails_to)
        return bc_err_set(err, BC_E_IO, "part %zu fails", part);
    return BC_OK;
}

static void every_part_is_done_once(void **state)
{
    static const unsigned threads[] = { 0, 1, 2, 7, PARTS + 1, BC_THREADS_MOST + 1 };
    static const size_t parts[] = { 0, 1, 2, PARTS };

    (void)state;
    for (size_t t = 0; t < ARRAY_LEN(threads); t++)
        for (size_t p = 0; p < ARRAY_LEN(parts); p++) {
            struct work work = { .fails_from = PARTS };
            struct bc_err err = { 0 };

            check_ok(bc_parallel(threads[t], parts[p], part_of, &work, &err), &err);
            for (size_t i = 0; i < PARTS; i++)
                assert_int_equal(work.calls[i], i < parts[p]);
        }
}

static void of_all_failures_the_lowest_is_told(void **state)
{
    static const unsigned threads[] = { 1, 2, 7 };

    (void)state;
    for (size_t t = 0; t < ARRAY_LEN(threads); t++) {
        struct work work = { .fails_from = 40, .fails_to = PARTS };
        struct bc_err err = { 0 };

        assert_int_equal(bc_parallel(threads[t], PARTS, part_of, &work, &err), BC_E_IO);
        assert_string_equal(err.message, "part 40 fails");
        for (size_t i = 0; i < 40; i++)
            assert_int_equal(work.calls[i], 1);
        assert_int_equal(work.calls[PARTS - 1], 0);
    }
}

static void the_default_is_two_threads_where_there_are_two_processors(void **state)
{
    (void)state;
    assert_in_range(bc_processors(), 1, BC_THREADS_MOST);
    assert_int_equal(bc_threads_default(), bc_processors() < 2 ? 1 : 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_done_once),
        cmocka_unit_test(of_all_failures_the_lowest_is_told),
        cmocka_unit_test(the_default_is_two_threads_where_there_are_two_processors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
