/* tools/cmd/report_html.h - a command of `report`. */
#ifndef BC_TOOLS_CMD_REPORT_HTML_H
#define BC_TOOLS_CMD_REPORT_HTML_H

#include "tools/cli/cmd.h"

cmd_fn cmd_report_html;

#endif
