#include "ledger/verify.h"

#include "ledger/base/instant.h"
#include "ledger/log_impl.h"

#include <inttypes.h>

/* A sum over entries that does not depend on their order: equal sums, equal sets. */
struct sum {
    uint64_t n;
    uint64_t part[BC_HASH_LEN / 8];
};

struct verify {
    bc_log *log;
    struct bc_frontier frontier;
    struct bc_buf tags; /* of the block at hand, as the tree has them */
    int64_t recorded_us;
    struct sum ids;
    uint64_t retractions, nodes;
    bc_status node_rc; /* what comparing a node found */
    struct bc_err *err;
};

/* Adds the entry of an id. */
static void sum_add(struct sum *sum, struct bc_str id, uint64_t seq)
{
    char bytes[BC_SEQ_LEN + BC_ID_MAX];
    struct bc_hash hash;
    uint64_t part;

    bc_put_u64(bytes, seq);
    if (id.len)
        memcpy(bytes + BC_SEQ_LEN, id.at, id.len);
    hash = bc_hash_bytes((struct bc_str){ bytes, BC_SEQ_LEN + id.len });
    sum->n++;
    for (size_t i = 0; i < BC_HASH_LEN / 8; i++) {
        memcpy(&part, hash.at + 8 * i, 8);
        sum->part[i] += part;
    }
}

/* A node of the tree that was just completed must be stored as it is. */
static void check_node(void *payload, unsigned level, uint64_t index, const struct bc_hash *hash)
{
    struct verify *verify = payload;
    struct bc_buf stored = { 0 };
    char key[BC_NODE_KEY_LEN];
    bc_status rc;

    if (level < BC_BLOCK_LEVEL || verify->node_rc < 0)
        return;
    verify->nodes++;
    bc_node_key(key, level, index);
    rc = bc_store_get(verify->log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &stored,
                      verify->err);
    if (rc >= 0 && (rc == BC_DONE || stored.len != BC_HASH_LEN ||
                    memcmp(stored.at, hash->at, BC_HASH_LEN) != 0))
        rc =
            bc_log_damaged(verify->err, "the hash tree does not fit events %" PRIu64 " to %" PRIu64,
                           (index << level) + 1, (index + 1) << level);
    verify->node_rc = rc < 0 ? rc : BC_OK;
    bc_buf_release(&stored);
}

/* The tags of the block that begins behind `size` events. */
static bc_status load_tags(struct verify *verify, uint64_t size)
{
    bc_log *log = verify->log;
    char key[BC_NODE_KEY_LEN];
    bc_status rc;

    if (size / BC_BLOCK_LEAVES == log->head.size / BC_BLOCK_LEAVES) {
        verify->tags.len = 0;
        bc_buf_add(&verify->tags, log->tags, sizeof(log->tags));
        return BC_OK;
    }
    verify->nodes++;
    bc_node_key(key, 0, size / BC_BLOCK_LEAVES);
    rc = bc_store_get(log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &verify->tags,
                      verify->err);
    if (rc >= 0 && (rc == BC_DONE || verify->tags.len != sizeof(log->tags)))
        return bc_log_damaged(verify->err, "the hash tree does not reach event %" PRIu64, size + 1);
    return rc < 0 ? rc : BC_OK;
}

static bc_status check_hash(struct verify *verify, uint64_t seq, struct bc_str stored)
{
    size_t in_block = (seq - 1) % BC_BLOCK_LEAVES;
    struct bc_hash leaf = bc_hash_leaf(stored);
    bc_status rc = in_block == 0 ? load_tags(verify, seq - 1) : BC_OK;

    if (rc < 0)
        return rc;
    if (memcmp(verify->tags.at + in_block * BC_TAG_LEN, leaf.at, BC_TAG_LEN) != 0)
        return bc_log_damaged(verify->err, "event %" PRIu64 " is not what was appended", seq);
    bc_frontier_add(&verify->frontier, leaf, check_node, verify);
    return verify->node_rc;
}

static bc_status check_retraction(struct verify *verify, const struct bc_event *event)
{
    uint64_t target, root, named, unused, behind;
    bc_log *log = verify->log;
    bc_status rc = bc_log_retraction(log, event->seq, &target, &root, verify->err);

    if (rc == BC_OK)
        rc = bc_log_find(log, event->value[BC_RETRACTED_EVENT].text, &named, verify->err);
    if (rc < 0)
        return rc;
    if (rc == BC_OK) {
        rc = bc_log_retraction(log, target, &unused, &behind, verify->err);
        if (rc < 0)
            return rc;
        if (rc == BC_DONE)
            behind = target;
        rc = named == target && behind == root ? BC_OK : BC_DONE;
    }
    if (rc == BC_DONE)
        return bc_log_damaged(verify->err, "the entry of retraction %" PRIu64 " is not right",
                              event->seq);
    verify->retractions++;
    return BC_OK;
}

static bc_status check_event(struct verify *verify, const struct bc_event *event,
                             struct bc_str stored)
{
    struct bc_err why;
    bc_status rc = check_hash(verify, event->seq, stored);

    if (rc < 0)
        return rc;
    if (bc_event_check(event, NULL, &why) < 0)
        return bc_log_damaged(verify->err, "event %" PRIu64 ": %.300s", event->seq, why.message);
    if (!event->has_recorded || event->recorded_us < verify->recorded_us)
        return bc_log_damaged(verify->err, "event %" PRIu64 " was recorded before the one in front",
                              event->seq);
    verify->recorded_us = event->recorded_us;
    sum_add(&verify->ids, event->id, event->seq);
    return event->body == BC_RETRACTED ? check_retraction(verify, event) : BC_OK;
}

static bc_status check_log(struct verify *verify, void (*progress)(void *payload, uint64_t done),
                           void *payload)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    struct bc_str stored;
    bc_status rc;

    rc = bc_cursor_open(&cursor, verify->log, 1, verify->log->head.size, verify->err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, &stored, verify->err);
        if (rc != BC_OK)
            break;
        rc = check_event(verify, event, stored);
        if (progress && event->seq % 4096 == 0)
            progress(payload, event->seq);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

/* Names the first event whose id has a wrong entry, or none. */
static bc_status name_wrong_id(struct verify *verify)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    uint64_t seq = 0;
    bc_status rc = bc_cursor_open(&cursor, verify->log, 1, verify->log->head.size, verify->err);

    while (rc == BC_OK && (rc = bc_cursor_next(cursor, &event, NULL, verify->err)) == BC_OK) {
        rc = bc_log_find(verify->log, event->id, &seq, verify->err);
        if (rc < 0)
            break;
        if (rc == BC_DONE || seq != event->seq) {
            rc = bc_log_damaged(verify->err, "the id of event %" PRIu64 " has no right entry",
                                event->seq);
            break;
        }
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : bc_log_damaged(verify->err, "there are ids that no event of the log has");
}

static bc_status check_ids(struct verify *verify)
{
    struct bc_str key, value;
    struct sum found = { 0 };
    bc_iter *iter = NULL;
    bc_status rc =
        bc_iter_open(&iter, verify->log->store, BC_IDS, (struct bc_str){ 0 }, verify->err);

    if (rc < 0)
        return rc;
    while ((rc = bc_iter_next(iter, &key, &value, verify->err)) == BC_OK) {
        if (value.len != BC_SEQ_LEN || key.len > BC_ID_MAX)
            found.n++; /* no entry that an event could have */
        else if (bc_get_u64(value.at) <= verify->log->head.size)
            sum_add(&found, key, bc_get_u64(value.at));
        /* else behind the head: of an append under way, or killed */
    }
    bc_iter_free(iter);
    if (rc < 0)
        return rc;
    return memcmp(&found, &verify->ids, sizeof(found)) == 0 ? BC_OK : name_wrong_id(verify);
}

/* Counts the entries of a family that belong to events up to the head. */
static bc_status check_count(struct verify *verify, enum bc_family family, uint64_t want,
                             const char *what)
{
    uint64_t size = verify->log->head.size, n = 0;
    struct bc_str key, value;
    bc_iter *iter = NULL;
    bc_status rc =
        bc_iter_open(&iter, verify->log->store, family, (struct bc_str){ 0 }, verify->err);

    if (rc < 0)
        return rc;
    while ((rc = bc_iter_next(iter, &key, &value, verify->err)) == BC_OK) {
        unsigned level = 0;
        uint64_t end;

        if (family == BC_TREE && key.len == BC_NODE_KEY_LEN)
            level = key.at[0] ? (uint8_t)key.at[0] % 64 : BC_BLOCK_LEVEL;
        if (key.len < BC_SEQ_LEN) {
            n++;
            continue;
        }
        end = bc_get_u64(key.at + key.len - BC_SEQ_LEN);
        if (family == BC_TREE ? end < size >> level : end <= size)
            n++;
    }
    bc_iter_free(iter);
    if (rc >= 0 && n != want)
        return bc_log_damaged(verify->err, "%s has %" PRIu64 " entries, the log makes %" PRIu64,
                              what, n, want);
    return rc < 0 ? rc : BC_OK;
}

static bc_status check_head(struct verify *verify)
{
    struct bc_hash root = bc_frontier_root(&verify->frontier);

    if (verify->frontier.size != verify->log->head.size ||
        memcmp(&root, &verify->log->head.root, sizeof(root)) != 0)
        return bc_log_damaged(verify->err, "the events have another root than the log's head");
    return BC_OK;
}

bc_status bc_log_verify(bc_log *log, void (*progress)(void *payload, uint64_t done), void *payload,
                        struct bc_err *err)
{
    struct verify verify = { .log = log, .err = err };
    bc_status rc = check_log(&verify, progress, payload);

    if (rc == BC_OK)
        rc = check_head(&verify);
    if (rc == BC_OK)
        rc = check_ids(&verify);
    if (rc == BC_OK)
        rc = check_count(&verify, BC_RETRACTIONS, verify.retractions, "the index of retractions");
    if (rc == BC_OK)
        rc = check_count(&verify, BC_TREE, verify.nodes, "the hash tree");
    bc_buf_release(&verify.tags);
    return rc;
}
