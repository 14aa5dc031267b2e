#include "ledger/base/digest.h"

__extension__ typedef unsigned __int128 wide;

/* Odd numbers with as many ones as zeros, of no meaning. */
static const uint64_t salt[] = { UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xd1b54a32d192ed03),
                                 UINT64_C(0xa0761d6478bd642f), UINT64_C(0xe7037ed1a0b428db) };

/* All bits of both reach all bits of the result. */
static uint64_t mix(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Two chains of multiplications, each over all the bytes, that run beside each other; at the end
 * each takes in the other. */
struct bc_digest bc_digest_of(struct bc_digest seed, struct bc_str bytes)
{
    uint64_t left = seed.half[0] ^ salt[0], right = seed.half[1] ^ salt[1];
    uint64_t words[2];
    size_t i = 0;

    for (; bytes.len - i >= sizeof(words); i += sizeof(words)) {
        memcpy(words, bytes.at + i, sizeof(words));
        left = mix(left ^ words[0], words[1] ^ salt[2]);
        right = mix(right ^ words[1], words[0] ^ salt[3]);
    }
    words[0] = words[1] = 0;
    if (i < bytes.len)
        memcpy(words, bytes.at + i, bytes.len - i);
    left = mix(left ^ words[0], words[1] ^ salt[2]) ^ bytes.len;
    right = mix(right ^ words[1], words[0] ^ salt[3]) ^ bytes.len;
    return (struct bc_digest){ { mix(left ^ salt[1], right ^ salt[2]),
                                 mix(left ^ salt[3], right ^ salt[0]) } };
}
