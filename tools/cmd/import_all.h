/* tools/cmd/import_all.h - every import that sources.yaml names, one after the other. */
#ifndef BC_TOOLS_CMD_IMPORT_ALL_H
#define BC_TOOLS_CMD_IMPORT_ALL_H

#include "tools/cli/cmd.h"
#include "tools/connect/schedule.h"

#define SOURCES_FILE "sources.yaml"

/* The file, or where it is NULL the usual one. BC_DONE: there is none, and none was named. The
 * caller releases *out, also after a failure. */
bc_status import_all_schedule(struct connect_schedule *out, const char *path, struct bc_err *err);

cmd_fn import_all;

#endif
