/* ledger/spill/temp: what was added is read back and leaves no name, in memory, in a folder, and
 * where the file system knows no files without a name; a full disk, a folder that is not there and
 * bytes that are gone are said, and what was added before stays. */
#include "ledger/base/dir.h"
#include "ledger/spill/temp.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The file system, as the test has it: one that knows no files without a name says so. */
static bool names_only;

int open(const char *path, int flags, ...)
{
    mode_t mode = 0600;

    if (names_only && (flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static bool never(void *payload, const char *name)
{
    (void)payload;
    fail_msg("%s lies in the folder", name);
    return false;
}

static void check_round_trip(const char *folder)
{
    struct bc_err err = { 0 };
    struct bc_temp temp;
    char got[8];

    check_ok(bc_temp_open(&temp, folder, &err), &err);
    check_ok(bc_temp_add(&temp, "four", 4, &err), &err);
    check_ok(bc_temp_add(&temp, "", 0, &err), &err);
    check_ok(bc_temp_add(&temp, "teen", 4, &err), &err);
    assert_int_equal(temp.len, 8);
    check_ok(bc_temp_read(&temp, 0, got, 8, &err), &err);
    assert_memory_equal(got, "fourteen", 8);
    check_ok(bc_temp_read(&temp, 3, got, 3, &err), &err);
    assert_memory_equal(got, "rte", 3);
    if (folder)
        check_ok(bc_dir_each(folder, never, NULL, &err), &err);
    bc_temp_close(&temp);
    if (folder)
        check_ok(bc_dir_each(folder, never, NULL, &err), &err);
}

static void what_was_added_is_read_back(void **state)
{
    char folder[FOLDER_PATH];
    (void)state;

    check_round_trip(NULL);
    folder_make(folder);
    check_round_trip(folder);
    names_only = true;
    check_round_trip(folder);
    names_only = false;
    folder_remove(folder);
}

static void check_said(bc_status rc, const struct bc_err *err, const char *what, const char *where,
                       const char *why)
{
    assert_int_equal(rc, BC_E_IO);
    if (!strstr(err->message, what) || !strstr(err->message, where) || !strstr(err->message, why))
        fail_msg("\"%s\", expected \"%s\", \"%s\" and \"%s\"", err->message, what, where, why);
}

static void a_file_that_cannot_be_made_is_said(void **state)
{
    char far[PATH_MAX + 1] = "";
    struct bc_err err = { 0 };
    struct bc_temp temp;
    (void)state;

    memset(far, '/', PATH_MAX);
    for (int turn = 0; turn < 2; turn++) {
        names_only = turn == 1;
        check_said(bc_temp_open(&temp, "/dev/null/aside", &err), &err, "make a temporary file in ",
                   "/dev/null/aside", "Not a directory");
        check_said(bc_temp_open(&temp, far, &err), &err, "make a temporary file in ", "///",
                   turn ? "" : "File name too long");
    }
    names_only = false;
}

/* As far as it goes: what is written then is less than was to be. */
static void a_full_disk_is_said(void **state)
{
    char folder[FOLDER_PATH], got[6];
    struct bc_err err = { 0 };
    struct rlimit before, full;
    struct bc_temp temp;
    bc_status rc;
    (void)state;

    folder_make(folder);
    check_ok(bc_temp_open(&temp, folder, &err), &err);
    check_ok(bc_temp_add(&temp, "four", 4, &err), &err);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = 6;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    rc = bc_temp_add(&temp, "teen", 4, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    check_said(rc, &err, "write a temporary file in ", folder, "File too large");
    check_ok(bc_temp_read(&temp, 0, got, 4, &err), &err);
    assert_memory_equal(got, "four", 4);
    bc_temp_close(&temp);
    folder_remove(folder);
}

static void bytes_that_are_gone_are_said(void **state)
{
    struct bc_err err = { 0 };
    struct bc_temp temp;
    char got[8];
    (void)state;

    check_ok(bc_temp_open(&temp, NULL, &err), &err);
    check_ok(bc_temp_add(&temp, "fourteen", 8, &err), &err);
    assert_int_equal(ftruncate(temp.fd, 4), 0);
    check_ok(bc_temp_read(&temp, 0, got, 4, &err), &err);
    check_said(bc_temp_read(&temp, 2, got, 4, &err), &err, "read a temporary file in ", "memory",
               "Input/output error");
    bc_temp_close(&temp);
    check_said(bc_temp_read(&temp, 0, got, 4, &err), &err, "read a temporary file in ", "memory",
               "Bad file descriptor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_read_back),
        cmocka_unit_test(a_file_that_cannot_be_made_is_said),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(bytes_that_are_gone_are_said),
    };

    return cmocka_run_group_tests_name("ledger/spill/temp", tests, NULL, NULL);
}
