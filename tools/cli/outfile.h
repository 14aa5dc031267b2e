/* tools/cli/outfile.h - a file that the user asked for, there whole or not at all: written aside,
 * synced, renamed. A link in its place is replaced, not followed. */
#ifndef BC_TOOLS_CLI_OUTFILE_H
#define BC_TOOLS_CLI_OUTFILE_H

#include "ledger/base/aside.h"
#include "ledger/base/str.h"
#include "tools/cli/cmd.h"

#include <stdio.h>

struct outfile {
    FILE *file;       /* write here */
    const char *path; /* borrowed */
    struct bc_aside aside;
    bool straight; /* `path` is a device or a pipe, and is written as it goes */
    long whole;    /* bytes that stand for good */
};

/* It gets the mode of the file that is there, where that is ours, else what the umask leaves. */
bc_status outfile_open(struct outfile *out, const char *path, struct bc_err *err);
/* Puts in place, synced, what was written so far; more may follow. What then does not get so far as
 * the next call, is cut off again. After a failure only outfile_release is left to call. */
bc_status outfile_place(struct outfile *out, struct bc_err *err);
/* Puts the file in place and closes it. */
bc_status outfile_commit(struct outfile *out, struct bc_err *err);
/* Without a commit or outfile_place before, nothing is left of it. A zeroed one is fine. */
void outfile_release(struct outfile *out);

/* A text to a file, or to env->out where `path` is NULL or "-". */
bc_status outfile_write(const struct cmd_env *env, const char *path, struct bc_str text,
                        struct bc_err *err);

#endif
