/* tools/pages/action_table.h - actions that are open, in a table of several pages. */
#ifndef BC_TOOLS_PAGES_ACTION_TABLE_H
#define BC_TOOLS_PAGES_ACTION_TABLE_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* Of the actions of a review (tools/show/review.h); a sentence where there are none. */
void action_table_put(struct html_out *out, struct rows rows);

column_draw_fn action_table_due; /* "due", and whether that is "late" */

#endif
