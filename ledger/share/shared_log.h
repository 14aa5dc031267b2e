/* ledger/share/shared_log.h - the seam over a log that several machines append to.
 *
 * The log is a sequence of commits. A commit is what one append adds, whole: some events in the
 * order of their seqs, or an importer's marks alone (ledger/share/commit.h). Here it is bytes, and
 * so are its parts, which a commit that is too large for one message has: they are put first, under
 * the commit's id, and nobody looks at them before the commit is there.
 *
 * A commit has a position: larger than that of each earlier one, not always by 1; 0 is before the
 * first. A position is a place to go on from and no proof: a log that was made anew counts anew.
 * What a commit stands on, and the root after it, is said in its bytes, and compared.
 *
 * Three sides of it: a log on this machine (ledger/share/local_log.h), a stream on NATS JetStream
 * (ledger/share/jetstream.h), and in the tests one that is simulated.
 *
 * A call returns BC_OK, BC_DONE where that is named, or a failure: BC_E_REMOTE: the other side
 * cannot be reached, or refuses; whether it did the work is then unknown. BC_E_DAMAGED: what is
 * there cannot be right. One thread at a time. */
#ifndef BC_LEDGER_SHARE_SHARED_LOG_H
#define BC_LEDGER_SHARE_SHARED_LOG_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

enum {
    BC_COMMIT_ID_LEN = 32,    /* of lower-case hexadecimal digits, drawn at random */
    BC_REPLICA_NAME_MAX = 64, /* of letters, digits, "-" and "_" */
};

typedef struct bc_shared_log bc_shared_log;

/* Sees what a replica says of itself; both texts live until it returns. A failure ends the walk. */
typedef bc_status bc_replica_see(void *payload, struct bc_str name, struct bc_str text,
                                 struct bc_err *err);

struct bc_shared_log_ops {
    /* Where messages may have so many bytes: parts and commits are made no longer than this. */
    size_t (*message_max)(const void *self);
    /* The last commit, whose bytes are added to `out`, and its position. BC_DONE: there is none. */
    bc_status (*last)(void *self, uint64_t *position, struct bc_buf *out, struct bc_err *err);
    /* The first commit after `after`, which is waited for: until `wait_ms` have passed; 0: not at
     * all. BC_DONE: there is none. */
    bc_status (*read)(void *self, uint64_t after, unsigned wait_ms, uint64_t *position,
                      struct bc_buf *out, struct bc_err *err);
    /* Adds the bytes of a commit's part `number` (from 0 on) to `out`. BC_DONE: there is none. */
    bc_status (*read_part)(void *self, const char *id, uint32_t number, struct bc_buf *out,
                           struct bc_err *err);
    bc_status (*put_part)(void *self, const char *id, uint32_t number, struct bc_str bytes,
                          struct bc_err *err);
    /* Adds a commit, if none is after position `expected`. BC_DONE: another one is, and this one
     * was not added. The same id again is added once: where an earlier call did it, though it was
     * never heard of, that is BC_OK with its position. */
    bc_status (*append_if)(void *self, uint64_t expected, const char *id, struct bc_str bytes,
                           uint64_t *position, struct bc_err *err);
    /* What a replica says of itself, in place of what it said before; empty: it is no replica any
     * more. And what all of them said last. */
    bc_status (*put_replica)(void *self, struct bc_str name, struct bc_str text,
                             struct bc_err *err);
    bc_status (*each_replica)(void *self, bc_replica_see *see, void *payload, struct bc_err *err);
    /* How many messages were passed over so far, since they are no commits: something else put them
     * among them. */
    uint64_t (*passed_over)(const void *self);
    void (*close)(void *self);
};

struct bc_shared_log {
    const struct bc_shared_log_ops *ops;
    void *self;
};

#endif
