#include "ledger/merkle.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <pthread.h>

#include <openssl/evp.h>

/* Fetched once: looking an algorithm up costs more than hashing a record. */
static EVP_MD *sha256;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;
static _Thread_local EVP_MD_CTX *context;

static void fetch(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (!sha256)
        bc_out_of_memory(); /* the algorithm is always there */
}

static struct bc_hash hash(const uint8_t *prefix, size_t prefix_len, const void *a, size_t a_len,
                           const void *b, size_t b_len)
{
    struct bc_hash out;
    int ok;

    (void)pthread_once(&fetched, fetch);
    if (!context)
        context = EVP_MD_CTX_new();
    if (!context)
        bc_out_of_memory();
    ok = EVP_DigestInit_ex2(context, sha256, NULL) &&
         EVP_DigestUpdate(context, prefix, prefix_len) && EVP_DigestUpdate(context, a, a_len) &&
         EVP_DigestUpdate(context, b, b_len) && EVP_DigestFinal_ex(context, out.at, NULL);
    if (!ok)
        bc_out_of_memory(); /* nothing else can fail in memory */
    return out;
}

struct bc_hash bc_hash_leaf(struct bc_str record)
{
    static const uint8_t leaf = 0;

    return hash(&leaf, 1, record.at, record.len, NULL, 0);
}

struct bc_hash bc_hash_node(const struct bc_hash *left, const struct bc_hash *right)
{
    static const uint8_t node = 1;

    return hash(&node, 1, left->at, BC_HASH_LEN, right->at, BC_HASH_LEN);
}

struct bc_hash bc_hash_bytes(struct bc_str bytes)
{
    return hash(NULL, 0, bytes.at, bytes.len, NULL, 0);
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
    bc_hash_print(again, out); /* the decoder takes forms that are not the one form */
    return memcmp(again, text.at, text.len) == 0;
}
