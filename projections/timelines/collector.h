/* projections/timelines/collector.h - collects what consecutive events add to each deal, and
 * returns it deal by deal.
 *
 * Events are added in the order of seq; what does not fit into the room goes into a temporary file,
 * sorted. Does not read the log: projections/timelines/segment.h finds where retractions belong. */
#ifndef BC_PROJECTIONS_TIMELINES_COLLECTOR_H
#define BC_PROJECTIONS_TIMELINES_COLLECTOR_H

#include "ledger/record/event.h"
#include "projections/facts/facts.h"

enum { BC_SEQ_BYTES = 5 }; /* of a seq in a list of them, little-endian */

/* What some events add to one deal. */
struct bc_deal_rows {
    struct bc_str deal;
    struct bc_str seqs;
    struct bc_str facts;
    struct bc_str learning; /* facts that go into a family of their own */
};

static inline void bc_seq_put(char out[BC_SEQ_BYTES], uint64_t seq)
{
    for (int i = 0; i < BC_SEQ_BYTES; i++)
        out[i] = (char)(seq >> (8 * i));
}

static inline uint64_t bc_seq_get(const char *at)
{
    uint64_t seq = 0;

    for (int i = 0; i < BC_SEQ_BYTES; i++)
        seq |= (uint64_t)(uint8_t)at[i] << (8 * i);
    return seq;
}

typedef struct bc_collector bc_collector;
typedef struct bc_collector_walk bc_collector_walk; /* borrows its collector: free it first */

/* Empty. Borrows `strings`, to which it adds the texts of facts. `room`: bytes to hold in memory,
 * 0: all. `folder` (borrowed): where the temporary file goes (ledger/spill/temp.h). */
bc_collector *bc_collector_new(bc_string_table *strings, size_t room, const char *folder);
void bc_collector_free(bc_collector *collector); /* NULL is fine */

/* Adds an event's facts and seq, also the seq of a retraction. Keeps no pointer. */
bc_status bc_collector_add(bc_collector *collector, const struct bc_event *event, uint64_t seq,
                           struct bc_err *err);
/* The retractions among the events: their times and seqs; their targets are not set. */
const struct bc_fact *bc_collector_retractions(const bc_collector *collector, size_t *out_n);

/* Ends the adding: from now on it can be walked, by several threads at once. */
bc_status bc_collector_end(bc_collector *collector, struct bc_err *err);
/* The median deal, about; "" if there are none. */
struct bc_str bc_collector_middle(const bc_collector *collector);

/* Walks the deals >= first, in byte order. "" has the facts that belong to no deal, and the seqs of
 * the events that they are from, or would be. */
bc_status bc_collector_walk_open(bc_collector_walk **out, const bc_collector *collector,
                                 struct bc_str first, struct bc_err *err);
/* BC_OK: *out lives until the next call. BC_DONE: the end. */
bc_status bc_collector_walk_next(bc_collector_walk *walk, struct bc_deal_rows *out,
                                 struct bc_err *err);
void bc_collector_walk_free(bc_collector_walk *walk); /* NULL is fine */

#endif
