/* tools/outfile.h - a file that is there whole or not at all: written aside, synced, renamed. */
#ifndef BC_TOOLS_OUTFILE_H
#define BC_TOOLS_OUTFILE_H

#include "ledger/base/str.h"
#include "tools/cmd.h"

#include <stdio.h>

struct outfile {
    FILE *file;       /* write here */
    const char *path; /* borrowed */
    char *aside;      /* NULL: `path` is no regular file, and is written straight */
};

bc_status outfile_open(struct outfile *out, const char *path, struct bc_err *err);
/* Puts the file in place; after a failure only outfile_release is left to call. */
bc_status outfile_commit(struct outfile *out, struct bc_err *err);
/* Without a commit before, nothing is left of it. A zeroed one is fine. */
void outfile_release(struct outfile *out);

/* A text to a file, or to env->out where `path` is NULL or "-". */
bc_status outfile_write(const struct cmd_env *env, const char *path, struct bc_str text,
                        struct bc_err *err);

#endif
