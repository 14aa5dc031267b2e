/* projections/report/lists.h - the lists beside figures: which deals are stalled, and the
 * campaigns.
 *
 * They are far larger than the figures, so they are computed for one date at a time, in a sweep: at
 * each date only what changes is processed. */
#ifndef BC_PROJECTIONS_REPORT_LISTS_H
#define BC_PROJECTIONS_REPORT_LISTS_H

#include "projections/metrics/metric.h"
#include "projections/report/report.h"

typedef struct bc_lists bc_lists;

/* From finished tallies; takes over what they list. Borrows the string table. */
bc_lists *bc_lists_new(const bc_rules *rules, struct bc_metric *metrics, size_t date_n,
                       const bc_string_table *strings);
void bc_lists_free(bc_lists *lists); /* NULL is fine */
/* Puts the lists of a date into its cells, [metric][slice]; they live until the next call. */
void bc_lists_show(bc_lists *lists, struct bc_cell *cells, uint32_t date);

#endif
