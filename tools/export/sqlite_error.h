/* tools/export/sqlite_error.h - why SQLite could not write a file. */
#ifndef BC_TOOLS_EXPORT_SQLITE_ERROR_H
#define BC_TOOLS_EXPORT_SQLITE_ERROR_H

#include "ledger/base/err.h"

struct sqlite3;

/* BC_E_IO, at once after the call that failed; `db` NULL: there was no memory to open it. `path` is
 * the file that is wanted. */
bc_status sqlite_error(struct sqlite3 *db, const char *path, struct bc_err *err);

#endif
