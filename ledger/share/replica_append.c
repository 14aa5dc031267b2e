/* Appends through the shared log: settled here, sent there, and written here once they are there.
 */
#include "ledger/log/append_via.h"
#include "ledger/share/contents.h"
#include "ledger/share/replica_impl.h"

enum { TRIES = 100 }; /* each of them lost to somebody else */

static bc_status send_record(void *payload, struct bc_str record, struct bc_err *err)
{
    return bc_outgoing_add(payload, record, err);
}

static bc_status send_beside(struct bc_outgoing *out, const struct bc_batch *beside,
                             struct bc_err *err)
{
    const char *bytes = beside->bytes.at;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < beside->n; i++) {
        const struct bc_batch_entry *entry = &beside->entries[i];

        rc = bc_outgoing_add(out, (struct bc_str){ bytes + entry->key_at, entry->key_len }, err);
        if (rc == BC_OK)
            rc = bc_outgoing_add(out, (struct bc_str){ bytes + entry->value_at, entry->value_len },
                                 err);
    }
    return rc;
}

/* BC_DONE: another commit is there. */
static bc_status send(bc_replica *replica, bc_append *append, struct bc_err *err)
{
    struct bc_outgoing out;
    char position[BC_POSITION_LEN];
    uint64_t at = 0;
    bc_status rc = bc_outgoing_begin(&out, &replica->shared, err);

    out.commit.origin = bc_buf_str(&replica->origin);
    out.commit.writer = bc_buf_str(&replica->name);
    out.commit.first = bc_log_head(replica->log)->size + 1;
    out.commit.count = bc_append_sum(append).added;
    if (rc == BC_OK)
        rc = bc_append_settle(append, &out.commit.head, &out.commit.recorded_us, err);
    if (rc == BC_OK)
        rc = bc_append_each_record(append, send_record, &out, err);
    if (rc == BC_OK)
        rc = send_beside(&out, bc_append_beside(append), err);
    if (rc == BC_OK)
        rc = bc_outgoing_commit(&out, replica->position, &at, err);
    bc_outgoing_release(&out);
    if (rc == BC_OK) {
        replica->position = at;
        bc_share_position_put(position, at);
        bc_append_put_share(append, (struct bc_str){ position, sizeof(position) });
    }
    return rc;
}

/* Somebody was faster: takes what is new, and the append's events on top of it. */
static bc_status take_up_again(bc_replica *replica, bc_append *append, struct bc_err *err)
{
    struct bc_buf before = { 0 }, after = { 0 };
    bc_status rc = bc_append_beside_now(append, &before, err);

    bc_append_step_back(append);
    if (rc == BC_OK)
        rc = bc_replica_catch_up(replica, NULL, NULL, err);
    if (rc == BC_OK)
        rc = bc_append_beside_now(append, &after, err);
    if (rc == BC_OK && !bc_str_eq(bc_buf_str(&before), bc_buf_str(&after)))
        rc = bc_err_set(err, BC_E_BUSY,
                        "another machine has imported from the same source meanwhile; nothing was "
                        "appended: run the same command again");
    bc_buf_release(&before);
    bc_buf_release(&after);
    if (rc < 0)
        return rc;
    rc = bc_append_take_up(append, err);
    return rc < 0 ? bc_err_in(err, rc, "after what another machine appended meanwhile") : rc;
}

static bc_status commit(void *payload, bc_append *append, struct bc_err *err)
{
    bc_replica *replica = payload;
    bc_status rc = BC_DONE;

    for (int i = 0; rc == BC_DONE && i < TRIES; i++) {
        if (bc_append_sum(append).added == 0 && bc_append_beside(append)->n == 0)
            return bc_append_write(append, err);
        rc = send(replica, append, err);
        if (rc != BC_DONE)
            break;
        rc = take_up_again(replica, append, err);
        if (rc == BC_OK)
            rc = BC_DONE;
    }
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_BUSY,
                          "other machines were faster %d times; nothing was appended: run the same "
                          "command again",
                          TRIES);
    replica->unreached = rc == BC_E_REMOTE;
    return rc == BC_OK ? bc_append_write(append, err) : rc;
}

static void free_replica(void *payload)
{
    bc_replica *replica = payload;

    if (replica->last)
        replica->last(replica->payload, replica);
    bc_replica_free(replica);
}

void bc_replica_appends(bc_replica *replica, void (*last)(void *payload, bc_replica *replica),
                        void *payload)
{
    const struct bc_append_via via = { commit, free_replica, replica };

    replica->last = last;
    replica->payload = payload;
    bc_log_append_via(replica->log, &via);
}
