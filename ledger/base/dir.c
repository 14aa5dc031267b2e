#include "ledger/base/dir.h"

#include "ledger/base/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ftw.h>

bc_status bc_path_join(char out[PATH_MAX], const char *dir, const char *name, struct bc_err *err)
{
    if (snprintf(out, PATH_MAX, "%s/%s", dir, name) >= PATH_MAX)
        return bc_err_set(err, BC_E_IO, "the path %.200s... is too long", dir);
    return BC_OK;
}

bc_status bc_dir_open(int *out, const char *dir, const char *name, int flags, struct bc_err *err)
{
    char path[PATH_MAX];
    struct stat status;
    bool regular;
    int fd;

    if (bc_path_join(path, dir, name, err) < 0)
        return BC_E_IO;
    fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0660);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return BC_DONE;
    if (fd < 0 && errno != ELOOP && errno != EISDIR && errno != ENXIO)
        return bc_err_errno(err, flags & O_RDWR ? "write %s" : "read %s", path);
    regular = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (regular) {
        *out = fd;
        return BC_OK;
    }
    if (fd >= 0)
        (void)close(fd);
    return bc_err_damaged(err, "%s is no regular file", path);
}

bc_status bc_dir_read(struct bc_buf *out, const char *dir, const char *name, struct bc_err *err)
{
    ssize_t n;
    int fd;
    bc_status rc = bc_dir_open(&fd, dir, name, O_RDONLY, err);

    if (rc != BC_OK)
        return rc;
    n = read(fd, bc_buf_room(out, BC_DIR_FILE_MOST), BC_DIR_FILE_MOST);
    if (n < 0)
        rc = bc_err_errno(err, "read %s/%s", dir, name);
    else
        out->len += (size_t)n;
    (void)close(fd);
    return rc;
}

bc_status bc_dir_sync(const char *dir, struct bc_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bc_status rc = BC_OK;

    if (fd < 0 || fsync(fd) != 0)
        rc = bc_err_errno(err, "sync the folder %s", dir);
    if (fd >= 0)
        (void)close(fd);
    return rc;
}

bc_status bc_dir_write(const char *dir, const char *name, struct bc_str text, struct bc_err *err)
{
    struct bc_aside aside = { 0 };
    char path[PATH_MAX];
    bc_status rc = bc_path_join(path, dir, name, err);

    if (rc == BC_OK)
        rc = bc_aside_open(&aside, path, 0660, err);
    if (rc < 0)
        return rc;
    errno = ENOSPC; /* a short write sets no errno */
    if (write(aside.fd, text.at, text.len) != (ssize_t)text.len)
        rc = bc_err_errno(err, "write %s", path);
    if (rc == BC_OK && bc_aside_place(&aside, NULL) < 0)
        rc = bc_err_errno(err, "write %s", path);
    bc_aside_close(&aside);
    return rc == BC_OK ? bc_dir_sync(dir, err) : rc;
}

bc_status bc_dir_sync_parent(const char *dir, struct bc_err *err)
{
    char above[PATH_MAX];
    bc_status rc = bc_path_join(above, dir, "..", err);

    return rc == BC_OK ? bc_dir_sync(above, err) : rc;
}

bc_status bc_dir_each(const char *dir, bool (*each)(void *payload, const char *name), void *payload,
                      struct bc_err *err)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, NULL);
    bool go_on = true;

    if (n < 0)
        return errno == ENOENT ? BC_DONE : bc_err_errno(err, "read the folder %s", dir);
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;

        if (go_on && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            go_on = each(payload, name);
        free(names[i]);
    }
    free(names);
    return BC_OK;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void bc_dir_remove(const char *path)
{
    (void)nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
