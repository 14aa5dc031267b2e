/* tools/import/source.h - a file that can be read twice, or is unpacked as it is read. */
#ifndef BC_TOOLS_IMPORT_SOURCE_H
#define BC_TOOLS_IMPORT_SOURCE_H

#include "tools/cli/input.h"
#include "tools/import/gunzip.h"

/* Opens a file or, for "-", standard input, and returns a descriptor that is the caller's to close.
 * A pipe is first copied whole to a temporary file. Below zero, a bc_status, and *err says why:
 * BC_E_IO, or BC_E_INPUT where what a pipe holds, unpacked, has a line of more than `line_max`
 * bytes (0: any), which may never end, or is gzipped and damaged. */
int source_open(const char *path, size_t line_max, struct bc_err *err);

/* A file that is read twice from its beginning, unpacked. A pipe is copied to a temporary file
 * while it is read first, so that its reader may break off where there is no use in the rest. */
struct source_twice {
    int fd;      /* of the copy, once there is one */
    FILE *aside; /* NULL: a regular file */
    gunzip *first;
};

/* `path` is borrowed until the end. */
bc_status source_twice_open(struct source_twice *out, const char *path, struct bc_err *err);
/* After `first` was read to its end: its file, to be read again, which is the source's. */
bc_status source_twice_again(struct source_twice *source, const char *path, struct bc_err *err);
void source_twice_close(struct source_twice *source); /* `{ .fd = -1 }` is fine */

typedef struct source_file source_file; /* opaque */

/* Opens a file as input_open; what is gzipped is checked to its end, and unpacked as it is read: a
 * file at once, so BC_E_INPUT, as gunzip_check, if it is damaged. Opening waits for nothing: a feed
 * is looked at when it is first read, and a gzipped one is then copied to a temporary file. The
 * caller frees *source after the input; it borrows the input's name. */
bc_status source_input(struct input *out, source_file **source, const char *path,
                       struct bc_err *err);
/* After BC_E_INPUT by the input: what is gzipped is damaged, and *err has the place. The input is
 * at its end. */
bool source_broken(const source_file *source);
void source_free(source_file *source); /* NULL is fine */

#endif
