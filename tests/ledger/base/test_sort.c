/* Texts of all kinds come out in byte order, equal ones in the order of their index: held against
 * qsort on seeded random texts. */
#include "ledger/base/mem.h"
#include "ledger/base/sort.h"
#include "tests/support/check.h"

#include <stdlib.h>

static struct row {
    const char *name;
    const char *prefix; /* of every text */
    size_t n, len;      /* len: at most, behind the prefix */
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

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/base/sort", tests, NULL, NULL);
}
