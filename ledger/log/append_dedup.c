#include "ledger/log/append_dedup.h"

enum { STEPS_MOST = 512 }; /* so many records are skipped by walking; beyond that it seeks */

static void forget_walk(struct bc_dedup *dedup)
{
    bc_iter_free(dedup->iter);
    dedup->iter = NULL;
    dedup->seq = 0;
}

void bc_dedup_release(struct bc_dedup *dedup)
{
    forget_walk(dedup);
    bc_buf_release(&dedup->again);
}

/* Moves to the next record; at the end of the log there is none. */
static bc_status step(struct bc_dedup *dedup, struct bc_err *err)
{
    struct bc_str key, record;
    uint64_t seq;
    int64_t recorded_us;
    bc_status rc;

    dedup->seq = 0;
    if (dedup->next > dedup->log->head.size)
        return BC_OK;
    rc = bc_iter_next(dedup->iter, &key, &record, err);
    if (rc < 0)
        return rc;
    if (rc == BC_DONE || !bc_decode_prefix(&dedup->content, &seq, &recorded_us, record) ||
        seq != dedup->next)
        return bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)dedup->next);
    dedup->seq = dedup->next++;
    return BC_OK;
}

static bc_status bring_to(struct bc_dedup *dedup, uint64_t seq, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!dedup->iter || seq < dedup->next - 1 || seq - dedup->next > STEPS_MOST) {
        char key[BC_SEQ_LEN];

        forget_walk(dedup);
        bc_put_u64(key, seq);
        rc = bc_iter_open(&dedup->iter, dedup->log->store, BC_LOG,
                          (struct bc_str){ key, sizeof(key) }, err);
        dedup->next = seq;
    }
    while (rc == BC_OK && dedup->next <= seq)
        rc = step(dedup, err);
    return rc;
}

/* One written by another version may hold the same in another order; read and written anew it is
 * comparable. */
static bc_status same_anew(struct bc_dedup *dedup, struct bc_str content, bool *out,
                           struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    bc_status rc = bc_decode(&event, dedup->content, arena, NULL);

    if (rc < 0) {
        rc = bc_err_damaged(err, "event %llu cannot be read", (unsigned long long)dedup->seq);
    } else {
        dedup->again.len = 0;
        bc_encode_content(&dedup->again, &event);
        *out = bc_str_eq(bc_buf_str(&dedup->again), content);
    }
    bc_arena_free(arena);
    return rc;
}

bc_status bc_dedup_look_up(struct bc_dedup *dedup, uint64_t *seq, struct bc_str id,
                           struct bc_str content, struct bc_err *err)
{
    bool same = true;
    bc_status rc;

    if (dedup->log->head.size == 0)
        return BC_OK;
    if (dedup->seq == 0 || !bc_str_eq(dedup->content, content)) {
        rc = bc_log_find(dedup->log, id, seq, err);
        if (rc != BC_OK)
            return rc == BC_DONE ? BC_OK : rc;
        rc = bring_to(dedup, *seq, err);
        if (rc == BC_OK && !bc_str_eq(dedup->content, content))
            rc = same_anew(dedup, content, &same, err);
        if (rc < 0)
            return rc;
        if (!same)
            return BC_E_CONFLICT;
    }
    *seq = dedup->seq;
    rc = step(dedup, err);
    return rc < 0 ? rc : BC_DONE;
}
