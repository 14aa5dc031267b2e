#include "ledger/folder.h"

#include "ledger/base/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <ftw.h>

bc_status bc_path_join(char out[PATH_MAX], const char *dir, const char *name, struct bc_err *err)
{
    if (snprintf(out, PATH_MAX, "%s/%s", dir, name) >= PATH_MAX)
        return bc_err_set(err, BC_E_IO, "the path %.200s... is too long", dir);
    return BC_OK;
}

bc_status bc_folder_read(struct bc_buf *out, const char *dir, const char *name, struct bc_err *err)
{
    char path[PATH_MAX];
    ssize_t n;
    int fd;

    if (bc_path_join(path, dir, name, err) < 0)
        return BC_E_IO;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? BC_DONE : bc_err_errno(err, "read %s", path);
    n = read(fd, bc_buf_room(out, BC_FOLDER_FILE_MOST), BC_FOLDER_FILE_MOST);
    if (n < 0) {
        bc_status rc = bc_err_errno(err, "read %s", path);

        (void)close(fd);
        return rc;
    }
    (void)close(fd);
    out->len += (size_t)n;
    return BC_OK;
}

bc_status bc_folder_sync(const char *dir, struct bc_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bc_status rc = BC_OK;

    if (fd < 0 || fsync(fd) != 0)
        rc = bc_err_errno(err, "sync the folder %s", dir);
    if (fd >= 0)
        (void)close(fd);
    return rc;
}

bc_status bc_folder_write(const char *dir, const char *name, struct bc_str text, struct bc_err *err)
{
    struct bc_aside aside = { 0 };
    char path[PATH_MAX];
    bc_status rc = bc_path_join(path, dir, name, err);

    if (rc == BC_OK)
        rc = bc_aside_open(&aside, path, 0666, err);
    if (rc < 0)
        return rc;
    errno = ENOSPC; /* what a write that stops short means, without saying so */
    if (write(aside.fd, text.at, text.len) != (ssize_t)text.len)
        rc = bc_err_errno(err, "write %s", path);
    if (rc == BC_OK && bc_aside_place(&aside, NULL) < 0)
        rc = bc_err_errno(err, "write %s", path);
    bc_aside_close(&aside);
    return rc == BC_OK ? bc_folder_sync(dir, err) : rc;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    return place->level == 0 ? 0 : remove(path);
}

bc_status bc_folder_sync_parent(const char *dir, struct bc_err *err)
{
    char above[PATH_MAX];
    bc_status rc = bc_path_join(above, dir, "..", err);

    return rc == BC_OK ? bc_folder_sync(above, err) : rc;
}

bool bc_folder_is_empty(const char *dir)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, NULL);

    for (int i = 0; i < n; i++)
        free(names[i]);
    if (n >= 0)
        free(names);
    return n == 2; /* itself and its parent */
}

void bc_folder_clear(const char *dir)
{
    (void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
