#include "projections/timelines/deal_proof.h"

#include "ledger/base/search.h"
#include "ledger/log/retractions.h"

#include <stdlib.h>

/* --- what retracts a retraction of another deal --- */

struct extra {
    struct bc_str deal;
    uint64_t seq;
};

struct extras {
    struct extra *at; /* by (deal, seq); some may be in the list already */
    size_t n, cap;
    bc_arena *arena; /* their deals */
};

static int by_deal(const void *a, const void *b)
{
    const struct extra *left = a, *right = b;
    int order = bc_str_cmp(left->deal, right->deal);

    return order ? order : (left->seq > right->seq) - (left->seq < right->seq);
}

static bc_status add_of(struct extras *extras, bc_log *log, uint64_t target, uint64_t seq,
                        struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc = bc_log_get(log, target, &event, &bytes, arena, err);

    if (rc == BC_OK && event.deal.len) {
        BC_GROW(extras->at, extras->n, extras->cap);
        extras->at[extras->n++] = (struct extra){ bc_arena_copy(extras->arena, event.deal), seq };
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

/* Each retraction belongs to every retraction that its chain leads through. Chains are few. */
static bc_status read_extras(struct extras *out, bc_log *log, struct bc_err *err)
{
    struct bc_retractions all = { 0 };
    bc_status rc = bc_retractions_read(&all, log, err);

    *out = (struct extras){ .arena = bc_arena_new() };
    for (size_t i = 0; rc == BC_OK && i < all.n; i++) {
        const struct bc_retraction *through = bc_retractions_find(&all, all.at[i].target);

        for (; rc == BC_OK && through; through = bc_retractions_find(&all, through->target))
            rc = add_of(out, log, through->seq, all.at[i].seq, err);
    }
    bc_retractions_release(&all);
    if (out->n)
        qsort(out->at, out->n, sizeof(*out->at), by_deal);
    return rc;
}

static void extras_release(struct extras *extras)
{
    free(extras->at);
    bc_arena_free(extras->arena);
}

/* --- a list with them --- */

struct list {
    uint64_t *at;
    size_t n, cap;
};

static void list_add(struct list *list, uint64_t seq)
{
    BC_GROW(list->at, list->n, list->cap);
    list->at[list->n++] = seq;
}

static size_t first_of(const struct extras *extras, struct bc_str deal)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, extras->n, bc_str_cmp(extras->at[at].deal, deal) < 0);
    return at;
}

/* Puts the deal's extras up to `last` among its seqs. The extras of a deal are adjacent. */
static void merge(struct list *out, const struct extras *extras, struct bc_str deal,
                  const uint64_t *seqs, size_t n, uint64_t last)
{
    size_t k = first_of(extras, deal), i = 0;

    out->n = 0;
    while (i < n || (k < extras->n && bc_str_eq(extras->at[k].deal, deal))) {
        const bool more = k < extras->n && bc_str_eq(extras->at[k].deal, deal);
        const uint64_t seq =
            !more || (i < n && seqs[i] <= extras->at[k].seq) ? seqs[i++] : extras->at[k++].seq;

        if (seq <= last && (out->n == 0 || out->at[out->n - 1] < seq))
            list_add(out, seq);
    }
}

bc_status bc_deal_proof_list(bc_timelines *timelines, struct bc_str deal, uint64_t **out,
                             size_t *out_n, struct bc_err *err)
{
    struct extras extras = { 0 };
    struct list list = { 0 };
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc = bc_timelines_seqs(timelines, deal, &seqs, &n, err);

    if (rc < 0)
        return rc;
    rc = read_extras(&extras, bc_timelines_log(timelines), err);
    if (rc == BC_OK) {
        merge(&list, &extras, deal, seqs, n, UINT64_MAX);
        *out = list.at;
        *out_n = list.n;
    }
    extras_release(&extras);
    free(seqs);
    return rc;
}

/* --- the tree --- */

struct making {
    bc_deal_tree *tree;
    struct bc_str deal;
    struct bc_deal_proof *out;
    struct extras extras;
    struct list list;
    uint64_t last;
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
    merge(&making->list, &making->extras, deal, seqs, n, making->last);
    bc_deal_tree_add(making->tree, deal, making->list.at, making->list.n);
    return BC_OK;
}

bc_status bc_deal_proof_make(struct bc_deal_proof *out, bc_timelines *timelines, uint64_t size,
                             struct bc_str deal, struct bc_err *err)
{
    struct bc_deal_proof proof = { 0 };
    struct making making = { bc_deal_tree_new(), deal, &proof, { 0 }, { 0 }, size };
    bc_status rc = read_extras(&making.extras, bc_timelines_log(timelines), err);

    if (rc == BC_OK)
        rc = bc_timelines_walk_lists(timelines, size, add, &making, err);
    if (rc == BC_OK) {
        proof.deals = bc_deal_tree_head(making.tree);
        if (proof.has_deal)
            bc_deal_tree_prove(making.tree, proof.index, &proof.proof);
        *out = proof;
    }
    extras_release(&making.extras);
    free(making.list.at);
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
