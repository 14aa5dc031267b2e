#include "ledger/base/digest.h"

#include <sys/random.h>

#include <endian.h>

/* Odd numbers with as many ones as zeros, of no meaning. */
static const uint64_t salt[] = { UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xd1b54a32d192ed03),
                                 UINT64_C(0xa0761d6478bd642f), UINT64_C(0xe7037ed1a0b428db) };

/* Two independent chains of multiplications, each over all the bytes, are mixed at the end. Both
 * factors depend on the seed: nobody who does not know it can choose bytes that make one of them
 * zero, which would erase all that came before. */
struct bc_digest bc_digest_of(struct bc_digest seed, struct bc_str bytes)
{
    uint64_t left = seed.half[0] ^ salt[0], right = seed.half[1] ^ salt[1];
    const uint64_t left_key = seed.half[1] ^ salt[2], right_key = seed.half[0] ^ salt[3];
    uint64_t words[2];
    size_t i = 0;

    for (; bytes.len - i >= sizeof(words); i += sizeof(words)) {
        memcpy(words, bytes.at + i, sizeof(words));
        words[0] = le64toh(words[0]);
        words[1] = le64toh(words[1]);
        left = bc_mix(left ^ words[0], words[1] ^ left_key);
        right = bc_mix(right ^ words[1], words[0] ^ right_key);
    }
    words[0] = words[1] = 0;
    if (i < bytes.len)
        memcpy(words, bytes.at + i, bytes.len - i);
    words[0] = le64toh(words[0]);
    words[1] = le64toh(words[1]);
    left = bc_mix(left ^ words[0], words[1] ^ left_key) ^ bytes.len;
    right = bc_mix(right ^ words[1], words[0] ^ right_key) ^ bytes.len;
    return (struct bc_digest){ { bc_mix(left ^ salt[1], right ^ salt[2]),
                                 bc_mix(left ^ salt[3], right ^ salt[0]) } };
}

bc_status bc_digest_seed(struct bc_digest *out, struct bc_err *err)
{
    if (getrandom(out, sizeof(*out), 0) != (ssize_t)sizeof(*out))
        return bc_err_errno(err, "read random bytes");
    return BC_OK;
}
