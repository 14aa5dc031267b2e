/* What a killed append may have left after the head: the files it added. They were never
 * acknowledged, so they are removed, in parts that are each complete in themselves, so that another
 * kill does no harm: the events go last, since they are how leftovers are found, and an id goes
 * with its event. */
#include "ledger/log/log_impl.h"

enum { PART = 4096 };

/* Adds to the batch the removal of one leftover event. */
static bc_status drop_event(bc_log *log, struct bc_batch *batch, struct bc_str key,
                            struct bc_str record, bc_arena *arena, struct bc_err *err)
{
    struct bc_buf entry = { 0 };
    struct bc_event event;
    bc_status rc;

    /* Without its id the entry of the id could not be found, and would point at another event once
     * the log has grown that far. */
    if (bc_decode(&event, record, arena, NULL) < 0)
        return bc_err_damaged(err, "the leftovers of an unfinished append cannot be read");
    rc = bc_store_get(log->store, BC_IDS, event.id, &entry, err);
    if (rc == BC_OK && entry.len == BC_SEQ_LEN && bc_get_u64(entry.at) > log->head.size)
        bc_batch_add(batch, BC_IDS, BC_DELETE, event.id, (struct bc_str){ 0 });
    bc_batch_add(batch, BC_LOG, BC_DELETE, key, (struct bc_str){ 0 });
    bc_buf_release(&entry);
    return rc < 0 ? rc : BC_OK;
}

/* One part of the events after the head; BC_DONE when none is left. */
static bc_status drop_some(bc_log *log, struct bc_batch *batch, bc_arena *arena, struct bc_err *err)
{
    struct bc_str key, value;
    char first[BC_SEQ_LEN];
    bc_iter *iter;
    bc_status rc;
    size_t n = 0;

    bc_put_u64(first, log->head.size + 1);
    rc = bc_iter_open(&iter, log->store, BC_LOG, (struct bc_str){ first, sizeof(first) }, err);
    if (rc < 0)
        return rc;
    while (n < PART && (rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        rc = drop_event(log, batch, key, value, arena, err);
        if (rc < 0)
            break;
        n++;
    }
    bc_iter_free(iter);
    if (rc < 0)
        return rc;
    return n ? BC_OK : BC_DONE;
}

/* Adds to the batch at most PART keys >= first that begin with `prefix`. */
static bc_status drop_keys(bc_log *log, struct bc_batch *batch, enum bc_family family,
                           struct bc_str first, size_t prefix_len, struct bc_err *err)
{
    struct bc_str key, value;
    bc_iter *iter;
    bc_status rc = bc_iter_open(&iter, log->store, family, first, err);

    if (rc < 0)
        return rc;
    while (batch->n < PART && (rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        if (key.len < prefix_len || memcmp(key.at, first.at, prefix_len) != 0)
            break;
        bc_batch_add(batch, family, BC_DELETE, key, (struct bc_str){ 0 });
    }
    bc_iter_free(iter);
    return rc < 0 ? rc : BC_OK;
}

/* Entries of the tree and of retractions. */
static bc_status drop_some_entries(bc_log *log, struct bc_batch *batch, bc_arena *arena,
                                   struct bc_err *err)
{
    char node[BC_NODE_KEY_LEN], seq[BC_SEQ_LEN];
    bc_status rc;

    (void)arena;
    bc_put_u64(seq, log->head.size + 1);
    rc = drop_keys(log, batch, BC_RETRACTIONS, (struct bc_str){ seq, sizeof(seq) }, 0, err);
    for (unsigned level = BC_BLOCK_LEVEL; rc == BC_OK && level < 64; level++) {
        bc_node_key(node, level, log->head.size >> level);
        rc = drop_keys(log, batch, BC_TREE, (struct bc_str){ node, sizeof(node) }, 1, err);
    }
    bc_node_key(node, 0, log->head.size / BC_BLOCK_LEAVES);
    if (rc == BC_OK)
        rc = drop_keys(log, batch, BC_TREE, (struct bc_str){ node, sizeof(node) }, 1, err);
    return rc == BC_OK && batch->n == 0 ? BC_DONE : rc;
}

/* Calls some() and writes the batch that it fills, until there is nothing more. */
static bc_status drop_all(bc_log *log,
                          bc_status (*some)(bc_log *log, struct bc_batch *batch, bc_arena *arena,
                                            struct bc_err *err),
                          struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_batch batch = { 0 };
    bc_status rc;

    for (;;) {
        bc_batch_clear(&batch);
        bc_arena_reset(arena);
        rc = some(log, &batch, arena, err);
        if (rc != BC_OK)
            break;
        rc = bc_store_write(log->store, &batch, true, err);
        if (rc < 0)
            break;
    }
    bc_batch_release(&batch);
    bc_arena_free(arena);
    return rc < 0 ? rc : BC_OK;
}

static bc_status any_behind_head(bc_log *log, struct bc_err *err)
{
    char first[BC_SEQ_LEN];
    struct bc_str key, value;
    bc_iter *iter;
    bc_status rc;

    bc_put_u64(first, log->head.size + 1);
    rc = bc_iter_open(&iter, log->store, BC_LOG, (struct bc_str){ first, sizeof(first) }, err);
    if (rc < 0)
        return rc;
    rc = bc_iter_next(iter, &key, &value, err);
    bc_iter_free(iter);
    return rc;
}

bc_status bc_log_recover(bc_log *log, struct bc_err *err)
{
    bc_status rc = any_behind_head(log, err);

    if (rc == BC_OK)
        rc = drop_all(log, drop_some_entries, err);
    if (rc == BC_OK)
        rc = drop_all(log, drop_some, err);
    return rc < 0 ? rc : BC_OK;
}
