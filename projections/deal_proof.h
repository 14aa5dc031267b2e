/* projections/deal_proof.h - the tree over the deals (ledger/deal_tree.h), made from the lists of
 * their events.
 *
 * The lists are a cache: who is to vouch for the root has the ledger verified before. */
#ifndef BC_PROJECTIONS_DEAL_PROOF_H
#define BC_PROJECTIONS_DEAL_PROOF_H

#include "ledger/deal_tree.h"
#include "projections/timelines.h"

/* What is to be proved about a deal, under the log's first `size` events. */
struct bc_deal_proof {
    struct bc_head deals; /* how many deals there are, and the root */
    bool has_deal;        /* the deal is among them: */
    uint64_t index;       /* from 0 */
    struct bc_proof proof;
};

/* Makes the tree over the first `size` events, and the proof of one deal's list ("": of none). */
bc_status bc_deal_proof_make(struct bc_deal_proof *out, bc_timelines *timelines, uint64_t size,
                             struct bc_str deal, struct bc_err *err);

/* How many deals the first `size` events of a log are about, and the root over them. */
bc_status bc_deals_head(struct bc_head *out, bc_log *log, uint64_t size, struct bc_err *err);

#endif
