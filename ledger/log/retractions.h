/* ledger/log/retractions.h - all retractions of a log at once, for a walk over the whole of it that
 * cannot look each one up. */
#ifndef BC_LEDGER_LOG_RETRACTIONS_H
#define BC_LEDGER_LOG_RETRACTIONS_H

#include "ledger/log/log.h"

struct bc_retraction {
    uint64_t seq, target, root; /* root: the event that the chain ends in */
};

/* In the order of seq. */
struct bc_retractions {
    struct bc_retraction *at;
    size_t n, cap;
};
/* Reads those up to the head; an entry that cannot be read is left out. */
bc_status bc_retractions_read(struct bc_retractions *out, bc_log *log, struct bc_err *err);
void bc_retractions_release(struct bc_retractions *retractions);
/* One of them, or NULL. */
const struct bc_retraction *bc_retractions_find(const struct bc_retractions *retractions,
                                                uint64_t seq);

/* An event that is retracted, directly or by way of a chain, for a walk in the order of seq. */
struct bc_retracted {
    uint64_t seq;
    size_t by; /* the index of the retraction among all */
};
/* The targets or the roots of all, in the order of seq, and after them one of seq UINT64_MAX. The
 * caller frees. */
struct bc_retracted *bc_retractions_targets(const struct bc_retractions *retractions);
struct bc_retracted *bc_retractions_roots(const struct bc_retractions *retractions);
/* The first of `n` whose seq is `seq` or more. */
size_t bc_retracted_from(const struct bc_retracted *retracted, size_t n, uint64_t seq);

#endif
