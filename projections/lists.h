/* projections/lists.h - the lists beside a figure: which deals are stalled, and the campaigns.
 *
 * Made for all dates in one sweep: at each date only what is there is looked at. */
#ifndef BC_PROJECTIONS_LISTS_H
#define BC_PROJECTIONS_LISTS_H

#include "projections/metrics/tally.h"
#include "projections/report.h"

/* Both fill the cells at[0], at[stride], ... of date_n dates from what is listed for one slice;
 * what they hold lives in the arena. */
void bc_lists_stalled(struct bc_cell *at, size_t stride, size_t date_n, const struct bc_list *list,
                      unsigned slice, bc_arena *arena);
void bc_lists_campaigns(struct bc_cell *at, size_t stride, size_t date_n,
                        const struct bc_list *list, unsigned slice, const bc_words *words,
                        bc_arena *arena);

#endif
