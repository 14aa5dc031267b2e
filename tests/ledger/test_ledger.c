/* A ledger as a folder: who may open it, and what is said of one that is not what it was. */
#include "ledger/ledger.h"
#include "ledger/log/verify.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path_in(const struct folder_place *place, const char *name)
{
    static char path[FOLDER_PATH + 64];

    (void)snprintf(path, sizeof(path), "%s/%s", place->dir, name);
    return path;
}

static void init(struct folder_place *place)
{
    check_ok(bc_ledger_init(place->dir, false, &place->err), &place->err);
}

/* Appends events first..last to the ledger, as a process of its own would. */
static void append(struct folder_place *place, uint64_t first, uint64_t last)
{
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, true, &place->err), &place->err);
    check_ok(made_append(log, first, last, 0, MADE_NOW_US, &place->err), &place->err);
    bc_log_close(log);
}

static void check_holds(struct folder_place *place, uint64_t size, bool write)
{
    bc_log *log;

    check_ok(bc_ledger_open(&log, place->dir, write, &place->err), &place->err);
    made_check(log, size, 0);
    check_ok(bc_log_verify(log, NULL, &place->err), &place->err);
    bc_log_close(log);
}

static void check_refused(struct folder_place *place, bc_status want)
{
    for (int write = 0; write < 2; write++) {
        bc_log *log = NULL;

        place->err = (struct bc_err){ 0 };
        assert_int_equal(bc_ledger_open(&log, place->dir, write, &place->err), want);
        assert_int_equal(place->err.status, want);
        assert_true(place->err.message[0]);
        assert_null(log);
    }
}

/* --- making one --- */

static void a_new_ledger_is_empty_and_takes_events(void **state)
{
    struct folder_place *place = *state;

    init(place);
    check_holds(place, 0, false);
    check_holds(place, 0, true);
    append(place, 1, 5);
    check_holds(place, 5, false);
    append(place, 6, 900);
    check_holds(place, 900, true);
}

static void a_ledger_is_not_made_over_another(void **state)
{
    struct folder_place *place = *state;

    init(place);
    append(place, 1, 5);
    assert_int_equal(bc_ledger_init(place->dir, false, &place->err), BC_E_INPUT);
    check_holds(place, 5, false);
}

static void an_empty_folder_will_do(void **state)
{
    struct folder_place *place = *state;

    assert_int_equal(mkdir(place->dir, 0777), 0);
    init(place);
    check_holds(place, 0, false);
}

static void a_folder_with_something_in_it_will_not(void **state)
{
    struct folder_place *place = *state;
    struct bc_buf kept = { 0 };

    assert_int_equal(mkdir(place->dir, 0777), 0);
    file_write(path_in(place, ".hidden"), BC_STR("text"));
    assert_int_equal(bc_ledger_init(place->dir, false, &place->err), BC_E_INPUT);
    file_read(&kept, path_in(place, ".hidden"));
    assert_true(bc_str_eq(bc_buf_str(&kept), BC_STR("text")));
    bc_buf_release(&kept);
}

static void a_file_is_no_place_for_a_ledger(void **state)
{
    struct folder_place *place = *state;

    file_write(place->dir, BC_STR("text"));
    assert_int_equal(bc_ledger_init(place->dir, false, &place->err), BC_E_INPUT);
    check_refused(place, BC_E_INPUT);
}

static void a_folder_below_none_cannot_be_made(void **state)
{
    struct folder_place *place = *state;

    (void)snprintf(place->dir, sizeof(place->dir), "%s/a/b", place->folder);
    assert_int_equal(bc_ledger_init(place->dir, false, &place->err), BC_E_IO);
}

static void two_ledgers_have_two_names(void **state)
{
    struct folder_place *place = *state, other = *place;
    struct bc_buf one = { 0 }, two = { 0 };
    struct bc_str first, second;
    struct bc_head head;

    (void)snprintf(other.dir, sizeof(other.dir), "%s/other", place->folder);
    init(place);
    init(&other);
    file_read(&one, path_in(place, "head"));
    file_read(&two, path_in(&other, "head"));
    check_ok(bc_head_parse(&head, &first, NULL, bc_buf_str(&one), &place->err), &place->err);
    check_ok(bc_head_parse(&head, &second, NULL, bc_buf_str(&two), &place->err), &place->err);
    assert_false(bc_str_eq(first, second));
    assert_int_equal(head.size, 0);
    append(place, 1, 3); /* the name stays */
    two.len = 0;
    file_read(&two, path_in(place, "head"));
    assert_memory_equal(one.at, two.at, first.len + 1);
    bc_buf_release(&one);
    bc_buf_release(&two);
}

/* --- what is no ledger of ours --- */

static void no_folder_and_no_ledger_are_bad_input(void **state)
{
    struct folder_place *place = *state;

    check_refused(place, BC_E_INPUT);
    assert_int_equal(access(place->dir, F_OK), -1);
    assert_int_equal(mkdir(place->dir, 0777), 0);
    check_refused(place, BC_E_INPUT);
    assert_int_equal(rmdir(place->dir), 0); /* nothing was left in it */
}

static struct format_row {
    const char *name, *text;
    bc_status want;
} format_rows[] = {
    { "a newer format", "backcast ledger 2\n", BC_E_NEWER },
    { "a much newer format", "backcast ledger 4000000000\nand more\n", BC_E_NEWER },
    { "a format past all numbers", "backcast ledger 99999999999999999999\n", BC_E_NEWER },
    { "format 0", "backcast ledger 0\n", BC_E_DAMAGED },
    { "a negative format", "backcast ledger -1\n", BC_E_DAMAGED },
    { "a number and more", "backcast ledger 1x\n", BC_E_DAMAGED },
    { "a line without an end", "backcast ledger 1", BC_E_DAMAGED },
    { "no number", "backcast ledger\n", BC_E_DAMAGED },
    { "another program's file", "SQLite format 3", BC_E_DAMAGED },
    { "an empty file", "", BC_E_DAMAGED },
};

static void format_row(void **state)
{
    const struct format_row *row = *state;
    void *room = NULL;

    (void)folder_place_begin(&room);
    init(room);
    file_write(path_in(room, "format"), bc_str_of(row->text));
    check_refused(room, row->want);
    (void)folder_place_end(&room);
}

/* --- the head --- */

#define ROOT_0 "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

static struct head_row {
    const char *name, *text;
} head_rows[] = {
    { "an empty head", "" },
    { "a head of one line", "backcast/ledger/00\n" },
    { "a head without a root", "backcast/ledger/00\n0\n" },
    { "a head without an end of line", "backcast/ledger/00\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5N" },
    { "a head without a name", "\n0\n" ROOT_0 },
    { "a size with a leading zero", "x\n00\n" ROOT_0 },
    { "a size with a sign", "x\n+0\n" ROOT_0 },
    { "a size past all numbers", "x\n99999999999999999999\n" ROOT_0 },
    { "a root that is none", "x\n0\nroot\n" },
    { "a head of another log of this size", "x\n5\n" ROOT_0 },
    { "a head ahead of the log", "x\n6\n" ROOT_0 },
    { "a head of nothing with a wrong root",
      "x\n0\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n" },
};

static void head_row(void **state)
{
    const struct head_row *row = *state;
    struct folder_place *place;
    void *room = NULL;

    (void)folder_place_begin(&room);
    place = room;
    init(place);
    append(place, 1, 5);
    file_write(path_in(place, "head"), bc_str_of(row->text));
    check_refused(place, BC_E_DAMAGED);
    (void)folder_place_end(&room);
}

static void a_missing_head_is_damage(void **state)
{
    struct folder_place *place = *state;

    init(place);
    assert_int_equal(unlink(path_in(place, "head")), 0);
    check_refused(place, BC_E_DAMAGED);
}

static void a_missing_database_is_damage_and_is_not_made_anew(void **state)
{
    struct folder_place *place = *state;
    char db[FOLDER_PATH + 64];

    init(place);
    append(place, 1, 5);
    (void)snprintf(db, sizeof(db), "%s", path_in(place, "db"));
    folder_remove(db);
    check_refused(place, BC_E_DAMAGED);
    assert_int_equal(access(db, F_OK), -1);
}

/* Lost, empty, or with other bytes: what to do is said, to readers and writers. */
static void a_pointer_file_that_is_lost_or_damaged_names_what_to_do(void **state)
{
    static const char *const names[] = { "CURRENT", "MANIFEST" };
    struct folder_place *place = *state;

    init(place);
    append(place, 1, 5);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        for (int fault = 0; fault < 3; fault++) {
            char command[6 * FOLDER_PATH];

            (void)snprintf(command, sizeof(command),
                           "cd %s/db && cp -p %s* .. && for f in %s*; do %s; done", place->dir,
                           names[i], names[i],
                           fault == 0   ? "rm $f"
                           : fault == 1 ? ": >$f"
                                        : "printf zzzzzzzzzzzzzzzzzz >$f");
            assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): names of ours */
            check_refused(place, BC_E_DAMAGED);
            if (!strstr(place->err.message, "backcast restore"))
                fail_msg("%s, fault %d: %s", names[i], fault, place->err.message);
            (void)snprintf(command, sizeof(command), "cd %s && mv %s* db", place->dir, names[i]);
            assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
        }
    check_holds(place, 5, true);
}

static void a_database_that_was_rolled_back_is_found_and_left_alone(void **state)
{
    struct folder_place *place = *state;
    char db[FOLDER_PATH + 64], old[FOLDER_PATH + 64], newer[FOLDER_PATH + 64];

    init(place);
    append(place, 1, 5);
    (void)snprintf(db, sizeof(db), "%s", path_in(place, "db"));
    (void)snprintf(old, sizeof(old), "%s", path_in(place, "old"));
    (void)snprintf(newer, sizeof(newer), "%s", path_in(place, "newer"));
    folder_copy(db, old);
    append(place, 6, 9);
    assert_int_equal(rename(db, newer), 0);
    assert_int_equal(rename(old, db), 0);
    check_refused(place, BC_E_DAMAGED);
    assert_non_null(strstr(place->err.message, "rolled back"));
    folder_remove(db);
    assert_int_equal(rename(newer, db), 0);
    check_holds(place, 9, true);
}

static void a_head_behind_the_log_by_an_append_is_brought_up(void **state)
{
    struct folder_place *place = *state;
    struct bc_buf old = { 0 }, now = { 0 }, then = { 0 };

    init(place);
    append(place, 1, 300);
    file_read(&old, path_in(place, "head"));
    append(place, 301, 900);
    file_read(&now, path_in(place, "head"));
    file_write(path_in(place, "head"), bc_buf_str(&old)); /* killed just before the head */
    check_holds(place, 900, false);
    file_read(&then, path_in(place, "head"));
    assert_true(bc_str_eq(bc_buf_str(&then), bc_buf_str(&old))); /* readers write nothing */
    check_holds(place, 900, true);
    then.len = 0;
    file_read(&then, path_in(place, "head"));
    assert_true(bc_str_eq(bc_buf_str(&then), bc_buf_str(&now)));
    bc_buf_release(&old);
    bc_buf_release(&now);
    bc_buf_release(&then);
}

/* --- what is no file --- */

enum kind { PIPE, DEVICE, FOLDER, LINK, LINK_TO_NOTHING, SOCKET, KIND_N };

static struct odd_row {
    const char *name, *file;
    bool readers; /* open it, too */
} odd_rows[] = {
    { "no file for a format", "format", true },
    { "no file for a head", "head", true },
    { "no file for a lock", "lock", false },
    { "no file for the database's beginning", "db/CURRENT", true },
    { "no file among the database's", "db/LOCK", true },
};

/* What is there under the name goes, and something else lies there. False: it cannot be made. */
static bool lay(const char *path, enum kind kind)
{
    char kept[FOLDER_PATH + 80];
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    (void)snprintf(kept, sizeof(kept), "%s.kept", path);
    if (access(kept, F_OK) != 0)
        assert_int_equal(rename(path, kept), 0);
    (void)remove(path);
    switch (kind) {
    case PIPE:
        return mkfifo(path, 0600) == 0;
    case DEVICE:
        return mknod(path, S_IFCHR | 0600, makedev(1, 5)) == 0; /* endless zeroes */
    case FOLDER:
        return mkdir(path, 0700) == 0;
    case LINK:
        return symlink(kept, path) == 0;
    case LINK_TO_NOTHING:
        return symlink("nothing", path) == 0;
    case SOCKET:
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
        assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
        return close(fd) == 0;
    case KIND_N:
        break;
    }
    return false;
}

static void take_back(const char *path)
{
    char kept[FOLDER_PATH + 80];

    (void)snprintf(kept, sizeof(kept), "%s.kept", path);
    assert_int_equal(remove(path), 0);
    assert_int_equal(rename(kept, path), 0);
}

/* Damage, said at once: a test that waits for a writer to the pipe is ended by the alarm. */
static void odd_row(void **state)
{
    const struct odd_row *row = *state;
    char path[FOLDER_PATH + 64];
    struct folder_place *place;
    void *room = NULL;

    (void)folder_place_begin(&room);
    place = room;
    init(place);
    append(place, 1, 5);
    (void)snprintf(path, sizeof(path), "%s", path_in(place, row->file));
    (void)alarm(60);
    for (enum kind kind = PIPE; kind < KIND_N; kind++) {
        bc_log *log = NULL;

        if (!lay(path, kind))
            continue;
        if (row->readers)
            check_refused(place, BC_E_DAMAGED);
        assert_int_equal(bc_ledger_open(&log, place->dir, true, &place->err), BC_E_DAMAGED);
        assert_non_null(strstr(place->err.message, path));
    }
    (void)alarm(0);
    take_back(path);
    if (strncmp(row->file, "db/", 3) != 0)
        assert_int_equal(access(path_in(place, "nothing"), F_OK), -1);
    check_holds(place, 5, true);
    (void)folder_place_end(&room);
}

static void a_database_that_is_no_folder_is_damage(void **state)
{
    struct folder_place *place = *state;
    char db[FOLDER_PATH + 64], kept[FOLDER_PATH + 80];

    init(place);
    append(place, 1, 5);
    (void)snprintf(db, sizeof(db), "%s", path_in(place, "db"));
    (void)snprintf(kept, sizeof(kept), "%s.kept", db);
    assert_int_equal(rename(db, kept), 0);
    file_write(db, BC_STR("text"));
    check_refused(place, BC_E_DAMAGED);
    assert_int_equal(unlink(db), 0);
    assert_int_equal(mkfifo(db, 0600), 0);
    (void)alarm(60);
    check_refused(place, BC_E_DAMAGED);
    (void)alarm(0);
    assert_int_equal(unlink(db), 0);
    assert_int_equal(symlink(kept, db), 0); /* on another disk, say */
    check_holds(place, 5, true);
}

/* --- what a kill left --- */

static void what_a_killed_writer_left_is_removed_by_the_next(void **state)
{
    static const char *const left[] = {
        "db/OPTIONS-000042.dbtmp", "db/000043.dbtmp", "db/LOG.old.1795990974922405",
        ".head-0123456789abcdef",  "head.new",        ".db-0123456789abcdef/log",
        "db.new/log.sst"
    };
    static const char *const others[] = { "notes.txt", ".head-notes", ".db-notes" };
    struct folder_place *place = *state;

    init(place);
    append(place, 1, 5);
    assert_int_equal(mkdir(path_in(place, ".db-0123456789abcdef"), 0700), 0);
    assert_int_equal(mkdir(path_in(place, "db.new"), 0700), 0);
    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        file_write(path_in(place, left[i]), BC_STR("text"));
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        file_write(path_in(place, others[i]), BC_STR("text"));
    check_holds(place, 5, false); /* readers remove nothing */
    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        assert_int_equal(access(path_in(place, left[i]), F_OK), 0);
    check_holds(place, 5, true);
    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        assert_int_equal(access(path_in(place, left[i]), F_OK), -1);
    assert_int_equal(access(path_in(place, ".db-0123456789abcdef"), F_OK), -1);
    assert_int_equal(access(path_in(place, "db.new"), F_OK), -1);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_int_equal(access(path_in(place, others[i]), F_OK), 0);
}

/* A link in the place of unfinished table files is removed, and what it names stays. */
static void the_removing_follows_no_link(void **state)
{
    struct folder_place *place = *state;
    char victim[FOLDER_PATH + 16], file[FOLDER_PATH + 32];

    init(place);
    (void)snprintf(victim, sizeof(victim), "%s/victim", place->folder);
    (void)snprintf(file, sizeof(file), "%s/file", victim);
    assert_int_equal(mkdir(victim, 0700), 0);
    file_write(file, BC_STR("text"));
    assert_int_equal(symlink(victim, path_in(place, "db.new")), 0);
    assert_int_equal(symlink(victim, path_in(place, ".db-0123456789abcdef")), 0);
    append(place, 1, 5);
    assert_int_equal(access(file, F_OK), 0);
    assert_int_equal(access(path_in(place, "db.new"), F_OK), -1);
}

/* --- who else is there --- */

static void a_second_writer_is_refused_and_readers_are_not(void **state)
{
    struct folder_place *place = *state;
    bc_log *writer, *second = NULL;

    init(place);
    append(place, 1, 5);
    check_ok(bc_ledger_open(&writer, place->dir, true, &place->err), &place->err);
    assert_int_equal(bc_ledger_open(&second, place->dir, true, &place->err), BC_E_BUSY);
    assert_null(second);
    check_holds(place, 5, false);
    check_ok(made_append(writer, 6, 8, 0, MADE_NOW_US, &place->err), &place->err);
    check_holds(place, 8, false);
    bc_log_close(writer);
    check_holds(place, 8, true);
}

static void a_reader_leaves_no_trace(void **state)
{
    struct folder_place *place = *state;
    struct stat before, after;

    init(place);
    append(place, 1, 5);
    assert_int_equal(stat(path_in(place, "db"), &before), 0);
    check_holds(place, 5, false);
    assert_int_equal(stat(path_in(place, "db"), &after), 0);
    assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

/* In a child, as somebody who may not look into the folder. */
static void what_may_not_be_read_is_an_io_error(void **state)
{
    struct folder_place *place = *state;
    int status;
    pid_t child;

    init(place);
    assert_int_equal(chmod(place->dir, 0), 0);
    child = fork();
    if (child == 0) {
        bc_log *log = NULL;
        bc_status rc;

        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(1);
        rc = bc_ledger_open(&log, place->dir, false, NULL);
        _exit(rc == BC_E_IO && bc_ledger_init(place->dir, false, NULL) == BC_E_IO ? 0 : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(place->dir, 0700), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    struct CMUnitTest
        tests[ARRAY_LEN(format_rows) + ARRAY_LEN(head_rows) + ARRAY_LEN(odd_rows) + 19];
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(what_may_not_be_read_is_an_io_error, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_new_ledger_is_empty_and_takes_events, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_ledger_is_not_made_over_another, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(an_empty_folder_will_do, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_folder_with_something_in_it_will_not, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_file_is_no_place_for_a_ledger, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_folder_below_none_cannot_be_made, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(two_ledgers_have_two_names, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(no_folder_and_no_ledger_are_bad_input, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_missing_head_is_damage, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_missing_database_is_damage_and_is_not_made_anew,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_pointer_file_that_is_lost_or_damaged_names_what_to_do,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_database_that_was_rolled_back_is_found_and_left_alone,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_head_behind_the_log_by_an_append_is_brought_up,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_second_writer_is_refused_and_readers_are_not,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_reader_leaves_no_trace, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(a_database_that_is_no_folder_is_damage, folder_place_begin,
                                        folder_place_end),
        cmocka_unit_test_setup_teardown(what_a_killed_writer_left_is_removed_by_the_next,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(the_removing_follows_no_link, folder_place_begin,
                                        folder_place_end),
    };
    size_t n = ARRAY_LEN(others);

    memcpy(tests, others, sizeof(others));
    for (size_t i = 0; i < ARRAY_LEN(format_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ format_rows[i].name, format_row, NULL, NULL, &format_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(head_rows); i++)
        tests[n++] = (struct CMUnitTest){ head_rows[i].name, head_row, NULL, NULL, &head_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(odd_rows); i++)
        tests[n++] = (struct CMUnitTest){ odd_rows[i].name, odd_row, NULL, NULL, &odd_rows[i] };
    return cmocka_run_group_tests_name("ledger/ledger", tests, NULL, NULL);
}
