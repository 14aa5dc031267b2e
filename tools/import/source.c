#include "tools/import/source.h"

#include "ledger/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bc_status no_room(const char *path, struct bc_err *err)
{
    return bc_err_errno(err, "put %s aside", path);
}

/* A descriptor of the copy, from its beginning. */
static bc_status keep(int *out, FILE *aside, const char *path, struct bc_err *err)
{
    if (fflush(aside) != 0 || lseek(fileno(aside), 0, SEEK_SET) != 0 ||
        (*out = dup(fileno(aside))) < 0)
        return no_room(path, err);
    return BC_OK;
}

/* Anything but a regular file is copied into a file without a name, so that it can be read again:
 * `begun`, which was read already, and the rest. */
static int put_aside(int fd, struct bc_str begun, size_t line_max, const char *path,
                     struct bc_err *err)
{
    FILE *aside = tmpfile();
    gunzip *gz = NULL;
    int copy = -1;
    bc_status rc = aside ? BC_OK : no_room(path, err);

    if (rc == BC_OK) {
        gz = gunzip_new_aside(fd, begun, aside, path);
        rc = gunzip_check_aside(gz, line_max, err);
    }
    if (rc == BC_OK)
        rc = keep(&copy, aside, path, err);
    gunzip_free(gz);
    if (aside)
        (void)fclose(aside);
    return rc < 0 ? (int)rc : copy;
}

/* Below zero: *err says why. */
static int open_path(bool *regular, const char *path, struct bc_err *err)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0) {
        bc_err_errno(err, "open %s", path);
    } else if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        bc_err_errno(err, "read %s", path);
    } else {
        *regular = S_ISREG(st.st_mode);
        return fd;
    }
    if (fd >= 0)
        (void)close(fd);
    return BC_E_IO;
}

int source_open(const char *path, size_t line_max, struct bc_err *err)
{
    bool regular;
    int fd = open_path(&regular, path, err), aside;

    if (fd < 0 || regular)
        return fd;
    aside = put_aside(fd, (struct bc_str){ 0 }, line_max, path, err);
    (void)close(fd);
    return aside;
}

bc_status source_twice_open(struct source_twice *out, const char *path, struct bc_err *err)
{
    bool regular;
    int fd = open_path(&regular, path, err);

    *out = (struct source_twice){ .fd = fd };
    if (fd < 0)
        return (bc_status)fd;
    if (!regular)
        out->aside = tmpfile();
    if (!regular && !out->aside) {
        bc_status rc = no_room(path, err);

        source_twice_close(out);
        return rc;
    }
    out->first = regular ? gunzip_new(fd, path)
                         : gunzip_new_aside(fd, (struct bc_str){ 0 }, out->aside, path);
    return BC_OK;
}

bc_status source_twice_again(struct source_twice *source, const char *path, struct bc_err *err)
{
    int copy = -1;
    bc_status rc = source->aside ? keep(&copy, source->aside, path, err) : BC_OK;

    if (rc == BC_OK && source->aside) {
        (void)close(source->fd);
        source->fd = copy;
    }
    return rc;
}

void source_twice_close(struct source_twice *source)
{
    gunzip_free(source->first);
    if (source->fd >= 0)
        (void)close(source->fd);
    if (source->aside)
        (void)fclose(source->aside);
    *source = (struct source_twice){ .fd = -1 };
}

struct source_file {
    const char *name;
    int fd;     /* the input's */
    int aside;  /* a copy of a gzipped feed, or below zero */
    gunzip *gz; /* NULL: plain */
    bool looked, broken;
};

/* A member's checksum is at its end, so what is gzipped is unpacked once just to check it. */
static bc_status begin_packed(source_file *source, int fd, struct bc_err *err)
{
    bc_status rc = gunzip_check(fd, source->name, 0, err);

    if (rc == BC_OK)
        source->gz = gunzip_new(fd, source->name);
    return rc;
}

static bc_status read_plain(const source_file *source, char *out, size_t size, size_t *len,
                            struct bc_err *err)
{
    ssize_t n;

    do
        n = read(source->fd, out, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return bc_err_errno(err, "read %s", source->name);
    *len = (size_t)n;
    return n == 0 ? BC_DONE : BC_OK;
}

static bc_status read_packed(source_file *source, char *out, size_t size, size_t *len,
                             struct bc_err *err)
{
    bc_status rc = gunzip_read(source->gz, out, size, len, err);

    if (rc == BC_E_INPUT) /* changed since it was checked */
        bc_err_in(err, rc, "%s:1:1", source->name);
    return rc;
}

/* Of a feed no more is waited for than its first bytes, unless it is gzipped: nothing of that is
 * certain before its end. */
static bc_status read_first(source_file *source, char *out, size_t size, size_t *len,
                            struct bc_err *err)
{
    size_t more = 0;
    bc_status rc;

    size = size > GUNZIP_BLOCK ? GUNZIP_BLOCK : size; /* so much may be handed on */
    rc = read_plain(source, out, size, len, err);

    if (rc == BC_OK && *len == 1 && out[0] == GUNZIP_MAGIC[0])
        rc = read_plain(source, out + 1, size - 1, &more, err);
    if (rc < 0)
        return rc;
    source->looked = true;
    *len += more;
    if (!gunzip_begins((struct bc_str){ out, *len }))
        return *len > 0 ? BC_OK : BC_DONE;
    source->aside = put_aside(source->fd, (struct bc_str){ out, *len }, 0, source->name, err);
    if (source->aside < 0)
        return (bc_status)source->aside;
    source->gz = gunzip_new(source->aside, source->name); /* it was checked when it was copied */
    return read_packed(source, out, size, len, err);
}

static bc_status read_source(void *from, char *out, size_t size, size_t *len, struct bc_err *err)
{
    source_file *source = from;
    bc_status rc = BC_DONE;

    *len = 0;
    if (source->broken)
        return rc;
    if (!source->looked)
        rc = read_first(source, out, size, len, err);
    else
        rc = source->gz ? read_packed(source, out, size, len, err)
                        : read_plain(source, out, size, len, err);
    source->broken = rc == BC_E_INPUT;
    return rc;
}

/* A regular file is looked at before anything of it is read. */
static bc_status look_at_file(source_file *source, struct bc_err *err)
{
    const off_t begin = lseek(source->fd, 0, SEEK_CUR);
    char bytes[2];
    struct stat st;

    if (begin < 0 || fstat(source->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return BC_OK;
    source->looked = true;
    if (pread(source->fd, bytes, sizeof(bytes), begin) < (ssize_t)sizeof(bytes) ||
        !gunzip_begins((struct bc_str){ bytes, sizeof(bytes) }))
        return BC_OK;
    return begin_packed(source, source->fd, err);
}

bc_status source_input(struct input *out, source_file **source_out, const char *path,
                       struct bc_err *err)
{
    source_file *source;
    bc_status rc = input_open(out, path, err);

    if (rc < 0)
        return rc;
    source = bc_calloc(1, sizeof(*source));
    source->name = out->name;
    source->fd = out->fd;
    source->aside = -1;
    rc = look_at_file(source, err);
    if (rc < 0) {
        input_close(out);
        source_free(source);
        return rc;
    }
    input_read_by(out, read_source, source);
    *source_out = source;
    return BC_OK;
}

bool source_broken(const source_file *source)
{
    return source->broken;
}

void source_free(source_file *source)
{
    if (!source)
        return;
    gunzip_free(source->gz);
    if (source->aside >= 0)
        close(source->aside);
    free(source);
}
