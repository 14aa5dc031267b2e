/* tools/cmd/report.h - the command under `report` that has a file of its own. */
#ifndef BC_TOOLS_CMD_REPORT_H
#define BC_TOOLS_CMD_REPORT_H

#include "tools/cli/cmd.h"

cmd_fn cmd_report_page;

#endif
