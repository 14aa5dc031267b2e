/* Large appends: by one thread or two, with ids in memory or in runs, they accept and refuse what
 * small ones do and make the same log; nothing of one that is given up stays. */
#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/ledger.h"
#include "ledger/log/log_impl.h"
#include "ledger/log/verify.h"
#include "tests/support/check.h"
#include "tests/support/fault.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"

#include <stdio.h>
#include <stdlib.h>

enum { EVENTS = 6000, FILLER = 1500, FEW = 100000, PLACE = 10 };

static struct row {
    const char *name;
    unsigned threads;
    size_t pending_most; /* 0: as it is */
    bool on_disk, keep_recorded;
} rows[] = {
    { "one thread", 1, 0, false, false },
    { "two threads", 2, 0, false, false },
    { "one thread, ids in runs", 1, FEW, false, false },
    { "two threads, ids in runs", 2, FEW, false, false },
    { "two threads, ids in runs, recorded times kept", 2, FEW, false, true },
    { "two threads, ids in runs, in a database", 2, FEW, true, false },
};

struct world {
    const struct row *row;
    char folder[FOLDER_PATH];
    bc_log *log;
    bc_append *append;
    struct made made;
    struct bc_err err;
};

static void open_log(struct world *world)
{
    char db[FOLDER_PATH + 8];
    bc_store *store = NULL;

    (void)snprintf(db, sizeof(db), "%s/db", world->folder);
    if (world->row->on_disk)
        check_ok(bc_store_rocksdb(&store, db, true, true, &world->err), &world->err);
    else
        store = bc_store_memory();
    check_ok(bc_log_open(&world->log, store, true, NULL, &world->err), &world->err);
    bc_log_set_threads(world->log, world->row->threads);
    if (world->row->pending_most)
        world->log->pending_most = world->row->pending_most;
}

static void open_append(struct world *world)
{
    check_ok(bc_append_open(&world->append, world->log, MADE_NOW_US, &world->err), &world->err);
}

/* Adds event n; with `actor`, as done by somebody else than always. */
static bc_status add(struct world *world, uint64_t n, const char *actor)
{
    struct bc_event event = *made_event(&world->made, n, FILLER);

    if (actor)
        event.actor = bc_str_of(actor);
    event.has_recorded = true;
    event.recorded_us = MADE_NOW_US + (int64_t)n;
    return bc_append_add(world->append, &event, PLACE * n, world->row->keep_recorded, NULL, NULL,
                         &world->err);
}

static void commit(struct world *world)
{
    check_ok(bc_append_commit(world->append, &world->err), &world->err);
    bc_append_free(world->append);
    world->append = NULL;
}

/* The same events, a few at a time. */
static struct bc_head head_of_small_appends(const struct row *row, uint64_t n)
{
    struct row small = { .threads = 1, .keep_recorded = row->keep_recorded };
    struct world world = { .row = &small };
    struct bc_head head;

    open_log(&world);
    for (uint64_t i = 1; i <= n; i++) {
        if (!world.append)
            open_append(&world);
        assert_int_equal(add(&world, i, NULL), BC_OK);
        if (i % 1000 == 0 || i == n)
            commit(&world);
    }
    head = *bc_log_head(world.log);
    bc_log_close(world.log);
    made_release(&world.made);
    return head;
}

static void check_conflict(struct world *world, uint64_t n, const char *what, uint64_t number)
{
    char want[64];

    assert_int_equal(add(world, n, "somebody else"), BC_E_CONFLICT);
    (void)snprintf(want, sizeof(want), "%s %llu has", what, (unsigned long long)number);
    assert_non_null(strstr(world->err.message, want));
}

/* Each event comes again soon, and long after; and so does another with its id. */
static void add_with_repeats(struct world *world)
{
    uint64_t repeats = 0;

    open_append(world);
    for (uint64_t n = 1; n <= EVENTS; n++) {
        uint64_t old = n * n / 3 % n + 1;

        assert_int_equal(add(world, n, NULL), BC_OK);
        if (n % 97)
            continue;
        assert_int_equal(add(world, n, NULL), BC_DONE);
        assert_int_equal(add(world, old, NULL), BC_DONE);
        check_conflict(world, old, "entry", old * PLACE);
        check_conflict(world, n, "entry", n * PLACE);
        repeats += 2;
    }
    assert_int_equal(bc_append_sum(world->append).added, EVENTS);
    assert_int_equal(bc_append_sum(world->append).duplicates, repeats);
    commit(world);
}

/* The same again, in this order and in another: all known, and distinguished from others. */
static void add_again(struct world *world, uint64_t step)
{
    open_append(world);
    for (uint64_t i = 0; i < EVENTS; i++) {
        uint64_t n = i * step % EVENTS + 1;

        assert_int_equal(add(world, n, NULL), BC_DONE);
        if (i % 1000 == 7)
            check_conflict(world, n, "event", n);
    }
    assert_int_equal(bc_append_sum(world->append).duplicates, EVENTS);
    commit(world);
}

static void run_row(void **state)
{
    const struct row *row = *state;
    const struct bc_head want = head_of_small_appends(row, EVENTS);
    struct world world = { .row = row };

    folder_make(world.folder);
    open_log(&world);
    add_with_repeats(&world);
    assert_memory_equal(bc_log_head(world.log), &want, sizeof(want));
    made_check(world.log, EVENTS, FILLER);
    check_ok(bc_log_verify(world.log, NULL, &world.err), &world.err);
    add_again(&world, 1);
    add_again(&world, 7);
    assert_memory_equal(bc_log_head(world.log), &want, sizeof(want));
    bc_log_close(world.log);
    made_release(&world.made);
    folder_remove(world.folder);
}

/* Old events with new ones in between, as a source has them that is read again. */
static void new_events_among_known_ones_are_added(void **state)
{
    const struct row row = { .threads = 2 };
    struct world world = { .row = &row };
    uint64_t added = 0;

    (void)state;
    open_log(&world);
    open_append(&world);
    for (uint64_t n = 14; n < 3000; n++) /* what is retracted is a few places before */
        if (n % 3 == 0)
            (void)add(&world, n, NULL);
    added = bc_append_sum(world.append).added;
    commit(&world);
    open_append(&world);
    for (uint64_t n = 1; n < 3000; n++)
        assert_in_range(add(&world, n, NULL), BC_OK, BC_DONE);
    assert_int_equal(bc_append_sum(world.append).duplicates, added);
    assert_int_equal(bc_append_sum(world.append).added, 2999 - added);
    commit(&world);
    check_ok(bc_log_verify(world.log, NULL, &world.err), &world.err);
    bc_log_close(world.log);
    made_release(&world.made);
}

static bool is_table_folder(void *payload, const char *name)
{
    *(size_t *)payload += bc_aside_is_of(name, "db");
    return true;
}

static size_t table_folders(const char *folder)
{
    size_t n = 0;

    assert_int_equal(bc_dir_each(folder, is_table_folder, &n, NULL), BC_OK);
    return n;
}

static void one_that_is_given_up_leaves_no_file(void **state)
{
    const struct row row = { .threads = 2, .pending_most = FEW, .on_disk = true };
    struct world world = { .row = &row };

    (void)state;
    folder_make(world.folder);
    open_log(&world);
    open_append(&world);
    for (uint64_t n = 1; n <= EVENTS; n++)
        assert_int_equal(add(&world, n, NULL), BC_OK);
    assert_true(table_folders(world.folder) > 0);
    bc_append_free(world.append);
    assert_int_equal(table_folders(world.folder), 0);
    bc_log_close(world.log);
    made_release(&world.made);
    folder_remove(world.folder);
}

/* Whatever a kill left after the head, no family keeps a key that no event accounts for. */
static void what_a_killed_append_left_goes_from_every_family(void **state)
{
    (void)state;
    for (uint64_t nth = 1; nth <= 5; nth++) {
        static const enum bc_family families[] = { BC_LOG, BC_IDS, BC_RETRACTIONS, BC_TREE };
        struct fault fault = { FAULT_KILL_BEFORE, true, nth, 0, false }, none = { 0 };
        bc_store *below = bc_store_memory();
        struct bc_err err = { 0 };
        bc_log *log;

        check_ok(bc_log_open(&log, fault_store(below, &fault), true, NULL, &err), &err);
        assert_int_equal(made_append(log, 1, EVENTS, FILLER, MADE_NOW_US, &err), BC_E_IO);
        assert_true(fault.happened);
        bc_log_close(log);
        check_ok(bc_log_open(&log, fault_store(below, &none), true, NULL, &err), &err);
        assert_int_equal(bc_log_head(log)->size, 0);
        for (size_t i = 0; i < ARRAY_LEN(families); i++) {
            struct bc_str key, value;
            bc_iter *iter;

            check_ok(bc_iter_open(&iter, below, families[i], (struct bc_str){ 0 }, &err), &err);
            assert_int_equal(bc_iter_next(iter, &key, &value, &err), BC_DONE);
            bc_iter_free(iter);
        }
        bc_log_close(log);
        bc_store_close(below);
    }
}

/* A file that cannot be written is said at the latest at the commit, whichever thread met it. */
static void what_fails_in_the_other_thread_is_said(void **state)
{
    (void)state;
    for (uint64_t nth = 5; nth < 6000; nth += 1400) {
        struct fault fault = { FAULT_FAILS, false, nth, 0, false };
        bc_store *below = bc_store_memory();
        struct bc_err err = { 0 };
        bc_log *log;

        check_ok(bc_log_open(&log, fault_store(below, &fault), true, NULL, &err), &err);
        bc_log_set_threads(log, 2);
        assert_int_equal(made_append(log, 1, EVENTS, FILLER, MADE_NOW_US, &err), BC_E_IO);
        assert_true(fault.happened);
        assert_non_null(strstr(err.message, "planted"));
        assert_int_equal(bc_log_head(log)->size, 0);
        bc_log_close(log);
        bc_store_close(below);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4] = {
        cmocka_unit_test(new_events_among_known_ones_are_added),
        cmocka_unit_test(one_that_is_given_up_leaves_no_file),
        cmocka_unit_test(what_a_killed_append_left_goes_from_every_family),
        cmocka_unit_test(what_fails_in_the_other_thread_is_said),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[4 + i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/log/append", tests, NULL, NULL);
}
