/* A ledger under rough treatment: readers beside a writer, kills at any moment, a full disk, and
 * files that were altered. Whatever happens, what is read is a whole number of appends, or an
 * error. */
#include "ledger/ledger.h"
#include "ledger/log/verify.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"
#include "tests/support/process.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* --- what a child does --- */

/* child DIR APPENDS EVENTS FILLER LIMIT: so many appends, of so many events, after those that are
 * there; LIMIT: bytes that a file may have, or 0. Exit code: as the program's would be. */
static int child_appends(char **args)
{
    uint64_t appends = strtoull(args[1], NULL, 10), events = strtoull(args[2], NULL, 10);
    size_t filler = strtoull(args[3], NULL, 10);
    struct rlimit limit = { .rlim_cur = strtoull(args[4], NULL, 10), .rlim_max = RLIM_INFINITY };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = BC_OK;

    if (limit.rlim_cur) {
        (void)signal(SIGXFSZ, SIG_IGN); /* a write then fails, as on a full disk */
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 99;
    }
    rc = bc_ledger_open(&log, args[0], true, &err);
    for (uint64_t i = 0; rc == BC_OK && i < appends; i++) {
        uint64_t size = bc_log_head(log)->size;

        rc = made_append(log, size + 1, size + events, filler, MADE_NOW_US, &err);
    }
    bc_log_close(log);
    return -rc;
}

static int child_init(char **args)
{
    return -bc_ledger_init(args[0], false, NULL);
}

/* --- the place --- */

struct place {
    char folder[FOLDER_PATH], dir[FOLDER_PATH + 8], copy[FOLDER_PATH + 8];
    struct bc_err err;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->dir, sizeof(place->dir), "%s/ledger", place->folder);
    (void)snprintf(place->copy, sizeof(place->copy), "%s/copy", place->folder);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    folder_remove(place->folder);
    free(place);
    return 0;
}

static pid_t start_appends(const struct place *place, const char *appends, const char *events,
                           const char *filler, const char *limit)
{
    const char *const args[] = { "append", place->dir, appends, events, filler, limit, NULL };

    return process_start(args);
}

static uint64_t size_of(struct place *place)
{
    uint64_t size;
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, false, &place->err), &place->err);
    size = bc_log_head(log)->size;
    bc_log_close(log);
    return size;
}

/* The ledger holds so many events, as a reader finds it and as a writer leaves it. */
static void check_verifies(struct place *place, uint64_t size)
{
    for (int write = 0; write < 2; write++) {
        bc_log *log;

        check_ok(bc_ledger_open(&log, place->dir, write, &place->err), &place->err);
        assert_int_equal(bc_log_head(log)->size, size);
        check_ok(bc_log_verify(log, NULL, &place->err), &place->err);
        bc_log_close(log);
    }
}

/* Every one of them is what was appended. */
static void check_made(struct place *place, uint64_t size, size_t filler)
{
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, false, &place->err), &place->err);
    made_check(log, size, filler);
    bc_log_close(log);
}

static void check_whole(struct place *place, uint64_t size, size_t filler)
{
    check_verifies(place, size);
    check_made(place, size, filler);
}

/* --- readers beside a writer --- */

static void readers_see_a_prefix_of_whole_appends_while_a_writer_works(void **state)
{
    struct place *place = *state;
    uint64_t before = 0, answers = 0, between = 0;
    bool ended = false;
    int code = -1;
    pid_t child;

    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
    /* 200,000 events; each append is a large one, of more than 4 MiB. */
    child = start_appends(place, "8", "25000", "200", "0");
    while (!ended) {
        const struct bc_event *event;
        bc_cursor *cursor;
        uint64_t size, seen = 0;
        bc_log *log;
        bc_status rc;

        ended = process_ended(child, &code);
        check_ok(bc_ledger_open(&log, place->dir, false, &place->err), &place->err);
        size = bc_log_head(log)->size;
        assert_true(size >= before);
        assert_int_equal(size % 25000, 0);
        check_ok(bc_cursor_open(&cursor, log, 1, size, &place->err), &place->err);
        while ((rc = bc_cursor_next(cursor, &event, NULL, &place->err)) == BC_OK)
            seen++;
        check_ok(rc, &place->err);
        assert_int_equal(seen, size);
        bc_cursor_free(cursor);
        bc_log_close(log);
        answers++;
        between += size != before;
        before = size;
    }
    assert_int_equal(code, 0);
    assert_int_equal(before, 200000);
    print_message("%llu answers, %llu sizes\n", (unsigned long long)answers,
                  (unsigned long long)between);
    assert_true(answers > 3 && between > 1);
    check_made(place, 200000, 200);
}

static void readers_are_right_beside_many_small_appends(void **state)
{
    struct place *place = *state;
    uint64_t before = 0, answers = 0;
    bool ended = false;
    int code = -1;
    pid_t child;

    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
    /* Larger than RocksDB's write buffer in all, so that it moves data to files on the way. */
    child = start_appends(place, "60", "100", "9000", "0");
    while (!ended) {
        bc_log *log;

        ended = process_ended(child, &code);
        check_ok(bc_ledger_open(&log, place->dir, false, &place->err), &place->err);
        assert_true(bc_log_head(log)->size >= before);
        before = bc_log_head(log)->size;
        assert_int_equal(before % 100, 0);
        if (answers++ % 4 == 0)
            made_check(log, before, 9000);
        bc_log_close(log);
    }
    assert_int_equal(code, 0);
    assert_int_equal(before, 6000);
    check_whole(place, 6000, 9000);
}

/* --- kills --- */

enum { KILLS = 6 };

static struct kill_row {
    const char *name, *appends, *events, *filler;
    uint64_t n;
    size_t filler_n;
} kill_rows[] = {
    { "killed at any moment of small appends", "3", "50", "300", 50, 300 },
    { "killed at any moment of a large append", "1", "5000", "1000", 5000, 1000 },
};

static int64_t now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Kills at moments spread over the time that the whole takes. */
static void kill_row(void **state)
{
    const struct kill_row *row = *state;
    struct place *place;
    uint64_t size, killed = 0;
    int64_t took_ns = now_ns();
    void *room = NULL;

    (void)setup(&room);
    place = room;
    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
    assert_int_equal(
        process_wait(start_appends(place, row->appends, row->events, row->filler, "0")), 0);
    took_ns = now_ns() - took_ns;
    for (int i = 1; i <= KILLS; i++) {
        const int64_t after_ns = took_ns * i / (KILLS + 1);
        const struct timespec pause = { after_ns / 1000000000, after_ns % 1000000000 };
        pid_t child = start_appends(place, row->appends, row->events, row->filler, "0");

        (void)nanosleep(&pause, NULL);
        (void)kill(child, SIGKILL);
        killed += process_wait(child) == -SIGKILL;
        size = size_of(place);
        assert_int_equal(size % row->n, 0);
        check_verifies(place, size);
    }
    print_message("%llu of %d killed\n", (unsigned long long)killed, KILLS);
    assert_true(killed > 0);
    size = size_of(place);
    assert_int_equal(process_wait(start_appends(place, "1", row->events, row->filler, "0")), 0);
    check_whole(place, size + row->n, row->filler_n);
    (void)teardown(&room);
}

/* --- a full disk --- */

static struct disk_row {
    const char *name, *events, *filler, *limit;
    uint64_t n;
    size_t filler_n;
    bool fits;
} disk_rows[] = {
    { "no room at all", "100", "300", "1", 100, 300, false },
    { "no room for a small append", "1000", "3000", "1000000", 1000, 3000, false },
    { "no room for a large append's first file", "6000", "800", "1000", 6000, 800, false },
    { "no room for the end of a large append's file", "9000", "600", "30000", 9000, 600, false },
    { "room enough", "6000", "800", "100000000", 6000, 800, true },
};

static void disk_row(void **state)
{
    const struct disk_row *row = *state;
    struct place *place;
    uint64_t size;
    void *room = NULL;
    int code;

    (void)setup(&room);
    place = room;
    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
    assert_int_equal(process_wait(start_appends(place, "1", row->events, row->filler, "0")), 0);
    code = process_wait(start_appends(place, "1", row->events, row->filler, row->limit));
    size = size_of(place);
    assert_int_equal(code, row->fits ? 0 : -BC_E_IO);
    assert_int_equal(size, row->fits ? 2 * row->n : row->n);
    check_verifies(place, size);
    assert_int_equal(process_wait(start_appends(place, "1", row->events, row->filler, "0")), 0);
    check_whole(place, size + row->n, row->filler_n);
    (void)teardown(&room);
}

/* --- altered files --- */

/* Opens the copy and reads all of it: right, or damage. */
static bool damage_was_found(struct place *place, const char *what)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = bc_ledger_open(&log, place->copy, false, &err);

    if (rc == BC_OK)
        rc = bc_log_verify(log, NULL, &err);
    if (rc == BC_OK)
        made_check(log, 4504, 1000);
    else if (rc != BC_E_DAMAGED)
        fail_msg("%s: status %d: %s", what, rc, err.message);
    bc_log_close(log);
    return rc != BC_OK;
}

enum { FLIPS = 8 };

/* Alters one file of the copy in many ways, one after the other. */
static void alter_file(struct place *place, const char *name, size_t *tried, size_t *found)
{
    char path[FOLDER_PATH + 300], what[400];
    struct bc_buf bytes = { 0 };

    (void)snprintf(path, sizeof(path), "%s/db/%s", place->copy, name);
    file_read(&bytes, path);
    for (size_t i = 0; bytes.len && i < FLIPS; i++) {
        size_t at = (bytes.len - 1) * i / (FLIPS - 1);

        (void)snprintf(what, sizeof(what), "%s, byte %zu of %zu", name, at, bytes.len);
        bytes.at[at] ^= (char)(1 << i % 8);
        file_write(path, bc_buf_str(&bytes));
        bytes.at[at] ^= (char)(1 << i % 8);
        *found += damage_was_found(place, what);
        ++*tried;
    }
    for (size_t i = 0; bytes.len && i < 4; i++) {
        size_t len = i < 3 ? bytes.len * i / 3 : bytes.len - 1;

        (void)snprintf(what, sizeof(what), "%s, cut to %zu of %zu", name, len, bytes.len);
        file_write(path, (struct bc_str){ bytes.at, len });
        *found += damage_was_found(place, what);
        ++*tried;
    }
    (void)snprintf(what, sizeof(what), "%s, gone", name);
    assert_int_equal(unlink(path), 0);
    *found += damage_was_found(place, what);
    ++*tried;
    file_write(path, bc_buf_str(&bytes));
    bc_buf_release(&bytes);
}

/* Of the opened files' bytes none may change what is read without being found. */
static void altered_files_are_found_or_do_not_matter(void **state)
{
    struct place *place = *state;
    size_t tried = 0, found = 0;
    struct dirent **names;
    char db[FOLDER_PATH + 16];
    int n;

    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
    assert_int_equal(process_wait(start_appends(place, "1", "4500", "1000", "0")), 0);
    assert_int_equal(process_wait(start_appends(place, "2", "2", "1000", "0")), 0);
    folder_copy(place->dir, place->copy);
    (void)snprintf(db, sizeof(db), "%s/db", place->copy);
    n = scandir(db, &names, NULL, alphasort);
    assert_true(n > 2);
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.')
            alter_file(place, names[i]->d_name, &tried, &found);
        free(names[i]);
    }
    free(names);
    print_message("%zu altered, %zu found\n", tried, found);
    assert_true(found > tried / 3);
    assert_false(damage_was_found(place, "as it was"));
}

/* --- making one --- */

static void of_two_that_make_a_ledger_at_once_one_does(void **state)
{
    struct place *place = *state;

    for (int round = 0; round < 5; round++) {
        const char *const args[] = { "init", place->dir, NULL };
        pid_t one = process_start(args), two = process_start(args);
        int first = process_wait(one), second = process_wait(two);

        assert_true((first == 0) != (second == 0));
        assert_true(first == 0 || first == -BC_E_BUSY || first == -BC_E_INPUT);
        assert_true(second == 0 || second == -BC_E_BUSY || second == -BC_E_INPUT);
        check_whole(place, 0, 0);
        folder_remove(place->dir);
    }
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[ARRAY_LEN(kill_rows) + ARRAY_LEN(disk_rows) + 4] = {
        cmocka_unit_test_setup_teardown(readers_see_a_prefix_of_whole_appends_while_a_writer_works,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(readers_are_right_beside_many_small_appends, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(altered_files_are_found_or_do_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(of_two_that_make_a_ledger_at_once_one_does, setup,
                                        teardown),
    };
    size_t n = 4;

    if (argc == 7 && strcmp(argv[1], "append") == 0)
        return child_appends(argv + 2);
    if (argc == 3 && strcmp(argv[1], "init") == 0)
        return child_init(argv + 2);
    for (size_t i = 0; i < ARRAY_LEN(kill_rows); i++)
        tests[n++] = (struct CMUnitTest){ kill_rows[i].name, kill_row, NULL, NULL, &kill_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(disk_rows); i++)
        tests[n++] = (struct CMUnitTest){ disk_rows[i].name, disk_row, NULL, NULL, &disk_rows[i] };
    return cmocka_run_group_tests_name("ledger/crash", tests, NULL, NULL);
}
