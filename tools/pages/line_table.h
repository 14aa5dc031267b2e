/* tools/pages/line_table.h - red lines, in a table of several pages. */
#ifndef BC_TOOLS_PAGES_LINE_TABLE_H
#define BC_TOOLS_PAGES_LINE_TABLE_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* Rows of report_line_cells (tools/show/report.h); a sentence where there are none. */
void line_table_put(struct html_out *out, struct rows rows);
/* The label of the red line in "name". */
column_draw_fn line_table_label;
/* The state of a red line, "would_breach", by its label. */
void line_table_state(struct html_out *out, struct bc_str state);

#endif
