/* ledger/share/jetstream_impl.h - the inside of a shared log on JetStream, for the files that make
 * it up. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_IMPL_H
#define BC_LEDGER_SHARE_JETSTREAM_IMPL_H

#include "ledger/share/jetstream_feed.h"
#include "ledger/share/jetstream_streams.h"

/* The header of a commit's message, with its id; what has none is no commit. */
#define BC_JS_COMMIT_HEADER  "Backcast-Commit"
#define BC_JS_PART_HEADER    "Backcast-Part"
#define BC_JS_REPLICA_HEADER "Backcast-Replica"

struct bc_jetstream {
    struct bc_js_link link;
    char commits[BC_JS_NAME], commit_subject[BC_JS_NAME];
    char parts[BC_JS_NAME], replicas[BC_JS_NAME];
    size_t message_max;
    struct bc_js_feed feed; /* of commits */
    uint64_t read;          /* the position that was read last */

    uint64_t *junk; /* the positions of messages that are no commits, as far as they were met */
    size_t n_junk, cap_junk;
};

/* The first commit after a position, as the stream's leader has it, and its position; else BC_DONE,
 * and *position is that of the last message that is no commit, or `after`. */
bc_status bc_jetstream_commit_after(struct bc_jetstream *log, const struct bc_js_try *attempt,
                                    uint64_t after, uint64_t *position, natsMsg **out,
                                    struct bc_err *err);
/* The id of a commit's message, which lives as long as that; NULL: it is none, and is noted. */
const char *bc_jetstream_id(struct bc_jetstream *log, natsMsg *message, uint64_t position);

/* The calls of the seam: ledger/share/shared_log.h. */
bc_status bc_jetstream_last(void *self, uint64_t *position, struct bc_buf *out, struct bc_err *err);
bc_status bc_jetstream_read(void *self, uint64_t after, unsigned wait_ms, uint64_t *position,
                            struct bc_buf *out, struct bc_err *err);
bc_status bc_jetstream_read_part(void *self, const char *id, uint32_t number, struct bc_buf *out,
                                 struct bc_err *err);
bc_status bc_jetstream_put_part(void *self, const char *id, uint32_t number, struct bc_str bytes,
                                struct bc_err *err);
bc_status bc_jetstream_append_if(void *self, uint64_t expected, const char *id, struct bc_str bytes,
                                 uint64_t *position, struct bc_err *err);
bc_status bc_jetstream_put_replica(void *self, struct bc_str name, struct bc_str text,
                                   struct bc_err *err);
bc_status bc_jetstream_each_replica(void *self, bc_replica_see *see, void *payload,
                                    struct bc_err *err);

/* Asks the leader for the sequence of the commits' last message; 0: there is none. */
bc_status bc_jetstream_end(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                           uint64_t *end, struct bc_err *err);

#endif
