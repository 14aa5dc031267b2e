/* projections/timelines/timelines_sum.h - what the timelines add up to, so that a question finds
 * out whether they are what was put into them.
 *
 * A sum over digests of 128 bits, modulo 2^128, in whatever order they come. Each takes in a
 * fact, or a seq, with the deal under which it stands; or a word with its number.
 * Facts and seqs of a deal ascend, so what stands under another deal, or in another order, is
 * another sum or none; and what is added to a deal is added to the sum, without what is there.
 *
 * It finds damage, and exchanges. Who may write the ledger's folder can write the sum as well, as
 * with any sum that stands beside what it sums up: against that stands the log's hash tree, and
 * bc_timelines_verify. */
#ifndef BC_PROJECTIONS_TIMELINES_TIMELINES_SUM_H
#define BC_PROJECTIONS_TIMELINES_TIMELINES_SUM_H

#include "ledger/base/str.h"

#include <stdint.h>

/* `{ 0 }` is that of no entries. */
struct bc_timelines_sum {
    uint64_t low, high;
};

/* All facts, all seqs that stand under a deal, or that are added to it. False: they are none, or do
 * not ascend. */
bool bc_timelines_sum_facts(struct bc_timelines_sum *sum, struct bc_str deal, struct bc_str facts);
bool bc_timelines_sum_seqs(struct bc_timelines_sum *sum, struct bc_str deal, struct bc_str seqs);
/* Another entry: a key and its value. */
void bc_timelines_sum_entry(struct bc_timelines_sum *sum, struct bc_str key, struct bc_str value);
/* Adds another sum. */
void bc_timelines_sum_join(struct bc_timelines_sum *sum, const struct bc_timelines_sum *other);

static inline bool bc_timelines_sum_eq(const struct bc_timelines_sum *a,
                                       const struct bc_timelines_sum *b)
{
    return a->low == b->low && a->high == b->high;
}

#endif
