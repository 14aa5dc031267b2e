/* Appending: all of it or nothing.
 *
 * Events are gathered with their index entries, and nothing of it can be seen before the commit. A
 * small append is one synced write. A large one goes into table files made aside while it is
 * gathered; at the commit these are added to the database (behind the head, so still out of sight),
 * and one synced write moves the head. A kill before that leaves leftovers that the next writer
 * removes; after it, the append is done. */
#include "ledger/base/instant.h"
#include "ledger/log_impl.h"
#include "ledger/pending.h"

#include <assert.h>
#include <stdlib.h>

enum {
    SMALL_BYTES = 4 << 20, /* of stored records: what is gathered beyond goes into files */
};

struct bc_append {
    bc_log *log;
    int64_t now_us, last_recorded_us;
    struct bc_frontier frontier;
    uint8_t tags[BC_BLOCK_LEAVES * BC_TAG_LEN];
    struct bc_batch records;   /* of a small append: family log */
    struct bc_batch entries;   /* retractions and tree nodes */
    struct bc_pending pending; /* in seq order, from head.size + 1 */
    bc_bulk *bulk;             /* of a large append: its records so far */
    struct bc_buf content, record;
    struct bc_appended sum;
    bool spent;
};

bc_status bc_append_open(bc_append **out, bc_log *log, int64_t now_us, struct bc_err *err)
{
    bc_append *append;

    assert(log->write);
    if (log->failed)
        return bc_err_set(err, BC_E_IO, "an earlier append failed; nothing more is appended");
    append = bc_calloc(1, sizeof(*append));
    append->log = log;
    append->now_us = now_us > log->last_recorded_us ? now_us : log->last_recorded_us;
    append->last_recorded_us = log->last_recorded_us;
    append->frontier = log->frontier;
    memcpy(append->tags, log->tags, sizeof(append->tags));
    *out = append;
    return BC_OK;
}

void bc_append_free(bc_append *append)
{
    if (!append)
        return;
    bc_bulk_free(append->bulk);
    bc_batch_release(&append->records);
    bc_batch_release(&append->entries);
    bc_pending_release(&append->pending);
    bc_buf_release(&append->content);
    bc_buf_release(&append->record);
    free(append);
}

struct bc_appended bc_append_sum(const bc_append *append)
{
    return append->sum;
}

static uint64_t seq_of(const bc_append *append, const struct bc_pending_event *event)
{
    return append->log->head.size + 1 + (uint64_t)(event - append->pending.events);
}

/* --- is it new? --- */

/* Whether a stored record has this content. One written by another version may hold the same in
 * another order; read and written anew it is comparable. */
static bc_status same_content(bc_append *append, uint64_t seq, bool *out, struct bc_err *err)
{
    struct bc_buf stored = { 0 }, again = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    bc_status rc = bc_log_get(append->log, seq, &event, &stored, arena, err);

    if (rc == BC_OK) {
        bc_encode_content(&again, &event);
        *out = bc_str_eq(bc_buf_str(&again), bc_buf_str(&append->content));
    }
    bc_buf_release(&stored);
    bc_buf_release(&again);
    bc_arena_free(arena);
    return rc;
}

static bc_status conflict(struct bc_where *where, struct bc_err *err, struct bc_str id,
                          const char *what, uint64_t number)
{
    if (where)
        *where = (struct bc_where){ .part = "id" };
    return bc_err_set(err, BC_E_CONFLICT,
                      "the id \"%.*s\" is taken by another content, %s %llu; expected the same "
                      "content or a new id",
                      BC_STR_ARG(id), what, (unsigned long long)number);
}

/* BC_OK: new. BC_DONE: there with the same content. */
static bc_status look_up(bc_append *append, const struct bc_event *event,
                         const uint8_t digest[BC_DIGEST_LEN], struct bc_where *where,
                         struct bc_err *err)
{
    const struct bc_pending_event *pending = bc_pending_find(&append->pending, event->id);
    bool same = false;
    uint64_t seq;
    bc_status rc;

    if (pending) {
        if (memcmp(pending->digest, digest, BC_DIGEST_LEN) == 0)
            return BC_DONE;
        return conflict(where, err, event->id, "that of entry", pending->place);
    }
    if (append->log->head.size == 0)
        return BC_OK;
    rc = bc_log_find(append->log, event->id, &seq, err);
    if (rc == BC_DONE)
        return BC_OK;
    if (rc < 0)
        return rc;
    rc = same_content(append, seq, &same, err);
    if (rc < 0)
        return rc;
    return same ? BC_DONE : conflict(where, err, event->id, "that of event", seq);
}

/* For a retraction: the seqs of its target and of the event behind the chain. */
static bc_status resolve(bc_append *append, const struct bc_event *event, uint64_t *target,
                         uint64_t *root, struct bc_where *where, struct bc_err *err)
{
    struct bc_str id = event->value[BC_RETRACTED_EVENT].text;
    const struct bc_pending_event *pending = bc_pending_find(&append->pending, id);
    uint64_t unused;
    bc_status rc;

    if (pending) {
        *target = seq_of(append, pending);
        *root = pending->root ? pending->root : *target;
        return BC_OK;
    }
    rc = bc_log_find(append->log, id, target, err);
    if (rc == BC_DONE) {
        if (where)
            *where = (struct bc_where){ .part = bc_schema(BC_RETRACTED)->json_name,
                                        .field = BC_RETRACTED_EVENT };
        return bc_err_set(err, BC_E_INPUT,
                          "it retracts \"%.*s\", expected the id of an event that stands before it",
                          id.len > 600 ? 600 : (int)id.len, id.at);
    }
    if (rc < 0)
        return rc;
    rc = bc_log_retraction(append->log, *target, &unused, root, err);
    if (rc == BC_DONE)
        *root = *target;
    return rc < 0 ? rc : BC_OK;
}

static bc_status recorded_time(const bc_append *append, const struct bc_event *event,
                               bool keep_recorded, int64_t *out_us, struct bc_where *where,
                               struct bc_err *err)
{
    if (!keep_recorded) {
        *out_us = append->now_us;
        return BC_OK;
    }
    if (where)
        *where = (struct bc_where){ .part = "recordedAt" };
    if (!event->has_recorded)
        return bc_err_set(err, BC_E_INPUT, "the event has no recordedAt, expected one to keep");
    if (event->recorded_us < append->last_recorded_us) {
        char last[BC_INSTANT_LEN];

        bc_instant_print(last, append->last_recorded_us);
        return bc_err_set(err, BC_E_INPUT,
                          "recordedAt lies before that of the event in front, expected %s or later",
                          last);
    }
    *out_us = event->recorded_us;
    return BC_OK;
}

/* --- gathering --- */

static void add_node(void *payload, unsigned level, uint64_t index, const struct bc_hash *hash)
{
    bc_append *append = payload;
    size_t in_block = index % BC_BLOCK_LEAVES;
    char key[BC_NODE_KEY_LEN];

    if (level == 0) {
        memcpy(append->tags + in_block * BC_TAG_LEN, hash->at, BC_TAG_LEN);
        if (in_block + 1 < BC_BLOCK_LEAVES)
            return;
        bc_node_key(key, 0, index / BC_BLOCK_LEAVES);
        bc_batch_add(&append->entries, BC_TREE, BC_PUT, (struct bc_str){ key, sizeof(key) },
                     (struct bc_str){ (const char *)append->tags, sizeof(append->tags) });
    } else if (level >= BC_BLOCK_LEVEL) {
        bc_node_key(key, level, index);
        bc_batch_add(&append->entries, BC_TREE, BC_PUT, (struct bc_str){ key, sizeof(key) },
                     (struct bc_str){ (const char *)hash->at, BC_HASH_LEN });
    }
}

static struct bc_str entry_part(const struct bc_batch *batch, size_t at, size_t len)
{
    return (struct bc_str){ batch->bytes.at + at, len };
}

/* The append has become a large one: what was gathered goes into a file made aside. */
static bc_status spill(bc_append *append, struct bc_err *err)
{
    bc_status rc = bc_bulk_open(&append->bulk, append->log->store, BC_LOG, "log", err);

    for (size_t i = 0; rc == BC_OK && i < append->records.n; i++) {
        const struct bc_batch_entry *entry = &append->records.entries[i];

        rc = bc_bulk_add(append->bulk, entry_part(&append->records, entry->key_at, entry->key_len),
                         entry_part(&append->records, entry->value_at, entry->value_len), err);
    }
    bc_batch_release(&append->records);
    return rc;
}

static bc_status gather(bc_append *append, uint64_t seq, struct bc_err *err)
{
    struct bc_str record = bc_buf_str(&append->record);
    char key[BC_SEQ_LEN];

    bc_put_u64(key, seq);
    if (!append->bulk && append->records.bytes.len + record.len > SMALL_BYTES) {
        bc_status rc = spill(append, err);

        if (rc < 0)
            return rc;
    }
    if (append->bulk)
        return bc_bulk_add(append->bulk, (struct bc_str){ key, sizeof(key) }, record, err);
    bc_batch_add(&append->records, BC_LOG, BC_PUT, (struct bc_str){ key, sizeof(key) }, record);
    return BC_OK;
}

static void gather_retraction(bc_append *append, uint64_t seq, uint64_t target, uint64_t root)
{
    char key[BC_SEQ_LEN], value[2 * BC_SEQ_LEN];

    bc_put_u64(key, seq);
    bc_put_u64(value, target);
    bc_put_u64(value + BC_SEQ_LEN, root);
    bc_batch_add(&append->entries, BC_RETRACTIONS, BC_PUT, (struct bc_str){ key, sizeof(key) },
                 (struct bc_str){ value, sizeof(value) });
}

/* Takes an event whose content is in append->content. */
static bc_status take(bc_append *append, const struct bc_event *event, uint64_t place,
                      bool keep_recorded, struct bc_where *where, struct bc_err *err)
{
    uint64_t seq = append->log->head.size + append->pending.n + 1, target = 0;
    struct bc_pending_event pending = { .place = place };
    struct bc_hash digest = bc_hash_bytes(bc_buf_str(&append->content));
    int64_t recorded_us = 0;
    bc_status rc;

    memcpy(pending.digest, digest.at, BC_DIGEST_LEN);
    rc = look_up(append, event, pending.digest, where, err);
    if (rc == BC_DONE)
        append->sum.duplicates++;
    if (rc != BC_OK)
        return rc;
    rc = recorded_time(append, event, keep_recorded, &recorded_us, where, err);
    if (rc == BC_OK && event->body == BC_RETRACTED)
        rc = resolve(append, event, &target, &pending.root, where, err);
    if (rc < 0)
        return rc;

    append->record.len = 0;
    bc_encode_prefix(&append->record, seq, recorded_us);
    bc_buf_add_str(&append->record, bc_buf_str(&append->content));
    rc = gather(append, seq, err);
    if (rc < 0)
        return rc;
    bc_frontier_add(&append->frontier, bc_hash_leaf(bc_buf_str(&append->record)), add_node, append);
    if (target)
        gather_retraction(append, seq, target, pending.root);
    bc_pending_add(&append->pending, pending, event->id);
    append->last_recorded_us = recorded_us;
    append->sum.added++;
    return BC_OK;
}

bc_status bc_append_add(bc_append *append, const struct bc_event *event, uint64_t place,
                        bool keep_recorded, struct bc_where *where, struct bc_err *err)
{
    bc_status rc;

    assert(!append->spent);
    rc = bc_event_check(event, where, err);
    if (rc < 0)
        return rc;
    append->content.len = 0;
    bc_encode_content(&append->content, event);
    if (append->content.len > BC_EVENT_MAX) {
        if (where)
            *where = (struct bc_where){ .part = "" };
        return bc_err_set(err, BC_E_INPUT, "the event has %zu bytes, expected at most %d",
                          append->content.len, BC_EVENT_MAX);
    }
    return take(append, event, place, keep_recorded, where, err);
}

bc_status bc_append_add_stored(bc_append *append, const struct bc_event *event,
                               struct bc_str stored, struct bc_err *err)
{
    uint64_t next = append->log->head.size + append->pending.n + 1, seq = 0;
    struct bc_err why = { 0 };
    struct bc_str content;
    int64_t recorded_us;
    bc_status rc;

    assert(!append->spent);
    append->spent = true;
    if (!bc_decode_prefix(&content, &seq, &recorded_us, stored) || seq != next ||
        !event->has_recorded || bc_event_check(event, NULL, &why) < 0)
        return bc_log_damaged(err, "event %llu is none that a ledger takes%s%.300s",
                              (unsigned long long)next, why.message[0] ? ": " : "", why.message);
    append->content.len = 0;
    bc_buf_add_str(&append->content, content); /* another version may order it in another way */
    rc = take(append, event, next, true, NULL, &why);
    if (rc == BC_E_IO)
        return bc_err_set(err, rc, "%s", why.message);
    if (rc != BC_OK || !bc_str_eq(bc_buf_str(&append->record), stored))
        return bc_log_damaged(err, "event %llu does not fit those in front of it: %.300s",
                              (unsigned long long)next, why.message);
    append->spent = false;
    return BC_OK;
}

/* --- committing --- */

static bc_status ingest_ids(bc_append *append, const uint32_t *order, struct bc_err *err)
{
    bc_bulk *bulk = NULL;
    bc_status rc = bc_bulk_open(&bulk, append->log->store, BC_IDS, "ids", err);

    for (size_t i = 0; rc == BC_OK && i < append->pending.n; i++) {
        const struct bc_pending_event *event = &append->pending.events[order[i]];
        char seq[BC_SEQ_LEN];

        bc_put_u64(seq, seq_of(append, event));
        rc = bc_bulk_add(bulk, bc_pending_id(&append->pending, event),
                         (struct bc_str){ seq, sizeof(seq) }, err);
    }
    if (rc == BC_OK)
        rc = bc_bulk_ingest(bulk, err);
    bc_bulk_free(bulk);
    return rc;
}

static void batch_ids(bc_append *append, const uint32_t *order, struct bc_batch *batch)
{
    for (size_t i = 0; i < append->pending.n; i++) {
        const struct bc_pending_event *event = &append->pending.events[order[i]];
        char seq[BC_SEQ_LEN];

        bc_put_u64(seq, seq_of(append, event));
        bc_batch_add(batch, BC_IDS, BC_PUT, bc_pending_id(&append->pending, event),
                     (struct bc_str){ seq, sizeof(seq) });
    }
}

static void move_entries(struct bc_batch *to, const struct bc_batch *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct bc_batch_entry *entry = &from->entries[i];

        bc_batch_add(to, entry->family, entry->op, entry_part(from, entry->key_at, entry->key_len),
                     entry_part(from, entry->value_at, entry->value_len));
    }
}

/* Writes everything; the last write moves the head. */
static bc_status write_all(bc_append *append, struct bc_err *err)
{
    /* RocksDB takes sorted keys in at half the cost, and a file must have them so. */
    uint32_t *order = bc_pending_sort(&append->pending);
    struct bc_batch *batch = &append->records; /* empty for a large append */
    struct bc_buf head = { 0 };
    bc_status rc = BC_OK;

    if (append->bulk) {
        rc = bc_bulk_ingest(append->bulk, err);
        if (rc == BC_OK)
            rc = ingest_ids(append, order, err);
    } else {
        batch_ids(append, order, batch);
    }
    if (rc == BC_OK) {
        move_entries(batch, &append->entries);
        bc_head_value(&head, &append->frontier, append->tags);
        bc_batch_add(batch, BC_META, BC_PUT, BC_STR("head"), bc_buf_str(&head));
        rc = bc_store_write(append->log->store, batch, true, err);
    }
    bc_buf_release(&head);
    free(order);
    return rc;
}

bc_status bc_append_commit(bc_append *append, struct bc_err *err)
{
    const struct bc_head head = { append->frontier.size, bc_frontier_root(&append->frontier) };
    bc_log *log = append->log;
    bc_status rc;

    assert(!append->spent);
    append->spent = true;
    if (append->pending.n == 0)
        return BC_OK;
    log->failed = true; /* until all of it is done */
    rc = write_all(append, err);
    if (rc == BC_OK && log->sink.publish)
        rc = log->sink.publish(log->sink.payload, &head, err);
    if (rc < 0)
        return rc;
    log->failed = false;
    log->frontier = append->frontier;
    log->head = head;
    log->last_recorded_us = append->last_recorded_us;
    memcpy(log->tags, append->tags, sizeof(log->tags));
    return BC_OK;
}
