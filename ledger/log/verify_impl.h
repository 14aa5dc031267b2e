/* ledger/log/verify_impl.h - for insiders: what is compared after a walk over the log. */
#ifndef BC_LEDGER_LOG_VERIFY_IMPL_H
#define BC_LEDGER_LOG_VERIFY_IMPL_H

#include "ledger/base/digest.h"
#include "ledger/log/log_impl.h"
#include "ledger/log/retractions.h"

/* --- ids (verify_ids.c) --- */

/* Adds the entry that an event should have, under the seed of this verification. */
void bc_verify_ids_add(struct bc_sum *sum, struct bc_digest seed, struct bc_str id, uint64_t seq);
/* Compares all entries with the sum of those that the log makes; if they differ, names the first
 * event with a wrong one. They are read by ranges, separated by the `n` ascending ids in
 * `bounds`. */
bc_status bc_verify_ids(bc_log *log, struct bc_digest seed, const struct bc_sum *want,
                        const struct bc_str *bounds, size_t n, unsigned threads,
                        struct bc_err *err);

/* --- retractions (verify_retractions.c) --- */

/* The entries of all retractions, and what the log says about each. */
struct bc_verify_retractions {
    struct bc_retractions all;
    struct bc_retracted *targets;
    struct bc_verify_names {
        uint64_t says, is; /* the id that it names, the id of its target: digested; 0: not seen */
    } * names;
    struct bc_digest seed;
    size_t checked;
};
bc_status bc_verify_retractions_begin(struct bc_verify_retractions *out, bc_log *log,
                                      struct bc_digest seed, struct bc_err *err);
void bc_verify_retractions_release(struct bc_verify_retractions *retractions);
/* Adds an event. `next`: the caller's place among the targets, since several may walk at once.
 * BC_E_DAMAGED: the entry of this retraction is invalid in itself. */
bc_status bc_verify_retractions_see(struct bc_verify_retractions *retractions, size_t *next,
                                    bc_log *log, const struct bc_event *event, struct bc_err *err);
/* Whether those up to `last`, all of which were seen, name their targets. */
bc_status bc_verify_retractions_check(struct bc_verify_retractions *retractions, bc_log *log,
                                      uint64_t last, struct bc_err *err);

#endif
