#include "tools/export/counted.h"

#include "ledger/base/mem.h"
#include "ledger/base/search.h"

#include <stdlib.h>

struct retractions {
    uint64_t *seqs; /* ascending */
    bool *taken;    /* of each: it was taken back itself */
    size_t n, cap;
};

static bool is_known(const struct counted *counted, const struct bc_event *event)
{
    return bc_visible_has(&counted->visible, event->seq,
                          event->has_source_recorded ? &event->source_recorded_us : NULL);
}

static bool is_gone(const struct counted *counted, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, (size_t)0, counted->gone_n, counted->gone[at] < seq);
    return at < counted->gone_n && counted->gone[at] == seq;
}

typedef bc_status see_known(void *payload, const struct bc_event *event, struct bc_str stored,
                            struct bc_err *err);

static bc_status walk_known(const struct counted *counted, see_known *see, void *payload,
                            struct bc_err *err)
{
    const struct bc_event *event;
    struct bc_str stored;
    bc_cursor *cursor = NULL;
    bc_status rc =
        counted->last > 0 ? bc_cursor_open(&cursor, counted->log, 1, counted->last, err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, &stored, err);
        if (rc == BC_OK && is_known(counted, event))
            rc = see(payload, event, stored, err);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

static bc_status take_retraction(void *payload, const struct bc_event *event, struct bc_str stored,
                                 struct bc_err *err)
{
    struct retractions *all = payload;

    (void)stored;
    (void)err;
    if (event->body != BC_RETRACTED)
        return BC_OK;
    BC_GROW(all->seqs, all->n, all->cap);
    all->seqs[all->n++] = event->seq;
    return BC_OK;
}

static int seq_cmp(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

/* A retraction names an earlier event, so going from the last to the first, whether a retraction is
 * itself taken back is known when its turn comes. */
static bc_status find_gone(struct counted *counted, struct retractions *all, struct bc_err *err)
{
    bc_status rc = BC_OK;

    counted->gone = bc_reallocarray(NULL, all->n, sizeof(*counted->gone));
    all->taken = bc_calloc(all->n, sizeof(*all->taken));
    for (size_t i = all->n; rc >= 0 && i-- > 0;) {
        uint64_t target = 0, root = 0;
        size_t at;

        if (all->taken[i])
            continue;
        rc = bc_log_retraction(counted->log, all->seqs[i], &target, &root, err);
        if (rc != BC_OK)
            continue;
        counted->gone[counted->gone_n++] = target;
        BC_LOWER_BOUND(at, (size_t)0, i, all->seqs[at] < target);
        if (at < i && all->seqs[at] == target)
            all->taken[at] = true;
    }
    if (counted->gone_n > 1)
        qsort(counted->gone, counted->gone_n, sizeof(*counted->gone), seq_cmp);
    return rc < 0 ? rc : BC_OK;
}

/* Where each event goes: NULL if it counts, else what it is counted under. */
static uint64_t *out_of(const struct counted *counted, struct counted_out *out,
                        const struct bc_event *event)
{
    if (event->body == BC_RETRACTED)
        return &out->retractions;
    if (is_gone(counted, event->seq))
        return &out->retracted;
    if (event->occurred_us > counted->as_of_us)
        return &out->later;
    return event->body == BC_NO_BODY ? &out->unknown : NULL;
}

static bc_status count_one(void *payload, const struct bc_event *event, struct bc_str stored,
                           struct bc_err *err)
{
    struct counted *counted = payload;
    uint64_t *out = out_of(counted, &counted->out, event);

    (void)stored;
    (void)err;
    ++*(out ? out : &counted->n);
    return BC_OK;
}

bc_status counted_open(struct counted *out, bc_log *log, const struct bc_visible *visible,
                       int64_t as_of_us, struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    struct counted counted = { .log = log, .visible = *visible, .as_of_us = as_of_us };
    struct retractions all = { 0 };
    bc_status rc;

    counted.last =
        visible->asked && !visible->by_source && visible->seq < size ? visible->seq : size;
    rc = walk_known(&counted, take_retraction, &all, err);
    if (rc == BC_OK)
        rc = find_gone(&counted, &all, err);
    if (rc == BC_OK)
        rc = walk_known(&counted, count_one, &counted, err);
    free(all.seqs);
    free(all.taken);
    if (rc == BC_OK)
        *out = counted;
    else
        counted_release(&counted);
    return rc;
}

void counted_release(struct counted *counted)
{
    free(counted->gone);
    *counted = (struct counted){ 0 };
}

struct walking {
    const struct counted *counted;
    counted_see *see;
    void *payload;
};

static bc_status see_counted(void *payload, const struct bc_event *event, struct bc_str stored,
                             struct bc_err *err)
{
    const struct walking *walking = payload;
    struct counted_out none;

    return out_of(walking->counted, &none, event)
               ? BC_OK
               : walking->see(walking->payload, event, stored, err);
}

bc_status counted_walk(const struct counted *counted, counted_see *see, void *payload,
                       struct bc_err *err)
{
    struct walking walking = { counted, see, payload };

    return walk_known(counted, see_counted, &walking, err);
}
