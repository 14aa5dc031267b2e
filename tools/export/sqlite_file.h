/* tools/export/sqlite_file.h - a ledger as one file of SQLite's: every table, its indexes, and
 * views that make the metrics of them. */
#ifndef BC_TOOLS_EXPORT_SQLITE_FILE_H
#define BC_TOOLS_EXPORT_SQLITE_FILE_H

#include "tools/export/tables.h"

/* Writes it at `path`, replacing a file there when all is written; shows its progress. BC_E_USAGE:
 * it would lie in a ledger's folder, or is a device. */
bc_status sqlite_file_write(const char *path, const struct tables_ask *ask,
                            const struct cmd_env *env, struct tables_left *left,
                            struct bc_err *err);

#endif
