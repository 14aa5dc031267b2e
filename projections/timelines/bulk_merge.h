/* projections/timelines/bulk_merge.h - merges what the families of the timelines hold with what a
 * segment adds, into new table files. For projections/timelines/updater.c. */
#ifndef BC_PROJECTIONS_TIMELINES_BULK_MERGE_H
#define BC_PROJECTIONS_TIMELINES_BULK_MERGE_H

#include "projections/timelines/segment.h"
#include "projections/timelines/timelines_impl.h"

typedef struct bc_bulk_merge bc_bulk_merge; /* borrows its log and segment */

/* Makes the files. What the families hold counts only where *position says that there is a cache.
 * Adds what is new to the sums of *position. */
bc_status bc_bulk_merge_make(bc_bulk_merge **out, bc_log *log, const bc_segment *segment,
                             struct bc_position *position, struct bc_err *err);
/* Puts the files into the families, which have been emptied. */
bc_status bc_bulk_merge_ingest(bc_bulk_merge *merge, struct bc_err *err);
void bc_bulk_merge_free(bc_bulk_merge *merge); /* NULL is fine */

#endif
