/* projections/timelines/replay_log.h - a segment of the log, turned into facts and seqs by deal, in
 * memory. */
#ifndef BC_PROJECTIONS_TIMELINES_REPLAY_LOG_H
#define BC_PROJECTIONS_TIMELINES_REPLAY_LOG_H

#include "projections/timelines/segment.h"

/* What each deal that a segment of the log touches gets from it. */
typedef struct bc_rows bc_rows;

/* Reads the events first..last. New texts are added to `words`. */
bc_status bc_rows_read(bc_rows **out, bc_log *log, uint64_t first, uint64_t last,
                       bc_string_table *strings, struct bc_err *err);
void bc_rows_free(bc_rows *rows); /* NULL is fine */
/* The deals in byte order. */
const struct bc_deal_rows *bc_rows_all(const bc_rows *rows, size_t *out_n);
/* One deal, or NULL. */
const struct bc_deal_rows *bc_rows_find(const bc_rows *rows, struct bc_str deal);

#endif
