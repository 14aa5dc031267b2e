/* tools/cli/input.h - a file's bytes, or standard input's, read in big blocks. */
#ifndef BC_TOOLS_CLI_INPUT_H
#define BC_TOOLS_CLI_INPUT_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <stdint.h>

#define INPUT_LINE_MAX (16 << 20)  /* bytes of a line, without its end */
#define INPUT_SKIP_MAX (256 << 20) /* bytes of a longer one that are passed over */
#define INPUT_PADDING  64          /* zeros after what is read */

/* 1 to `size` bytes, or BC_DONE at the end, as gunzip_read. */
typedef bc_status input_read_fn(void *from, char *out, size_t size, size_t *len,
                                struct bc_err *err);

struct input {
    char *name;  /* the path, or "-" */
    int fd;      /* below zero: it is read by `read` alone */
    char *bytes; /* at + begin to at + end are read and not yet taken */
    size_t begin, end, cap;
    size_t searched; /* so many of them were searched: they hold no line end */
    bool in_long_line;
    bool endless;        /* such a line goes on for more than INPUT_SKIP_MAX; no more is read */
    uint64_t line;       /* number of the line returned last, from 1 */
    uint64_t taken;      /* bytes, in total */
    input_read_fn *read; /* NULL: from fd */
    void *from;
};

/* Opens a file, or standard input for "-". BC_E_IO: there is none, it is a directory, ... */
bc_status input_open(struct input *input, const char *path, struct bc_err *err);
void input_close(struct input *input);
/* From now on reads by this, from its beginning, and drops what was read but not taken. Borrows
 * `from`. */
void input_read_by(struct input *input, input_read_fn *read, void *from);

/* Reads until `want` bytes can be taken. BC_DONE: the file ends with fewer. */
bc_status input_fill(struct input *input, size_t want, struct bc_err *err);
/* What can be taken; lives until the next call that reads. */
struct bc_str input_rest(const struct input *input);
void input_take(struct input *input, size_t len);

/* Takes a line and its end, LF or CRLF, which the last line need not have; *out is without it, and
 * without the byte order mark that may begin the file; it lives until the next call. BC_DONE: the
 * end. BC_E_INPUT: longer than INPUT_LINE_MAX; *out is its beginning, the next call goes on after
 * it; or, if it is that call, it did not end, `endless` is set, and *out is empty. Waits for no
 * more bytes than the line needs. */
bc_status input_line(struct input *input, struct bc_str *out, struct bc_err *err);

#define INPUT_AHEAD_MAX (128 << 10)
/* `line`, which was returned last, and the whole lines after it that are read already, at most
 * INPUT_AHEAD_MAX bytes; without the last one's LF. They stay in place until these lines are taken.
 * INPUT_PADDING bytes after them can be read: a line end or zeros. */
struct bc_str input_ahead(const struct input *input, struct bc_str line);

#endif
