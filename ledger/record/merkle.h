/* ledger/record/merkle.h - the hash tree over the log: RFC 6962 section 2.1, SHA-256.
 *
 * A leaf is SHA-256(0x00 || record), a node SHA-256(0x01 || left || right); the tree over n leaves
 * splits at the largest power of two below n; the tree over none is SHA-256 of nothing. */
#ifndef BC_LEDGER_RECORD_MERKLE_H
#define BC_LEDGER_RECORD_MERKLE_H

#include "ledger/base/str.h"

#include <stdint.h>

#define BC_HASH_LEN 32
struct bc_hash {
    uint8_t at[BC_HASH_LEN];
};

/* Identifies a state of the log. */
struct bc_head {
    uint64_t size;
    struct bc_hash root;
};

struct bc_hash bc_hash_leaf(struct bc_str record);
struct bc_hash bc_hash_node(const struct bc_hash *left, const struct bc_hash *right);
/* SHA-256 of some bytes. */
struct bc_hash bc_hash_bytes(struct bc_str bytes);

/* The roots of the perfect subtrees that n leaves fall into, largest first: all that is needed to
 * append to a tree and to compute its root. `{ 0 }` is the empty tree. */
struct bc_frontier {
    uint64_t size;
    struct bc_hash node[64]; /* node[level] holds where bit `level` of size is set */
};
/* Adds a leaf. For each perfect subtree that it completes, the leaf itself first, calls `done`
 * (unless NULL) with its level (0 for a leaf) and its index among those of that level. */
void bc_frontier_add(struct bc_frontier *frontier, struct bc_hash leaf,
                     void (*done)(void *payload, unsigned level, uint64_t index,
                                  const struct bc_hash *hash),
                     void *payload);
struct bc_hash bc_frontier_root(const struct bc_frontier *frontier);

#define BC_HASH_TEXT_LEN 45
/* Base64, with padding. */
void bc_hash_print(char out[BC_HASH_TEXT_LEN], const struct bc_hash *hash);
bool bc_hash_parse(struct bc_hash *out, struct bc_str text);

#endif
