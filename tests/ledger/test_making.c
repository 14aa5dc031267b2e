/* Making a ledger: it is one when it is finished and not before; what a kill left at any moment is
 * removed by the next, and nothing else ever is; it is closed to others, whatever the umask. */
#include "ledger/base/dir.h"
#include "ledger/ledger.h"
#include "ledger/log/verify.h"
#include "ledger/making.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"
#include "tests/support/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <ftw.h>
#include <grp.h>

struct place {
    char folder[FOLDER_PATH], dir[FOLDER_PATH + 8];
    bc_making *making;
    struct bc_err err;
};

static const struct bc_making_as plain = { 0 }, shared = { .shared = true };

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->dir, sizeof(place->dir), "%s/ledger", place->folder);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    bc_making_free(place->making);
    folder_remove(place->folder);
    free(place);
    return 0;
}

static const char *path_in(const struct place *place, const char *name)
{
    static char path[FOLDER_PATH + 64];

    (void)snprintf(path, sizeof(path), "%s/%s", place->dir, name);
    return path;
}

static void begin(struct place *place, const struct bc_making_as *as)
{
    check_ok(bc_making_begin(&place->making, place->dir, as, &place->err), &place->err);
}

static void finish(struct place *place)
{
    check_ok(bc_making_finish(place->making, &place->err), &place->err);
    bc_making_free(place->making);
    place->making = NULL;
}

static void refused(struct place *place, bc_status want)
{
    place->err = (struct bc_err){ 0 };
    assert_int_equal(bc_making_begin(&place->making, place->dir, &plain, &place->err), want);
    assert_null(place->making);
    assert_true(place->err.message[0]);
}

static void append(struct place *place, uint64_t first, uint64_t last, size_t filler)
{
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, true, &place->err), &place->err);
    check_ok(made_append(log, first, last, filler, MADE_NOW_US, &place->err), &place->err);
    bc_log_close(log);
}

static void check_ledger(struct place *place, uint64_t size)
{
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, false, &place->err), &place->err);
    assert_int_equal(bc_log_head(log)->size, size);
    check_ok(bc_log_verify(log, NULL, &place->err), &place->err);
    bc_log_close(log);
}

/* --- being one --- */

static void before_it_is_finished_it_is_no_ledger(void **state)
{
    struct place *place = *state;
    bc_log *log = NULL;

    begin(place, &plain);
    assert_int_equal(bc_ledger_open(&log, place->dir, false, &place->err), BC_E_INPUT);
    assert_non_null(strstr(place->err.message, "not a ledger yet"));
    assert_int_equal(bc_ledger_open(&log, place->dir, true, &place->err), BC_E_INPUT);
    check_ok(bc_making_open(&log, place->making, true, &place->err), &place->err);
    check_ok(made_append(log, 1, 5, 0, MADE_NOW_US, &place->err), &place->err);
    bc_log_close(log);
    finish(place);
    check_ledger(place, 5);
    assert_int_equal(access(path_in(place, "making"), F_OK), -1);
}

static void not_finished_nothing_is_left_of_it(void **state)
{
    struct place *place = *state;

    begin(place, &plain);
    bc_making_free(place->making);
    place->making = NULL;
    assert_int_equal(access(place->dir, F_OK), -1);
    assert_int_equal(mkdir(place->dir, 0755), 0); /* one that was there stays, as it was */
    assert_int_equal(chmod(place->dir, 0755), 0);
    begin(place, &plain);
    bc_making_free(place->making);
    place->making = NULL;
    assert_int_equal(rmdir(place->dir), 0);
}

static void a_second_one_at_the_same_place_is_refused(void **state)
{
    struct place *place = *state;
    bc_making *first;

    begin(place, &plain);
    first = place->making;
    place->making = NULL;
    refused(place, BC_E_BUSY);
    place->making = first;
    finish(place);
    check_ledger(place, 0);
}

/* --- what a kill left --- */

/* What lies in the folder, as touched here; the text of `making` where it is to be a whole one. */
static struct left_row {
    const char *name;
    const char *names[6];
    bool may; /* be removed */
} left_rows[] = {
    { "nothing yet", { NULL }, true },
    { "the first file aside", { ".making-0123456789abcdef" }, true },
    { "the first file", { "making" }, true },
    { "a database begun", { "making", "db/" }, true },
    { "a database with files", { "making", "db/", "db/CURRENT", "db/000001.log" }, true },
    { "the head aside", { "making", "db/", ".head-0123456789abcdef" }, true },
    { "all but the format", { "making", "db/", "head", "lock", ".db-0123456789abcdef/" }, true },
    { "a ledger that lost its format", { "db/", "head", "lock" }, false },
    { "a ledger that lost its format and head", { "db/" }, false },
    { "a file of somebody's beside", { "making", "db/", "notes.txt" }, false },
    { "a hidden file of somebody's", { "making", ".bashrc" }, false },
    { "a finished ledger, and `making`", { "making", "format", "head", "db/" }, false },
    { "no `making` of ours", { "making=other", "db/" }, false },
    { "`making` is a folder", { "making/", "db/" }, false },
};

static void lay(const struct place *place, const char *name)
{
    char path[FOLDER_PATH + 64];
    size_t len;

    (void)snprintf(path, sizeof(path), "%s", path_in(place, name));
    len = strlen(path);
    if (path[len - 1] == '/')
        assert_int_equal(mkdir(path, 0755), 0);
    else if (strcmp(name, "making=other") == 0)
        file_write(path_in(place, "making"), BC_STR("other"));
    else
        file_write(path, BC_STR("backcast ledger 1\n"));
}

static void left_row(void **state)
{
    const struct left_row *row = *state;
    struct place *place;
    void *room = NULL;

    (void)setup(&room);
    place = room;
    assert_int_equal(mkdir(place->dir, 0755), 0);
    for (size_t i = 0; row->names[i]; i++)
        lay(place, row->names[i]);
    if (row->may) {
        begin(place, &plain);
        finish(place);
        append(place, 1, 3, 0);
        check_ledger(place, 3);
        assert_int_equal(access(path_in(place, "db/000001.log"), F_OK), -1);
    } else {
        refused(place, BC_E_INPUT);
        for (size_t i = 0; row->names[i]; i++)
            if (!strchr(row->names[i], '='))
                assert_int_equal(access(path_in(place, row->names[i]), F_OK), 0);
    }
    (void)teardown(&room);
}

static int64_t now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

enum { KILLS = 15 };

/* At moments spread over the time that it takes; most fall into the making itself. */
static void killed_at_any_moment_the_next_one_makes_it(void **state)
{
    struct place *place = *state;
    const char *const args[] = { "init", place->dir, NULL };
    int64_t took_ns = now_ns();
    int killed = 0;

    assert_int_equal(process_wait(process_start(args)), 0);
    took_ns = now_ns() - took_ns;
    for (int i = 1; i <= KILLS; i++) {
        const int64_t after_ns = took_ns * i / (KILLS + 1);
        const struct timespec pause = { after_ns / 1000000000, after_ns % 1000000000 };
        bc_log *log = NULL;
        pid_t child;

        folder_remove(place->dir);
        child = process_start(args);
        (void)nanosleep(&pause, NULL);
        (void)kill(child, SIGKILL);
        killed += process_wait(child) == -SIGKILL;
        if (bc_ledger_open(&log, place->dir, true, NULL) < 0) {
            begin(place, &plain);
            finish(place);
        }
        bc_log_close(log);
        append(place, 1, 3, 0);
        check_ledger(place, 3);
    }
    print_message("%d of %d killed\n", killed, KILLS);
    assert_true(killed > 0);
}

/* --- whose it is --- */

static void a_link_is_not_followed(void **state)
{
    struct place *place = *state;
    char other[FOLDER_PATH + 8];

    (void)snprintf(other, sizeof(other), "%s/other", place->folder);
    assert_int_equal(mkdir(other, 0755), 0);
    assert_int_equal(symlink("other", place->dir), 0);
    refused(place, BC_E_INPUT);
    assert_int_equal(rmdir(other), 0);
}

static void anothers_folder_is_refused(void **state)
{
    struct place *place = *state;
    struct stat status;

    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir(place->dir, 0777), 0);
    assert_int_equal(chmod(place->dir, 0777), 0);
    assert_int_equal(chown(place->dir, 65534, 65534), 0);
    refused(place, BC_E_IO);
    assert_non_null(strstr(place->err.message, "another user"));
    assert_int_equal(stat(place->dir, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0777);
    assert_int_equal(rmdir(place->dir), 0);
}

/* --- modes --- */

static mode_t want_folder, want_file;

static int check_mode(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    mode_t want = kind == FTW_D ? want_folder : want_file;

    (void)at;
    if ((status->st_mode & 07777) != want)
        fail_msg("%s: mode %o, expected %o", path, status->st_mode & 07777, want);
    return 0;
}

static void check_modes(const struct place *place, mode_t folder, mode_t file)
{
    want_folder = folder;
    want_file = file;
    assert_int_equal(nftw(place->dir, check_mode, 8, FTW_PHYS), 0);
}

static struct mode_row {
    const char *name;
    mode_t umask;
    mode_t there; /* the mode of an empty folder that is there; 0: there is none */
    const struct bc_making_as *as;
    mode_t folder, file;
} mode_rows[] = {
    { "closed under umask 0", 0, 0, &plain, 0700, 0600 },
    { "closed under umask 022", 022, 0, &plain, 0700, 0600 },
    { "open to ourselves under umask 0777", 0777, 0, &plain, 0700, 0600 },
    { "a folder that was open to all is closed", 022, 0777, &plain, 0700, 0600 },
    { "shared under umask 0", 0, 0, &shared, 02770, 0660 },
    { "shared under umask 077", 077, 0, &shared, 02770, 0660 },
    { "shared in a folder that was closed", 022, 0700, &shared, 02770, 0660 },
};

/* In a child, whose umask is its own from the beginning. With appends large enough for table files
 * of their own, and small ones, so that RocksDB makes files of all its kinds. */
static void mode_row(void **state)
{
    const struct mode_row *row = *state;
    struct place *place;
    void *room = NULL;

    (void)setup(&room);
    place = room;
    if (row->there) {
        assert_int_equal(mkdir(place->dir, 0700), 0);
        assert_int_equal(chmod(place->dir, row->there), 0);
    }
    for (int i = 0; i < 2; i++) {
        char mask[16];
        const char *const args[] = { i                 ? "append"
                                     : row->as->shared ? "shared"
                                                       : "init",
                                     place->dir, mask, NULL };

        (void)snprintf(mask, sizeof(mask), "%o", row->umask);
        assert_int_equal(process_wait(process_start(args)), 0);
        check_modes(place, row->folder, row->file);
    }
    (void)teardown(&room);
}

static void an_older_ledger_keeps_its_modes_and_opens_no_further(void **state)
{
    struct place *place = *state;
    const char *const args[] = { "append", place->dir, "0", NULL };
    char db[FOLDER_PATH + 64];
    struct stat status;

    begin(place, &plain);
    finish(place);
    (void)snprintf(db, sizeof(db), "%s", path_in(place, "db"));
    assert_int_equal(chmod(place->dir, 0755), 0);
    assert_int_equal(chmod(db, 0755), 0);
    assert_int_equal(process_wait(process_start(args)), 0);
    assert_int_equal(stat(place->dir, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0755);
    assert_int_equal(stat(path_in(place, "head"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    check_ledger(place, 4600);
}

enum { TEAM = 4242, ADA = 4243, BLY = 4244 };

static int as_member(uid_t user, const char *const *args)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        const gid_t team = TEAM;

        if (setgroups(1, &team) != 0 || setgid(user) != 0 || setuid(user) != 0)
            _exit(120);
        _exit(process_wait(process_start(args)) & 127);
    }
    return process_wait(child);
}

/* Also after a kill of the other one, who made the newest files. */
static void both_of_a_team_write_to_a_shared_ledger(void **state)
{
    struct place *place = *state;
    const char *const make[] = { "shared", place->dir, "77", NULL };
    const char *const add[] = { "append", place->dir, "77", NULL };
    const char *const die[] = { "die", place->dir, "77", NULL };

    if (geteuid() != 0)
        skip();
    assert_int_equal(chmod(place->folder, 0755), 0);
    assert_int_equal(mkdir(place->dir, 0700), 0);
    assert_int_equal(chown(place->dir, ADA, TEAM), 0);
    assert_int_equal(as_member(ADA, make), 0);
    assert_int_equal(as_member(BLY, add), 0);
    assert_int_equal(as_member(ADA, add), 0);
    assert_int_equal(as_member(BLY, die), 99);
    assert_int_equal(as_member(ADA, add), 0);
    assert_int_equal(as_member(BLY, add), 0);
    check_ledger(place, 4 * 4600 + 1);
}

/* --- what a child does --- */

static bc_status make(const char *dir, const struct bc_making_as *as)
{
    bc_making *making = NULL;
    bc_status rc = bc_making_begin(&making, dir, as, NULL);

    if (rc == BC_OK)
        rc = bc_making_finish(making, NULL);
    bc_making_free(making);
    return rc;
}

/* "die" ends without closing anything. */
static int child(const char *what, const char *dir)
{
    bc_log *log = NULL;
    bc_status rc;
    uint64_t size;

    if (strcmp(what, "append") != 0 && strcmp(what, "die") != 0)
        return -make(dir, strcmp(what, "shared") == 0 ? &shared : &plain);
    rc = bc_ledger_open(&log, dir, true, NULL);
    if (rc < 0)
        return -rc;
    size = bc_log_head(log)->size;
    if (strcmp(what, "die") == 0) {
        rc = made_append(log, size + 1, size + 1, 0, MADE_NOW_US, NULL);
        _exit(rc == BC_OK ? 99 : -rc);
    }
    rc = made_append(log, size + 1, size + 200, 0, MADE_NOW_US, NULL);
    if (rc == BC_OK)
        rc = made_append(log, size + 201, size + 4600, 1000, MADE_NOW_US, NULL);
    bc_log_close(log);
    return -rc;
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(before_it_is_finished_it_is_no_ledger, setup, teardown),
        cmocka_unit_test_setup_teardown(not_finished_nothing_is_left_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(a_second_one_at_the_same_place_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(killed_at_any_moment_the_next_one_makes_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_link_is_not_followed, setup, teardown),
        cmocka_unit_test_setup_teardown(anothers_folder_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(an_older_ledger_keeps_its_modes_and_opens_no_further, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(both_of_a_team_write_to_a_shared_ledger, setup, teardown),
    };
    struct CMUnitTest tests[ARRAY_LEN(others) + ARRAY_LEN(left_rows) + ARRAY_LEN(mode_rows)];
    size_t n = ARRAY_LEN(others);

    if (argc >= 3) {
        if (argc == 4)
            (void)umask((mode_t)strtoul(argv[3], NULL, 8));
        return child(argv[1], argv[2]);
    }
    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < ARRAY_LEN(left_rows); i++)
        tests[n++] = (struct CMUnitTest){ left_rows[i].name, left_row, NULL, NULL, &left_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(mode_rows); i++)
        tests[n++] = (struct CMUnitTest){ mode_rows[i].name, mode_row, NULL, NULL, &mode_rows[i] };
    return cmocka_run_group_tests_name("ledger/making", tests, NULL, NULL);
}
