/* ledger/base/aside.h - files and folders made beside their final place, under an unpredictable
 * name.
 *
 * The name is ".NAME-" and 16 random hexadecimal digits, and whatever gets it is new: somebody else
 * who may write into the same folder cannot put a link or a file there first, to have another file
 * overwritten or to read along. */
#ifndef BC_LEDGER_BASE_ASIDE_H
#define BC_LEDGER_BASE_ASIDE_H

#include "ledger/base/err.h"

#include <limits.h>
#include <sys/types.h>

/* A file that is put in its place whole; zeroed: none. */
struct bc_aside {
    int fd;     /* write here */
    int folder; /* both names are in it */
    bool open, placed;
    char name[NAME_MAX + 1], target[NAME_MAX + 1];
};

/* Makes one beside `path`, with `mode` less the process's umask. */
bc_status bc_aside_open(struct bc_aside *out, const char *path, mode_t mode, struct bc_err *err);
/* Syncs it and puts it in its place, where it may go on growing; it replaces what was there, even a
 * link. Syncing the folder is up to the caller. */
bc_status bc_aside_place(struct bc_aside *aside, struct bc_err *err);
/* A file that was not placed is removed. */
void bc_aside_close(struct bc_aside *aside);

/* Makes a folder beside `path`, and fills in its own path. */
bc_status bc_aside_folder(char out[PATH_MAX], const char *path, mode_t mode, struct bc_err *err);

/* Whether a name in a folder was made here for `name`: a leftover of a killed process. */
bool bc_aside_is_of(const char *found, const char *name);

#endif
