#include "tools/cli/input.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 << 10 };

bc_status input_open(struct input *input, const char *path, struct bc_err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    struct stat status;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return bc_err_errno(err, "open %s", path);
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        if (!is_stdin)
            (void)close(fd);
        errno = EISDIR;
        return bc_err_errno(err, "read %s", path);
    }
    *input = (struct input){ .name = bc_strdup(bc_str_of(path)), .fd = fd };
    return BC_OK;
}

void input_close(struct input *input)
{
    if (input->fd >= 0 && input->fd != STDIN_FILENO)
        (void)close(input->fd);
    free(input->bytes);
    free(input->name);
}

void input_read_by(struct input *input, input_read_fn *read, void *from)
{
    input->read = read;
    input->from = from;
    input->begin = input->end = input->searched = 0;
}

static bc_status read_fd(const struct input *input, char *out, size_t size, size_t *len,
                         struct bc_err *err)
{
    ssize_t n;

    do
        n = read(input->fd, out, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return bc_err_errno(err, "read %s", input->name);
    *len = (size_t)n;
    return n == 0 ? BC_DONE : BC_OK;
}

/* Reads once, after what is there. BC_DONE at the end. */
static bc_status read_more(struct input *input, struct bc_err *err)
{
    size_t n = 0;
    bc_status rc;

    if (input->begin > 0) {
        memmove(input->bytes, input->bytes + input->begin, input->end - input->begin);
        input->end -= input->begin;
        input->begin = 0;
    }
    if (input->cap - input->end < BLOCK) {
        input->cap = input->cap ? input->cap * 2 : (size_t)2 * BLOCK;
        input->bytes = bc_realloc(input->bytes, input->cap + INPUT_PADDING);
    }
    rc = input->read
             ? input->read(input->from, input->bytes + input->end, input->cap - input->end, &n, err)
             : read_fd(input, input->bytes + input->end, input->cap - input->end, &n, err);
    if (rc < 0)
        return rc;
    input->end += n;
    memset(input->bytes + input->end, 0, INPUT_PADDING);
    return rc;
}

bc_status input_fill(struct input *input, size_t want, struct bc_err *err)
{
    bc_status rc = BC_OK;

    while (rc == BC_OK && input->end - input->begin < want)
        rc = read_more(input, err);
    return rc;
}

struct bc_str input_rest(const struct input *input)
{
    if (!input->bytes) /* nothing was read yet */
        return (struct bc_str){ 0 };
    return (struct bc_str){ input->bytes + input->begin, input->end - input->begin };
}

void input_take(struct input *input, size_t len)
{
    input->begin += len;
    input->taken += len;
    input->searched = 0;
}

/* Skips what is left of a line that was too long, and may never end. BC_DONE: it was the last. */
static bc_status skip_long_line(struct input *input, struct bc_err *err)
{
    const uint64_t begun = input->taken;

    while (!input->endless) {
        struct bc_str rest = input_rest(input);
        const char *newline = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
        bc_status rc;

        if (newline) {
            input_take(input, (size_t)(newline - rest.at) + 1);
            input->in_long_line = false;
            return BC_OK;
        }
        input_take(input, rest.len);
        rc = read_more(input, err);
        if (rc != BC_OK)
            return rc;
        input->endless = input->taken - begun > INPUT_SKIP_MAX;
    }
    return bc_err_set(err, BC_E_INPUT, "a line that does not end within %d MiB",
                      INPUT_SKIP_MAX >> 20);
}

/* Finds the end of the line in what is there, reading on until there is one or it is too long.
 * *len: of the line with its end, as far as it is there. */
static bc_status find_line(struct input *input, size_t *len, struct bc_err *err)
{
    for (;;) {
        struct bc_str rest = input_rest(input);
        size_t searched = input->searched;
        const char *newline =
            rest.len > searched ? memchr(rest.at + searched, '\n', rest.len - searched) : NULL;
        bc_status rc;

        *len = newline ? (size_t)(newline - rest.at) + 1 : rest.len;
        if (newline || rest.len > INPUT_LINE_MAX + 4) /* with CR and a byte order mark */
            return BC_OK;
        input->searched = rest.len;
        rc = read_more(input, err);
        if (rc < 0)
            return rc;
        if (rc == BC_DONE)
            return rest.len > 0 ? BC_OK : BC_DONE;
    }
}

bc_status input_line(struct input *input, struct bc_str *out, struct bc_err *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct bc_str line;
    size_t len;
    bool ended;
    bc_status rc = BC_OK;

    *out = (struct bc_str){ 0 };
    if (input->in_long_line)
        rc = skip_long_line(input, err);
    if (rc == BC_OK)
        rc = find_line(input, &len, err);
    if (rc != BC_OK)
        return rc;
    line = (struct bc_str){ input_rest(input).at, len };
    assert(line.at);
    ended = line.at[len - 1] == '\n';
    line.len -= ended;
    if (ended && line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    if (input->line++ == 0 && line.len >= 3 && memcmp(line.at, mark, 3) == 0) {
        line.at += 3;
        line.len -= 3;
    }
    input_take(input, len);
    *out = line;
    if (line.len > INPUT_LINE_MAX) {
        input->in_long_line = !ended;
        out->len = INPUT_LINE_MAX;
        return bc_err_set(err, BC_E_INPUT, "a line of more than %d bytes", INPUT_LINE_MAX);
    }
    return BC_OK;
}

struct bc_str input_ahead(const struct input *input, struct bc_str line)
{
    struct bc_str rest = input_rest(input);
    const char *last;

    if (rest.len > INPUT_AHEAD_MAX)
        rest.len = INPUT_AHEAD_MAX;
    last = rest.len ? memrchr(rest.at, '\n', rest.len) : NULL;
    if (last)
        line.len = (size_t)(last - line.at);
    return line;
}
