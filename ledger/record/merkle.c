/* OpenSSL 3 recommends EVP, which costs a third more for a record of 160 bytes or a node; so this
 * file asks for the interface of 1.1. */
#define OPENSSL_API_COMPAT 0x10101000L

#include "ledger/record/merkle.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

enum { LEAF = 0, NODE = 1 }; /* first byte of what is hashed */

static void begin(SHA256_CTX *context, uint8_t first)
{
    (void)SHA256_Init(context); /* nothing of this can fail */
    (void)SHA256_Update(context, &first, 1);
}

struct bc_hash bc_hash_leaf(struct bc_str record)
{
    SHA256_CTX context;
    struct bc_hash out;

    begin(&context, LEAF);
    (void)SHA256_Update(&context, record.at, record.len);
    (void)SHA256_Final(out.at, &context);
    return out;
}

struct bc_hash bc_hash_node(const struct bc_hash *left, const struct bc_hash *right)
{
    SHA256_CTX context;
    struct bc_hash out;

    begin(&context, NODE);
    (void)SHA256_Update(&context, left->at, BC_HASH_LEN);
    (void)SHA256_Update(&context, right->at, BC_HASH_LEN);
    (void)SHA256_Final(out.at, &context);
    return out;
}

/* SHA256() would do, but looks the algorithm up each time. */
struct bc_hash bc_hash_bytes(struct bc_str bytes)
{
    SHA256_CTX context;
    struct bc_hash out;

    (void)SHA256_Init(&context);
    (void)SHA256_Update(&context, bytes.at, bytes.len);
    (void)SHA256_Final(out.at, &context);
    return out;
}

void bc_frontier_add(struct bc_frontier *frontier, struct bc_hash leaf,
                     void (*done)(void *payload, unsigned level, uint64_t index,
                                  const struct bc_hash *hash),
                     void *payload)
{
    struct bc_hash node = leaf;
    unsigned level = 0;

    if (done)
        done(payload, 0, frontier->size, &node);
    for (; frontier->size >> level & 1; level++) {
        node = bc_hash_node(&frontier->node[level], &node);
        if (done)
            done(payload, level + 1, frontier->size >> (level + 1), &node);
    }
    frontier->node[level] = node;
    frontier->size++;
}

struct bc_hash bc_frontier_root(const struct bc_frontier *frontier)
{
    struct bc_hash root = { { 0 } };
    bool any = false;

    if (frontier->size == 0)
        return bc_hash_bytes((struct bc_str){ 0 });
    for (unsigned level = 0; level < 64; level++) {
        if (!(frontier->size >> level & 1))
            continue;
        root = any ? bc_hash_node(&frontier->node[level], &root) : frontier->node[level];
        any = true;
    }
    return root;
}

void bc_hash_print(char out[BC_HASH_TEXT_LEN], const struct bc_hash *value)
{
    (void)EVP_EncodeBlock((unsigned char *)out, value->at, BC_HASH_LEN);
}

bool bc_hash_parse(struct bc_hash *out, struct bc_str text)
{
    unsigned char bytes[BC_HASH_LEN + 1];
    char again[BC_HASH_TEXT_LEN];

    if (text.len != BC_HASH_TEXT_LEN - 1 ||
        EVP_DecodeBlock(bytes, (const unsigned char *)text.at, (int)text.len) != BC_HASH_LEN + 1)
        return false;
    memcpy(out->at, bytes, BC_HASH_LEN);
    bc_hash_print(again, out); /* the decoder also accepts forms that are not canonical */
    return memcmp(again, text.at, text.len) == 0;
}
