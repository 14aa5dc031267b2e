/* tools/cmd/share_commands.h - the commands of `share`. */
#ifndef BC_TOOLS_CMD_SHARE_COMMANDS_H
#define BC_TOOLS_CMD_SHARE_COMMANDS_H

#include "tools/cli/cmd.h"

cmd_fn share_init, share_join, share_status, share_catch_up_once, share_follow, share_repair,
    share_leave;

#endif
