/* ledger/share/local_log_impl.h - the inside of a local log, for the files that make it up. */
#ifndef BC_LEDGER_SHARE_LOCAL_LOG_IMPL_H
#define BC_LEDGER_SHARE_LOCAL_LOG_IMPL_H

#include "ledger/share/local_log.h"

struct bc_local_log {
    bc_log *log;
    struct bc_buf origin, name;
    bc_arena *arena;

    /* What was taken and not flushed; the last of it: */
    bc_append *append; /* NULL: nothing */
    uint64_t bytes;
    struct bc_commit last; /* what it says of itself; its writer is here: */
    char writer[BC_REPLICA_NAME_MAX + 1];
    uint64_t position;
    bool singly;
};

#endif
