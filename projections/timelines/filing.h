/* projections/timelines/filing.h - the retractions of a segment, filed where the events are that
 * their chains are about. For projections/timelines/segment.c.
 *
 * Mostly these events are in the same segment, and are met among the seqs of their deal; only where
 * one is earlier is it looked up in the log. */
#ifndef BC_PROJECTIONS_TIMELINES_FILING_H
#define BC_PROJECTIONS_TIMELINES_FILING_H

#include "ledger/log/log.h"
#include "projections/facts/facts.h"

typedef struct bc_filing bc_filing;

bc_filing *bc_filing_new(void);
void bc_filing_free(bc_filing *filing); /* NULL is fine */

/* Adds those of a segment of the log that begins at `first`, and asks the log what they name. */
bc_status bc_filing_add(bc_filing *filing, bc_log *log, uint64_t first, const struct bc_fact *found,
                        size_t n, struct bc_err *err);
/* Once all are there. */
void bc_filing_sort(bc_filing *filing);
/* The events of these seqs are filed under no deal, also where they carry one. */
void bc_filing_mark_none(bc_filing *filing, struct bc_str seqs);

/* A walk over deals, in byte order. */
struct bc_filing_walk {
    const bc_filing *filing;
    size_t at; /* among those of earlier events */
    struct bc_filing_hit *hits;
    size_t hit_n, hit_cap;
    struct bc_buf scratch;
};

struct bc_filing_walk bc_filing_walk(const bc_filing *filing, struct bc_str first);
void bc_filing_walk_release(struct bc_filing_walk *walk);
/* The next deal that has one about an earlier event; false: there is none. */
bool bc_filing_walk_deal(const struct bc_filing_walk *walk, struct bc_str *out);
/* Puts those about a deal's events among its seqs and facts. */
void bc_filing_put(struct bc_filing_walk *walk, struct bc_str deal, struct bc_buf *seqs,
                   struct bc_buf *facts);

#endif
