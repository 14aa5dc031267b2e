/* Texts of all kinds come out in byte order, equal ones in the order of their index, and items
 * however far from their order in it: held against qsort on seeded random ones. */
#include "ledger/base/mem.h"
#include "ledger/base/sort.h"
#include "tests/support/check.h"

#include <stdlib.h>

static struct row {
    const char *name;
    const char *prefix; /* of every text */
    size_t n, len;      /* len: at most, after the prefix */
    unsigned letters;   /* of which texts are made, beginning with 0 */
} rows[] = {
    { "none", "", 0, 0, 1 },
    { "one", "", 1, 9, 256 },
    { "few", "", 20, 9, 256 },
    { "many random texts", "", 20000, 40, 256 },
    { "one prefix over all", "crm:deal/", 5000, 12, 10 },
    { "texts of two letters, many equal", "", 20000, 9, 2 },
    { "long texts that differ late", "", 3000, 60, 2 },
    { "zero bytes alone: only lengths differ", "", 3000, 30, 1 },
    { "empty texts", "", 100, 0, 1 },
    { "all equal", "the same", 1000, 0, 1 },
};

static int by_text(const void *a, const void *b)
{
    const struct bc_sort_key *left = a, *right = b;
    int order = bc_str_cmp((struct bc_str){ left->at, left->len },
                           (struct bc_str){ right->at, right->len });

    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static void run_row(void **state)
{
    const struct row *row = *state;
    const size_t prefix = strlen(row->prefix), stride = prefix + row->len;
    struct bc_sort_key *keys = bc_calloc(row->n, sizeof(*keys));
    struct bc_sort_key *want = bc_calloc(row->n, sizeof(*want));
    char *texts = bc_calloc(row->n, stride);
    unsigned seed = 5;

    for (size_t i = 0; i < row->n; i++) {
        char *text = texts + i * stride;
        size_t len = prefix + (row->len ? (size_t)rand_r(&seed) % (row->len + 1) : 0);

        memcpy(text, row->prefix, prefix);
        for (size_t at = prefix; at < len; at++)
            text[at] = (char)((unsigned)rand_r(&seed) % row->letters);
        want[i] = keys[i] = (struct bc_sort_key){ text, (uint32_t)len, (uint32_t)i, 0 };
    }
    bc_sort_keys(keys, row->n);
    if (row->n)
        qsort(want, row->n, sizeof(*want), by_text);
    for (size_t i = 0; i < row->n; i++)
        assert_int_equal(keys[i].index, want[i].index);
    free(keys);
    free(want);
    free(texts);
}

/* --- nearly sorted --- */

enum { MOST = 1200 };

struct item {
    unsigned key, nth;
    char more[40];
};

static size_t compared;

static inline int in_item_order(const struct item *left, const struct item *right)
{
    compared++;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return (left->nth > right->nth) - (left->nth < right->nth);
}

BC_SORT_NEARLY(sort_items, struct item, in_item_order);

static unsigned key_in_order(unsigned i, unsigned n)
{
    (void)n;
    return i;
}

static unsigned key_backwards(unsigned i, unsigned n)
{
    return n - i;
}

static unsigned key_at_random(unsigned i, unsigned n)
{
    return i * 2654435761u >> 7 ^ n;
}

static unsigned key_of_pairs(unsigned i, unsigned n)
{
    (void)n;
    return i ^ 1;
}

static unsigned key_of_few(unsigned i, unsigned n)
{
    return i * 7 % (n / 3 + 1);
}

static unsigned key_late(unsigned i, unsigned n)
{
    return i + 1 < n ? i + 1 : 0;
}

static unsigned key_equal(unsigned i, unsigned n)
{
    return (void)i, n;
}

static struct nearly_row {
    const char *name;
    unsigned (*key)(unsigned i, unsigned n);
    size_t steps; /* comparisons an item, at most; 0: the library's */
} nearly_rows[] = {
    { "in order", key_in_order, 1 },         { "pairs the wrong way round", key_of_pairs, 3 },
    { "the first comes last", key_late, 2 }, { "all of one key", key_equal, 1 },
    { "at random", key_at_random, 0 },       { "of few keys", key_of_few, 0 },
    { "backwards", key_backwards, 0 },
};

static void nearly_row(void **state)
{
    static const unsigned counts[] = { 0, 1, 2, 3, 16, 17, 24, 25, 64, 65, 300, MOST };
    static struct item items[MOST], want[MOST];
    const struct nearly_row *row = *state;

    for (size_t c = 0; c < ARRAY_LEN(counts); c++) {
        const unsigned n = counts[c];

        for (unsigned i = 0; i < n; i++)
            want[i] = items[i] = (struct item){ .key = row->key(i, n), .nth = i };
        compared = 0;
        sort_items(items, n);
        /* the library compares fewer than log2(MOST) < 11 times, after 8 moves and a look each */
        if (compared > n * (row->steps ? row->steps : 8 + 2 + 11))
            fail_msg("%u items: %zu comparisons", n, compared);
        if (n)
            qsort(want, n, sizeof(*want), sort_items_compare);
        for (unsigned i = 0; i < n; i++)
            assert_int_equal(items[i].nth, want[i].nth);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(nearly_rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(nearly_rows); i++)
        tests[ARRAY_LEN(rows) + i] =
            (struct CMUnitTest){ nearly_rows[i].name, nearly_row, NULL, NULL, &nearly_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/sort", tests, NULL, NULL);
}
