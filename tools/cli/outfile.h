/* tools/cli/outfile.h - a file that the user asked for, there whole or not at all: written beside
 * its place, synced, renamed. A link in its place is replaced, not followed. */
#ifndef BC_TOOLS_CLI_OUTFILE_H
#define BC_TOOLS_CLI_OUTFILE_H

#include "ledger/base/aside.h"
#include "ledger/base/mem.h"
#include "ledger/base/str.h"
#include "tools/cli/cmd.h"

#include <stdio.h>

struct outfile {
    FILE *file;       /* write here */
    const char *path; /* borrowed */
    struct bc_aside aside;
    bool straight; /* `path` is a device or a pipe, and is written directly */
    bool named;    /* somebody else writes it, by its name */
    long whole;    /* bytes that are there to stay */
};

/* It gets the mode of an existing file that is ours, else what the umask leaves. BC_E_USAGE: it
 * would lie in a ledger's folder. */
bc_status outfile_open(struct outfile *out, const char *path, struct bc_err *err);
/* For a library that takes a name and no stream: that of the file beside its place. `file` is not
 * written then. BC_E_USAGE: it is a device or a pipe. */
bc_status outfile_name(struct outfile *out, char name[PATH_MAX], struct bc_err *err);
/* Puts in place, synced, what was written so far; more may follow. What follows is cut off again
 * unless another call confirms it. After a failure only outfile_release may be called. */
bc_status outfile_place(struct outfile *out, struct bc_err *err);
/* Puts the file in place and closes it. */
bc_status outfile_commit(struct outfile *out, struct bc_err *err);
/* A file without outfile_place or a commit is removed. A zeroed one is fine. */
void outfile_release(struct outfile *out);

/* A text to a file, or to env->out where `path` is NULL or "-". */
bc_status outfile_write(const struct cmd_env *env, const char *path, struct bc_str text,
                        struct bc_err *err);

/* Bytes that are collected before they are written. */
enum { OUTFILE_CHUNK = 1 << 16 };
/* Writes what was collected, and empties it. False: it failed, and the stream keeps its error. */
bool outfile_flush(FILE *file, struct bc_buf *text);

#endif
