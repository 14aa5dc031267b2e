/* The making follows RFC 6962's recursive definition, the checking RFC 9162's sections 2.1.3.2 and
 * 2.1.4.2, which say the same as loops. */
#include "ledger/record/proof.h"

#include "ledger/record/head.h"

#include <assert.h>

/* The largest power of two below n, n > 1, as an exponent. */
static unsigned split_level(uint64_t n)
{
    return 63 - (unsigned)__builtin_clzll(n - 1);
}

/* The root over the leaves first+1 to first+n, where `first` is a multiple of the least power of
 * two that is not below n: so they are perfect subtrees, the largest first. */
static bc_status range_root(uint64_t first, uint64_t n, const struct bc_subtrees *subtrees,
                            struct bc_hash *out, struct bc_err *err)
{
    struct bc_frontier parts = { .size = n };

    for (int level = 63; level >= 0; level--) {
        bc_status rc;

        if (!(n >> level & 1))
            continue;
        rc = subtrees->root(subtrees->payload, (unsigned)level, first >> level, &parts.node[level],
                            err);
        if (rc < 0)
            return rc;
        first += UINT64_C(1) << level;
    }
    *out = bc_frontier_root(&parts);
    return BC_OK;
}

/* The definition walks down the tree and writes the path from its end. */
static void reverse(struct bc_proof *proof)
{
    for (size_t i = 0; i < proof->n / 2; i++) {
        struct bc_hash other = proof->at[proof->n - 1 - i];

        proof->at[proof->n - 1 - i] = proof->at[i];
        proof->at[i] = other;
    }
}

bc_status bc_proof_inclusion(struct bc_proof *out, uint64_t seq, uint64_t size,
                             const struct bc_subtrees *subtrees, struct bc_err *err)
{
    uint64_t first = 0, leaf = seq - 1, n = size;
    bc_status rc = BC_OK;

    assert(seq >= 1 && seq <= size);
    out->n = 0;
    while (rc == BC_OK && n > 1) {
        uint64_t left = UINT64_C(1) << split_level(n);

        if (leaf < left) {
            rc = range_root(first + left, n - left, subtrees, &out->at[out->n++], err);
            n = left;
        } else {
            rc = range_root(first, left, subtrees, &out->at[out->n++], err);
            first += left;
            leaf -= left;
            n -= left;
        }
    }
    reverse(out);
    return rc;
}

bc_status bc_proof_consistency(struct bc_proof *out, uint64_t old_size, uint64_t size,
                               const struct bc_subtrees *subtrees, struct bc_err *err)
{
    uint64_t first = 0, m = old_size, n = size;
    bc_status rc = BC_OK;
    bool whole = true; /* are the m leaves all of the older tree? */

    assert(old_size <= size);
    out->n = 0;
    if (old_size == 0)
        return BC_OK;
    while (rc == BC_OK && m != n) {
        uint64_t left = UINT64_C(1) << split_level(n);

        if (m <= left) {
            rc = range_root(first + left, n - left, subtrees, &out->at[out->n++], err);
            n = left;
        } else {
            rc = range_root(first, left, subtrees, &out->at[out->n++], err);
            first += left;
            m -= left;
            n -= left;
            whole = false;
        }
    }
    if (rc == BC_OK && !whole)
        rc = range_root(first, n, subtrees, &out->at[out->n++], err);
    reverse(out);
    return rc;
}

/* Goes up to the level at which the current node has a sibling on its left. */
static void climb(uint64_t *at, uint64_t *last)
{
    while (!(*at & 1) && *at) {
        *at >>= 1;
        *last >>= 1;
    }
}

/* Goes past one hash of a path; does it stand on the left? */
static bool pass(uint64_t *at, uint64_t *last)
{
    const bool left = *at & 1 || *at == *last;

    if (left)
        climb(at, last);
    *at >>= 1;
    *last >>= 1;
    return left;
}

bool bc_proof_is_left(uint64_t index, uint64_t size, size_t nth)
{
    uint64_t at = index, last = size - 1;

    while (nth-- > 0)
        (void)pass(&at, &last);
    return pass(&at, &last);
}

bool bc_proof_holds_leaf(const struct bc_proof *proof, uint64_t index, const struct bc_hash *leaf,
                         const struct bc_head *tree)
{
    struct bc_hash node = *leaf;
    uint64_t at = index, last = tree->size - 1;

    if (index >= tree->size)
        return false;
    for (size_t i = 0; i < proof->n; i++) {
        if (last == 0)
            return false;
        node = pass(&at, &last) ? bc_hash_node(&proof->at[i], &node)
                                : bc_hash_node(&node, &proof->at[i]);
    }
    return last == 0 && memcmp(&node, &tree->root, sizeof(node)) == 0;
}

bool bc_proof_holds_record(const struct bc_proof *proof, uint64_t seq, struct bc_str record,
                           const struct bc_head *head)
{
    struct bc_hash leaf = bc_hash_leaf(record);

    return seq > 0 && bc_proof_holds_leaf(proof, seq - 1, &leaf, head);
}

/* Of 0 < older < newer: the hashes of the proof, the first of which, where the older tree is
 * perfect, is its root and is left out. */
static bool walk_prefix(const struct bc_proof *proof, const struct bc_head *older,
                        const struct bc_head *newer)
{
    bool perfect = (older->size & (older->size - 1)) == 0;
    uint64_t at = older->size - 1, last = newer->size - 1;
    struct bc_hash old_node, new_node;

    if (!perfect && proof->n == 0)
        return false;
    old_node = new_node = perfect ? older->root : proof->at[0];
    for (; at & 1; at >>= 1)
        last >>= 1;
    for (size_t i = perfect ? 0 : 1; i < proof->n; i++) {
        if (last == 0)
            return false;
        if (pass(&at, &last)) {
            old_node = bc_hash_node(&proof->at[i], &old_node);
            new_node = bc_hash_node(&proof->at[i], &new_node);
        } else {
            new_node = bc_hash_node(&new_node, &proof->at[i]);
        }
    }
    return last == 0 && memcmp(&old_node, &older->root, sizeof(old_node)) == 0 &&
           memcmp(&new_node, &newer->root, sizeof(new_node)) == 0;
}

bool bc_proof_holds_prefix(const struct bc_proof *proof, const struct bc_head *older,
                           const struct bc_head *newer)
{
    struct bc_hash none = bc_hash_bytes((struct bc_str){ 0 });

    if (older->size > newer->size || (older->size == newer->size && !bc_head_eq(older, newer)))
        return false;
    if (older->size == 0)
        return proof->n == 0 && memcmp(&older->root, &none, sizeof(none)) == 0;
    if (older->size == newer->size)
        return proof->n == 0;
    return walk_prefix(proof, older, newer);
}
