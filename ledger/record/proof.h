/* ledger/record/proof.h - proofs about the hash tree: RFC 6962, sections 2.1.1 and 2.1.2.
 *
 * An inclusion proof shows that a record is the seq-th of those under a head; a consistency proof
 * shows that the events under an older head are the first ones of those under a newer one. Both are
 * a few hashes, and are checked with nothing but the heads (and the record). */
#ifndef BC_LEDGER_RECORD_PROOF_H
#define BC_LEDGER_RECORD_PROOF_H

#include "ledger/base/err.h"
#include "ledger/record/merkle.h"

#define BC_PROOF_MOST 65 /* hashes: one for each level, and one more */

struct bc_proof {
    size_t n;
    struct bc_hash at[BC_PROOF_MOST];
};

/* What proofs are made from: gives the root of the perfect subtree `index` of those of `level`
 * (2^level leaves), which lies within the tree in question. */
struct bc_subtrees {
    bc_status (*root)(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                      struct bc_err *err);
    void *payload;
};

/* Proves that leaf seq (1 <= seq <= size) is in the tree over the first `size` leaves. */
bc_status bc_proof_inclusion(struct bc_proof *out, uint64_t seq, uint64_t size,
                             const struct bc_subtrees *subtrees, struct bc_err *err);
/* Proves that the first `old_size` leaves of the tree over `size` (>= old_size) are those of the
 * tree over old_size. The proof is empty where old_size is 0 or equal to size. */
bc_status bc_proof_consistency(struct bc_proof *out, uint64_t old_size, uint64_t size,
                               const struct bc_subtrees *subtrees, struct bc_err *err);

/* Of a proof that the leaf `index`, counted from 0, is in a tree of `size`: does its nth hash,
 * counted from 0, too, stand to the left of what it is hashed with? For who shows the path. */
bool bc_proof_is_left(uint64_t index, uint64_t size, size_t nth);

/* Is this the leaf `index`, counted from 0, of the tree? Any leaf, whatever it was hashed from. */
bool bc_proof_holds_leaf(const struct bc_proof *proof, uint64_t index, const struct bc_hash *leaf,
                         const struct bc_head *tree);
/* Is this the record of event `seq` under the head? */
bool bc_proof_holds_record(const struct bc_proof *proof, uint64_t seq, struct bc_str record,
                           const struct bc_head *head);
/* Are the events under `older` the first ones under `newer`? */
bool bc_proof_holds_prefix(const struct bc_proof *proof, const struct bc_head *older,
                           const struct bc_head *newer);

#endif
