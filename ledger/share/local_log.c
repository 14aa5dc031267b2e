#include "ledger/share/local_log.h"

#include "ledger/log/append_via.h"
#include "ledger/record/codec.h"
#include "ledger/share/contents.h"
#include "ledger/share/local_log_impl.h"

#include <inttypes.h>
#include <stdlib.h>

#include <endian.h>

enum {
    EVENTS_MOST = 1 << 20, /* of one write */
    BYTES_MOST = 256 << 20,
};

bc_local_log *bc_local_log_new(bc_log *log, struct bc_str origin, struct bc_str name)
{
    bc_local_log *local = bc_calloc(1, sizeof(*local));

    local->log = log;
    local->arena = bc_arena_new();
    bc_buf_add_str(&local->origin, origin);
    bc_buf_add_str(&local->name, name);
    return local;
}

static void drop(bc_local_log *local)
{
    bc_append_free(local->append);
    local->append = NULL;
    local->bytes = 0;
}

void bc_local_log_free(bc_local_log *local)
{
    if (!local)
        return;
    drop(local);
    bc_arena_free(local->arena);
    bc_buf_release(&local->origin);
    bc_buf_release(&local->name);
    free(local);
}

void bc_local_log_singly(bc_local_log *local)
{
    local->singly = true;
}

bool bc_local_log_is_single(const bc_local_log *local)
{
    return local->singly;
}

void bc_share_position_put(char out[BC_POSITION_LEN], uint64_t position)
{
    const uint64_t stored = htobe64(position);

    memcpy(out, &stored, sizeof(stored));
}

bc_status bc_local_log_position(bc_local_log *local, uint64_t *out, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = bc_meta_get(local->log, BC_META_SHARE, &value, err);

    *out = 0;
    if (rc == BC_OK && value.len == BC_POSITION_LEN) {
        memcpy(out, value.at, sizeof(*out));
        *out = be64toh(*out);
    }
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

static uint64_t size_of(const bc_local_log *local)
{
    return bc_log_head(local->log)->size + (local->append ? bc_append_sum(local->append).added : 0);
}

/* --- the root --- */

static bc_status another_root(const struct bc_commit *commit, const struct bc_head *here,
                              struct bc_err *err)
{
    char there_root[BC_HASH_TEXT_LEN], here_root[BC_HASH_TEXT_LEN];

    bc_hash_print(there_root, &commit->head.root);
    bc_hash_print(here_root, &here->root);
    return bc_err_set(err, BC_E_DAMAGED,
                      "after event %" PRIu64 " the shared log has the root %s (commit %s of %.*s), "
                      "this replica %s: one of them was altered, and nothing of it was taken",
                      commit->head.size, there_root, commit->id, BC_STR_ARG(commit->writer),
                      here_root);
}

bc_status bc_local_log_flush(bc_local_log *local, struct bc_err *err)
{
    const struct bc_commit *last = &local->last;
    char position[BC_POSITION_LEN];
    struct bc_head head;
    int64_t recorded_us;
    bc_status rc;

    if (!local->append)
        return BC_OK;
    rc = bc_append_settle(local->append, &head, &recorded_us, err);
    if (rc == BC_OK && !bc_head_eq(&head, &last->head))
        rc = another_root(last, &head, err);
    else if (rc == BC_OK && recorded_us != last->recorded_us)
        rc =
            bc_err_set(err, BC_E_DAMAGED,
                       "the commit %s of %.*s says another time than its last event's, and nothing "
                       "of it was taken",
                       last->id, BC_STR_ARG(last->writer));
    bc_share_position_put(position, local->position);
    bc_append_put_share(local->append, (struct bc_str){ position, sizeof(position) });
    if (rc == BC_OK)
        rc = bc_append_write(local->append, err);
    drop(local);
    return rc;
}

/* The events of a commit are here. */
static bc_status same_as_here(bc_local_log *local, const struct bc_commit *commit,
                              struct bc_err *err)
{
    struct bc_head here;
    bc_status rc = bc_local_log_flush(local, err);

    if (rc == BC_OK)
        rc = bc_log_head_at(local->log, commit->head.size, &here, err);
    if (rc == BC_OK && !bc_head_eq(&here, &commit->head))
        rc = another_root(commit, &here, err);
    return rc;
}

/* --- what comes --- */

static bc_status bad_part(const struct bc_commit *commit, size_t number, const char *what,
                          struct bc_err *err)
{
    return bc_err_set(err, BC_E_DAMAGED, "part %zu of the commit %s of %.*s %s", number + 1,
                      commit->id, BC_STR_ARG(commit->writer), what);
}

static bc_status fetch_part(const struct bc_commit *commit, bc_shared_log *from, size_t number,
                            struct bc_buf *bytes, struct bc_err *err)
{
    struct bc_hash hash;
    bc_status rc;

    bytes->len = 0;
    rc = from->ops->read_part(from->self, commit->id, (uint32_t)number, bytes, err);
    if (rc == BC_DONE)
        return bad_part(commit, number, "is not there", err);
    if (rc < 0)
        return rc;
    hash = bc_hash_bytes(bc_buf_str(bytes));
    return memcmp(&hash, &commit->parts[number], sizeof(hash)) != 0
               ? bad_part(commit, number, "has another hash than the commit says", err)
               : BC_OK;
}

static bc_status fetch(const struct bc_commit *commit, bc_shared_log *from, struct bc_temp *temp,
                       struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < commit->n_parts; i++) {
        rc = fetch_part(commit, from, i, &bytes, err);
        if (rc == BC_OK)
            rc = bc_temp_add(temp, bytes.at, bytes.len, err);
    }
    bc_buf_release(&bytes);
    if (rc == BC_OK && temp->len != commit->length)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the parts of the commit %s have %" PRIu64 " bytes, expected %" PRIu64,
                        commit->id, temp->len, commit->length);
    return rc;
}

static bc_status add_record(bc_local_log *local, struct bc_str record, struct bc_err *err)
{
    struct bc_event event = { 0 };
    struct bc_err why = { 0 };

    bc_arena_reset(local->arena);
    if (bc_decode(&event, record, local->arena, &why) < 0)
        return bc_err_set(err, BC_E_DAMAGED, "event %" PRIu64 " cannot be read: %s",
                          size_of(local) + 1, why.message);
    return bc_append_add_stored(local->append, &event, record, err);
}

static bc_status add_mark(bc_local_log *local, struct bc_incoming *in, struct bc_str at,
                          struct bc_err *err)
{
    struct bc_buf key = { 0 };
    struct bc_str value;
    bc_status rc;

    bc_buf_add_str(&key, at);
    rc = bc_incoming_next(in, &value, err);
    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_DAMAGED, "a commit stores a key without a value");
    if (rc == BC_OK)
        rc = bc_append_put_key(local->append, bc_buf_str(&key), value, err);
    bc_buf_release(&key);
    return rc;
}

static bc_status add_contents(bc_local_log *local, const struct bc_commit *commit,
                              struct bc_incoming *in, struct bc_err *err)
{
    struct bc_str item;
    bc_status rc = BC_OK;

    for (uint64_t i = 0; rc == BC_OK && i < commit->count; i++) {
        rc = bc_incoming_next(in, &item, err);
        if (rc == BC_OK)
            rc = add_record(local, item, err);
    }
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_DAMAGED, "the commit %s has fewer events than it says",
                          commit->id);
    while (rc == BC_OK && (rc = bc_incoming_next(in, &item, err)) == BC_OK)
        rc = add_mark(local, in, item, err);
    return rc < 0 ? rc : BC_OK;
}

static bc_status add_commit(bc_local_log *local, const struct bc_commit *commit,
                            bc_shared_log *from, struct bc_err *err)
{
    struct bc_temp temp = { .fd = -1 };
    struct bc_incoming in = { 0 };
    bc_status rc = BC_OK;

    if (commit->n_parts) {
        rc = bc_temp_open(&temp, bc_log_aside(local->log), err);
        if (rc == BC_OK)
            rc = fetch(commit, from, &temp, err);
    }
    if (rc == BC_OK) {
        bc_incoming_open(&in, commit, &temp);
        rc = add_contents(local, commit, &in, err);
    }
    bc_incoming_release(&in);
    if (temp.fd >= 0)
        bc_temp_close(&temp);
    return rc;
}

static void note_taken(bc_local_log *local, const struct bc_commit *commit, uint64_t position)
{
    memcpy(local->writer, commit->writer.at, commit->writer.len);
    local->last = (struct bc_commit){ .writer = { local->writer, commit->writer.len },
                                      .recorded_us = commit->recorded_us,
                                      .head = commit->head };
    memcpy(local->last.id, commit->id, sizeof(commit->id));
    local->position = position;
    local->bytes += commit->length;
}

static bc_status take(bc_local_log *local, const struct bc_commit *commit, bc_shared_log *from,
                      uint64_t position, struct bc_err *err)
{
    const uint64_t size = size_of(local);
    bc_status rc = BC_OK;

    if (commit->first <= size)
        return commit->head.size <= size
                   ? same_as_here(local, commit, err)
                   : bc_err_set(err, BC_E_DAMAGED,
                                "the commit %s of %.*s begins at event %" PRIu64
                                ", this replica ends at %" PRIu64 " in the middle of it",
                                commit->id, BC_STR_ARG(commit->writer), commit->first, size);
    if (commit->first != size + 1)
        return BC_NO;
    if (!local->append)
        rc = bc_append_open(&local->append, local->log, 0, err);
    if (rc == BC_OK)
        rc = add_commit(local, commit, from, err);
    if (rc < 0) {
        drop(local);
        return rc;
    }
    note_taken(local, commit, position);
    if (local->singly || local->bytes > BYTES_MOST ||
        bc_append_sum(local->append).added > EVENTS_MOST)
        rc = bc_local_log_flush(local, err);
    return rc;
}

bc_status bc_local_log_take(bc_local_log *local, bc_shared_log *from, uint64_t position,
                            struct bc_str bytes, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_commit commit;
    bc_status rc = bc_commit_decode(&commit, bytes, arena, err);

    if (rc == BC_OK && !bc_str_eq(commit.origin, bc_buf_str(&local->origin)))
        rc = bc_err_set(err, BC_E_DAMAGED, "the shared log is of the ledger %.*s, this is %.*s",
                        BC_STR_ARG(commit.origin), BC_STR_ARG(bc_buf_str(&local->origin)));
    if (rc == BC_OK)
        rc = take(local, &commit, from, position, err);
    else
        drop(local);
    bc_arena_free(arena);
    return rc;
}
