/* tools/import/gunzip.c - zlib unpacks a member and checks its end; where one ends and the next
 * begins is handled here, since zlib's own gzread() takes a broken member for the end. */
#include "tools/import/gunzip.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>

#define BLOCK     GUNZIP_BLOCK
#define GZIP_ONLY (16 + MAX_WBITS)

enum state { UNREAD, PLAIN, WITHIN, BETWEEN, OVER };

struct gunzip {
    int fd;
    const char *name;
    FILE *aside; /* NULL, or what is read is also written to it */
    off_t at;    /* where the next block is; of a pipe: unused */
    enum state state;
    bool packed;
    size_t begun;      /* bytes of the block that were read before */
    unsigned member;   /* from 1 */
    uint64_t begun_at; /* where it begins */
    uint64_t read;     /* bytes of the file, those in `block` too */
    z_stream stream;   /* also of a plain file: next_in and avail_in are the bytes not yet used */
    unsigned char block[BLOCK];
};

gunzip *gunzip_new(int fd, const char *name)
{
    gunzip *gz = bc_calloc(1, sizeof(*gz));
    off_t at = lseek(fd, 0, SEEK_CUR);

    gz->fd = fd;
    gz->name = name;
    gz->at = at < 0 ? 0 : at;
    return gz;
}

/* The bytes that the block holds after the first `kept`. */
static bc_status take_block(gunzip *gz, size_t kept, size_t len, struct bc_err *err)
{
    gz->read += len;
    gz->stream.next_in = gz->block;
    gz->stream.avail_in = (uInt)(kept + len);
    if (gz->aside && len > 0 && fwrite(gz->block + kept, 1, len, gz->aside) != len)
        return bc_err_errno(err, "put %s aside", gz->name);
    return BC_OK;
}

gunzip *gunzip_new_aside(int fd, struct bc_str begun, FILE *aside, const char *name)
{
    gunzip *gz = bc_calloc(1, sizeof(*gz));

    assert(begun.len <= BLOCK);
    gz->fd = fd;
    gz->name = name;
    gz->aside = aside;
    if (begun.len > 0)
        memcpy(gz->block, begun.at, begun.len);
    gz->begun = begun.len;
    return gz;
}

void gunzip_free(gunzip *gz)
{
    if (!gz)
        return;
    if (gz->packed)
        inflateEnd(&gz->stream);
    free(gz);
}

uint64_t gunzip_bytes(const gunzip *gz)
{
    return gz->read - gz->stream.avail_in;
}

/* Reads once, after what the block holds of it still. */
static bc_status read_block(gunzip *gz, size_t kept, struct bc_err *err)
{
    unsigned char *to = gz->block + kept;
    const size_t room = sizeof(gz->block) - kept, begun = gz->begun;
    ssize_t n;

    gz->begun = 0;
    if (begun > 0)
        return take_block(gz, 0, begun, err);
    do
        n = gz->aside ? read(gz->fd, to, room) : pread(gz->fd, to, room, gz->at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return bc_err_errno(err, "read %s", gz->name);
    gz->at += n;
    return take_block(gz, kept, (size_t)n, err);
}

/* Makes input available, or returns BC_DONE: the file is at its end. */
static bc_status have_input(gunzip *gz, struct bc_err *err)
{
    bc_status rc = gz->stream.avail_in > 0 ? BC_OK : read_block(gz, 0, err);

    return rc == BC_OK && gz->stream.avail_in == 0 ? BC_DONE : rc;
}

static bc_status broken(const gunzip *gz, struct bc_err *err, const char *what)
{
    return bc_err_set(err, BC_E_INPUT, "gzip member %u, which begins at byte %" PRIu64 ", %s%s%s",
                      gz->member, gz->begun_at, what, gz->stream.msg ? ": " : "",
                      gz->stream.msg ? gz->stream.msg : "");
}

static void begin_member(gunzip *gz)
{
    int code = gz->packed ? inflateReset(&gz->stream) : inflateInit2(&gz->stream, GZIP_ONLY);

    if (code != Z_OK)
        bc_out_of_memory(); /* the only way in which it fails */
    gz->packed = true;
    gz->member++;
    gz->begun_at = gunzip_bytes(gz);
    gz->state = WITHIN;
}

static bc_status begin(gunzip *gz, struct bc_err *err)
{
    bc_status rc = have_input(gz, err);

    if (rc == BC_OK && gz->stream.avail_in == 1) /* of a pipe there may be more */
        rc = read_block(gz, 1, err);
    if (rc < 0)
        return rc;
    if (gunzip_begins((struct bc_str){ (const char *)gz->block, gz->stream.avail_in }))
        begin_member(gz);
    else
        gz->state = PLAIN;
    return BC_OK;
}

/* After a member: another one, or zeros up to the end. */
static bc_status go_on(gunzip *gz, struct bc_err *err)
{
    const uint64_t ended_at = gunzip_bytes(gz);
    bc_status rc = have_input(gz, err);

    if (rc == BC_OK && *gz->stream.next_in == GUNZIP_MAGIC[0]) {
        begin_member(gz);
        return BC_OK;
    }
    for (; rc == BC_OK && *gz->stream.next_in == 0; rc = have_input(gz, err)) {
        gz->stream.next_in++;
        gz->stream.avail_in--;
    }
    if (rc == BC_OK)
        rc = bc_err_set(err, BC_E_INPUT,
                        "gzip member %u ends at byte %" PRIu64 ", and what follows is not one; "
                        "expected another member, or the end of the file",
                        gz->member, ended_at);
    return rc;
}

/* *len 0: no output yet. */
static bc_status unpack(gunzip *gz, char *out, size_t size, size_t *len, struct bc_err *err)
{
    z_stream *stream = &gz->stream;
    bc_status rc = have_input(gz, err);
    int code;

    if (rc < 0)
        return rc;
    if (rc == BC_DONE)
        return broken(gz, err, "ends too early");
    stream->next_out = (unsigned char *)out;
    stream->avail_out = (uInt)size;
    code = inflate(stream, Z_NO_FLUSH);
    *len = size - stream->avail_out;
    if (code == Z_MEM_ERROR)
        bc_out_of_memory();
    if (code == Z_STREAM_END)
        gz->state = BETWEEN;
    else if (code != Z_OK && code != Z_BUF_ERROR)
        return broken(gz, err, "is damaged");
    return BC_OK;
}

static bc_status copy(gunzip *gz, char *out, size_t size, size_t *len, struct bc_err *err)
{
    bc_status rc = have_input(gz, err);

    if (rc != BC_OK)
        return rc;
    *len = gz->stream.avail_in < size ? gz->stream.avail_in : size;
    memcpy(out, gz->stream.next_in, *len);
    gz->stream.next_in += *len;
    gz->stream.avail_in -= (uInt)*len;
    return BC_OK;
}

static bc_status step(gunzip *gz, char *out, size_t size, size_t *len, struct bc_err *err)
{
    switch (gz->state) {
    case UNREAD:
        return begin(gz, err);
    case PLAIN:
        return copy(gz, out, size, len, err);
    case WITHIN:
        return unpack(gz, out, size, len, err);
    case BETWEEN:
        return go_on(gz, err);
    case OVER:
        break;
    }
    return BC_DONE;
}

bc_status gunzip_read(gunzip *gz, char *out, size_t size, size_t *len, struct bc_err *err)
{
    bc_status rc = BC_OK;

    *len = 0;
    size = size > BLOCK ? BLOCK : size;
    while (rc == BC_OK && *len == 0)
        rc = step(gz, out, size, len, err);
    if (rc != BC_OK)
        gz->state = OVER;
    return rc;
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

/* Where lines end with CR alone there is no LF. */
static bc_status place_line(const gunzip *gz, const struct lines *lines, struct bc_err *err)
{
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":1", gz->name,
                     1 + (lines->lf ? lines->lf : lines->cr));
}

static bc_status check(gunzip *gz, size_t line_max, bool plain, struct bc_err *err)
{
    char *chunk = bc_malloc(BLOCK);
    struct lines lines = { 0 };
    size_t len;
    bc_status rc;

    do {
        rc = gunzip_read(gz, chunk, BLOCK, &len, err);
        count_lines(&lines, chunk, len);
        if (rc == BC_OK && line_max > 0 && lines.open > line_max)
            rc = bc_err_set(err, BC_E_INPUT, "a row of more than 16 MiB");
    } while (rc == BC_OK && (plain || gz->packed));
    free(chunk);
    if (rc == BC_E_INPUT)
        place_line(gz, &lines, err);
    return rc < 0 ? rc : BC_OK;
}

bc_status gunzip_check(int fd, const char *name, size_t line_max, struct bc_err *err)
{
    gunzip *gz = gunzip_new(fd, name);
    bc_status rc = check(gz, line_max, false, err);

    gunzip_free(gz);
    return rc;
}

bc_status gunzip_check_aside(gunzip *gz, size_t line_max, struct bc_err *err)
{
    return check(gz, line_max, true, err);
}
