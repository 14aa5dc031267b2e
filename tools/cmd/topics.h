/* tools/cmd/topics.h - pages about files and forms, not commands: `backcast help event`, which is
 * backcast-event(5). */
#ifndef BC_TOOLS_CMD_TOPICS_H
#define BC_TOOLS_CMD_TOPICS_H

#include "tools/cli/cmd.h"

/* Ends with a zeroed entry; each prints its page. */
extern const struct cmd topics[];

#endif
