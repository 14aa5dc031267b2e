/* tools/cmd/record.h - the words after `record` that are no body. */
#ifndef BC_TOOLS_CMD_RECORD_H
#define BC_TOOLS_CMD_RECORD_H

#include "tools/cli/cmd.h"

cmd_fn record_undo, record_form, record_deal;

#endif
