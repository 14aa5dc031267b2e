/* tools/cmd/config_check.h - `config check`: what is wrong in the settings files. */
#ifndef BC_TOOLS_CMD_CONFIG_CHECK_H
#define BC_TOOLS_CMD_CONFIG_CHECK_H

#include "tools/cli/cmd.h"

cmd_fn config_check;

#endif
