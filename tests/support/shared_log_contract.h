/* tests/support/shared_log_contract.h - what holds of every side of a shared log. */
#ifndef BC_TESTS_SUPPORT_SHARED_LOG_CONTRACT_H
#define BC_TESTS_SUPPORT_SHARED_LOG_CONTRACT_H

#include "ledger/share/shared_log.h"

/* A side, with a log that is new and empty. */
struct shared_log_side {
    bc_shared_log *log;
    bc_shared_log *other; /* the same log, opened once more; NULL: that cannot be */
    /* Writes the commit with this id that comes as number `n`, from 1 on, of about `size` bytes,
     * where that can be; NULL: any bytes are a commit. */
    void (*make)(void *payload, struct bc_buf *out, const char *id, uint64_t n, size_t size);
    void *payload;
    bool no_replicas; /* it knows of none */
    bool no_parts;    /* it keeps none of a commit that did not come */
    bool one_writes;  /* `other` may only read */
    size_t many;      /* commits of the walk; 0: 200 */
};

/* Holds it to all of the contract; fails the test, with the name of what does not hold. */
void shared_log_contract(const struct shared_log_side *side);

#endif
