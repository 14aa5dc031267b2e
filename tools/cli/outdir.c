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

/* --- what killed runs left beside it --- */

/* In the name of an earlier folder that waits, instead of the last digits of the one that is to
 * replace it: so it is no leftover, which may go. */
static const char waits[] = "before";

struct beside {
    char above[PATH_MAX];
    const char *name;
    char earlier[PATH_MAX]; /* the one that waits, "" for none */
    struct timespec since;
};

static void look_beside(struct beside *beside, const char *path,
                        bool (*each)(void *payload, const char *name))
{
    const char *slash = strrchr(path, '/');

    *beside = (struct beside){ .name = slash ? slash + 1 : path };
    (void)snprintf(beside->above, sizeof(beside->above), "%.*s",
                   slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    (void)bc_dir_each(beside->above, each, beside, NULL);
}

static bool remove_left(void *payload, const char *name)
{
    const struct beside *beside = payload;
    char path[PATH_MAX];
    struct stat status;
    int fd;

    if (!bc_aside_is_of(name, beside->name) || bc_path_join(path, beside->above, name, NULL) < 0)
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
    struct beside beside;

    look_beside(&beside, path, remove_left);
}

static bool is_waiting(const char *found, const char *name)
{
    const size_t len = strlen(found), end = strlen(waits);
    char digits[NAME_MAX + 1];

    if (len < end || len > NAME_MAX || strcmp(found + len - end, waits) != 0)
        return false;
    (void)snprintf(digits, sizeof(digits), "%.*s%0*d", (int)(len - end), found, (int)end, 0);
    return bc_aside_is_of(digits, name);
}

static bool is_before(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

/* The latest, by when it was renamed. */
static bool find_waiting(void *payload, const char *name)
{
    struct beside *beside = payload;
    char path[PATH_MAX];
    struct stat status;

    if (is_waiting(name, beside->name) && bc_path_join(path, beside->above, name, NULL) == BC_OK &&
        lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
        (!beside->earlier[0] || is_before(beside->since, status.st_ctim))) {
        (void)snprintf(beside->earlier, sizeof(beside->earlier), "%s", path);
        beside->since = status.st_ctim;
    }
    return true;
}

/* A run that was killed as it replaced the folder: it is where it was, as if that had not begun. */
static bc_status put_back(const char *path, struct bc_err *err)
{
    struct beside beside;
    struct stat status;

    if (lstat(path, &status) == 0 || errno != ENOENT)
        return BC_OK;
    look_beside(&beside, path, find_waiting);
    if (beside.earlier[0] && rename(beside.earlier, path) != 0)
        return bc_err_errno(err, "put %s back as %s", beside.earlier, path);
    return BC_OK;
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
        rc = put_back(out->path, err);
    if (rc == BC_OK)
        rc = look(out, may_go, err);
    if (rc == BC_OK)
        remove_leftovers(out->path);
    if (rc == BC_OK)
        rc = bc_aside_folder(out->aside, out->path, 0700, err);
    if (rc < 0)
        return rc;
    out->open = true;
    out->may_go = may_go;
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

/* Under which an earlier folder is nobody's leftover. */
static void waiting_name(char out[PATH_MAX], const char *aside)
{
    (void)snprintf(out, PATH_MAX, "%.*s%s", (int)(strlen(aside) - strlen(waits)), aside, waits);
}

/* Where two names cannot be exchanged, the earlier folder waits under a third. */
static bc_status exchange_by_three(const struct outdir *out, struct bc_err *err)
{
    char earlier[PATH_MAX];
    bc_status rc;

    waiting_name(earlier, out->aside);
    if (rename(out->path, earlier) != 0)
        return bc_err_errno(err, "replace %s", out->path);
    if (rename(out->aside, out->path) == 0)
        return rename(earlier, out->aside) == 0 ? BC_OK : bc_err_errno(err, "remove %s", earlier);
    rc = bc_err_errno(err, "write %s", out->path);
    if (rename(earlier, out->path) != 0)
        rc = bc_err_errno(err, "put %s back as %s", earlier, out->path);
    return rc;
}

/* What was filled and what was there change places. */
static bc_status exchange(const struct outdir *out, struct bc_err *err)
{
    if (renameat2(AT_FDCWD, out->aside, AT_FDCWD, out->path, RENAME_EXCHANGE) == 0)
        return BC_OK;
    return exchange_by_three(out, err);
}

/* What was replaced goes, unless somebody has put something in it since it was looked at. */
static bc_status remove_replaced(const struct outdir *out, struct bc_err *err)
{
    char earlier[PATH_MAX];

    if (out->may_go(out->aside)) {
        bc_dir_remove(out->aside);
        return BC_OK;
    }
    waiting_name(earlier, out->aside);
    if (rename(out->aside, earlier) != 0)
        return bc_err_errno(err, "keep %s", out->aside);
    return bc_err_set(err, BC_E_IO, "%s is replaced; what was put in it meanwhile is in %s",
                      out->path, earlier);
}

bc_status outdir_commit(struct outdir *out, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (chmod(out->aside, out->mode) != 0 || nftw(out->aside, sync_one, 8, FTW_PHYS) != 0)
        return bc_err_errno(err, "write %s", out->path);
    if (out->replaces)
        rc = exchange(out, err);
    else if (rename(out->aside, out->path) != 0)
        rc = bc_err_errno(err, "write %s", out->path);
    if (rc < 0)
        return rc;
    out->open = false;
    if (out->replaces)
        rc = remove_replaced(out, err);
    return rc < 0 ? rc : bc_dir_sync_parent(out->path, err);
}

void outdir_release(struct outdir *out)
{
    if (out->open)
        bc_dir_remove(out->aside);
    if (out->lock >= 0 && out->path[0])
        (void)close(out->lock);
    *out = (struct outdir){ 0 };
}
