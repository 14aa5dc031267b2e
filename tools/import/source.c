#include "tools/import/source.h"

#include "ledger/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

static bc_status no_room(const char *path, struct bc_err *err)
{
    return bc_err_errno(err, "put %s aside", path);
}

static bc_status add(FILE *aside, struct bc_str bytes, const char *path, struct bc_err *err)
{
    if (bytes.len > 0 && fwrite(bytes.at, 1, bytes.len, aside) != bytes.len)
        return no_room(path, err);
    return BC_OK;
}

/* The line ends of what was read so far, and the bytes since the last one. */
struct lines {
    uint64_t lf, cr;
    size_t open;
};

static void count_lines(struct lines *lines, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const bool lf = bytes[i] == '\n', cr = bytes[i] == '\r';

        lines->lf += lf;
        lines->cr += cr;
        lines->open = lf || cr ? 0 : lines->open + 1;
    }
}

static bool is_packed(FILE *aside)
{
    char bytes[sizeof(GUNZIP_MAGIC) - 1];

    return fflush(aside) == 0 && pread(fileno(aside), bytes, sizeof(bytes), 0) == sizeof(bytes) &&
           gunzip_begins((struct bc_str){ bytes, sizeof(bytes) });
}

/* What is gzipped has no lines yet. */
static bc_status check_line(const struct lines *lines, size_t line_max, FILE *aside,
                            const char *path, struct bc_err *err)
{
    if (line_max == 0 || lines->open <= line_max || is_packed(aside))
        return BC_OK;
    bc_err_set(err, BC_E_INPUT, "a row of more than 16 MiB");
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":1", path,
                     1 + (lines->lf ? lines->lf : lines->cr));
}

static bc_status add_rest(FILE *aside, int fd, size_t line_max, const char *path,
                          struct bc_err *err)
{
    char *chunk = bc_malloc(BLOCK);
    struct lines lines = { 0 };
    bc_status rc = BC_OK;
    ssize_t got;

    while (rc == BC_OK && (got = read(fd, chunk, BLOCK)) != 0) {
        if (got < 0) {
            if (errno != EINTR)
                rc = bc_err_errno(err, "read %s", path);
            continue;
        }
        rc = add(aside, (struct bc_str){ chunk, (size_t)got }, path, err);
        count_lines(&lines, chunk, (size_t)got);
        if (rc == BC_OK)
            rc = check_line(&lines, line_max, aside, path, err);
    }
    free(chunk);
    return rc;
}

/* Anything but a regular file is copied into a file without a name, so that it can be read again:
 * `begun`, which was read already, and the rest. */
static int put_aside(int fd, struct bc_str begun, size_t line_max, const char *path,
                     struct bc_err *err)
{
    FILE *aside = tmpfile();
    int copy = -1;
    bc_status rc = aside ? add(aside, begun, path, err) : no_room(path, err);

    if (rc == BC_OK)
        rc = add_rest(aside, fd, line_max, path, err);
    if (rc == BC_OK && (fflush(aside) != 0 || lseek(fileno(aside), 0, SEEK_SET) != 0 ||
                        (copy = dup(fileno(aside))) < 0))
        rc = no_room(path, err);
    if (aside)
        (void)fclose(aside);
    return rc < 0 ? (int)rc : copy;
}

int source_open(const char *path, size_t line_max, struct bc_err *err)
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
        int aside = put_aside(fd, (struct bc_str){ 0 }, line_max, path, err);

        close(fd);
        return aside;
    }
    if (fd >= 0)
        close(fd);
    return BC_E_IO;
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
    bc_status rc = gunzip_check(fd, source->name, err);

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
    bc_status rc = read_plain(source, out, size, len, err);

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
        return BC_E_IO;
    rc = begin_packed(source, source->aside, err);
    return rc == BC_OK ? read_packed(source, out, size, len, err) : rc;
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
