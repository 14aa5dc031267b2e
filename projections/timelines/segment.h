/* projections/timelines/segment.h - all that a segment of the log adds to each deal; retractions
 * are under the deal of the event that their chain ends in.
 *
 * The events come one by one as they are appended (bc_segment_add), or are read from the log. What
 * a deal gets is the same either way, however many threads read, and whatever the room:
 *
 *   seqs    of its events and of their retractions, ascending
 *   facts   in the order of seq (projections/facts/facts.h), a retraction's under the deal of the
 *           event that its chain ends in
 *   words   numbered in the order in which the log's facts first use them */
#ifndef BC_PROJECTIONS_TIMELINES_SEGMENT_H
#define BC_PROJECTIONS_TIMELINES_SEGMENT_H

#include "ledger/log/log.h"
#include "projections/timelines/collector.h"

typedef struct bc_segment bc_segment;           /* borrows its log and strings: free it first */
typedef struct bc_segment_walk bc_segment_walk; /* borrows its segment: free it first */

/* An empty segment, which adds its texts to `strings`. `room`: bytes to hold in memory, 0: all. */
bc_segment *bc_segment_new(bc_log *log, bc_string_table *strings, size_t room);
void bc_segment_free(bc_segment *segment); /* NULL is fine */

/* Adds an event that will have this seq, one more than the last, once it is in the log. */
bc_status bc_segment_add(bc_segment *segment, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err);
/* Reads first..last into an empty segment. `threads` 0: chosen by the number of events, at most
 * the log's. */
bc_status bc_segment_read(bc_segment *segment, uint64_t first, uint64_t last, unsigned threads,
                          struct bc_err *err);
/* How many events there are. */
uint64_t bc_segment_events(const bc_segment *segment);

/* Ends the adding, when all events are in the log: finds where retractions belong. From now on the
 * segment can be walked, by several threads at once. */
bc_status bc_segment_end(bc_segment *segment, struct bc_err *err);
/* The median deal, about; lives as long as the segment. */
struct bc_str bc_segment_middle(const bc_segment *segment);

/* Walks the deals >= first in byte order, "" first, with what belongs to no deal. */
bc_status bc_segment_walk_open(bc_segment_walk **out, const bc_segment *segment,
                               struct bc_str first, struct bc_err *err);
/* BC_OK: *out lives until the next call. BC_DONE: the end. */
bc_status bc_segment_walk_next(bc_segment_walk *walk, struct bc_deal_rows *out, struct bc_err *err);
void bc_segment_walk_free(bc_segment_walk *walk); /* NULL is fine */

#endif
