#include "ledger/base/ledger_dir.h"

#include "ledger/base/str.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool begins_so(int folder, const char *name)
{
    const struct bc_str words = BC_STR(BC_LEDGER_FORMAT_WORDS);
    char text[sizeof(BC_LEDGER_FORMAT_WORDS)];
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return false;
    n = read(fd, text, words.len);
    (void)close(fd);
    return n == (ssize_t)words.len && memcmp(text, words.at, words.len) == 0;
}

static bool is_kind(int folder, const char *name, mode_t kind)
{
    struct stat status;

    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           (status.st_mode & S_IFMT) == kind;
}

/* One whose format file is lost or damaged is one still. */
static bool is_ledger(int folder)
{
    return begins_so(folder, BC_LEDGER_FORMAT_FILE) || begins_so(folder, BC_LEDGER_MAKING_FILE) ||
           (is_kind(folder, "head", S_IFREG) && is_kind(folder, "db/IDENTITY", S_IFREG));
}

/* The folder in which the path's last name is, or -1. */
static int open_above(const char *path)
{
    char above[PATH_MAX];
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    while (len > 0 && path[len - 1] != '/')
        len--;
    if (len >= sizeof(above))
        return -1;
    (void)snprintf(above, sizeof(above), "%.*s", len ? (int)len : 1, len ? path : ".");
    return open(above, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* By the folders themselves and not by their names, which links and dots would hide. */
static int step_up(int folder)
{
    int above = openat(folder, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct stat here, there;

    if (above >= 0 && (fstat(folder, &here) != 0 || fstat(above, &there) != 0 ||
                       (here.st_ino == there.st_ino && here.st_dev == there.st_dev))) {
        (void)close(above);
        above = -1;
    }
    (void)close(folder);
    return above;
}

bc_status bc_ledger_dir_refuse(const char *path, struct bc_err *err)
{
    bool found = false;

    for (int folder = open_above(path); folder >= 0; folder = step_up(folder))
        found = found || is_ledger(folder);
    if (!found)
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "%s lies in the folder of a ledger, where nothing but the ledger is written; "
                      "name a place outside of it",
                      path);
}
