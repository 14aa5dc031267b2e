#include "tools/cli/outdir.h"

#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/base/ledger_dir.h"
#include "ledger/base/umask.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ftw.h>

/* --- what is there --- */

static bool any_name(void *payload, const char *name)
{
    (void)name;
    *(bool *)payload = true;
    return false;
}

/* What lies at the path may be put away; its mode stays. */
static bc_status look(struct outdir *out, outdir_may_go *may_go, struct bc_err *err)
{
    struct stat status;
    bool full = false;
    bc_status rc;

    if (lstat(out->path, &status) != 0)
        return errno == ENOENT ? BC_OK : bc_err_errno(err, "write %s", out->path);
    if (!S_ISDIR(status.st_mode))
        return bc_err_set(err, BC_E_INPUT, "%s is there already, and is no folder", out->path);
    rc = bc_dir_each(out->path, any_name, &full, err);
    if (rc < 0)
        return rc;
    if (full && !(may_go && may_go(out->path)))
        return bc_err_set(err, BC_E_INPUT, "%s is there already, and is not empty", out->path);
    out->replaces = full;
    if (status.st_uid == geteuid())
        out->mode = status.st_mode & 07777;
    return BC_OK;
}

/* Beside the path, where nobody fills it any more. */
struct leftovers {
    const char *above, *name;
};

static bool remove_left(void *payload, const char *name)
{
    const struct leftovers *left = payload;
    char path[PATH_MAX];
    struct stat status;
    int fd;

    if (!bc_aside_is_of(name, left->name) || bc_path_join(path, left->above, name, NULL) < 0)
        return true;
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return true;
    if (fstat(fd, &status) == 0 && status.st_uid == geteuid() && flock(fd, LOCK_EX | LOCK_NB) == 0)
        bc_dir_remove(path);
    (void)close(fd);
    return true;
}

static void remove_leftovers(const char *path)
{
    const char *slash = strrchr(path, '/');
    char above[PATH_MAX];
    struct leftovers left = { above, slash ? slash + 1 : path };

    (void)snprintf(above, sizeof(above), "%.*s", slash ? (int)(slash - path) + 1 : 1,
                   slash ? path : ".");
    (void)bc_dir_each(above, remove_left, &left, NULL);
}

/* --- open, fill --- */

bc_status outdir_open(struct outdir *out, const char *path, outdir_may_go *may_go,
                      struct bc_err *err)
{
    size_t len = strlen(path);
    bc_status rc;

    *out = (struct outdir){ .lock = -1, .mode = 0777 & ~bc_umask_user() };
    while (len > 1 && path[len - 1] == '/')
        len--;
    if (len >= sizeof(out->path))
        return bc_err_set(err, BC_E_IO, "the path %.200s... is too long", path);
    (void)snprintf(out->path, sizeof(out->path), "%.*s", (int)len, path);
    rc = bc_ledger_dir_refuse(out->path, err);
    if (rc == BC_OK)
        rc = look(out, may_go, err);
    if (rc == BC_OK)
        remove_leftovers(out->path);
    if (rc == BC_OK)
        rc = bc_aside_folder(out->aside, out->path, 0700, err);
    if (rc < 0)
        return rc;
    out->open = true;
    out->lock = open(out->aside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->lock < 0 || flock(out->lock, LOCK_EX | LOCK_NB) != 0)
        return bc_err_errno(err, "lock %s", out->aside);
    return BC_OK;
}

/* The folders above a file, whose names begin at `from`. */
static bool make_above(char *path, size_t from)
{
    bool made = true;

    for (char *slash = strchr(path + from, '/'); made && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = mkdir(path, 0700) == 0 ? chmod(path, 0777 & ~bc_umask_user()) == 0 : errno == EEXIST;
        *slash = '/';
    }
    return made;
}

static int open_file(struct outdir *out, char *path)
{
    int fd;

    if (!make_above(path, strlen(out->aside) + 1))
        return -1;
    fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0 && fchmod(fd, 0666 & ~bc_umask_user()) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static bool write_all(int fd, struct bc_str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.at, bytes.len);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = bc_str_part(bytes, (size_t)n, bytes.len);
    }
    return true;
}

bc_status outdir_add(struct outdir *out, const char *name, struct bc_str bytes, struct bc_err *err)
{
    char path[PATH_MAX];
    bc_status rc = bc_path_join(path, out->aside, name, err);
    int fd;

    if (rc < 0)
        return rc;
    fd = open_file(out, path);
    if (fd < 0 || !write_all(fd, bytes))
        rc = bc_err_errno(err, "write %s/%s", out->path, name);
    if (fd >= 0 && close(fd) != 0 && rc == BC_OK)
        rc = bc_err_errno(err, "write %s/%s", out->path, name);
    return rc;
}

/* --- put in place --- */

static int sync_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0;

    (void)info;
    (void)kind;
    (void)place;
    if (fd >= 0)
        (void)close(fd);
    return failed;
}

/* Where two names cannot be exchanged, the earlier folder is first put beside. */
static bc_status step_aside(struct outdir *out, char earlier[PATH_MAX], struct bc_err *err)
{
    bc_status rc = bc_aside_folder(earlier, out->path, 0700, err);

    if (rc == BC_OK && rename(out->path, earlier) != 0)
        rc = bc_err_errno(err, "replace %s", out->path);
    return rc;
}

bc_status outdir_commit(struct outdir *out, struct bc_err *err)
{
    char earlier[PATH_MAX] = "";
    bc_status rc = BC_OK;

    if (chmod(out->aside, out->mode) != 0 || nftw(out->aside, sync_one, 8, FTW_PHYS) != 0)
        return bc_err_errno(err, "write %s", out->path);
    if (out->replaces &&
        renameat2(AT_FDCWD, out->aside, AT_FDCWD, out->path, RENAME_EXCHANGE) == 0) {
        (void)snprintf(earlier, sizeof(earlier), "%s", out->aside);
        out->aside[0] = '\0';
    } else if (out->replaces) {
        rc = step_aside(out, earlier, err);
    }
    if (rc == BC_OK && out->aside[0] && rename(out->aside, out->path) != 0)
        rc = bc_err_errno(err, "write %s", out->path);
    if (rc < 0)
        return rc;
    out->open = false;
    if (earlier[0])
        bc_dir_remove(earlier);
    return bc_dir_sync_parent(out->path, err);
}

void outdir_release(struct outdir *out)
{
    if (out->open)
        bc_dir_remove(out->aside);
    if (out->lock >= 0 && out->path[0])
        (void)close(out->lock);
    *out = (struct outdir){ 0 };
}
