/* tools/pages/version_table.h - what was published, in a table of several pages. */
#ifndef BC_TOOLS_PAGES_VERSION_TABLE_H
#define BC_TOOLS_PAGES_VERSION_TABLE_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* Rows of versions_cells (tools/show/versions.h); a sentence where there are none. */
void version_table_put(struct html_out *out, struct rows rows);

column_draw_fn version_table_version; /* "playbook 2", of "what" and "version" */

#endif
