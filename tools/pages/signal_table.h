/* tools/pages/signal_table.h - keys by what they tell, in tables of several pages. */
#ifndef BC_TOOLS_PAGES_SIGNAL_TABLE_H
#define BC_TOOLS_PAGES_SIGNAL_TABLE_H

#include "tools/print/html_out.h"

/* Of signals_cells (tools/show/signals.h): the deals of all, the keys, the values of each, and what
 * was left out. */
void signal_table_put(struct html_out *out, const struct row *signals);

#endif
