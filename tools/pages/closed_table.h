/* tools/pages/closed_table.h - deals that closed, in a table of both reviews' pages. */
#ifndef BC_TOOLS_PAGES_CLOSED_TABLE_H
#define BC_TOOLS_PAGES_CLOSED_TABLE_H

#include "tools/print/html_out.h"

/* Rows of tools/show/closed.h; a sentence where there are none. */
void closed_table_put(struct html_out *out, struct rows rows);

#endif
