#include "tools/import/source.h"

#include "ledger/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

/* Anything but a regular file is copied into a file without a
 * name, so that it can be read again. */
static int put_aside(int fd, const char *path, struct bc_err *err)
{
    char *chunk = bc_malloc(BLOCK);
    FILE *aside = tmpfile();
    ssize_t got = 0;
    int copy = -1;

    while (aside && (got = read(fd, chunk, BLOCK)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || fwrite(chunk, 1, (size_t)got, aside) != (size_t)got)
            break;
    }
    if (!aside || got != 0)
        bc_err_errno(err, "read %s", path);
    else if (fflush(aside) != 0 || lseek(fileno(aside), 0, SEEK_SET) != 0 ||
             (copy = dup(fileno(aside))) < 0)
        bc_err_errno(err, "put %s aside", path);
    if (aside)
        fclose(aside);
    free(chunk);
    return copy;
}

int source_open(const char *path, struct bc_err *err)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0) {
        bc_err_errno(err, "open %s", path);
    } else if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        bc_err_errno(err, "read %s", path);
    } else if (S_ISREG(st.st_mode)) {
        return fd;
    } else {
        int aside = put_aside(fd, path, err);

        close(fd);
        return aside;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

static bc_status read_packed(void *from, char *out, size_t size, size_t *len, struct bc_err *err)
{
    return gunzip_read(from, out, size, len, err);
}

static bool is_packed(int fd)
{
    off_t begin = lseek(fd, 0, SEEK_CUR);
    unsigned char bytes[2];
    struct stat st;

    return begin >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
           pread(fd, bytes, sizeof(bytes), begin) == 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

bc_status source_input(struct input *out, gunzip **gz, const char *path, struct bc_err *err)
{
    bc_status rc = input_open(out, path, err);

    *gz = NULL;
    if (rc < 0 || !is_packed(out->fd))
        return rc;
    rc = gunzip_check(out->fd, out->name, err);
    if (rc < 0) {
        input_close(out);
        return rc;
    }
    *gz = gunzip_new(out->fd, out->name);
    input_read_by(out, read_packed, *gz);
    return BC_OK;
}
