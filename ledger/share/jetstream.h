/* ledger/share/jetstream.h - a shared log on NATS JetStream.
 *
 * A log NAME is three streams: NAME has the commits, NAME-parts the parts of large ones, and
 * NAME-replicas what the replicas say of themselves. A commit's position is its sequence in NAME.
 * ledger/share/JETSTREAM.md says how they are set up, and what a server must allow whom.
 *
 * Where servers do not answer, or have no leader, a call tries again for as long as the address
 * says, then it is BC_E_REMOTE. A wait of read() may last longer, while they answer. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_H
#define BC_LEDGER_SHARE_JETSTREAM_H

#include "ledger/share/shared_log.h"

enum {
    BC_JETSTREAM_NAME_MAX = 64,      /* of letters, digits, "-" and "_" */
    BC_JETSTREAM_SERVERS_MAX = 16,   /* in one address */
    BC_JETSTREAM_TIMEOUT_MS = 10000, /* where none is said */
    BC_JETSTREAM_COPIES = 3,         /* of each message, on as many servers */
};

/* Where a log is, and as whom. Files that are not needed are NULL. */
struct bc_jetstream_address {
    const char *servers;    /* "tls://one:4222,tls://two": of a cluster; or nats://, unencrypted */
    const char *name;       /* of the log */
    const char *ca_file;    /* certificates, PEM, which the servers' are checked against; NULL: the
                               system's. With tls:// only */
    const char *creds_file; /* a user's JWT and seed; only its owner may read it */
    const char *nkey_file;  /* or a user's seed alone; only its owner may read it */
    unsigned timeout_ms;    /* 0: BC_JETSTREAM_TIMEOUT_MS */
};

/* Opens a log that is there; the caller calls out->ops->close. BC_E_INPUT: the address is none, no
 * such log is there, or its streams are set up otherwise than ours. BC_E_IO: a file cannot be read,
 * others may read a secret, or libnats cannot be loaded. BC_E_REMOTE: no server is reached, or it
 * refuses. */
bc_status bc_jetstream_open(bc_shared_log *out, const struct bc_jetstream_address *address,
                            struct bc_err *err);
/* Makes one: BC_E_INPUT where it is there; otherwise as above. `copies`: how many servers keep each
 * message, which is fewer than BC_JETSTREAM_COPIES where there are fewer. */
bc_status bc_jetstream_create(const struct bc_jetstream_address *address, unsigned *copies,
                              struct bc_err *err);

#endif
