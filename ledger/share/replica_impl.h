/* ledger/share/replica_impl.h - the inside of a replica, for the files that make it up. */
#ifndef BC_LEDGER_SHARE_REPLICA_IMPL_H
#define BC_LEDGER_SHARE_REPLICA_IMPL_H

#include "ledger/share/local_log.h"
#include "ledger/share/replica.h"

struct bc_replica {
    bc_log *log;
    bc_shared_log shared;
    struct bc_buf origin, name;
    bc_local_log *local;
    uint64_t position; /* of the commit that was read last */
    uint64_t taken;    /* events */

    void (*last)(void *payload, bc_replica *replica); /* of bc_replica_appends */
    void *payload;
    bool unreached; /* an append did not reach the shared log */
};

#endif
