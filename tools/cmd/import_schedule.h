/* tools/cmd/import_schedule.h - sources.yaml, held against what the program imports. */
#ifndef BC_TOOLS_CMD_IMPORT_SCHEDULE_H
#define BC_TOOLS_CMD_IMPORT_SCHEDULE_H

#include "tools/cli/cmd.h"
#include "tools/connect/schedule.h"

#define SOURCES_FILE "sources.yaml"

/* The file, or where it is NULL the usual one. BC_DONE: there is none, and none was named. The
 * caller releases *out, also after a failure. */
bc_status import_schedule_read(struct connect_schedule *out, const struct cmd_env *env,
                               const char *path, struct bc_err *err);

/* Does an import keep its runs by itself? Those of files do not. */
bool import_schedule_keeps(const char *import);

/* `import` of the program; NULL where it imports nothing, and a file is not held against it. */
cmd_fn *import_schedule_command(const struct cmd_env *env);

#endif
