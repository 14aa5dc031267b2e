/* tools/cmd/import_all.h - every import that sources.yaml names, one after the other. */
#ifndef BC_TOOLS_CMD_IMPORT_ALL_H
#define BC_TOOLS_CMD_IMPORT_ALL_H

#include "tools/cli/cmd.h"

cmd_fn import_all;

#endif
