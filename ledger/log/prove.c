#include "ledger/log/prove.h"

#include "ledger/log/log_impl.h"

#include <assert.h>
#include <inttypes.h>

static bc_status stored_root(bc_log *log, unsigned level, uint64_t index, struct bc_hash *out,
                             struct bc_err *err)
{
    struct bc_buf value = { 0 };
    char key[BC_NODE_KEY_LEN];
    bc_status rc;

    bc_node_key(key, level, index);
    rc = bc_store_get(log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &value, err);
    if (rc == BC_DONE || (rc == BC_OK && value.len != BC_HASH_LEN))
        rc = bc_err_damaged(err, "a node of the hash tree is missing");
    if (rc == BC_OK)
        memcpy(out->at, value.at, BC_HASH_LEN);
    bc_buf_release(&value);
    return rc;
}

static bc_status subtree_root(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                              struct bc_err *err)
{
    struct bc_frontier frontier = { 0 };
    struct bc_buf record = { 0 };
    bc_log *log = payload;
    bc_status rc = BC_OK;

    if (level >= BC_BLOCK_LEVEL)
        return stored_root(log, level, index, out, err);
    while (rc == BC_OK && frontier.size < UINT64_C(1) << level) {
        record.len = 0;
        rc = bc_log_record(log, (index << level) + frontier.size + 1, &record, err);
        if (rc == BC_OK)
            bc_frontier_add(&frontier, bc_hash_leaf(bc_buf_str(&record)), NULL, NULL);
    }
    bc_buf_release(&record);
    if (rc == BC_OK)
        *out = bc_frontier_root(&frontier);
    return rc;
}

bc_status bc_log_prove_record(bc_log *log, uint64_t seq, uint64_t size, struct bc_proof *out,
                              struct bc_err *err)
{
    const struct bc_subtrees subtrees = { subtree_root, log };

    assert(size <= log->head.size);
    return bc_proof_inclusion(out, seq, size, &subtrees, err);
}

bc_status bc_log_prove_prefix(bc_log *log, uint64_t old_size, uint64_t size, struct bc_proof *out,
                              struct bc_err *err)
{
    const struct bc_subtrees subtrees = { subtree_root, log };

    assert(size <= log->head.size);
    return bc_proof_consistency(out, old_size, size, &subtrees, err);
}

static bc_status not_as_appended(uint64_t seq, struct bc_err *err)
{
    return bc_err_damaged(err, "event %" PRIu64 " is not what was appended", seq);
}

/* A record that is under the head, in *record. */
static bc_status read_checked(bc_log *log, uint64_t seq, struct bc_buf *record, struct bc_err *err)
{
    struct bc_proof proof;
    bc_status rc = bc_log_record(log, seq, record, err);

    if (rc == BC_OK)
        rc = bc_log_prove_record(log, seq, log->head.size, &proof, err);
    if (rc == BC_OK && !bc_proof_holds_record(&proof, seq, bc_buf_str(record), &log->head))
        rc = not_as_appended(seq, err);
    return rc;
}

bc_status bc_log_check_record(bc_log *log, uint64_t seq, struct bc_err *err)
{
    struct bc_buf record = { 0 };
    bc_status rc = read_checked(log, seq, &record, err);

    bc_buf_release(&record);
    return rc;
}

/* BC_NO: it was not recorded at or before the instant. */
static bc_status recorded_by(bc_log *log, uint64_t seq, int64_t us, struct bc_err *err)
{
    struct bc_buf record = { 0 };
    struct bc_str content;
    uint64_t own;
    int64_t recorded_us;
    bc_status rc = read_checked(log, seq, &record, err);

    if (rc == BC_OK && !bc_decode_prefix(&content, &own, &recorded_us, bc_buf_str(&record)))
        rc = not_as_appended(seq, err);
    if (rc == BC_OK && recorded_us > us)
        rc = BC_NO;
    bc_buf_release(&record);
    return rc;
}

bc_status bc_log_known_by(bc_log *log, int64_t recorded_us, uint64_t *out_seq, struct bc_err *err)
{
    uint64_t seq = 0;
    bc_status before, after;
    bc_status rc = bc_log_seq_recorded_by(log, recorded_us, &seq, err);

    if (rc < 0)
        return rc;
    before = seq ? recorded_by(log, seq, recorded_us, err) : BC_OK;
    after = before == BC_OK && seq < log->head.size ? recorded_by(log, seq + 1, recorded_us, err)
                                                    : BC_NO;
    if (before < 0 || after < 0)
        return before < 0 ? before : after;
    if (before == BC_NO || after == BC_OK)
        return bc_err_damaged(err, "recorded times do not ascend at event %" PRIu64, seq);
    *out_seq = seq;
    return BC_OK;
}

bc_status bc_log_extends(bc_log *log, const struct bc_head *older, struct bc_err *err)
{
    struct bc_proof proof;
    bc_status rc;

    if (older->size > log->head.size)
        return BC_NO;
    rc = bc_log_prove_prefix(log, older->size, log->head.size, &proof, err);
    if (rc < 0)
        return rc;
    return bc_proof_holds_prefix(&proof, older, &log->head) ? BC_OK : BC_NO;
}
