/* projections/timelines/placed_retractions.h - stores each retraction of a segment under the deal
 * of the event that its chain ends in. For projections/timelines/segment.c.
 *
 * Mostly these events are in the same segment, and are found among the seqs of their deal; only an
 * earlier one is looked up in the log. */
#ifndef BC_PROJECTIONS_TIMELINES_PLACED_RETRACTIONS_H
#define BC_PROJECTIONS_TIMELINES_PLACED_RETRACTIONS_H

#include "ledger/log/log.h"
#include "projections/facts/facts.h"

typedef struct bc_placed_retractions bc_placed_retractions;

bc_placed_retractions *bc_placed_retractions_new(void);
void bc_placed_retractions_free(bc_placed_retractions *placed); /* NULL is fine */

/* Adds those of a segment of the log that begins at `first`, and reads from the log what they
 * name. */
bc_status bc_placed_retractions_add(bc_placed_retractions *placed, bc_log *log, uint64_t first,
                                    const struct bc_fact *found, size_t n, struct bc_err *err);
/* Once all are there. */
void bc_placed_retractions_sort(bc_placed_retractions *placed);
/* The events of these seqs belong to no deal, even where they carry one. */
void bc_placed_retractions_mark_none(bc_placed_retractions *placed, struct bc_str seqs);

/* A walk over deals, in byte order. */
struct bc_placed_retractions_walk {
    const bc_placed_retractions *placed;
    size_t at; /* among those of earlier events */
    struct bc_placed_retractions_hit *hits;
    size_t hit_n, hit_cap;
    struct bc_buf scratch;
};

struct bc_placed_retractions_walk bc_placed_retractions_walk(const bc_placed_retractions *placed,
                                                             struct bc_str first);
void bc_placed_retractions_walk_release(struct bc_placed_retractions_walk *walk);
/* The next deal with a retraction that ends in an earlier event; false: there is none. */
bool bc_placed_retractions_walk_deal(const struct bc_placed_retractions_walk *walk,
                                     struct bc_str *out);
/* Inserts those that end in a deal's events into its seqs and facts. */
void bc_placed_retractions_put(struct bc_placed_retractions_walk *walk, struct bc_str deal,
                               struct bc_buf *seqs, struct bc_buf *facts);

#endif
