/* Sorted runs: whatever was added comes back in the order of keys, equal ones in the order of their
 * coming; a key is found; a full disk is said. */
#include "ledger/spill/runs.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 64 };

static struct row {
    const char *name;
    size_t runs, entries; /* of each run */
    unsigned keys;        /* how many different ones there may be */
    size_t value;         /* bytes at most */
    bool on_disk;
} rows[] = {
    { "no run at all", 0, 0, 1, 0, false },
    { "one entry", 1, 1, 1, 4, false },
    { "one run of many blocks", 1, 20000, 1000000, 20, false },
    { "runs of many blocks", 7, 9000, 1000000, 20, false },
    { "runs of many blocks, on disk", 7, 9000, 1000000, 20, true },
    { "many short runs", 300, 3, 200, 8, false },
    { "equal keys within a run and over runs", 5, 4000, 50, 30, false },
    { "one key alone", 4, 3000, 1, 30, false },
    { "values larger than a block", 3, 20, 100, 60000, false },
    { "empty values", 3, 500, 300, 0, false },
};

struct entry {
    char key[ROOM];
    size_t number; /* in the order of coming: a value begins with it */
    struct bc_buf value;
};

static int by_key(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = strcmp(left->key, right->key);

    return order ? order : (left->number > right->number) - (left->number < right->number);
}

static void make(struct entry *entry, const struct row *row, size_t number, unsigned *seed)
{
    size_t len = row->value ? (size_t)rand_r(seed) % (row->value + 1) : 0;

    (void)snprintf(entry->key, sizeof(entry->key), "key/%u/of", (unsigned)rand_r(seed) % row->keys);
    entry->number = number;
    while (entry->value.len < len)
        bc_buf_add_byte(&entry->value, (char)rand_r(seed));
}

/* Fills *runs; the entries it returns are sorted as a whole. */
static struct entry *fill(bc_runs *runs, const struct row *row, struct bc_err *err)
{
    const size_t n = row->runs * row->entries;
    struct entry *entries = bc_calloc(n, sizeof(*entries));
    unsigned seed = 17;

    for (size_t run = 0; run < row->runs; run++) {
        struct entry *first = entries + run * row->entries;

        for (size_t i = 0; i < row->entries; i++)
            make(&first[i], row, run * row->entries + i, &seed);
        qsort(first, row->entries, sizeof(*first), by_key);
        for (size_t i = 0; i < row->entries; i++)
            check_ok(bc_runs_add(runs, bc_str_of(first[i].key), bc_buf_str(&first[i].value), err),
                     err);
        assert_int_equal(bc_runs_count(runs), run + 1);
        check_ok(bc_runs_end(runs, err), err);
    }
    if (n)
        qsort(entries, n, sizeof(*entries), by_key);
    return entries;
}

static void check_walk(const bc_runs *runs, const struct entry *entries, size_t n, const char *from)
{
    struct bc_str key, value;
    struct bc_err err = { 0 };
    bc_runs_walk *walk;
    size_t i = 0;

    while (i < n && strcmp(entries[i].key, from) < 0)
        i++;
    check_ok(bc_runs_walk_open(&walk, runs, bc_str_of(from), &err), &err);
    for (; i < n; i++) {
        assert_int_equal(bc_runs_walk_next(walk, &key, &value, &err), BC_OK);
        assert_true(bc_str_eq(key, bc_str_of(entries[i].key)));
        assert_true(bc_str_eq(value, bc_buf_str(&entries[i].value)));
    }
    assert_int_equal(bc_runs_walk_next(walk, &key, &value, &err), BC_DONE);
    assert_int_equal(bc_runs_walk_next(walk, &key, &value, &err), BC_DONE);
    bc_runs_walk_free(walk);
}

/* A prime number of keys apart, where there are many. */
static void check_finds(const bc_runs *runs, const struct entry *entries, size_t n)
{
    const size_t step = n > 5000 ? 53 : 1;

    struct bc_buf value = { 0 };
    struct bc_err err = { 0 };

    for (size_t i = 0; i < n; i += step) {
        if (i && strcmp(entries[i].key, entries[i - 1].key) == 0)
            continue;
        assert_int_equal(bc_runs_find(runs, bc_str_of(entries[i].key), &value, &err), BC_OK);
        assert_true(bc_str_eq(bc_buf_str(&value), bc_buf_str(&entries[i].value)));
    }
    for (size_t i = 0; i < 100; i++) {
        char key[ROOM];

        (void)snprintf(key, sizeof(key), "key/%zu/og", i * 7919);
        assert_int_equal(bc_runs_find(runs, bc_str_of(key), &value, &err), BC_DONE);
    }
    assert_int_equal(bc_runs_find(runs, BC_STR(""), &value, &err), BC_DONE);
    assert_int_equal(bc_runs_find(runs, BC_STR("z"), &value, &err), BC_DONE);
    bc_buf_release(&value);
}

static void run_row(void **state)
{
    const struct row *row = *state;
    const size_t n = row->runs * row->entries;
    char folder[FOLDER_PATH];
    struct bc_err err = { 0 };
    struct entry *entries;
    bc_runs *runs;

    folder_make(folder);
    runs = bc_runs_new(row->on_disk ? folder : NULL);
    entries = fill(runs, row, &err);
    assert_int_equal(bc_runs_count(runs), row->runs);
    check_walk(runs, entries, n, "");
    check_walk(runs, entries, n, "key/4");
    check_walk(runs, entries, n, n ? entries[n / 2].key : "a");
    check_walk(runs, entries, n, "kez");
    check_finds(runs, entries, n);
    bc_runs_free(runs);
    for (size_t i = 0; i < n; i++)
        bc_buf_release(&entries[i].value);
    free(entries);
    folder_remove(folder);
}

/* The parts hold all keys, each once, and are about alike. */
static void parts_make_the_whole(void **state)
{
    const struct row row = { "", 5, 9000, 1000000, 20, false };
    struct bc_str firsts[8], key, value;
    bc_runs *runs = bc_runs_new(NULL);
    struct bc_err err = { 0 };
    struct entry *entries = fill(runs, &row, &err);
    size_t i = 0, parts = bc_runs_split(runs, ARRAY_LEN(firsts), firsts);

    (void)state;
    assert_int_equal(parts, ARRAY_LEN(firsts));
    for (size_t part = 0; part < parts; part++) {
        size_t n = 0;
        bc_runs_walk *walk;

        check_ok(bc_runs_walk_open(&walk, runs, firsts[part], &err), &err);
        for (; bc_runs_walk_next(walk, &key, &value, &err) == BC_OK; i++, n++) {
            if (part + 1 < parts && bc_str_cmp(key, firsts[part + 1]) >= 0)
                break;
            assert_true(bc_str_eq(key, bc_str_of(entries[i].key)));
        }
        assert_in_range(n, 45000 / 8 / 2, 45000 / 8 * 2);
        bc_runs_walk_free(walk);
    }
    assert_int_equal(i, 45000);
    bc_runs_free(runs);
    for (i = 0; i < 45000; i++)
        bc_buf_release(&entries[i].value);
    free(entries);
}

static void of_no_runs_there_is_one_part(void **state)
{
    bc_runs *runs = bc_runs_new(NULL);
    struct bc_str firsts[3];

    (void)state;
    assert_int_equal(bc_runs_split(runs, 3, firsts), 1);
    assert_int_equal(firsts[0].len, 0);
    bc_runs_free(runs);
}

/* What is being added is not there for look-ups and walks until it is ended. */
static void an_open_run_is_out_of_sight(void **state)
{
    bc_runs *runs = bc_runs_new(NULL);
    struct bc_buf value = { 0 };
    struct bc_str key, found;
    struct bc_err err = { 0 };
    bc_runs_walk *walk;

    (void)state;
    check_ok(bc_runs_add(runs, BC_STR("b"), BC_STR("1"), &err), &err);
    check_ok(bc_runs_end(runs, &err), &err);
    check_ok(bc_runs_add(runs, BC_STR("a"), BC_STR("2"), &err), &err);
    assert_int_equal(bc_runs_find(runs, BC_STR("a"), &value, &err), BC_DONE);
    check_ok(bc_runs_walk_open(&walk, runs, BC_STR(""), &err), &err);
    check_ok(bc_runs_end(runs, &err), &err);
    assert_int_equal(bc_runs_walk_next(walk, &key, &found, &err), BC_OK);
    assert_true(bc_str_eq(key, BC_STR("b")));
    assert_int_equal(bc_runs_walk_next(walk, &key, &found, &err), BC_DONE);
    bc_runs_walk_free(walk);
    assert_int_equal(bc_runs_find(runs, BC_STR("a"), &value, &err), BC_OK);
    assert_true(bc_str_eq(bc_buf_str(&value), BC_STR("2")));
    bc_buf_release(&value);
    bc_runs_free(runs);
    bc_runs_free(NULL);
}

static void nothing_is_left_in_the_folder(void **state)
{
    char folder[FOLDER_PATH], below[FOLDER_PATH + 8];
    bc_runs *runs;
    struct bc_err err = { 0 };

    (void)state;
    folder_make(folder);
    (void)snprintf(below, sizeof(below), "%s/aside", folder);
    assert_int_equal(mkdir(below, 0700), 0);
    runs = bc_runs_new(below);
    check_ok(bc_runs_add(runs, BC_STR("a"), BC_STR("1"), &err), &err);
    check_ok(bc_runs_end(runs, &err), &err);
    assert_int_equal(rmdir(below), 0); /* it is empty, though the file is in use */
    bc_runs_free(runs);
    folder_remove(folder);
}

/* Adds until the limit on a file's size is reached. */
static void a_full_disk_is_said(void **state)
{
    char folder[FOLDER_PATH], bytes[1000] = { 0 };
    struct rlimit before, low;
    struct bc_err err = { 0 };
    bc_status rc = BC_OK;
    bc_runs *runs;

    (void)state;
    folder_make(folder);
    runs = bc_runs_new(folder);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    low = before;
    low.rlim_cur = 1 << 20;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    for (int i = 0; rc == BC_OK && i < 2000; i++)
        rc = bc_runs_add(runs, BC_STR("a"), (struct bc_str){ bytes, sizeof(bytes) }, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(rc, BC_E_IO);
    assert_non_null(strstr(err.message, "write a temporary file in "));
    assert_non_null(strstr(err.message, folder));
    assert_non_null(strstr(err.message, "File too large"));
    bc_runs_free(runs);
    folder_remove(folder);
}

static void a_folder_that_is_not_there_is_said(void **state)
{
    bc_runs *runs = bc_runs_new("/dev/null/aside");
    struct bc_err err = { 0 };

    (void)state;
    check_ok(bc_runs_add(runs, BC_STR("a"), BC_STR("1"), &err), &err);
    assert_int_equal(bc_runs_end(runs, &err), BC_E_IO);
    assert_non_null(strstr(err.message, "/dev/null/aside"));
    bc_runs_free(runs);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 6] = {
        cmocka_unit_test(parts_make_the_whole),
        cmocka_unit_test(of_no_runs_there_is_one_part),
        cmocka_unit_test(an_open_run_is_out_of_sight),
        cmocka_unit_test(nothing_is_left_in_the_folder),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(a_folder_that_is_not_there_is_said),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[6 + i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/spill/runs", tests, NULL, NULL);
}
