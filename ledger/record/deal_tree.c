#include "ledger/record/deal_tree.h"

#include <assert.h>
#include <stdlib.h>

static const char leaf_mark[] = "backcast deal 1\n";

static void add_u64(struct bc_buf *out, uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        bc_buf_add_byte(out, (char)(value >> shift));
}

static struct bc_hash leaf_of(struct bc_buf *scratch, struct bc_str deal, const uint64_t *seqs,
                              size_t n)
{
    scratch->len = 0;
    bc_buf_add_str(scratch, BC_STR(leaf_mark));
    add_u64(scratch, deal.len);
    bc_buf_add_str(scratch, deal);
    for (size_t i = 0; i < n; i++)
        add_u64(scratch, seqs[i]);
    return bc_hash_leaf(bc_buf_str(scratch));
}

struct bc_hash bc_deal_tree_leaf(struct bc_str deal, const uint64_t *seqs, size_t n)
{
    struct bc_buf scratch = { 0 };
    struct bc_hash leaf = leaf_of(&scratch, deal, seqs, n);

    bc_buf_release(&scratch);
    return leaf;
}

struct bc_deal_tree {
    struct bc_hash *leaves;
    size_t n, cap;
    struct bc_frontier frontier;
    struct bc_buf scratch;
};

bc_deal_tree *bc_deal_tree_new(void)
{
    return bc_calloc(1, sizeof(bc_deal_tree));
}

void bc_deal_tree_free(bc_deal_tree *tree)
{
    if (!tree)
        return;
    free(tree->leaves);
    bc_buf_release(&tree->scratch);
    free(tree);
}

void bc_deal_tree_add(bc_deal_tree *tree, struct bc_str deal, const uint64_t *seqs, size_t n)
{
    const struct bc_hash leaf = leaf_of(&tree->scratch, deal, seqs, n);

    BC_GROW(tree->leaves, tree->n, tree->cap);
    tree->leaves[tree->n++] = leaf;
    bc_frontier_add(&tree->frontier, leaf, NULL, NULL);
}

struct bc_head bc_deal_tree_head(const bc_deal_tree *tree)
{
    return (struct bc_head){ tree->n, bc_frontier_root(&tree->frontier) };
}

static bc_status subtree_root(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                              struct bc_err *err)
{
    const bc_deal_tree *tree = payload;
    const struct bc_hash *leaves = tree->leaves + (index << level);
    struct bc_frontier frontier = { 0 };

    (void)err;
    for (uint64_t i = 0; i < UINT64_C(1) << level; i++)
        bc_frontier_add(&frontier, leaves[i], NULL, NULL);
    *out = bc_frontier_root(&frontier);
    return BC_OK;
}

void bc_deal_tree_prove(bc_deal_tree *tree, uint64_t index, struct bc_proof *out)
{
    const struct bc_subtrees subtrees = { subtree_root, tree };

    assert(index < tree->n);
    (void)bc_proof_inclusion(out, index + 1, tree->n, &subtrees, NULL); /* nothing in it can fail */
}
