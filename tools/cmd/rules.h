/* tools/cmd/rules.h - the commands under `rules` that have a file of their own. */
#ifndef BC_TOOLS_CMD_RULES_H
#define BC_TOOLS_CMD_RULES_H

#include "tools/cli/cmd.h"

cmd_fn cmd_rules_list, cmd_rules_check, cmd_rules_diff, cmd_rules_publish;

#endif
