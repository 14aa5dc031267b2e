/* Putting into the shared log what it lacks of this replica, and what replicas say of themselves.
 */
#include "ledger/log/append_via.h"
#include "ledger/share/local_side.h"
#include "ledger/share/replica_impl.h"

#include <inttypes.h>

enum { COMMIT_BYTES = 64 << 20 };

static bc_status send_some(bc_replica *replica, struct bc_replica_state *state, uint64_t *added,
                           struct bc_err *err)
{
    struct bc_outgoing out;
    bc_status rc = bc_outgoing_begin(&out, &replica->shared, err);

    if (rc == BC_OK)
        rc = bc_local_log_send(replica->local, state->shared.size, COMMIT_BYTES, &out, err);
    if (rc == BC_OK)
        rc = bc_outgoing_commit(&out, state->position, &state->position, err);
    if (rc == BC_OK) {
        state->shared = out.commit.head;
        *added += out.commit.count;
    }
    bc_outgoing_release(&out);
    return rc;
}

static bc_status remember(bc_replica *replica, uint64_t position, struct bc_err *err)
{
    char value[BC_POSITION_LEN];
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, replica->log, 0, err);

    bc_share_position_put(value, position);
    if (rc == BC_OK) {
        bc_append_put_share(append, (struct bc_str){ value, sizeof(value) });
        rc = bc_append_write(append, err);
    }
    bc_append_free(append);
    replica->position = position;
    return rc;
}

bc_status bc_replica_refill(bc_replica *replica, uint64_t *added,
                            void (*progress)(void *payload, uint64_t size), void *payload,
                            struct bc_err *err)
{
    struct bc_replica_state state;
    uint64_t sent = 0;
    bc_status rc = bc_replica_compare(replica, &state, err);

    while (rc == BC_OK && state.shared.size < state.here.size) {
        rc = send_some(replica, &state, &sent, err);
        if (rc == BC_DONE) /* somebody else puts it back, too */
            rc = bc_replica_compare(replica, &state, err);
        if (rc == BC_OK && progress)
            progress(payload, state.shared.size);
    }
    if (rc == BC_OK && sent && state.shared.size == state.here.size)
        rc = remember(replica, state.position, err);
    if (added)
        *added = sent;
    return rc;
}

/* --- reports: a checkpoint, and the time --- */

bc_status bc_replica_report(bc_replica *replica, int64_t now_us, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc;

    if (replica->unreached)
        return BC_DONE;
    bc_head_text(&text, bc_buf_str(&replica->origin), bc_log_head(replica->log));
    bc_buf_printf(&text, "at %" PRId64 "\n", now_us);
    rc = replica->shared.ops->put_replica(replica->shared.self, bc_buf_str(&replica->name),
                                          bc_buf_str(&text), err);
    bc_buf_release(&text);
    return rc;
}

bc_status bc_replica_leave(bc_replica *replica, struct bc_err *err)
{
    return replica->shared.ops->put_replica(replica->shared.self, bc_buf_str(&replica->name),
                                            (struct bc_str){ 0 }, err);
}

/* BC_NO: it is found. */
static bc_status see_origin(void *payload, struct bc_str name, struct bc_str text,
                            struct bc_err *err)
{
    struct bc_str origin, lines;
    struct bc_head head;

    (void)name;
    (void)err;
    if (bc_head_parse(&head, &origin, &lines, text, NULL) < 0)
        return BC_OK;
    bc_buf_add_str(payload, origin);
    return BC_NO;
}

bc_status bc_shared_log_origin(struct bc_buf *out, const bc_shared_log *shared, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_commit commit;
    uint64_t position;
    bc_status rc = shared->ops->last(shared->self, &position, &bytes, err);

    if (rc == BC_OK)
        rc = bc_commit_decode(&commit, bc_buf_str(&bytes), arena, err);
    if (rc == BC_OK) {
        bc_buf_add_str(out, commit.origin);
    } else if (rc == BC_DONE) {
        rc = shared->ops->each_replica(shared->self, see_origin, out, err);
        if (rc >= 0)
            rc = rc == BC_NO ? BC_OK : BC_DONE;
    }
    bc_arena_free(arena);
    bc_buf_release(&bytes);
    return rc;
}

struct seeing {
    const bc_replica *replica;
    bc_status (*see)(void *payload, const struct bc_replica_report *report, struct bc_err *err);
    void *payload;
};

static bc_status see_text(void *payload, struct bc_str name, struct bc_str text, struct bc_err *err)
{
    const struct seeing *seeing = payload;
    struct bc_replica_report report = { .name = name };
    struct bc_str origin, lines, line;
    struct bc_head head;
    uint64_t at;

    if (bc_head_parse(&head, &origin, &lines, text, NULL) == BC_OK &&
        bc_str_eq(origin, bc_buf_str(&seeing->replica->origin)) && bc_line_take(&lines, &line) &&
        bc_str_begins(line, BC_STR("at ")) &&
        bc_decimal_read(&at, bc_str_part(line, 3, line.len)) && at <= INT64_MAX) {
        report.head = head;
        report.at_us = (int64_t)at;
    }
    return seeing->see(seeing->payload, &report, err);
}

bc_status bc_replica_each(bc_replica *replica,
                          bc_status (*see)(void *payload, const struct bc_replica_report *report,
                                           struct bc_err *err),
                          void *payload, struct bc_err *err)
{
    struct seeing seeing = { replica, see, payload };

    return replica->shared.ops->each_replica(replica->shared.self, see_text, &seeing, err);
}
