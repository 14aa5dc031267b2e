/* tools/export/metric_views.h - the metrics as SQL over the exported tables: the texts of
 * tools/sql/, one after the other, in SQLite's words. */
#ifndef BC_TOOLS_EXPORT_METRIC_VIEWS_H
#define BC_TOOLS_EXPORT_METRIC_VIEWS_H

#include "ledger/base/mem.h"

/* Adds the statements that make the views: what counts, a view for each kind of metric, and all of
 * them together. */
void metric_views_add(struct bc_buf *sql);

#endif
