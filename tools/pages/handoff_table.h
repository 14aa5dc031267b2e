/* tools/pages/handoff_table.h - what became of won deals, in tables of several pages. */
#ifndef BC_TOOLS_PAGES_HANDOFF_TABLE_H
#define BC_TOOLS_PAGES_HANDOFF_TABLE_H

#include "tools/print/html_out.h"

/* Of handoff_cells (tools/show/handoff.h): the deals with their steps; a sentence where there are
 * none. */
void handoff_table_put(struct html_out *out, struct rows deals);
/* How many have done each step, and after how many days. */
void handoff_table_put_steps(struct html_out *out, struct rows steps);

#endif
