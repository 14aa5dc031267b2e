/* ledger/spill/bloom.h - a set of hashes; a query reads 64 bytes of memory and answers "not in it"
 * or "maybe". Its size is fixed; the fuller it is, the more often it answers "maybe". */
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
/* Prefetches: this hash will be queried soon. */
void bc_bloom_expect(const struct bc_bloom *bloom, uint64_t hash);

#endif
