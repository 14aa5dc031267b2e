/* ledger/base/digest.h - sums that show whether two sets are equal, whatever their order.
 *
 * They find damage: two different sets do not get the same sum by chance. Somebody who chooses the
 * bytes and knows the seed could bring it about; a seed of bc_digest_seed prevents that, as do the
 * hashes of ledger/record/merkle.h. */
#ifndef BC_LEDGER_BASE_DIGEST_H
#define BC_LEDGER_BASE_DIGEST_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <stdint.h>

__extension__ typedef unsigned __int128 bc_wide;

/* All bits of both reach all bits of the result. */
static inline uint64_t bc_mix(uint64_t a, uint64_t b)
{
    const bc_wide product = (bc_wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* 128 bits over some bytes; the same on every machine. Sums of them are stored with the timelines
 * (projections/timelines/timelines_sum.h): whoever changes the digest raises the version there. */
struct bc_digest {
    uint64_t half[2];
};
/* With another seed it is another digest: to digest bytes together with a number, or with what was
 * digested before. */
struct bc_digest bc_digest_of(struct bc_digest seed, struct bc_str bytes);

/* A seed that nobody can have known before: under it, digests distinguish sets even if somebody
 * chose the contents to deceive. */
bc_status bc_digest_seed(struct bc_digest *out, struct bc_err *err);

static inline bool bc_digest_eq(struct bc_digest a, struct bc_digest b)
{
    return a.half[0] == b.half[0] && a.half[1] == b.half[1];
}

/* Of a set, by the digests of its members. `{ 0 }` is the empty one's. */
struct bc_sum {
    uint64_t n;
    struct bc_digest all;
};

static inline void bc_sum_add(struct bc_sum *sum, struct bc_digest member)
{
    sum->n++;
    sum->all.half[0] += member.half[0];
    sum->all.half[1] += member.half[1];
}

static inline void bc_sum_join(struct bc_sum *sum, const struct bc_sum *other)
{
    sum->n += other->n;
    sum->all.half[0] += other->all.half[0];
    sum->all.half[1] += other->all.half[1];
}

static inline bool bc_sum_eq(const struct bc_sum *a, const struct bc_sum *b)
{
    return a->n == b->n && bc_digest_eq(a->all, b->all);
}

#endif
