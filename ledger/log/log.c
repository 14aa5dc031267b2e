#include "ledger/log/log_impl.h"

#include <assert.h>
#include <stdlib.h>

enum { PENDING_MOST = 128 << 20 };

void bc_log_head_value(struct bc_buf *out, const struct bc_frontier *frontier, const uint8_t *tags)
{
    char size[BC_SEQ_LEN];

    bc_put_u64(size, frontier->size);
    bc_buf_add(out, size, sizeof(size));
    for (int level = 63; level >= 0; level--)
        if (frontier->size >> level & 1)
            bc_buf_add(out, frontier->node[level].at, BC_HASH_LEN);
    bc_buf_add(out, tags, frontier->size % BC_BLOCK_LEAVES * BC_TAG_LEN);
}

bool bc_log_head_value_parse(struct bc_frontier *frontier, uint8_t *tags, struct bc_str value)
{
    size_t at = BC_SEQ_LEN, want = BC_SEQ_LEN, tags_len;

    if (value.len < BC_SEQ_LEN)
        return false;
    frontier->size = bc_get_u64(value.at);
    tags_len = frontier->size % BC_BLOCK_LEAVES * BC_TAG_LEN;
    for (int level = 0; level < 64; level++)
        want += (frontier->size >> level & 1) * BC_HASH_LEN;
    if (value.len != want + tags_len)
        return false;
    for (int level = 63; level >= 0; level--) {
        if (!(frontier->size >> level & 1))
            continue;
        memcpy(frontier->node[level].at, value.at + at, BC_HASH_LEN);
        at += BC_HASH_LEN;
    }
    memcpy(tags, value.at + at, tags_len);
    return true;
}

static bc_status read_head(bc_log *log, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    struct bc_str content;
    uint64_t seq;
    bc_status rc = bc_meta_get(log, BC_META_LOG, &value, err);

    if (rc == BC_DONE) {
        log->head.root = bc_frontier_root(&log->frontier);
        rc = BC_OK;
        goto out;
    }
    if (rc < 0)
        goto out;
    if (!bc_log_head_value_parse(&log->frontier, log->tags, bc_buf_str(&value))) {
        rc = bc_err_damaged(err, "its head cannot be read");
        goto out;
    }
    log->head.size = log->frontier.size;
    log->head.root = bc_frontier_root(&log->frontier);
    rc = bc_log_record(log, log->head.size, &value, err);
    if (rc == BC_OK &&
        !bc_decode_prefix(&content, &seq, &log->last_recorded_us, bc_buf_str(&value)))
        rc = bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)log->head.size);
out:
    bc_buf_release(&value);
    return rc;
}

bc_status bc_log_open(bc_log **out, bc_store *store, bool write, const struct bc_head_sink *sink,
                      struct bc_err *err)
{
    bc_log *log = bc_calloc(1, sizeof(*log));
    bc_status rc;

    log->store = store;
    log->threads = 1;
    log->pending_most = PENDING_MOST;
    log->write = write;
    if (sink)
        log->sink = *sink;
    rc = read_head(log, err);
    if (rc == BC_OK && write)
        rc = bc_log_recover(log, err);
    if (rc < 0) {
        free(log);
        return rc;
    }
    *out = log;
    return BC_OK;
}

void bc_log_close(bc_log *log)
{
    if (!log)
        return;
    if (log->kept > 0) {
        log->kept--;
        return;
    }
    if (log->via.free)
        log->via.free(log->via.payload);
    bc_store_close(log->store);
    if (log->sink.free) /* after the store: what it frees may hold the lock */
        log->sink.free(log->sink.payload);
    free(log);
}

void bc_log_keep(bc_log *log)
{
    log->kept++;
}

void bc_log_stays(bc_log *log)
{
    bc_store_stays(log->store);
}

const struct bc_head *bc_log_head(const bc_log *log)
{
    return &log->head;
}

void bc_log_set_threads(bc_log *log, unsigned threads)
{
    log->threads = threads;
}

unsigned bc_log_threads(const bc_log *log)
{
    return log->threads;
}

int64_t bc_log_last_recorded(const bc_log *log)
{
    return log->last_recorded_us;
}

bc_store *bc_log_store(bc_log *log)
{
    return log->store;
}

const char *bc_log_aside(const bc_log *log)
{
    return bc_store_aside(log->store);
}

bc_status bc_log_record(bc_log *log, uint64_t seq, struct bc_buf *out, struct bc_err *err)
{
    char key[BC_SEQ_LEN];
    bc_status rc;

    bc_put_u64(key, seq);
    rc = bc_store_get(log->store, BC_LOG, (struct bc_str){ key, sizeof(key) }, out, err);
    if (rc == BC_DONE)
        return bc_err_damaged(err, "event %llu is missing", (unsigned long long)seq);
    return rc;
}

/* A stored record as an event, which must be the one expected there. */
static bc_status decode_stored(struct bc_event *out, uint64_t seq, struct bc_str bytes,
                               bc_arena *arena, struct bc_err *err)
{
    struct bc_err why;

    if (bc_decode(out, bytes, arena, &why) < 0)
        return bc_err_damaged(err, "event %llu cannot be read: %s", (unsigned long long)seq,
                              why.message);
    if (out->seq != seq)
        return bc_err_damaged(err, "event %llu is in the place of event %llu",
                              (unsigned long long)out->seq, (unsigned long long)seq);
    return BC_OK;
}

bc_status bc_log_get(bc_log *log, uint64_t seq, struct bc_event *out, struct bc_buf *bytes,
                     bc_arena *arena, struct bc_err *err)
{
    bc_status rc;

    assert(seq >= 1 && seq <= log->head.size);
    rc = bc_log_record(log, seq, bytes, err);
    return rc == BC_OK ? decode_stored(out, seq, bc_buf_str(bytes), arena, err) : rc;
}

static int by_seq(const void *a, const void *b)
{
    const struct bc_wanted *left = a, *right = b;

    if (left->seq != right->seq)
        return left->seq < right->seq ? -1 : 1;
    return (left->name > right->name) - (left->name < right->name);
}

bc_status bc_log_read_each(bc_log *log, const struct bc_wanted *wanted, size_t n,
                           bc_status (*visit)(void *payload, size_t name,
                                              const struct bc_event *event, struct bc_err *err),
                           void *payload, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_wanted *sorted = bc_reallocarray(NULL, n, sizeof(*sorted));
    struct bc_event event = { 0 };
    bc_status rc = BC_OK;

    if (n > 0) {
        memcpy(sorted, wanted, n * sizeof(*sorted));
        qsort(sorted, n, sizeof(*sorted), by_seq);
    }
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        if (i == 0 || sorted[i].seq != sorted[i - 1].seq) {
            bc_arena_reset(arena);
            rc = bc_log_get(log, sorted[i].seq, &event, &bytes, arena, err);
        }
        if (rc == BC_OK)
            rc = visit(payload, sorted[i].name, &event, err);
    }
    free(sorted);
    bc_arena_free(arena);
    bc_buf_release(&bytes);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_log_find(bc_log *log, struct bc_str id, uint64_t *out_seq, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = bc_store_get(log->store, BC_IDS, id, &value, err);

    if (rc == BC_OK) {
        if (value.len != BC_SEQ_LEN)
            rc = bc_err_damaged(err, "the entry of an id cannot be read");
        else if (bc_get_u64(value.at) > log->head.size)
            rc = BC_DONE; /* after the head: part of an append that is not finished */
        else
            *out_seq = bc_get_u64(value.at);
    }
    bc_buf_release(&value);
    return rc;
}

bc_status bc_log_retraction(bc_log *log, uint64_t seq, uint64_t *out_target, uint64_t *out_root,
                            struct bc_err *err)
{
    struct bc_buf value = { 0 };
    char key[BC_SEQ_LEN];
    bc_status rc;

    bc_put_u64(key, seq);
    rc = bc_store_get(log->store, BC_RETRACTIONS, (struct bc_str){ key, sizeof(key) }, &value, err);
    if (rc == BC_OK && value.len != 2 * (size_t)BC_SEQ_LEN)
        rc = bc_err_damaged(err, "the entry of a retraction cannot be read");
    if (rc == BC_OK) {
        *out_target = bc_get_u64(value.at);
        *out_root = bc_get_u64(value.at + BC_SEQ_LEN);
        if (*out_target == 0 || *out_target >= seq || *out_root == 0 || *out_root > *out_target)
            rc = bc_err_damaged(err, "the entry of a retraction is invalid");
    }
    bc_buf_release(&value);
    return rc;
}

bc_status bc_log_seq_recorded_by(bc_log *log, int64_t recorded_us, uint64_t *out_seq,
                                 struct bc_err *err)
{
    uint64_t low = 0, high = log->head.size; /* the answer is in low..high */
    struct bc_buf record = { 0 };
    bc_status rc = BC_OK;

    while (rc == BC_OK && low < high) {
        uint64_t middle = low + (high - low + 1) / 2, seq;
        struct bc_str content;
        int64_t us;

        rc = bc_log_record(log, middle, &record, err);
        if (rc < 0)
            break;
        if (!bc_decode_prefix(&content, &seq, &us, bc_buf_str(&record)))
            rc = bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)middle);
        else if (us <= recorded_us)
            low = middle;
        else
            high = middle - 1;
    }
    bc_buf_release(&record);
    if (rc == BC_OK)
        *out_seq = low;
    return rc;
}

/* Puts the nodes of the whole blocks of a tree of `size` leaves into a frontier. */
static bc_status load_blocks(bc_log *log, uint64_t size, struct bc_frontier *out,
                             struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = BC_OK;

    out->size = size / BC_BLOCK_LEAVES * BC_BLOCK_LEAVES;
    for (unsigned level = BC_BLOCK_LEVEL; rc == BC_OK && level < 64; level++) {
        char key[BC_NODE_KEY_LEN];

        if (!(size >> level & 1))
            continue;
        bc_node_key(key, level, (size >> level) - 1);
        rc = bc_store_get(log->store, BC_TREE, (struct bc_str){ key, sizeof(key) }, &value, err);
        if (rc == BC_DONE || (rc == BC_OK && value.len != BC_HASH_LEN))
            rc = bc_err_damaged(err, "a node of the hash tree is missing");
        if (rc == BC_OK)
            memcpy(out->node[level].at, value.at, BC_HASH_LEN);
    }
    bc_buf_release(&value);
    return rc;
}

bc_status bc_log_head_at(bc_log *log, uint64_t size, struct bc_head *out, struct bc_err *err)
{
    struct bc_frontier frontier = { 0 };
    struct bc_buf record = { 0 };
    bc_status rc;

    assert(size <= log->head.size);
    if (size == log->head.size) {
        *out = log->head;
        return BC_OK;
    }
    rc = load_blocks(log, size, &frontier, err);
    while (rc == BC_OK && frontier.size < size) {
        rc = bc_log_record(log, frontier.size + 1, &record, err);
        if (rc == BC_OK)
            bc_frontier_add(&frontier, bc_hash_leaf(bc_buf_str(&record)), NULL, NULL);
    }
    bc_buf_release(&record);
    if (rc == BC_OK)
        *out = (struct bc_head){ size, bc_frontier_root(&frontier) };
    return rc;
}

struct bc_cursor {
    bc_iter *iter;
    uint64_t next, last;
    bc_arena *arena;
    struct bc_event event;
};

bc_status bc_cursor_open(bc_cursor **out, bc_log *log, uint64_t first, uint64_t last,
                         struct bc_err *err)
{
    bc_cursor *cursor = bc_calloc(1, sizeof(*cursor));
    char key[BC_SEQ_LEN + 1] = { 0 }; /* the first key after the previous event */
    bc_status rc;

    assert(first >= 1 && last <= log->head.size);
    bc_put_u64(key, first - 1);
    cursor->next = first;
    cursor->last = last;
    cursor->arena = bc_arena_new();
    rc = bc_iter_open(&cursor->iter, log->store, BC_LOG, (struct bc_str){ key, sizeof(key) }, err);
    if (rc < 0) {
        bc_cursor_free(cursor);
        return rc;
    }
    *out = cursor;
    return BC_OK;
}

bc_status bc_cursor_next(bc_cursor *cursor, const struct bc_event **out, struct bc_str *stored,
                         struct bc_err *err)
{
    struct bc_str key, value;
    bc_status rc;

    if (cursor->next > cursor->last)
        return BC_DONE;
    rc = bc_iter_next(cursor->iter, &key, &value, err);
    if (rc < 0)
        return bc_err_in(err, rc, "event %llu", (unsigned long long)cursor->next);
    if (rc == BC_DONE || key.len != BC_SEQ_LEN || bc_get_u64(key.at) != cursor->next)
        return bc_err_damaged(err, "event %llu is missing", (unsigned long long)cursor->next);
    bc_arena_reset(cursor->arena);
    rc = decode_stored(&cursor->event, cursor->next, value, cursor->arena, err);
    if (rc < 0)
        return rc;
    cursor->next++;
    *out = &cursor->event;
    if (stored)
        *stored = value;
    return BC_OK;
}

void bc_cursor_free(bc_cursor *cursor)
{
    if (!cursor)
        return;
    bc_iter_free(cursor->iter);
    bc_arena_free(cursor->arena);
    free(cursor);
}
