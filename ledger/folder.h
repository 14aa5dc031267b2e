/* ledger/folder.h - folders and the small files in them, written so that a crash leaves the old
 * file or the new one. */
#ifndef BC_LEDGER_FOLDER_H
#define BC_LEDGER_FOLDER_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <limits.h>

#define BC_FOLDER_FILE_MOST 4096 /* bytes that are read of a small file */

/* "DIR/NAME"; BC_E_IO where it is too long. */
bc_status bc_path_join(char out[PATH_MAX], const char *dir, const char *name, struct bc_err *err);

/* Adds what a small file holds; BC_DONE: it is not there. */
bc_status bc_folder_read(struct bc_buf *out, const char *dir, const char *name, struct bc_err *err);
/* Puts a file in place whole or not at all, on disk when it returns. */
bc_status bc_folder_write(const char *dir, const char *name, struct bc_str text,
                          struct bc_err *err);

/* Makes the names in a folder, or that of the folder itself in the one above, last. */
bc_status bc_folder_sync(const char *dir, struct bc_err *err);
bc_status bc_folder_sync_parent(const char *dir, struct bc_err *err);

bool bc_folder_is_empty(const char *dir); /* false also where it cannot be read */
/* Removes what is in it, as far as that can be done. */
void bc_folder_clear(const char *dir);

#endif
