/* tests/ledger/store/test_split.c - a family is cut into stretches that hold about as much, in
 * memory as on disk, and whatever the keys are. */
#include "ledger/store/split.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>

enum { KEYS = 4000, VALUE = 300 };

static struct row {
    const char *name, *begin, *end; /* of the keys, around their number */
    size_t keys, parts, least;      /* cuts that there are at least */
    bool on_disk;
} rows[] = {
    { "one part has no cut", "", "", KEYS, 1, 0, false },
    { "an empty family has no cut", "", "", 0, 4, 0, false },
    { "two parts have one", "", "", KEYS, 2, 1, false },
    { "many parts have one less", "", "", KEYS, 8, 7, false },
    { "keys that begin alike are cut where they differ", "hubspot:eu1:portal/17/deal/", "/x", KEYS,
      4, 3, false },
    { "keys that are alike for longer than is looked stay together",
      "a very long beginning that all of the keys of this family have in common, whatever they are",
      "", KEYS, 4, 0, false },
    { "a family on disk is cut, too", "", "", KEYS, 4, 3, true },
    { "so it is where keys begin alike", "hubspot:eu1:portal/17/deal/", "/x", KEYS, 8, 7, true },
};

static bc_store *filled(const struct row *row, const char *path)
{
    char value[VALUE], key[128];
    struct bc_err err = { 0 };
    bc_store *store = NULL;
    bc_bulk *bulk = NULL;

    memset(value, 'v', sizeof(value));
    if (row->on_disk)
        check_ok(bc_store_rocksdb(&store, path, true, true, &err), &err);
    else
        store = bc_store_memory();
    check_ok(bc_bulk_open(&bulk, store, BC_TIMELINES, "part", &err), &err);
    for (size_t i = 0; i < row->keys; i++) {
        (void)snprintf(key, sizeof(key), "%s%07zu%s", row->begin, i * 7, row->end);
        for (size_t v = 0; v < sizeof(value); v++) /* what does not get smaller */
            value[v] = (char)(i * 2654435761u >> v % 24 ^ v * i);
        check_ok(bc_bulk_add(bulk, bc_str_of(key), (struct bc_str){ value, VALUE }, &err), &err);
    }
    if (row->keys)
        check_ok(bc_bulk_ingest(bulk, &err), &err);
    bc_bulk_free(bulk);
    return store;
}

/* Every key is in one range, and no range has more than twice its part. */
static void check_stretches(bc_store *store, const struct row *row, const struct bc_split *split)
{
    struct bc_err err = { 0 };
    struct bc_str key, value;
    bc_iter *iter = NULL;
    size_t at = 0, n = 0;

    check_ok(bc_iter_open(&iter, store, BC_TIMELINES, (struct bc_str){ 0 }, &err), &err);
    while (bc_iter_next(iter, &key, &value, &err) == BC_OK) {
        for (; at < split->n && bc_str_cmp(key, split->keys[at]) >= 0; at++)
            n = 0;
        n++;
        if (row->least)
            assert_true(n <= 2 * row->keys / row->parts);
    }
    bc_iter_free(iter);
}

static void cuts_row(void **state)
{
    const struct row *row = *state;
    char folder[FOLDER_PATH], path[FOLDER_PATH + 8];
    struct bc_err err = { 0 };
    struct bc_split split;
    bc_store *store;

    folder_make(folder);
    (void)snprintf(path, sizeof(path), "%s/db", folder);
    store = filled(row, path);
    check_ok(bc_split_make(&split, store, BC_TIMELINES, row->parts, &err), &err);
    assert_true(split.n >= row->least && split.n < row->parts);
    for (size_t i = 1; i < split.n; i++)
        assert_true(bc_str_cmp(split.keys[i - 1], split.keys[i]) < 0);
    check_stretches(store, row, &split);
    bc_split_release(&split);
    bc_store_close(store);
    folder_remove(folder);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, cuts_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/store/split", tests, NULL, NULL);
}
