#include "ledger/log/append_known.h"

enum { STEPS_MOST = 512 }; /* records that are walked over rather than sought behind */

static void forget_walk(struct bc_known *known)
{
    bc_iter_free(known->iter);
    known->iter = NULL;
    known->seq = 0;
}

void bc_known_release(struct bc_known *known)
{
    forget_walk(known);
    bc_buf_release(&known->again);
}

/* Puts the next record in front; at the end of the log there is none. */
static bc_status step(struct bc_known *known, struct bc_err *err)
{
    struct bc_str key, record;
    uint64_t seq;
    int64_t recorded_us;
    bc_status rc;

    known->seq = 0;
    if (known->next > known->log->head.size)
        return BC_OK;
    rc = bc_iter_next(known->iter, &key, &record, err);
    if (rc < 0)
        return rc;
    if (rc == BC_DONE || !bc_decode_prefix(&known->content, &seq, &recorded_us, record) ||
        seq != known->next)
        return bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)known->next);
    known->seq = known->next++;
    return BC_OK;
}

static bc_status bring_in_front(struct bc_known *known, uint64_t seq, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!known->iter || seq < known->next - 1 || seq - known->next > STEPS_MOST) {
        char key[BC_SEQ_LEN];

        forget_walk(known);
        bc_put_u64(key, seq);
        rc = bc_iter_open(&known->iter, known->log->store, BC_LOG,
                          (struct bc_str){ key, sizeof(key) }, err);
        known->next = seq;
    }
    while (rc == BC_OK && known->next <= seq)
        rc = step(known, err);
    return rc;
}

/* One written by another version may hold the same in another order; read and written anew it is
 * comparable. */
static bc_status same_anew(struct bc_known *known, struct bc_str content, bool *out,
                           struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    bc_status rc = bc_decode(&event, known->content, arena, NULL);

    if (rc < 0) {
        rc = bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)known->seq);
    } else {
        known->again.len = 0;
        bc_encode_content(&known->again, &event);
        *out = bc_str_eq(bc_buf_str(&known->again), content);
    }
    bc_arena_free(arena);
    return rc;
}

bc_status bc_known_look_up(struct bc_known *known, uint64_t *seq, struct bc_str id,
                           struct bc_str content, struct bc_err *err)
{
    bool same = true;
    bc_status rc;

    if (known->log->head.size == 0)
        return BC_OK;
    if (known->seq == 0 || !bc_str_eq(known->content, content)) {
        rc = bc_log_find(known->log, id, seq, err);
        if (rc != BC_OK)
            return rc == BC_DONE ? BC_OK : rc;
        rc = bring_in_front(known, *seq, err);
        if (rc == BC_OK && !bc_str_eq(known->content, content))
            rc = same_anew(known, content, &same, err);
        if (rc < 0)
            return rc;
        if (!same)
            return BC_E_CONFLICT;
    }
    *seq = known->seq;
    rc = step(known, err);
    return rc < 0 ? rc : BC_DONE;
}
