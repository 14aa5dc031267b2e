/* Whatever call of the store goes wrong, the log is as it was or holds the whole append; and adding
 * the same again after the next opening ends the same. Small appends and large ones, each call in
 * turn failing, or being the last one before a kill. */
#include "ledger/log/verify.h"
#include "tests/support/check.h"
#include "tests/support/fault.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"

#include <stdio.h>

enum { BEFORE = 300 };

static struct row {
    const char *name;
    enum fault_mode mode;
    uint64_t n; /* events that are appended to BEFORE others */
    size_t filler;
    uint64_t step; /* of the calls that are tried; 1: every one */
} rows[] = {
    { "a small append: each call fails", FAULT_FAILS, 40, 0, 1 },
    { "a small append: killed before each write", FAULT_KILL_BEFORE, 40, 0, 1 },
    { "a small append: killed after each write", FAULT_KILL_AFTER, 40, 0, 1 },
    { "a large append: calls fail", FAULT_FAILS, 600, 8000, 151 },
    { "a large append: killed before each write", FAULT_KILL_BEFORE, 600, 8000, 1 },
    { "a large append: killed after each write", FAULT_KILL_AFTER, 600, 8000, 1 },
};

static void fill(bc_store *below, const struct row *row, struct bc_head *head)
{
    struct fault none = { 0 };
    struct bc_err err = { 0 };
    bc_log *log;

    check_ok(bc_log_open(&log, fault_store(below, &none), true, NULL, &err), &err);
    check_ok(made_append(log, 1, BEFORE, row->filler, MADE_NOW_US, &err), &err);
    *head = *bc_log_head(log);
    bc_log_close(log);
}

static bc_store *filled(const struct row *row, struct bc_head *head)
{
    bc_store *below = bc_store_memory();

    fill(below, row, head);
    return below;
}

/* Opens and appends with a fault. False: it did not come to it. */
static bool run_with_fault(const struct row *row, bc_store *below, uint64_t nth,
                           const struct bc_head *before)
{
    struct fault fault = { row->mode, row->mode != FAULT_FAILS, nth, 0, false };
    struct bc_err err = { 0 };
    bc_store *store = fault_store(below, &fault);
    bc_log *log = NULL;
    bc_status rc = bc_log_open(&log, store, true, NULL, &err);

    if (rc < 0) {
        bc_store_close(store);
    } else {
        rc = made_append(log, BEFORE + 1, BEFORE + row->n, row->filler, MADE_NOW_US, &err);
        if (rc < 0) /* it may be on disk; what this log shows is as it was */
            assert_memory_equal(bc_log_head(log), before, sizeof(*before));
    }
    assert_int_equal(rc < 0, fault.happened);
    if (rc < 0) {
        assert_int_equal(rc, BC_E_IO);
        assert_non_null(strstr(err.message, "planted"));
    }
    bc_log_close(log);
    return fault.happened;
}

/* What the next process finds: all or none; then it appends the same. */
static void check_next(const struct row *row, bc_store *below, const struct bc_head *before)
{
    const uint64_t whole = BEFORE + row->n;
    struct bc_err err = { 0 };
    struct fault none = { 0 };
    struct bc_head head;
    bc_log *log;

    /* A reader that comes first sees the same, and leaves the leftovers where they are. */
    check_ok(bc_log_open(&log, fault_store(below, &none), false, NULL, &err), &err);
    head = *bc_log_head(log);
    made_check(log, head.size, row->filler);
    check_ok(bc_log_verify(log, NULL, &err), &err);
    bc_log_close(log);
    if (head.size != whole)
        assert_memory_equal(&head, before, sizeof(head));

    check_ok(bc_log_open(&log, fault_store(below, &none), true, NULL, &err), &err);
    assert_memory_equal(bc_log_head(log), &head, sizeof(head));
    check_ok(bc_log_verify(log, NULL, &err), &err);
    check_ok(made_append(log, BEFORE + 1, whole, row->filler, MADE_NOW_US, &err), &err);
    made_check(log, whole, row->filler);
    check_ok(bc_log_verify(log, NULL, &err), &err);
    bc_log_close(log);
}

static void fault_row(void **state)
{
    const struct row *row = *state;
    uint64_t tried = 0;
    bool happened = true;

    for (uint64_t nth = 1; happened; nth += row->step) {
        struct bc_head before;
        bc_store *below = filled(row, &before);

        happened = run_with_fault(row, below, nth, &before);
        tried += happened;
        check_next(row, below, &before);
        bc_store_close(below);
    }
    assert_true(tried > 0);
}

/* Leftovers of a killed append must not shine through in the ids of events that come later. */
static void another_append_takes_the_place_of_a_killed_one(void **state)
{
    const struct row row = { "", FAULT_KILL_BEFORE, 600, 8000, 1 };
    struct bc_err err = { 0 };
    struct fault none = { 0 };
    struct bc_head before;
    bc_store *below;
    uint64_t seq;
    bc_log *log;

    (void)state;
    for (uint64_t nth = 1; nth <= 3; nth++) {
        below = filled(&row, &before);
        assert_true(run_with_fault(&row, below, nth, &before));
        check_ok(bc_log_open(&log, fault_store(below, &none), true, NULL, &err), &err);
        check_ok(made_append(log, 5001, 5600, 10, MADE_NOW_US, &err), &err);
        assert_int_equal(bc_log_find(log, BC_STR("made/301"), &seq, &err), BC_DONE);
        assert_int_equal(bc_log_find(log, BC_STR("made/5001"), &seq, &err), BC_OK);
        assert_int_equal(seq, BEFORE + 1);
        check_ok(bc_log_verify(log, NULL, &err), &err);
        bc_log_close(log);
        bc_store_close(below);
    }
}

static void killed_while_clearing_up_is_no_harm_either(void **state)
{
    const struct row row = { "", FAULT_KILL_BEFORE, 9000, 600, 1 };
    struct bc_head before;
    bc_store *below = filled(&row, &before);
    bool happened = true;

    (void)state;
    assert_true(run_with_fault(&row, below, 3, &before)); /* files are in, the head is not */
    for (uint64_t nth = 1; happened; nth++) {
        struct fault fault = { FAULT_KILL_AFTER, true, 1, 0, false };
        struct bc_err err = { 0 };
        bc_store *store = fault_store(below, &fault);
        bc_log *log = NULL;

        assert_true(nth < 10);
        if (bc_log_open(&log, store, true, NULL, &err) < 0)
            bc_store_close(store);
        bc_log_close(log);
        happened = fault.happened;
    }
    check_next(&row, below, &before);
    bc_store_close(below);
}

static void open_disk(bc_store **out, const char *folder, bool write)
{
    char db[FOLDER_PATH + 8];
    struct bc_err err = { 0 };

    (void)snprintf(db, sizeof(db), "%s/db", folder);
    check_ok(bc_store_rocksdb(out, db, write, write, &err), &err);
}

/* The same in a database: between the files that a large append adds, and before its head. */
static void what_a_killed_append_left_in_a_database_goes(void **state)
{
    const struct row row = { "", FAULT_KILL_BEFORE, 600, 8000, 1 };

    (void)state;
    for (uint64_t nth = 1; nth <= 3; nth++) {
        char folder[FOLDER_PATH];
        struct bc_head before;
        bc_store *below;

        folder_make(folder);
        open_disk(&below, folder, true);
        fill(below, &row, &before);
        assert_true(run_with_fault(&row, below, nth, &before));
        bc_store_close(below);
        open_disk(&below, folder, true);
        check_next(&row, below, &before);
        bc_store_close(below);
        folder_remove(folder);
    }
}

static void after_a_failed_commit_no_other_append_is_taken(void **state)
{
    struct fault fault = { FAULT_FAILS, true, 2, 0, false };
    bc_store *below = bc_store_memory();
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log;

    (void)state;
    check_ok(bc_log_open(&log, fault_store(below, &fault), true, NULL, &err), &err);
    check_ok(made_append(log, 1, 5, 0, MADE_NOW_US, &err), &err);
    assert_int_equal(made_append(log, 6, 9, 0, MADE_NOW_US, &err), BC_E_IO);
    assert_int_equal(bc_append_open(&append, log, 0, &err), BC_E_IO);
    assert_null(append);
    made_check(log, 5, 0); /* reading goes on */
    bc_log_close(log);
    bc_store_close(below);
}

static bc_status no_publishing(void *payload, const struct bc_head *head, struct bc_err *err)
{
    ++*(int *)payload;
    assert_int_equal(head->size, 7);
    return bc_err_set(err, BC_E_IO, "cannot write the head");
}

static void a_head_that_is_not_published_is_not_acknowledged(void **state)
{
    int calls = 0;
    const struct bc_head_sink sink = { no_publishing, NULL, &calls };
    bc_store *below = bc_store_memory();
    struct bc_err err = { 0 };
    struct fault none = { 0 };
    bc_log *log;

    (void)state;
    check_ok(bc_log_open(&log, fault_store(below, &none), true, &sink, &err), &err);
    assert_int_equal(made_append(log, 1, 7, 0, MADE_NOW_US, &err), BC_E_IO);
    assert_int_equal(calls, 1);
    bc_log_close(log);
    check_ok(bc_log_open(&log, below, true, NULL, &err), &err);
    made_check(log, 7, 0); /* all of it, after the next opening */
    check_ok(made_append(log, 1, 7, 0, MADE_NOW_US, &err), &err);
    bc_log_close(log);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 5] = {
        cmocka_unit_test(another_append_takes_the_place_of_a_killed_one),
        cmocka_unit_test(killed_while_clearing_up_is_no_harm_either),
        cmocka_unit_test(what_a_killed_append_left_in_a_database_goes),
        cmocka_unit_test(after_a_failed_commit_no_other_append_is_taken),
        cmocka_unit_test(a_head_that_is_not_published_is_not_acknowledged),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[5 + i] = (struct CMUnitTest){ rows[i].name, fault_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/log/fault", tests, NULL, NULL);
}
