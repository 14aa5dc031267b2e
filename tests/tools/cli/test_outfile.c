/* tools/cli/outfile: a file that the user asked for is there whole or not at all, and nothing but
 * it was written to, whatever others put into its folder. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/cli/outfile.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char folder[FOLDER_PATH], path[FOLDER_PATH + 16], victim[FOLDER_PATH + 16];
    struct outfile file;
    struct bc_err err;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->path, sizeof(place->path), "%s/out", place->folder);
    (void)snprintf(place->victim, sizeof(place->victim), "%s/victim", place->folder);
    file_write(place->victim, BC_STR("victim"));
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    outfile_release(&place->file);
    folder_remove(place->folder);
    free(place);
    return 0;
}

static void check_text(const char *path, const char *want)
{
    struct bc_buf text = { 0 };

    file_read(&text, path);
    assert_true(bc_str_eq(bc_buf_str(&text), bc_str_of(want)));
    bc_buf_release(&text);
}

static void write_all(struct place *place)
{
    check_ok(outfile_open(&place->file, place->path, &place->err), &place->err);
    fputs("text", place->file.file);
    check_ok(outfile_commit(&place->file, &place->err), &place->err);
}

static mode_t kind_of(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode & S_IFMT;
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode & 07777;
}

static void links_at_and_beside_its_name_are_not_followed(void **state)
{
    struct place *place = *state;
    char aside[FOLDER_PATH + 64];

    (void)snprintf(aside, sizeof(aside), "%s.%ld.part", place->path, (long)getpid());
    assert_int_equal(symlink("victim", aside), 0);
    assert_int_equal(symlink("victim", place->path), 0);
    write_all(place);
    check_text(place->victim, "victim");
    check_text(place->path, "text");
    assert_int_equal(kind_of(place->path), S_IFREG);
}

static void given_up_it_leaves_what_was_there(void **state)
{
    struct place *place = *state;

    file_write(place->path, BC_STR("old"));
    check_ok(outfile_open(&place->file, place->path, &place->err), &place->err);
    fputs("text", place->file.file);
    outfile_release(&place->file);
    check_text(place->path, "old");
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(unlink(place->victim), 0);
    assert_int_equal(rmdir(place->folder), 0); /* nothing else was left in it */
}

static void the_mode_is_that_of_the_file_or_of_the_umask(void **state)
{
    struct place *place = *state;
    mode_t before = umask(027);

    write_all(place);
    assert_int_equal(mode_of(place->path), 0640);
    assert_int_equal(chmod(place->path, 0604), 0);
    write_all(place);
    assert_int_equal(mode_of(place->path), 0604);
    assert_int_equal(chmod(place->path, 04755), 0);
    write_all(place);
    assert_int_equal(mode_of(place->path), 0755);
    if (geteuid() == 0) { /* another's file says nothing about ours */
        assert_int_equal(chmod(place->path, 0666), 0);
        assert_int_equal(chown(place->path, 65534, 65534), 0);
        write_all(place);
        assert_int_equal(mode_of(place->path), 0640);
    }
    (void)umask(before);
}

static void a_pipe_is_written_to_and_stays(void **state)
{
    struct place *place = *state;
    char link[FOLDER_PATH + 16], bytes[8];
    int reader;

    assert_int_equal(mkfifo(place->path, 0600), 0);
    reader = open(place->path, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    write_all(place);
    assert_int_equal(read(reader, bytes, sizeof(bytes)), 4);
    (void)snprintf(link, sizeof(link), "%s/link", place->folder);
    assert_int_equal(rename(place->path, link), 0); /* by way of a link of our own */
    assert_int_equal(symlink("link", place->path), 0);
    write_all(place);
    assert_int_equal(read(reader, bytes, sizeof(bytes)), 4);
    assert_int_equal(kind_of(place->path), S_IFLNK);
    (void)close(reader);
}

/* Somebody else's link to a pipe, device or terminal is not followed: it is replaced. */
static void anothers_link_to_a_pipe_is_replaced(void **state)
{
    struct place *place = *state;

    if (geteuid() != 0)
        skip();
    assert_int_equal(symlink("/dev/null", place->path), 0);
    assert_int_equal(lchown(place->path, 65534, 65534), 0);
    write_all(place);
    assert_int_equal(kind_of(place->path), S_IFREG);
    check_text(place->path, "text");
}

/* /dev/stdout is a link to a link to the file that the shell opened, perhaps to add to it. */
static void standard_output_is_written_where_it_stands(void **state)
{
    struct place *place = *state;
    char path[FOLDER_PATH + 16];
    int before = dup(STDOUT_FILENO), fd;

    (void)snprintf(path, sizeof(path), "%s", place->path);
    file_write(path, BC_STR("begun "));
    fd = open(path, O_WRONLY | O_APPEND);
    fflush(stdout);
    assert_int_equal(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
    (void)strcpy(place->path, "/dev/stdout");
    write_all(place);
    assert_int_equal(dup2(before, STDOUT_FILENO), STDOUT_FILENO);
    check_text(path, "begun text");
    assert_int_equal(kind_of("/dev/stdout"), S_IFLNK);
    (void)close(fd);
    (void)close(before);
}

static void a_folder_is_refused(void **state)
{
    struct place *place = *state;

    assert_int_equal(outfile_open(&place->file, place->folder, &place->err), BC_E_IO);
    assert_non_null(strstr(place->err.message, "Is a directory"));
}

/* Fills `path` until nothing goes in any more: no file may be larger than so many bytes. */
static bc_status fill(struct place *place, rlim_t most, bool place_first)
{
    struct rlimit before, low;
    bc_status rc = BC_OK;

    check_ok(outfile_open(&place->file, place->path, &place->err), &place->err);
    fputs("first\n", place->file.file);
    if (place_first)
        check_ok(outfile_place(&place->file, &place->err), &place->err);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    low = (struct rlimit){ most, before.rlim_max };
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    for (int i = 0; i < 3000; i++)
        fputs("a line of text\n", place->file.file);
    rc = outfile_place(&place->file, &place->err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    outfile_release(&place->file);
    return rc;
}

static void a_full_disk_leaves_no_cut_file(void **state)
{
    struct place *place = *state;

    assert_int_equal(fill(place, 10000, false), BC_E_IO);
    assert_non_null(strstr(place->err.message, place->path));
    assert_int_equal(access(place->path, F_OK), -1);
    assert_int_equal(fill(place, 10000, true), BC_E_IO);
    check_text(place->path, "first\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(links_at_and_beside_its_name_are_not_followed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(given_up_it_leaves_what_was_there, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mode_is_that_of_the_file_or_of_the_umask, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_pipe_is_written_to_and_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(anothers_link_to_a_pipe_is_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(standard_output_is_written_where_it_stands, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_folder_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_no_cut_file, setup, teardown),
    };

    return cmocka_run_group_tests_name("tools/cli/outfile", tests, NULL, NULL);
}
