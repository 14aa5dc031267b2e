/* tests/support/fault.h - a store over another one, whose n-th call goes wrong.
 *
 * A call can fail in its own right, or be the last one before the process is killed: then nothing
 * after it reaches the store below. Closing the wrapper leaves the store below open, as a kill
 * leaves the disk, so that a test can look at what is there. */
#ifndef BC_TESTS_SUPPORT_FAULT_H
#define BC_TESTS_SUPPORT_FAULT_H

#include "ledger/store/store.h"

enum fault_mode {
    FAULT_NONE,        /* only counts */
    FAULT_FAILS,       /* the call fails and changes nothing; later writes are refused */
    FAULT_KILL_BEFORE, /* the call and every later one are never made */
    FAULT_KILL_AFTER,  /* the call does its work, but its answer and all later ones are lost */
};

struct fault {
    enum fault_mode mode;
    bool writes_only; /* count only what changes the store: write, clear, ingest */
    uint64_t nth;     /* counted from 1 */
    uint64_t calls;   /* counted so far */
    bool happened;
};

/* Borrows `below` and `fault`. */
bc_store *fault_store(bc_store *below, struct fault *fault);

#endif
