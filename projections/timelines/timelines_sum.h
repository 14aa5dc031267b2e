/* projections/timelines/timelines_sum.h - a checksum of the timelines, so that a question notices
 * if they are not what was put into them.
 *
 * A sum over digests of 128 bits, modulo 2^128, in whatever order they come. Each digests a fact,
 * or a seq, with the deal under which it is stored; or a string with its number. Facts and seqs of
 * a deal ascend, so another deal or another order gives another sum or none; and what is added to a
 * deal is added to the sum, without reading what is there.
 *
 * It finds damage and swapped entries. Whoever may write to the ledger's folder can also write the
 * sum, as with any sum stored beside its data: the log's hash tree and bc_timelines_verify protect
 * against that. */
#ifndef BC_PROJECTIONS_TIMELINES_TIMELINES_SUM_H
#define BC_PROJECTIONS_TIMELINES_TIMELINES_SUM_H

#include "ledger/base/str.h"

#include <stdint.h>

/* `{ 0 }` is that of no entries. */
struct bc_timelines_sum {
    uint64_t low, high;
};

/* All facts, or all seqs, that are under a deal or are added to it. False: they are invalid, or do
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
