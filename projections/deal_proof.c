#include "projections/deal_proof.h"

struct making {
    bc_deal_tree *tree;
    struct bc_str deal;
    struct bc_deal_proof *out;
};

static bc_status add(void *payload, struct bc_str deal, const uint64_t *seqs, size_t n,
                     struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (bc_str_eq(deal, making->deal)) {
        making->out->has_deal = true;
        making->out->index = bc_deal_tree_head(making->tree).size;
    }
    bc_deal_tree_add(making->tree, deal, seqs, n);
    return BC_OK;
}

bc_status bc_deal_proof_make(struct bc_deal_proof *out, bc_timelines *timelines, uint64_t size,
                             struct bc_str deal, struct bc_err *err)
{
    struct bc_deal_proof proof = { 0 };
    struct making making = { bc_deal_tree_new(), deal, &proof };
    bc_status rc = bc_timelines_walk_lists(timelines, size, add, &making, err);

    if (rc == BC_OK) {
        proof.deals = bc_deal_tree_head(making.tree);
        if (proof.has_deal)
            bc_deal_tree_prove(making.tree, proof.index, &proof.proof);
        *out = proof;
    }
    bc_deal_tree_free(making.tree);
    return rc;
}

bc_status bc_deals_head(struct bc_head *out, bc_log *log, uint64_t size, struct bc_err *err)
{
    bc_timelines *timelines = NULL;
    struct bc_deal_proof proof;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = bc_deal_proof_make(&proof, timelines, size, (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        *out = proof.deals;
    bc_timelines_free(timelines);
    return rc;
}
