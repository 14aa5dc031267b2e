/* tools/import/gunzip.c - zlib unpacks a member and checks its end; where one ends and the next
 * begins is handled here, since zlib's own gzread() takes a broken member for the end. */
#include "tools/import/gunzip.h"

#include "ledger/base/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>

#define BLOCK     (64 << 10)
#define GZIP_ONLY (16 + MAX_WBITS)

enum state { UNREAD, PLAIN, WITHIN, BETWEEN, OVER };

struct gunzip {
    int fd;
    const char *name;
    off_t at; /* where the next block is */
    enum state state;
    bool packed;
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

/* Makes input available, or returns BC_DONE: the file is at its end. */
static bc_status have_input(gunzip *gz, struct bc_err *err)
{
    ssize_t n;

    if (gz->stream.avail_in > 0)
        return BC_OK;
    do
        n = pread(gz->fd, gz->block, sizeof(gz->block), gz->at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return bc_err_errno(err, "read %s", gz->name);
    gz->at += n;
    gz->read += (uint64_t)n;
    gz->stream.next_in = gz->block;
    gz->stream.avail_in = (uInt)n;
    return n == 0 ? BC_DONE : BC_OK;
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

static uint64_t line_ends(const char *text, size_t len)
{
    uint64_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += text[i] == '\n';
    return n;
}

bc_status gunzip_check(int fd, const char *name, struct bc_err *err)
{
    gunzip *gz = gunzip_new(fd, name);
    char *chunk = bc_malloc(BLOCK);
    uint64_t line = 1;
    size_t len;
    bc_status rc = gunzip_read(gz, chunk, BLOCK, &len, err);

    while (rc == BC_OK && gz->packed) {
        line += line_ends(chunk, len);
        rc = gunzip_read(gz, chunk, BLOCK, &len, err);
    }
    line += line_ends(chunk, len);
    gunzip_free(gz);
    free(chunk);
    if (rc == BC_E_INPUT)
        bc_err_in(err, rc, "%s:%" PRIu64 ":1", name, line);
    return rc < 0 ? rc : BC_OK;
}
