/* projections/timelines/rewrite.h - the families of the timelines, rewritten whole into table
 * files: what they hold, and behind it what a segment adds. For projections/timelines/upkeep.c. */
#ifndef BC_PROJECTIONS_TIMELINES_REWRITE_H
#define BC_PROJECTIONS_TIMELINES_REWRITE_H

#include "projections/timelines/segment.h"
#include "projections/timelines/timelines_impl.h"

typedef struct bc_rewrite bc_rewrite; /* borrows its log and segment */

/* Makes the files aside. What the families hold counts only where *position says that there is a
 * cache. Adds what is new to the sums of *position. */
bc_status bc_rewrite_make(bc_rewrite **out, bc_log *log, const bc_segment *segment,
                          struct bc_position *position, struct bc_err *err);
/* Puts the files into the families, which have been emptied. */
bc_status bc_rewrite_ingest(bc_rewrite *rewrite, struct bc_err *err);
void bc_rewrite_free(bc_rewrite *rewrite); /* NULL is fine */

#endif
