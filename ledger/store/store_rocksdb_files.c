/* The files of a database: their kinds, the leftovers of a kill, who may write to them. */
#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/store/store_rocksdb.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHARED_MODE = 0660 };

struct check {
    const char *path;
    bc_status rc;
    struct bc_err *err;
};

static bool check_one(void *payload, const char *name)
{
    struct check *check = payload;
    char path[PATH_MAX];
    struct stat status;

    check->rc = bc_path_join(path, check->path, name, check->err);
    if (check->rc < 0)
        return false;
    if (lstat(path, &status) != 0) {
        if (errno != ENOENT) /* it was removed by a writer meanwhile */
            check->rc = bc_err_errno(check->err, "read %s", path);
    } else if (!S_ISREG(status.st_mode)) {
        check->rc = bc_err_damaged(check->err, "%s is no regular file", path);
    }
    return check->rc == BC_OK;
}

bc_status bc_rocks_check_files(const struct bc_rocks *rocks, struct bc_err *err)
{
    struct check check = { .path = rocks->path, .err = err };
    struct stat status;

    if (stat(rocks->path, &status) == 0 && !S_ISDIR(status.st_mode))
        return bc_err_damaged(err, "%s is no folder", rocks->path);
    if (bc_dir_each(rocks->path, check_one, &check, err) < 0)
        return BC_E_IO;
    return check.rc;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);

    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* RocksDB keeps what was to be renamed, and every LOG of which it never made a successor. */
static bool tidy_inside(void *payload, const char *name)
{
    char path[PATH_MAX];

    if ((ends_with(name, ".dbtmp") || strncmp(name, "LOG.old.", 8) == 0) &&
        bc_path_join(path, payload, name, NULL) == BC_OK)
        (void)unlink(path);
    return true;
}

static bool tidy_beside(void *payload, const char *name)
{
    const struct bc_rocks *rocks = payload;
    const char *slash = strrchr(rocks->path, '/'), *own = slash ? slash + 1 : rocks->path;
    const size_t len = strlen(own);
    char path[PATH_MAX];
    bool old = strncmp(name, own, len) == 0 && strcmp(name + len, ".new") == 0;

    if ((old || bc_aside_is_of(name, own)) &&
        bc_path_join(path, rocks->folder, name, NULL) == BC_OK)
        bc_dir_remove(path);
    return true;
}

bc_status bc_rocks_tidy(const struct bc_rocks *rocks, struct bc_err *err)
{
    bc_status rc = bc_dir_each(rocks->path, tidy_inside, rocks->path, err);

    if (rc >= 0)
        rc = bc_dir_each(rocks->folder, tidy_beside, (void *)(uintptr_t)rocks, err);
    return rc < 0 ? rc : BC_OK;
}

/* Through the open file: somebody of the group may put a link in its place meanwhile. */
static bool share_one(void *payload, const char *name)
{
    struct stat status;
    int fd;

    if (bc_dir_open(&fd, payload, name, O_RDONLY, NULL) != BC_OK)
        return true;
    if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
        (status.st_mode & 0777) != SHARED_MODE)
        (void)fchmod(fd, SHARED_MODE);
    (void)close(fd);
    return true;
}

void bc_rocks_share(const struct bc_rocks *rocks)
{
    struct stat status;

    if (stat(rocks->path, &status) == 0 && status.st_mode & S_IWGRP)
        (void)bc_dir_each(rocks->path, share_one, rocks->path, NULL);
}
