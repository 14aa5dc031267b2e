/* tools/cmd/pages.h - the pages of the program's commands (tools/cli/page.h): the files NAME.scd of
 * this folder, put in by the build. */
#ifndef BC_TOOLS_CMD_PAGES_H
#define BC_TOOLS_CMD_PAGES_H

#include "tools/cli/page.h"

/* Ends with a zeroed one. */
extern const struct page cmd_pages[];

/* The page of "backcast metrics". */
static inline const struct page *cmd_page(const char *command)
{
    return page_find(cmd_pages, command);
}

#endif
