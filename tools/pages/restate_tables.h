/* tools/pages/restate_tables.h - of a report that was asked again, the figures as they were given
 * out and as they read now, and below them what moved each. */
#ifndef BC_TOOLS_PAGES_RESTATE_TABLES_H
#define BC_TOOLS_PAGES_RESTATE_TABLES_H

#include "tools/print/html_out.h"
#include "tools/show/restated_figures.h"

void restate_tables_put(struct html_out *out, const struct restated *restated,
                        struct restated_figures *figures);

#endif
