/* ledger/share/commit.h - what a commit of a shared log says, and its contents, as bytes.
 *
 * The bytes are backcast.Commit (proto/share.proto). The contents are `count` records, each after
 * its length as a varint, as in a length-delimited protobuf file; then the importers' values that
 * are stored beside them, key and value in turn, each after its length, too. Where they fit into
 * one message with the rest they stand in it; else they are cut into parts, anywhere. */
#ifndef BC_LEDGER_SHARE_COMMIT_H
#define BC_LEDGER_SHARE_COMMIT_H

#include "ledger/record/head.h"
#include "ledger/share/shared_log.h"

struct bc_commit {
    char id[BC_COMMIT_ID_LEN + 1];
    struct bc_str origin; /* of the ledgers that are replicas of the log */
    struct bc_str writer; /* the replica that made it */
    uint64_t first;       /* seq of its first event, or of the one that will come next */
    uint64_t count;       /* of its events; 0: values of importers alone */
    int64_t recorded_us;  /* when the last event of the log was recorded; 0: it has none */
    struct bc_head head;  /* of the log after it */
    uint64_t length;      /* of the contents */
    const struct bc_hash *parts;
    size_t n_parts;
    struct bc_str contents; /* where there are no parts */
};

/* A new id. */
bc_status bc_commit_draw_id(char out[BC_COMMIT_ID_LEN + 1], struct bc_err *err);

void bc_commit_encode(struct bc_buf *out, const struct bc_commit *commit);
/* Texts and hashes live in `arena`. BC_E_DAMAGED: it is no commit, or one that contradicts itself.
 * BC_E_NEWER: of a newer form. */
bc_status bc_commit_decode(struct bc_commit *out, struct bc_str bytes, bc_arena *arena,
                           struct bc_err *err);

/* So many bytes a commit may have beside its contents and 34 for each part. */
enum { BC_COMMIT_REST_MOST = 1024 };

#endif
