/* tests/ledger/base/test_table.c - the table finds what a search of all items finds, also where
 * hashes are equal. */
#include "ledger/base/mem.h"
#include "ledger/base/table.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

enum { ITEMS = 3000, NONE = -1 };

/* Hashes for keys, from good ones to none at all. */
static uint64_t spread(uint64_t key)
{
    return key * UINT64_C(0x9e3779b97f4a7c15);
}

static uint64_t one_half(uint64_t key)
{
    return (key % 7) << 32 | key; /* the table has only the upper half */
}

static uint64_t last_slots(uint64_t key)
{
    return (UINT64_MAX - key % 3) << 32; /* the search runs over the end */
}

static struct row {
    const char *name;
    uint64_t (*hash)(uint64_t key);
    uint64_t items;
} rows[] = {
    { "hashes that differ", spread, ITEMS },
    { "seven hashes for all", one_half, 200 },
    { "the last slots are full", last_slots, 100 },
};

static int find(const struct bc_table *table, const struct row *row, const uint64_t *keys,
                uint64_t key)
{
    struct bc_table_probe probe = bc_table_find(table, row->hash(key));
    uint32_t number;

    bc_table_expect(table, row->hash(key));
    while (bc_table_next(table, &probe, &number))
        if (keys[number] == key)
            return (int)number;
    return NONE;
}

static int naive(const uint64_t *keys, uint32_t n, uint64_t key)
{
    for (uint32_t i = 0; i < n; i++)
        if (keys[i] == key)
            return (int)i;
    return NONE;
}

/* Twice: a cleared table is as good as new. */
static void run_row(void **state)
{
    const struct row *row = *state;
    uint64_t *keys = bc_calloc(row->items, sizeof(*keys)), random = 3;
    struct bc_table table = { 0 };

    for (unsigned round = 0; round < 2; round++) {
        uint32_t n = 0;

        assert_int_equal(find(&table, row, keys, 1), NONE);
        while (n < row->items) {
            uint64_t key = history_random(&random, 2 * row->items);

            assert_int_equal(find(&table, row, keys, key), naive(keys, n, key));
            if (naive(keys, n, key) != NONE) {
                key = 2 * row->items + n; /* a new one */
            }
            keys[n] = key;
            bc_table_add(&table, row->hash(key), n++);
        }
        for (uint64_t key = 0; key < 3 * row->items; key++)
            assert_int_equal(find(&table, row, keys, key), naive(keys, n, key));
        bc_table_clear(&table);
        assert_int_equal(find(&table, row, keys, keys[0]), NONE);
    }
    bc_table_release(&table);
    assert_int_equal(find(&table, row, keys, keys[0]), NONE);
    free(keys);
}

static void items_of_other_hashes_are_not_looked_at(void **state)
{
    struct bc_table table = { 0 };
    struct bc_table_probe probe;
    uint32_t number, seen = 0;

    (void)state;
    for (uint32_t i = 0; i < ITEMS; i++)
        bc_table_add(&table, spread(i), i);
    for (uint32_t i = 0; i < ITEMS; i++)
        for (probe = bc_table_find(&table, spread(i)); bc_table_next(&table, &probe, &number);)
            seen++;
    assert_int_equal(seen, ITEMS);
    assert_true(table.size >= 2 * (size_t)ITEMS && table.size < 8 * (size_t)ITEMS);
    bc_table_release(&table);
}

static void the_largest_number_is_kept(void **state)
{
    struct bc_table table = { 0 };
    struct bc_table_probe probe;
    uint32_t number = 0;

    (void)state;
    bc_table_add(&table, UINT64_MAX, UINT32_MAX - 1);
    probe = bc_table_find(&table, UINT64_MAX);
    assert_true(bc_table_next(&table, &probe, &number));
    assert_int_equal(number, UINT32_MAX - 1);
    assert_false(bc_table_next(&table, &probe, &number));
    bc_table_release(&table);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    tests[ARRAY_LEN(rows)] =
        (struct CMUnitTest)cmocka_unit_test(items_of_other_hashes_are_not_looked_at);
    tests[ARRAY_LEN(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(the_largest_number_is_kept);
    return cmocka_run_group_tests_name("ledger/base/table", tests, NULL, NULL);
}
