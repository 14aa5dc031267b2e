/* tools/cli/outdir.h - a folder that the user asked for, there whole or not at all: filled beside
 * its place, synced, renamed. What a killed run left beside it, the next one removes; and an
 * earlier folder that it was about to replace is put back. */
#ifndef BC_TOOLS_CLI_OUTDIR_H
#define BC_TOOLS_CLI_OUTDIR_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

/* Is a folder, which is not empty, one that may be replaced with all that is in it? */
typedef bool outdir_may_go(const char *path);

/* Zeroed: none. */
struct outdir {
    char path[PATH_MAX];
    char aside[PATH_MAX]; /* fill this one */
    int lock;             /* as long as it is held, nobody takes it for left */
    mode_t mode;          /* at the end */
    bool open, replaces;
    outdir_may_go *may_go; /* also asked of what was replaced, before that is removed */
};

/* `path` is new, or an empty folder, whose mode is kept if it is ours; or one that may go, if that
 * is not NULL. BC_E_INPUT: it is something else. BC_E_USAGE: it would lie in a ledger's folder. */
bc_status outdir_open(struct outdir *out, const char *path, outdir_may_go *may_go,
                      struct bc_err *err);
/* Appends to a file in it, "NAME" or "FOLDER/NAME", and makes what is not there. */
bc_status outdir_add(struct outdir *out, const char *name, struct bc_str bytes, struct bc_err *err);
/* Puts the folder in place, synced. BC_E_IO also where it is there, but what it replaced holds by
 * now what may not go, and is kept beside it. */
bc_status outdir_commit(struct outdir *out, struct bc_err *err);
/* A folder without a commit is removed. A zeroed one is fine. */
void outdir_release(struct outdir *out);

#endif
