#include "ledger/share/replica.h"

#include "ledger/share/replica_impl.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WAIT_MS = 10000 }; /* for a commit that is known to be there */

bool bc_replica_name_good(struct bc_str name)
{
    if (name.len == 0 || name.len > BC_REPLICA_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.at[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '_')
            return false;
    }
    return true;
}

bc_replica *bc_replica_new(bc_log *log, const bc_shared_log *shared, const struct bc_replica_as *as)
{
    bc_replica *replica = bc_calloc(1, sizeof(*replica));

    replica->log = log;
    replica->shared = *shared;
    bc_buf_add_str(&replica->origin, as->origin);
    bc_buf_add_str(&replica->name, as->name);
    replica->local = bc_local_log_new(log, as->origin, as->name);
    return replica;
}

void bc_replica_free(bc_replica *replica)
{
    if (!replica)
        return;
    replica->shared.ops->close(replica->shared.self);
    bc_local_log_free(replica->local);
    bc_buf_release(&replica->origin);
    bc_buf_release(&replica->name);
    free(replica);
}

/* --- both sides --- */

static bc_status shorter(const struct bc_replica_state *state, struct bc_err *err)
{
    return bc_err_set(err, BC_E_DAMAGED,
                      "the shared log ends at event %" PRIu64 ", this replica at %" PRIu64
                      ": it has lost its end; `backcast share repair` puts it back",
                      state->shared.size, state->here.size);
}

/* Whether the shared log has the events that are here, up to a head of it. */
static bc_status compare_roots(const bc_replica *replica, const struct bc_head *shared,
                               struct bc_err *err)
{
    struct bc_head then;
    bc_status rc = bc_log_head_at(replica->log, shared->size, &then, err);

    if (rc == BC_OK && !bc_head_eq(&then, shared))
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the first %" PRIu64
                        " events of the shared log are not those of this replica: "
                        "the roots differ, and nothing was taken or appended",
                        shared->size);
    return rc;
}

static bc_status read_last(bc_replica *replica, struct bc_replica_state *out, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_commit commit;
    bc_status rc = replica->shared.ops->last(replica->shared.self, &out->position, &bytes, err);

    if (rc == BC_OK)
        rc = bc_commit_decode(&commit, bc_buf_str(&bytes), arena, err);
    if (rc == BC_OK && !bc_str_eq(commit.origin, bc_buf_str(&replica->origin)))
        rc = bc_err_set(err, BC_E_DAMAGED, "the shared log is of the ledger %.*s, this is %.*s",
                        BC_STR_ARG(commit.origin), BC_STR_ARG(bc_buf_str(&replica->origin)));
    if (rc == BC_OK)
        out->shared = commit.head;
    bc_arena_free(arena);
    bc_buf_release(&bytes);
    return rc;
}

bc_status bc_replica_compare(bc_replica *replica, struct bc_replica_state *out, struct bc_err *err)
{
    bc_status rc;

    *out = (struct bc_replica_state){ .here = *bc_log_head(replica->log) };
    rc = read_last(replica, out, err);
    if (rc < 0 || rc == BC_DONE || out->shared.size > out->here.size)
        return rc < 0 ? rc : BC_OK;
    return compare_roots(replica, &out->shared, err);
}

/* --- taking --- */

struct taking {
    bc_replica *replica;
    uint64_t until;  /* the position to be reached */
    bool from_start; /* it was begun anew, since the place to go on from was none */
};

/* Reads on from the first commit. */
static bc_status start_over(struct taking *taking, struct bc_err *err)
{
    if (taking->from_start)
        return bc_err_set(err, BC_E_DAMAGED,
                          "the shared log begins after event %" PRIu64
                          ", with which this replica ends: events are missing there; "
                          "`backcast share repair` on a replica that has them puts them back",
                          bc_log_head(taking->replica->log)->size);
    taking->from_start = true;
    taking->replica->position = 0;
    return BC_OK;
}

static bc_status take_next(struct taking *taking, unsigned wait_ms, struct bc_err *err)
{
    bc_replica *replica = taking->replica;
    struct bc_buf bytes = { 0 };
    uint64_t position = 0;
    bc_status rc = replica->shared.ops->read(replica->shared.self, replica->position, wait_ms,
                                             &position, &bytes, err);

    if (rc == BC_OK)
        rc = bc_local_log_take(replica->local, &replica->shared, position, bc_buf_str(&bytes), err);
    if (rc == BC_OK)
        replica->position = position;
    else if (rc == BC_NO)
        rc = start_over(taking, err);
    bc_buf_release(&bytes);
    return rc;
}

/* A fault is in one of several commits that are written together: once more, each for itself. */
static bc_status take_singly(struct taking *taking, struct bc_err *err)
{
    bc_local_log_singly(taking->replica->local);
    return bc_local_log_position(taking->replica->local, &taking->replica->position, err);
}

static bc_status take_until(struct taking *taking, void (*progress)(void *payload, uint64_t size),
                            void *payload, struct bc_err *err)
{
    bc_replica *replica = taking->replica;
    bc_status rc = BC_OK;

    while (rc == BC_OK && replica->position < taking->until) {
        rc = take_next(taking, WAIT_MS, err);
        if (rc == BC_DONE)
            return bc_err_set(err, BC_E_REMOTE,
                              "the shared log has a commit at %" PRIu64
                              " and gives none after %" PRIu64,
                              taking->until, replica->position);
        if (rc == BC_OK && progress)
            progress(payload, bc_log_head(replica->log)->size);
    }
    return rc < 0 ? rc : bc_local_log_flush(replica->local, err);
}

static bc_status go_on_from(bc_replica *replica, uint64_t until, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (replica->position == 0)
        rc = bc_local_log_position(replica->local, &replica->position, err);
    if (replica->position > until) /* of a log that was made anew since */
        replica->position = 0;
    return rc;
}

/* BC_DONE: no commit after `position` ends within what is here. */
static bc_status check_next(bc_replica *replica, uint64_t *position, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_commit commit;
    bc_status rc =
        replica->shared.ops->read(replica->shared.self, *position, 0, position, &bytes, err);

    if (rc == BC_OK)
        rc = bc_commit_decode(&commit, bc_buf_str(&bytes), arena, err);
    if (rc == BC_OK)
        rc = commit.head.size > bc_log_head(replica->log)->size
                 ? BC_DONE
                 : compare_roots(replica, &commit.head, err);
    bc_arena_free(arena);
    bc_buf_release(&bytes);
    return rc;
}

bc_status bc_replica_check(bc_replica *replica, struct bc_replica_state *out, struct bc_err *err)
{
    bc_status rc = bc_replica_compare(replica, out, err);

    if (rc < 0 || out->shared.size <= out->here.size)
        return rc;
    rc = go_on_from(replica, out->position, err);
    for (uint64_t position = replica->position; rc == BC_OK;)
        rc = check_next(replica, &position, err);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_replica_catch_up(bc_replica *replica, void (*progress)(void *payload, uint64_t size),
                              void *payload, struct bc_err *err)
{
    const uint64_t before = bc_log_head(replica->log)->size;
    struct bc_replica_state state;
    struct taking taking = { .replica = replica };
    bc_status rc = bc_replica_compare(replica, &state, err);

    if (rc == BC_OK && state.shared.size < state.here.size)
        rc = shorter(&state, err);
    if (rc == BC_OK)
        rc = go_on_from(replica, state.position, err);
    if (rc < 0)
        return rc;
    taking.until = state.position;
    rc = take_until(&taking, progress, payload, err);
    if (rc == BC_E_DAMAGED && !bc_local_log_is_single(replica->local)) {
        rc = take_singly(&taking, err);
        if (rc == BC_OK)
            rc = take_until(&taking, progress, payload, err);
    }
    replica->taken += bc_log_head(replica->log)->size - before;
    return rc;
}

uint64_t bc_replica_taken(const bc_replica *replica)
{
    return replica->taken;
}

uint64_t bc_replica_passed_over(const bc_replica *replica)
{
    return replica->shared.ops->passed_over(replica->shared.self);
}
