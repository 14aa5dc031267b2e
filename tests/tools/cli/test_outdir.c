/* tools/cli/outdir: a folder that the user asked for is there whole or not at all; only what may go
 * is replaced; what a killed run left is removed, and what another run fills is not. Where names
 * cannot be exchanged, no failure and no kill loses the earlier folder. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/cli/outdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The file system, as the test has it. */
static struct {
    bool no_exchange;
    int renames; /* so far */
    int fails;   /* the rename of this number does, and those up to `fails_to` */
    int fails_to;
    int killed; /* as it begins this one */
} disk;

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    if (disk.no_exchange) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int rename(const char *from, const char *to)
{
    disk.renames++;
    if (disk.renames == disk.killed)
        _exit(0);
    if (disk.renames >= disk.fails && disk.renames <= disk.fails_to) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

enum { PLACE_PATH = FOLDER_PATH + 64 };

struct place {
    char folder[FOLDER_PATH], dir[PLACE_PATH];
    struct outdir out;
    struct bc_err err;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    memset(&disk, 0, sizeof(disk));
    folder_make(place->folder);
    (void)snprintf(place->dir, sizeof(place->dir), "%s/out", place->folder);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    outdir_release(&place->out);
    folder_remove(place->folder);
    free(place);
    return 0;
}

static bool always(const char *path)
{
    (void)path;
    return true;
}

static bool never(const char *path)
{
    (void)path;
    return false;
}

static const char *below(char out[PLACE_PATH], const char *dir, const char *name)
{
    (void)snprintf(out, PLACE_PATH, "%s/%s", dir, name);
    return out;
}

static void check_text(const char *dir, const char *name, const char *want)
{
    char path[PLACE_PATH];
    struct bc_buf text = { 0 };

    file_read(&text, below(path, dir, name));
    assert_true(bc_str_eq(bc_buf_str(&text), bc_str_of(want)));
    bc_buf_release(&text);
}

static mode_t mode_of(const char *dir, const char *name)
{
    char path[PLACE_PATH];
    struct stat status;

    assert_int_equal(lstat(below(path, dir, name), &status), 0);
    return status.st_mode & 07777;
}

static void make(struct place *place, const char *name, outdir_may_go *may_go)
{
    check_ok(outdir_open(&place->out, place->dir, may_go, &place->err), &place->err);
    check_ok(outdir_add(&place->out, name, BC_STR("te"), &place->err), &place->err);
    check_ok(outdir_add(&place->out, name, BC_STR("xt"), &place->err), &place->err);
    check_ok(outdir_commit(&place->out, &place->err), &place->err);
    outdir_release(&place->out);
}

static size_t names_in(const char *path)
{
    DIR *dir = opendir(path);
    size_t n = 0;

    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2; /* not itself, nor the one above */
}

static void it_is_there_when_it_is_whole(void **state)
{
    struct place *place = *state;

    check_ok(outdir_open(&place->out, place->dir, NULL, &place->err), &place->err);
    check_ok(outdir_add(&place->out, "a/year=1/part", BC_STR("x"), &place->err), &place->err);
    assert_int_equal(access(place->dir, F_OK), -1);
    check_ok(outdir_commit(&place->out, &place->err), &place->err);
    check_text(place->dir, "a/year=1/part", "x");
    assert_int_equal(names_in(place->folder), 1);
}

static void given_up_it_leaves_nothing(void **state)
{
    struct place *place = *state;

    check_ok(outdir_open(&place->out, place->dir, NULL, &place->err), &place->err);
    check_ok(outdir_add(&place->out, "a/part", BC_STR("x"), &place->err), &place->err);
    outdir_release(&place->out);
    assert_int_equal(names_in(place->folder), 0);
}

static void slashes_at_the_end_mean_nothing(void **state)
{
    struct place *place = *state;

    (void)strcat(place->dir, "//");
    make(place, "part", NULL);
    check_text(place->dir, "part", "text");
    assert_int_equal(names_in(place->folder), 1);
}

static void an_empty_folder_is_filled_and_keeps_its_mode(void **state)
{
    struct place *place = *state;
    mode_t before = umask(027);

    assert_int_equal(mkdir(place->dir, 0700), 0);
    make(place, "a/part", NULL);
    check_text(place->dir, "a/part", "text");
    assert_int_equal(mode_of(place->dir, "."), 0700);
    assert_int_equal(mode_of(place->dir, "a"), 0750);
    assert_int_equal(mode_of(place->dir, "a/part"), 0640);
    (void)umask(before);
}

static void a_new_folder_has_the_mode_of_the_umask(void **state)
{
    struct place *place = *state;
    mode_t before = umask(027);

    make(place, "part", NULL);
    assert_int_equal(mode_of(place->dir, "."), 0750);
    (void)umask(before);
}

static void what_is_there_stays_unless_it_may_go(void **state)
{
    struct place *place = *state;

    make(place, "old", NULL);
    assert_int_equal(outdir_open(&place->out, place->dir, NULL, &place->err), BC_E_INPUT);
    assert_non_null(strstr(place->err.message, "is not empty"));
    outdir_release(&place->out);
    assert_int_equal(outdir_open(&place->out, place->dir, never, &place->err), BC_E_INPUT);
    outdir_release(&place->out);
    check_text(place->dir, "old", "text");
    make(place, "new", always);
    check_text(place->dir, "new", "text");
    assert_int_equal(names_in(place->dir), 1);
    assert_int_equal(names_in(place->folder), 1); /* the earlier one is nowhere */
}

static void given_up_what_may_go_stays(void **state)
{
    struct place *place = *state;

    make(place, "old", NULL);
    check_ok(outdir_open(&place->out, place->dir, always, &place->err), &place->err);
    outdir_release(&place->out);
    check_text(place->dir, "old", "text");
    assert_int_equal(names_in(place->folder), 1);
}

static void a_file_or_a_link_is_no_folder(void **state)
{
    struct place *place = *state;
    char target[PLACE_PATH];

    file_write(place->dir, BC_STR("a file"));
    assert_int_equal(outdir_open(&place->out, place->dir, always, &place->err), BC_E_INPUT);
    assert_non_null(strstr(place->err.message, "is no folder"));
    assert_int_equal(unlink(place->dir), 0);
    assert_int_equal(mkdir(below(target, place->folder, "target"), 0700), 0);
    assert_int_equal(symlink("target", place->dir), 0);
    assert_int_equal(outdir_open(&place->out, place->dir, always, &place->err), BC_E_INPUT);
}

static void what_a_killed_run_left_is_removed(void **state)
{
    struct place *place = *state;
    char left[PLACE_PATH], other[PLACE_PATH], part[PLACE_PATH];

    assert_int_equal(mkdir(below(left, place->folder, ".out-0123456789abcdef"), 0700), 0);
    assert_int_equal(mkdir(below(other, place->folder, ".out-mine"), 0700), 0);
    file_write(below(part, left, "part"), BC_STR("half"));
    make(place, "part", NULL);
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(access(other, F_OK), 0);
}

static void what_another_run_fills_stays(void **state)
{
    struct place *place = *state;
    struct outdir other = { 0 };

    check_ok(outdir_open(&other, place->dir, NULL, &place->err), &place->err);
    check_ok(outdir_add(&other, "other", BC_STR("1"), &place->err), &place->err);
    make(place, "part", NULL);
    check_ok(outdir_add(&other, "other", BC_STR("2"), &place->err), &place->err);
    assert_int_equal(outdir_commit(&other, &place->err), BC_E_IO); /* the first one is there */
    outdir_release(&other);
    check_text(place->dir, "part", "text");
    assert_int_equal(names_in(place->folder), 1);
}

static bool holds_one(const char *path)
{
    return names_in(path) == 1;
}

static void what_is_put_in_while_it_is_replaced_stays(void **state)
{
    struct place *place = *state;
    char part[PLACE_PATH], *kept;

    make(place, "old", NULL);
    check_ok(outdir_open(&place->out, place->dir, holds_one, &place->err), &place->err);
    check_ok(outdir_add(&place->out, "new", BC_STR("text"), &place->err), &place->err);
    file_write(below(part, place->dir, "mine"), BC_STR("precious"));
    assert_int_equal(outdir_commit(&place->out, &place->err), BC_E_IO);
    outdir_release(&place->out);
    check_text(place->dir, "new", "text");
    kept = strstr(place->err.message, "meanwhile is in ");
    assert_non_null(kept);
    kept += strlen("meanwhile is in ");
    check_text(kept, "mine", "precious");
    make(place, "newer", holds_one); /* nor is it taken for a leftover */
    check_text(kept, "mine", "precious");
}

/* --- where names cannot be exchanged --- */

static void it_is_replaced_without_an_exchange(void **state)
{
    struct place *place = *state;

    make(place, "old", NULL);
    disk.no_exchange = true;
    make(place, "new", always);
    check_text(place->dir, "new", "text");
    assert_int_equal(names_in(place->dir), 1);
    assert_int_equal(names_in(place->folder), 1);
}

/* Fails as it makes room, as it is put in place, and as it is put back after that, too. */
static void what_fails_leaves_the_earlier_folder(void **state)
{
    static const struct {
        int fails, to;
        const char *message;
    } rows[] = { { 1, 1, "cannot replace " },
                 { 2, 2, "cannot write " },
                 { 2, 3, "before back as " } };
    struct place *place = *state;

    make(place, "old", NULL);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        disk.no_exchange = true;
        check_ok(outdir_open(&place->out, place->dir, always, &place->err), &place->err);
        check_ok(outdir_add(&place->out, "new", BC_STR("x"), &place->err), &place->err);
        disk.renames = 0;
        disk.fails = rows[i].fails;
        disk.fails_to = rows[i].to;
        assert_int_equal(outdir_commit(&place->out, &place->err), BC_E_IO);
        assert_non_null(strstr(place->err.message, rows[i].message));
        outdir_release(&place->out);
        memset(&disk, 0, sizeof(disk));
        if (rows[i].to == 3) /* it waits, and the next run has it back */
            assert_int_equal(outdir_open(&place->out, place->dir, NULL, &place->err), BC_E_INPUT);
        check_text(place->dir, "old", "text");
        assert_int_equal(names_in(place->folder), 1);
    }
}

static void kill_at(struct place *place, int rename_no)
{
    const pid_t child = fork();
    int status;

    assert_int_not_equal(child, -1);
    if (child == 0) {
        disk.no_exchange = true;
        disk.renames = 0;
        disk.killed = rename_no;
        make(place, "new", always);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void killed_before_the_new_one_is_there_the_earlier_is_put_back(void **state)
{
    struct place *place = *state;

    for (int rename_no = 1; rename_no <= 2; rename_no++) {
        if (rename_no == 1)
            make(place, "old", NULL);
        kill_at(place, rename_no);
        assert_int_equal(outdir_open(&place->out, place->dir, never, &place->err), BC_E_INPUT);
        check_text(place->dir, "old", "text");
    }
    make(place, "newer", always); /* with what was left of both */
    check_text(place->dir, "newer", "text");
    assert_int_equal(names_in(place->folder), 1);
}

static void killed_after_that_the_earlier_is_not_removed(void **state)
{
    struct place *place = *state;

    make(place, "old", NULL);
    kill_at(place, 3);
    check_text(place->dir, "new", "text");
    make(place, "newer", always);
    check_text(place->dir, "newer", "text");
    assert_int_equal(names_in(place->folder), 2);
}

static void of_two_that_wait_the_later_is_put_back(void **state)
{
    struct place *place = *state;

    make(place, "old", NULL);
    kill_at(place, 3);
    kill_at(place, 2);
    assert_int_equal(outdir_open(&place->out, place->dir, never, &place->err), BC_E_INPUT);
    check_text(place->dir, "new", "text");
}

static void a_full_disk_leaves_nothing(void **state)
{
    static const char much[10000];
    struct place *place = *state;
    struct rlimit before, low;

    check_ok(outdir_open(&place->out, place->dir, NULL, &place->err), &place->err);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    low = (struct rlimit){ 5000, before.rlim_max };
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    assert_int_equal(
        outdir_add(&place->out, "a/part", (struct bc_str){ much, sizeof(much) }, &place->err),
        BC_E_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_non_null(strstr(place->err.message, place->dir));
    assert_non_null(strstr(place->err.message, strerror(EFBIG)));
    outdir_release(&place->out);
    assert_int_equal(names_in(place->folder), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(it_is_there_when_it_is_whole),
        TEST(given_up_it_leaves_nothing),
        TEST(slashes_at_the_end_mean_nothing),
        TEST(an_empty_folder_is_filled_and_keeps_its_mode),
        TEST(a_new_folder_has_the_mode_of_the_umask),
        TEST(what_is_there_stays_unless_it_may_go),
        TEST(given_up_what_may_go_stays),
        TEST(a_file_or_a_link_is_no_folder),
        TEST(what_a_killed_run_left_is_removed),
        TEST(what_another_run_fills_stays),
        TEST(what_is_put_in_while_it_is_replaced_stays),
        TEST(it_is_replaced_without_an_exchange),
        TEST(what_fails_leaves_the_earlier_folder),
        TEST(killed_before_the_new_one_is_there_the_earlier_is_put_back),
        TEST(killed_after_that_the_earlier_is_not_removed),
        TEST(of_two_that_wait_the_later_is_put_back),
        TEST(a_full_disk_leaves_nothing),
    };

    return cmocka_run_group_tests_name("tools/cli/outdir", tests, NULL, NULL);
}
