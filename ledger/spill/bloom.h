/* ledger/spill/bloom.h - a set of hashes that is asked by a look at 64 bytes of memory: "surely not
 * in it" or "maybe". Its size is fixed; the fuller, the more maybes. */
#ifndef BC_LEDGER_SPILL_BLOOM_H
#define BC_LEDGER_SPILL_BLOOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bc_bloom {
    uint64_t *words; /* eight a block, on a cache line */
    uint64_t blocks;
};

/* An empty one of so many bytes, at least 64. */
void bc_bloom_init(struct bc_bloom *bloom, size_t bytes);
void bc_bloom_release(struct bc_bloom *bloom); /* one that is all zero is fine */
void bc_bloom_add(struct bc_bloom *bloom, uint64_t hash);
bool bc_bloom_maybe(const struct bc_bloom *bloom, uint64_t hash);
/* Says that this hash will be asked soon. */
void bc_bloom_expect(const struct bc_bloom *bloom, uint64_t hash);

#endif
