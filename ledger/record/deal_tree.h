/* ledger/record/deal_tree.h - the tree over the deals: the proof that a list of events is complete.
 *
 * The log's tree shows that a record is in the log; it cannot show that a deal has no others. So a
 * head may carry, as an extension line of its checkpoint, the root of a second tree: a leaf a deal,
 * in the byte order of their ids, over the seqs of all of its events and of the retractions that
 * are about them:
 *
 *   leaf = SHA-256(0x00 || "backcast deal 1\n" || length of id (8 bytes) || id || seq (8) ...)
 *
 * with numbers big-endian, seqs ascending, and the nodes above as in RFC 6962, 2.1. The line is in
 * ledger/record/head_lines.h; whoever signs one has verified the lists against the log before.
 *
 * A retraction is about every event that its chain leads through: the retraction of a retraction is
 * listed wherever that one is (projections/timelines/deal_proof.h). */
#ifndef BC_LEDGER_RECORD_DEAL_TREE_H
#define BC_LEDGER_RECORD_DEAL_TREE_H

#include "ledger/base/mem.h"
#include "ledger/record/proof.h"

struct bc_hash bc_deal_tree_leaf(struct bc_str deal, const uint64_t *seqs, size_t n);

/* A tree in memory, 32 bytes a deal. */
typedef struct bc_deal_tree bc_deal_tree;
bc_deal_tree *bc_deal_tree_new(void);
void bc_deal_tree_free(bc_deal_tree *tree); /* NULL is fine */
/* Deals come in byte order. */
void bc_deal_tree_add(bc_deal_tree *tree, struct bc_str deal, const uint64_t *seqs, size_t n);
/* The number of deals, and the root. */
struct bc_head bc_deal_tree_head(const bc_deal_tree *tree);
/* The inclusion proof of the deal added as number `index`, from 0. */
void bc_deal_tree_prove(bc_deal_tree *tree, uint64_t index, struct bc_proof *out);

#endif
