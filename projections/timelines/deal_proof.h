/* projections/timelines/deal_proof.h - the whole lists of deals' events, and the tree over them
 * (ledger/record/deal_tree.h).
 *
 * The lists that the timelines keep have a retraction under the deal of the event that its chain
 * ends in, and under its own deal. A whole list also has every retraction of a retraction in it:
 *
 *   a  about deal A        in A
 *   r  retracts a, deal B  in A, in B
 *   s  retracts r          in A (its chain ends in a), and in B, where r would else seem valid
 *
 * The lists are a cache: whoever vouches for the root verifies the ledger first. */
#ifndef BC_PROJECTIONS_TIMELINES_DEAL_PROOF_H
#define BC_PROJECTIONS_TIMELINES_DEAL_PROOF_H

#include "ledger/record/deal_tree.h"
#include "projections/timelines/timelines.h"

/* The whole list of a deal, ascending; the caller frees *out. None: *out_n is 0. */
bc_status bc_deal_proof_list(bc_timelines *timelines, struct bc_str deal, uint64_t **out,
                             size_t *out_n, struct bc_err *err);

/* The proof of a deal's list, under the log's first `size` events. */
struct bc_deal_proof {
    struct bc_head deals; /* how many deals there are, and the root */
    bool has_deal;        /* the deal is among them: */
    uint64_t index;       /* from 0 */
    struct bc_proof proof;
};

/* Makes the tree over the first `size` events, and the proof of one deal's list ("": of none). */
bc_status bc_deal_proof_make(struct bc_deal_proof *out, bc_timelines *timelines, uint64_t size,
                             struct bc_str deal, struct bc_err *err);

/* The number of deals that the first `size` events of a log are about, and the root over them. */
bc_status bc_deals_head(struct bc_head *out, bc_log *log, uint64_t size, struct bc_err *err);

#endif
