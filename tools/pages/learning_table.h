/* tools/pages/learning_table.h - what was learned, in tables of several pages. */
#ifndef BC_TOOLS_PAGES_LEARNING_TABLE_H
#define BC_TOOLS_PAGES_LEARNING_TABLE_H

#include "tools/print/html_out.h"

/* Of learnings_cells (tools/show/learnings.h): what was written down; a sentence where there is
 * nothing. */
void learning_table_put(struct html_out *out, struct rows learnings);
/* The same of rows that are sorted by topic, with a heading each. */
void learning_table_put_by_topic(struct html_out *out, struct rows learnings);
/* The deals that closed without a word. */
void learning_table_put_missing(struct html_out *out, struct rows missing);

#endif
