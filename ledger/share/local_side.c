#include "ledger/share/local_side.h"

#include "ledger/log/meta.h"
#include "ledger/share/local_log_impl.h"

#include <stdlib.h>

enum {
    MESSAGE_MOST = 1 << 20,
    READ_MOST = 512 << 10, /* about so many bytes of events a commit that is read has */
};

/* --- out of the log --- */

static bc_status send_mark(void *payload, struct bc_str key, struct bc_str value,
                           struct bc_err *err)
{
    bc_status rc = bc_outgoing_add(payload, key, err);

    return rc == BC_OK ? bc_outgoing_add(payload, value, err) : rc;
}

static bc_status send_events(bc_local_log *local, uint64_t after, uint64_t bytes_most,
                             struct bc_outgoing *out, struct bc_err *err)
{
    const uint64_t size = bc_log_head(local->log)->size;
    struct bc_commit *commit = &out->commit;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    struct bc_str stored;
    bc_status rc = bc_cursor_open(&cursor, local->log, after + 1, size, err);

    while (rc == BC_OK && commit->length < bytes_most) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK) {
            commit->count++;
            commit->recorded_us = event->recorded_us;
            rc = bc_outgoing_add(out, stored, err);
        }
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_local_log_send(bc_local_log *local, uint64_t after, uint64_t bytes_most,
                            struct bc_outgoing *out, struct bc_err *err)
{
    const uint64_t size = bc_log_head(local->log)->size;
    struct bc_commit *commit = &out->commit;
    bc_status rc = BC_OK;

    commit->origin = bc_buf_str(&local->origin);
    commit->writer = bc_buf_str(&local->name);
    commit->first = after + 1;
    commit->recorded_us = bc_log_last_recorded(local->log);
    if (after < size)
        rc = send_events(local, after, bytes_most, out, err);
    if (rc == BC_OK)
        rc = bc_log_head_at(local->log, after + commit->count, &commit->head, err);
    if (rc == BC_OK && commit->head.size == size)
        rc = bc_meta_each_of_importers(local->log, send_mark, out, err);
    return rc;
}

/* --- the side --- */

struct side {
    bc_local_log *local;
    /* The parts of one commit that is not there yet. */
    char part_id[BC_COMMIT_ID_LEN + 1];
    struct bc_buf *parts;
    size_t n_parts, cap_parts;
    char last_id[BC_COMMIT_ID_LEN + 1]; /* of the commit that was added last */
    uint64_t last_position;
};

static size_t message_max(const void *self)
{
    (void)self;
    return MESSAGE_MOST;
}

static bc_status read_after(bc_local_log *local, uint64_t after, uint64_t *position,
                            struct bc_buf *bytes, struct bc_err *err)
{
    struct bc_outgoing out;
    bc_status rc = bc_outgoing_begin(&out, NULL, err);

    if (rc == BC_OK)
        rc = bc_local_log_send(local, after, READ_MOST, &out, err);
    out.commit.contents = bc_buf_str(&out.bytes);
    if (rc == BC_OK)
        bc_commit_encode(bytes, &out.commit);
    if (rc == BC_OK)
        *position = out.commit.head.size;
    bc_outgoing_release(&out);
    return rc;
}

static bc_status last(void *self, uint64_t *position, struct bc_buf *out, struct bc_err *err)
{
    bc_local_log *local = ((struct side *)self)->local;
    const uint64_t size = bc_log_head(local->log)->size;

    return size ? read_after(local, size, position, out, err) : BC_DONE;
}

static bc_status read_next(void *self, uint64_t after, unsigned wait_ms, uint64_t *position,
                           struct bc_buf *out, struct bc_err *err)
{
    bc_local_log *local = ((struct side *)self)->local;

    (void)wait_ms;
    if (after >= bc_log_head(local->log)->size)
        return BC_DONE;
    return read_after(local, after, position, out, err);
}

static void forget_parts(struct side *side)
{
    for (size_t i = 0; i < side->n_parts; i++)
        bc_buf_release(&side->parts[i]);
    free(side->parts);
    side->parts = NULL;
    side->n_parts = side->cap_parts = 0;
}

static bc_status put_part(void *self, const char *id, uint32_t number, struct bc_str bytes,
                          struct bc_err *err)
{
    struct side *side = self;

    if (strcmp(side->part_id, id) != 0)
        forget_parts(side);
    memcpy(side->part_id, id, sizeof(side->part_id));
    if (number < side->n_parts)
        return BC_OK;
    if (number > side->n_parts)
        return bc_err_set(err, BC_E_IO, "part %zu of a commit did not come", side->n_parts + 1);
    BC_GROW(side->parts, side->n_parts, side->cap_parts);
    side->parts[side->n_parts] = (struct bc_buf){ 0 };
    bc_buf_add_str(&side->parts[side->n_parts++], bytes);
    return BC_OK;
}

static bc_status read_part(void *self, const char *id, uint32_t number, struct bc_buf *out,
                           struct bc_err *err)
{
    const struct side *side = self;

    (void)err;
    if (strcmp(side->part_id, id) != 0 || number >= side->n_parts)
        return BC_DONE;
    bc_buf_add_str(out, bc_buf_str(&side->parts[number]));
    return BC_OK;
}

static bc_shared_log side_of(struct side *side);

static bc_status append_if(void *self, uint64_t expected, const char *id, struct bc_str bytes,
                           uint64_t *position, struct bc_err *err)
{
    struct side *side = self;
    bc_local_log *local = side->local;
    bc_shared_log from = side_of(side);
    bc_status rc;

    if (strcmp(side->last_id, id) == 0) {
        *position = side->last_position;
        return BC_OK;
    }
    if (expected != bc_log_head(local->log)->size)
        return BC_DONE;
    rc = bc_local_log_take(local, &from, 0, bytes, err);
    if (rc == BC_OK)
        rc = bc_local_log_flush(local, err);
    if (rc == BC_NO)
        rc = bc_err_set(err, BC_E_DAMAGED, "events before the commit %s are missing", id);
    if (rc < 0)
        return rc;
    forget_parts(side);
    memcpy(side->last_id, id, sizeof(side->last_id));
    *position = side->last_position = bc_log_head(local->log)->size;
    return BC_OK;
}

static bc_status put_replica(void *self, struct bc_str name, struct bc_str text, struct bc_err *err)
{
    (void)self, (void)name, (void)text, (void)err;
    return BC_OK;
}

static bc_status each_replica(void *self, bc_replica_see *see, void *payload, struct bc_err *err)
{
    (void)self, (void)see, (void)payload, (void)err;
    return BC_OK;
}

static uint64_t passed_over(const void *self)
{
    (void)self;
    return 0;
}

static void close_side(void *self)
{
    forget_parts(self);
    free(self);
}

static bc_shared_log side_of(struct side *side)
{
    static const struct bc_shared_log_ops ops = {
        message_max, last,        read_next,    read_part,   put_part,
        append_if,   put_replica, each_replica, passed_over, close_side,
    };

    return (bc_shared_log){ &ops, side };
}

void bc_local_side_open(bc_shared_log *out, bc_local_log *local)
{
    struct side *side = bc_calloc(1, sizeof(*side));

    side->local = local;
    *out = side_of(side);
}
