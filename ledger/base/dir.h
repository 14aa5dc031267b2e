/* ledger/base/dir.h - folders and the small files in them, written so that a crash leaves the
 * old file or the new one. */
#ifndef BC_LEDGER_BASE_DIR_H
#define BC_LEDGER_BASE_DIR_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <limits.h>

#define BC_DIR_FILE_MOST 4096 /* the most bytes of a small file */

/* "DIR/NAME"; BC_E_IO where it is too long. */
bc_status bc_path_join(char out[PATH_MAX], const char *dir, const char *name, struct bc_err *err);

/* Opens a regular file with the flags of open(), made with the mode that the umask leaves of 0660;
 * BC_DONE: it is not there. A link, a pipe, a device, a folder: BC_E_DAMAGED, without waiting for a
 * writer. */
bc_status bc_dir_open(int *out, const char *dir, const char *name, int flags, struct bc_err *err);
/* Appends the contents of a small file to the buffer; otherwise as bc_dir_open. */
bc_status bc_dir_read(struct bc_buf *out, const char *dir, const char *name, struct bc_err *err);
/* Puts a file in place whole or not at all, on disk when it returns. */
bc_status bc_dir_write(const char *dir, const char *name, struct bc_str text, struct bc_err *err);

/* Syncs a folder, or the folder above it, so that the names in it survive a crash. */
bc_status bc_dir_sync(const char *dir, struct bc_err *err);
bc_status bc_dir_sync_parent(const char *dir, struct bc_err *err);

/* Calls `each` for every name in it, until that returns false. BC_DONE: there is no such folder. */
bc_status bc_dir_each(const char *dir, bool (*each)(void *payload, const char *name), void *payload,
                      struct bc_err *err);
/* Removes a file, or a folder and what is in it, as far as possible; follows no link. */
void bc_dir_remove(const char *path);

#endif
