#include "ledger/spill/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where the file system has no nameless files, the name is removed at once. */
static int open_unlinked(const char *folder)
{
    char path[PATH_MAX];
    int fd;

    if (snprintf(path, sizeof(path), "%s/XXXXXX", folder) >= (int)sizeof(path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

bc_status bc_temp_open(struct bc_temp *out, const char *folder, struct bc_err *err)
{
    int fd;

    if (!folder) {
        fd = memfd_create("backcast", MFD_CLOEXEC);
    } else {
        fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
            fd = open_unlinked(folder);
    }
    if (fd < 0)
        return bc_err_errno(err, "make a temporary file in %s", folder ? folder : "memory");
    *out = (struct bc_temp){ .fd = fd, .folder = folder ? folder : "memory" };
    return BC_OK;
}

bc_status bc_temp_add(struct bc_temp *temp, const void *bytes, size_t len, struct bc_err *err)
{
    const char *at = bytes;

    while (len) {
        ssize_t n = pwrite(temp->fd, at, len, (off_t)temp->len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return bc_err_errno(err, "write a temporary file in %s", temp->folder);
        at += n;
        len -= (size_t)n;
        temp->len += (uint64_t)n;
    }
    return BC_OK;
}

bc_status bc_temp_read(const struct bc_temp *temp, uint64_t at, void *out, size_t len,
                       struct bc_err *err)
{
    char *to = out;

    while (len) {
        ssize_t n = pread(temp->fd, to, len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO; /* somebody truncated it */
        if (n <= 0)
            return bc_err_errno(err, "read a temporary file in %s", temp->folder);
        to += n;
        len -= (size_t)n;
        at += (uint64_t)n;
    }
    return BC_OK;
}

void bc_temp_close(struct bc_temp *temp)
{
    (void)close(temp->fd);
}
