/* tools/pages/experiment_table.h - what was tried, in tables of several pages: the arms with their
 * intervals, and their differences about zero. */
#ifndef BC_TOOLS_PAGES_EXPERIMENT_TABLE_H
#define BC_TOOLS_PAGES_EXPERIMENT_TABLE_H

#include "tools/print/html_out.h"

/* A row of experiments_cells (tools/show/experiments.h). */
void experiment_table_put(struct html_out *out, const struct row *experiment);
/* Once below them. */
void experiment_table_how_to_read(struct html_out *out);

#endif
