/* The upper half of a hash says the block, which is one cache line; the product with an odd number
 * says the bits in it. With 12 bits a hash, 0.5 % of others are a maybe; with 24, 0.02 %. */
#include "ledger/spill/bloom.h"

#include "ledger/base/mem.h"

#include <stdlib.h>

enum { LINE_BYTES = 64, LINE_WORDS = 8, BITS = 6, BIT_WIDTH = 9 /* of 512 */ };

void bc_bloom_init(struct bc_bloom *bloom, size_t bytes)
{
    bloom->blocks = bytes / LINE_BYTES;
    bloom->words = bc_calloc_scattered(bloom->blocks * LINE_BYTES);
}

void bc_bloom_release(struct bc_bloom *bloom)
{
    free(bloom->words);
    *bloom = (struct bc_bloom){ 0 };
}

static uint64_t *block_of(const struct bc_bloom *bloom, uint64_t hash)
{
    return bloom->words + (hash >> 32) * bloom->blocks / ((uint64_t)1 << 32) * LINE_WORDS;
}

static uint64_t bits_of(uint64_t hash)
{
    return hash * UINT64_C(0x9e3779b97f4a7c15);
}

void bc_bloom_add(struct bc_bloom *bloom, uint64_t hash)
{
    uint64_t *block = block_of(bloom, hash), bits = bits_of(hash);

    for (int i = 0; i < BITS; i++, bits >>= BIT_WIDTH)
        block[bits >> 6 & (LINE_WORDS - 1)] |= UINT64_C(1) << (bits & 63);
}

bool bc_bloom_maybe(const struct bc_bloom *bloom, uint64_t hash)
{
    const uint64_t *block = block_of(bloom, hash);
    uint64_t bits = bits_of(hash), all = 1;

    for (int i = 0; i < BITS; i++, bits >>= BIT_WIDTH)
        all &= block[bits >> 6 & (LINE_WORDS - 1)] >> (bits & 63);
    return all;
}

void bc_bloom_expect(const struct bc_bloom *bloom, uint64_t hash)
{
    __builtin_prefetch(block_of(bloom, hash));
}
