/* projections/timelines/tail.h - the end of the log that the cache lacks, as facts and seqs by
 * deal, in memory. */
#ifndef BC_PROJECTIONS_TIMELINES_TAIL_H
#define BC_PROJECTIONS_TIMELINES_TAIL_H

#include "projections/timelines/segment.h"

/* What a segment of the log adds to each deal in it. */
typedef struct bc_tail bc_tail;

/* Reads the events first..last. New texts are added to `strings`. */
bc_status bc_tail_read(bc_tail **out, bc_log *log, uint64_t first, uint64_t last,
                       bc_string_table *strings, struct bc_err *err);
void bc_tail_free(bc_tail *tail); /* NULL is fine */
/* The deals in byte order. */
const struct bc_deal_rows *bc_tail_all(const bc_tail *tail, size_t *out_n);
/* One deal, or NULL. */
const struct bc_deal_rows *bc_tail_find(const bc_tail *tail, struct bc_str deal);

#endif
