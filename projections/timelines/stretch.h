/* projections/timelines/stretch.h - what a stretch of the log adds to each deal, whole: retractions
 * stand where the event is that their chain is about.
 *
 * The events come one by one as they are appended (bc_stretch_add), or are read from the log. What
 * a deal gets is the same either way, however many threads read, and whatever the room:
 *
 *   seqs    of its events and of the retractions about them, ascending
 *   facts   in the order of seq (projections/facts/facts.h), a retraction's under the deal of the
 *           event that its chain is about
 *   words   numbered in the order in which the log's facts first use them */
#ifndef BC_PROJECTIONS_TIMELINES_STRETCH_H
#define BC_PROJECTIONS_TIMELINES_STRETCH_H

#include "ledger/log/log.h"
#include "projections/timelines/gather.h"

typedef struct bc_stretch bc_stretch;           /* borrows its log and words: free it first */
typedef struct bc_stretch_walk bc_stretch_walk; /* borrows its stretch: free it first */

/* An empty stretch, which adds its texts to `words`. `room`: bytes to hold in memory, 0: all. */
bc_stretch *bc_stretch_new(bc_log *log, bc_words *words, size_t room);
void bc_stretch_free(bc_stretch *stretch); /* NULL is fine */

/* Adds an event that will have this seq once it is in the log, one behind the last. */
bc_status bc_stretch_add(bc_stretch *stretch, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err);
/* Reads first..last into an empty stretch, on so many threads; 0: as many as pay
 * of the log's. */
bc_status bc_stretch_read(bc_stretch *stretch, uint64_t first, uint64_t last, unsigned threads,
                          struct bc_err *err);
/* How many events there are. */
uint64_t bc_stretch_events(const bc_stretch *stretch);
uint64_t bc_stretch_facts_bytes(const bc_stretch *stretch);
/* Whether all of it is in memory. */
bool bc_stretch_is_small(const bc_stretch *stretch);

/* Nothing can be added any more, and all events are in the log: finds where retractions belong.
 * From now on the stretch can be walked, by several threads at once. */
bc_status bc_stretch_end(bc_stretch *stretch, struct bc_err *err);
/* A deal that about as many come before as after; lives as long as the stretch. */
struct bc_str bc_stretch_middle(const bc_stretch *stretch);

/* Walks the deals >= first in byte order, "" first: that is what is filed under no deal. */
bc_status bc_stretch_walk_open(bc_stretch_walk **out, const bc_stretch *stretch,
                               struct bc_str first, struct bc_err *err);
/* BC_OK: *out lives until the next call. BC_DONE: the end. */
bc_status bc_stretch_walk_next(bc_stretch_walk *walk, struct bc_deal_rows *out, struct bc_err *err);
void bc_stretch_walk_free(bc_stretch_walk *walk); /* NULL is fine */

#endif
