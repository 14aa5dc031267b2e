/* ledger/base/dir: small files are read if they are files, and written whole or not at all; what
 * cannot be done is said with its path, and leaves what was there. */
#include "ledger/base/dir.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char folder[FOLDER_PATH], path[FOLDER_PATH + 16];
    struct bc_err err;
    struct rlimit before;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    snprintf(place->path, sizeof(place->path), "%s/name", place->folder);
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

static void check_said(const struct place *place, bc_status want, bc_status got, const char *said)
{
    assert_int_equal(got, want);
    if (!strstr(place->err.message, said))
        fail_msg("\"%s\", expected it to say \"%s\"", place->err.message, said);
}

/* 300 letters, more than a name may have. */
static const char *long_name(void)
{
    static char name[301];

    memset(name, 'n', sizeof(name) - 1);
    return name;
}

/* More letters than a path may have. */
static const char *long_folder(void)
{
    static char folder[PATH_MAX];

    memset(folder, 'f', sizeof(folder) - 1);
    return folder;
}

/* --- reading --- */

static void what_is_read_is_added_up_to_its_most(void **state)
{
    struct place *place = *state;
    struct bc_buf text = { 0 }, got = { 0 };

    for (int i = 0; i < BC_DIR_FILE_MOST + 1; i++)
        bc_buf_add_byte(&text, (char)('a' + i % 26));
    file_write(place->path, bc_buf_str(&text));
    bc_buf_add_str(&got, BC_STR("before "));
    check_ok(bc_dir_read(&got, place->folder, "name", &place->err), &place->err);
    assert_int_equal(got.len, 7 + BC_DIR_FILE_MOST);
    assert_memory_equal(got.at, "before ", 7);
    assert_memory_equal(got.at + 7, text.at, BC_DIR_FILE_MOST);
    bc_buf_release(&got);
    bc_buf_release(&text);
}

static void what_is_not_there_is_no_fault(void **state)
{
    struct place *place = *state;
    struct bc_buf got = { 0 };
    char below[FOLDER_PATH + 16];

    assert_int_equal(bc_dir_read(&got, place->folder, "name", &place->err), BC_DONE);
    snprintf(below, sizeof(below), "%s/none", place->folder);
    assert_int_equal(bc_dir_read(&got, below, "name", &place->err), BC_DONE);
    file_write(place->path, BC_STR("a file"));
    assert_int_equal(bc_dir_read(&got, place->path, "name", &place->err), BC_DONE);
    assert_int_equal(got.len, 0);
}

/* Reading a pipe, or opening it to write, would wait for ever. */
static void what_is_no_file_is_damage(void **state)
{
    struct place *place = *state;
    const int flags[] = { O_RDONLY, O_RDWR, O_WRONLY };
    char victim[FOLDER_PATH + 16];
    int fd;

    snprintf(victim, sizeof(victim), "%s/victim", place->folder);
    file_write(victim, BC_STR("victim"));
    for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
        assert_int_equal(symlink(victim, place->path), 0);
        check_said(place, BC_E_DAMAGED,
                   bc_dir_open(&fd, place->folder, "name", flags[i], &place->err),
                   "/name is no regular file");
        assert_int_equal(unlink(place->path), 0);
        assert_int_equal(mkfifo(place->path, 0600), 0);
        check_said(place, BC_E_DAMAGED,
                   bc_dir_open(&fd, place->folder, "name", flags[i], &place->err),
                   "/name is no regular file");
        assert_int_equal(unlink(place->path), 0);
        assert_int_equal(mkdir(place->path, 0700), 0);
        check_said(place, BC_E_DAMAGED,
                   bc_dir_open(&fd, place->folder, "name", flags[i], &place->err),
                   "/name is no regular file");
        assert_int_equal(rmdir(place->path), 0);
        check_said(place, BC_E_DAMAGED, bc_dir_open(&fd, "/dev", "null", flags[i], &place->err),
                   "/dev/null is no regular file");
    }
}

static void what_cannot_be_opened_is_said(void **state)
{
    struct place *place = *state;
    struct bc_buf got = { 0 };
    int fd;

    check_said(place, BC_E_IO, bc_dir_read(&got, place->folder, long_name(), &place->err),
               "File name too long");
    assert_non_null(strstr(place->err.message, "read "));
    check_said(place, BC_E_IO,
               bc_dir_open(&fd, place->folder, long_name(), O_RDWR | O_CREAT, &place->err),
               "File name too long");
    assert_non_null(strstr(place->err.message, "write "));
    check_said(place, BC_E_IO, bc_dir_read(&got, long_folder(), "name", &place->err),
               "... is too long");
    assert_int_equal(got.len, 0);
}

/* Its first page is never mapped, so reading this file fails. */
static void what_cannot_be_read_is_said(void **state)
{
    struct place *place = *state;
    struct bc_buf got = { 0 };

    check_said(place, BC_E_IO, bc_dir_read(&got, "/proc/self", "mem", &place->err),
               "read /proc/self/mem");
    assert_int_equal(got.len, 0);
    bc_buf_release(&got);
}

/* --- writing --- */

static bool is_name(void *payload, const char *name)
{
    *(size_t *)payload += 1;
    assert_string_equal(name, "name");
    return true;
}

/* The file has this text, and nothing lies beside it. */
static void check_alone(struct place *place, const char *want)
{
    struct bc_buf got = { 0 };
    size_t n = 0;

    check_ok(bc_dir_read(&got, place->folder, "name", &place->err), &place->err);
    assert_true(bc_str_eq(bc_buf_str(&got), bc_str_of(want)));
    bc_buf_release(&got);
    check_ok(bc_dir_each(place->folder, is_name, &n, &place->err), &place->err);
    assert_int_equal(n, 1);
}

/* The whole text but for its end goes onto this disk. */
static void fill_disk(struct place *place, rlim_t bytes)
{
    struct rlimit low;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &place->before), 0);
    low = place->before;
    low.rlim_cur = bytes;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
}

static void empty_disk(const struct place *place)
{
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &place->before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
}

static void a_file_is_written_whole(void **state)
{
    struct place *place = *state;

    check_ok(bc_dir_write(place->folder, "name", BC_STR("old"), &place->err), &place->err);
    check_alone(place, "old");
    check_ok(bc_dir_write(place->folder, "name", BC_STR("another one"), &place->err), &place->err);
    check_alone(place, "another one");
    check_ok(bc_dir_sync_parent(place->folder, &place->err), &place->err);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    bc_status half, nothing;

    check_ok(bc_dir_write(place->folder, "name", BC_STR("old"), &place->err), &place->err);
    fill_disk(place, 5);
    half = bc_dir_write(place->folder, "name", BC_STR("another one"), &place->err);
    empty_disk(place);
    check_said(place, BC_E_IO, half, "/name: No space left on device");
    check_alone(place, "old");
    fill_disk(place, 0);
    nothing = bc_dir_write(place->folder, "name", BC_STR("another one"), &place->err);
    empty_disk(place);
    check_said(place, BC_E_IO, nothing, "/name: File too large");
    check_alone(place, "old");
}

static void what_cannot_be_placed_is_said(void **state)
{
    struct place *place = *state;
    size_t n = 0;

    assert_int_equal(mkdir(place->path, 0700), 0);
    check_said(place, BC_E_IO, bc_dir_write(place->folder, "name", BC_STR("text"), &place->err),
               "/name: Is a directory");
    check_ok(bc_dir_each(place->folder, is_name, &n, &place->err), &place->err);
    assert_int_equal(n, 1);
    check_said(place, BC_E_IO, bc_dir_write(place->path, "a/b", BC_STR("text"), &place->err),
               "No such file or directory");
    check_said(place, BC_E_IO, bc_dir_write(long_folder(), "name", BC_STR("text"), &place->err),
               "... is too long");
}

/* --- folders --- */

static void a_folder_that_cannot_be_synced_is_said(void **state)
{
    struct place *place = *state;

    check_said(place, BC_E_IO, bc_dir_sync(place->path, &place->err), "sync the folder ");
    check_said(place, BC_E_IO, bc_dir_sync_parent(place->path, &place->err), "sync the folder ");
    check_said(place, BC_E_IO, bc_dir_sync_parent(long_folder(), &place->err), "... is too long");
}

static bool first_alone(void *payload, const char *name)
{
    (void)name;
    *(size_t *)payload += 1;
    return false;
}

static void names_are_told_until_it_is_enough(void **state)
{
    struct place *place = *state;
    char other[FOLDER_PATH + 16];
    size_t n = 0;

    assert_int_equal(bc_dir_each(place->path, first_alone, &n, &place->err), BC_DONE);
    file_write(place->path, BC_STR("one"));
    check_said(place, BC_E_IO, bc_dir_each(place->path, first_alone, &n, &place->err),
               "read the folder ");
    assert_int_equal(n, 0);
    snprintf(other, sizeof(other), "%s/other", place->folder);
    file_write(other, BC_STR("two"));
    check_ok(bc_dir_each(place->folder, first_alone, &n, &place->err), &place->err);
    assert_int_equal(n, 1);
}

static void removing_follows_no_link(void **state)
{
    struct place *place = *state;
    char inside[FOLDER_PATH + 32], link[FOLDER_PATH + 32], outside[FOLDER_PATH + 32];
    struct stat info;

    snprintf(outside, sizeof(outside), "%s/outside", place->folder);
    snprintf(inside, sizeof(inside), "%s/file", place->path);
    snprintf(link, sizeof(link), "%s/link", place->path);
    file_write(outside, BC_STR("stays"));
    assert_int_equal(mkdir(place->path, 0700), 0);
    file_write(inside, BC_STR("goes"));
    assert_int_equal(symlink(place->folder, link), 0);
    bc_dir_remove(place->path);
    assert_int_equal(lstat(place->path, &info), -1);
    assert_int_equal(lstat(outside, &info), 0);
    bc_dir_remove(outside);
    assert_int_equal(lstat(outside, &info), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_read_is_added_up_to_its_most),
        TEST(what_is_not_there_is_no_fault),
        TEST(what_is_no_file_is_damage),
        TEST(what_cannot_be_opened_is_said),
        TEST(what_cannot_be_read_is_said),
        TEST(a_file_is_written_whole),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(what_cannot_be_placed_is_said),
        TEST(a_folder_that_cannot_be_synced_is_said),
        TEST(names_are_told_until_it_is_enough),
        TEST(removing_follows_no_link),
    };

    return cmocka_run_group_tests_name("ledger/base/dir", tests, NULL, NULL);
}
