#include "tools/cmd/share_replicas.h"

#include <stdlib.h>

struct reading {
    struct share_replicas *out;
    const struct share_opened *opened;
    uint64_t shared_size;
    int64_t now_us;
};

/* --- one --- */

/* The last event that it has was recorded by a clock, which may be another one's: where that is far
 * after its own, one of the two is wrong, and it knows of the event. */
static bc_status check_behind(struct share_one *one, bc_log *log, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    bc_status rc = BC_OK;

    if (one->head.size > 0 && one->head.size <= bc_log_head(log)->size) {
        rc = bc_log_get(log, one->head.size, &event, &bytes, arena, err);
        if (rc == BC_OK && bc_log_in_future(event.recorded_us, one->reported_us))
            one->clock_us = one->reported_us - event.recorded_us;
    }
    bc_arena_free(arena);
    bc_buf_release(&bytes);
    return rc;
}

static bc_status check_fit(struct share_one *one, bc_log *log, uint64_t shared_size,
                           struct bc_err *err)
{
    struct bc_head then;
    bc_status rc = BC_OK;

    one->fit = one->head.size == shared_size  ? SHARE_LEVEL
               : one->head.size < shared_size ? SHARE_BEHIND
                                              : SHARE_AHEAD;
    if (one->head.size > bc_log_head(log)->size)
        return BC_OK; /* not known here */
    rc = bc_log_head_at(log, one->head.size, &then, err);
    if (rc == BC_OK && !bc_head_eq(&then, &one->head))
        one->fit = SHARE_DIFFERS;
    return rc;
}

static struct share_one *add(struct share_replicas *replicas, struct bc_str name)
{
    struct share_one *one;

    BC_GROW(replicas->at, replicas->n, replicas->cap);
    one = &replicas->at[replicas->n++];
    *one = (struct share_one){ .name = bc_arena_copy(replicas->arena, name) };
    return one;
}

static bc_status see(void *payload, const struct bc_replica_report *report, struct bc_err *err)
{
    const struct reading *reading = payload;
    bc_log *log = reading->opened->log;
    struct share_one *one = add(reading->out, report->name);
    bc_status rc = BC_OK;

    one->reported_us = report->at_us;
    one->self = bc_str_eq(report->name, bc_str_of(reading->opened->share.is.replica));
    one->head = one->self ? *bc_log_head(log) : report->head;
    if (report->at_us == 0 && !one->self) {
        one->fit = SHARE_UNREAD;
        return BC_OK;
    }
    rc = check_fit(one, log, reading->shared_size, err);
    if (rc == BC_OK && !one->self && one->fit != SHARE_DIFFERS) {
        if (bc_log_in_future(one->reported_us, reading->now_us))
            one->clock_us = one->reported_us - reading->now_us;
        else
            rc = check_behind(one, log, err);
    }
    return rc;
}

/* --- all --- */

static int by_name(const void *a, const void *b)
{
    return bc_str_cmp(((const struct share_one *)a)->name, ((const struct share_one *)b)->name);
}

/* Where it has never reported. */
static bc_status add_self(const struct reading *reading, struct bc_err *err)
{
    const struct bc_str name = bc_str_of(reading->opened->share.is.replica);
    struct share_one *one;

    for (size_t i = 0; i < reading->out->n; i++)
        if (reading->out->at[i].self)
            return BC_OK;
    one = add(reading->out, name);
    one->self = true;
    one->head = *bc_log_head(reading->opened->log);
    return check_fit(one, reading->opened->log, reading->shared_size, err);
}

bc_status share_replicas_read(struct share_replicas *out, const struct share_opened *opened,
                              uint64_t shared_size, int64_t now_us, struct bc_err *err)
{
    struct reading reading = { out, opened, shared_size, now_us };
    bc_status rc;

    out->arena = bc_arena_new();
    rc = bc_replica_each(opened->replica, see, &reading, err);
    if (rc >= 0)
        rc = add_self(&reading, err);
    qsort(out->at, out->n, sizeof(*out->at), by_name);
    return rc;
}

void share_replicas_release(struct share_replicas *replicas)
{
    free(replicas->at);
    bc_arena_free(replicas->arena);
    *replicas = (struct share_replicas){ 0 };
}

/* --- what most of them have --- */

size_t share_majority(size_t n)
{
    return n / 2 + 1;
}

static int descending(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x < y) - (x > y);
}

uint64_t share_held(const struct share_replicas *replicas, bool others)
{
    uint64_t *sizes = bc_calloc(replicas->n + 1, sizeof(*sizes));
    uint64_t held = 0;
    size_t n = 0;

    for (size_t i = 0; i < replicas->n; i++) {
        const struct share_one *one = &replicas->at[i];

        if (others && one->self)
            continue;
        sizes[n++] = one->fit == SHARE_DIFFERS || one->fit == SHARE_UNREAD ? 0 : one->head.size;
    }
    if (n) {
        qsort(sizes, n, sizeof(*sizes), descending);
        held = sizes[share_majority(n) - 1];
    }
    free(sizes);
    return held;
}
