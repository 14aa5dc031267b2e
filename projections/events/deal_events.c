#include "projections/events/deal_events.h"

#include "ledger/base/search.h"
#include "ledger/record/codec.h"
#include "projections/timelines/deal_check.h"

#include <stdlib.h>

static bc_status read_events(struct bc_deal_events *out, bc_timelines *timelines,
                             const struct bc_visible *visible, bc_deal_check *check,
                             const uint64_t *seqs, size_t n, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *scratch = bc_arena_new();
    bc_status rc = BC_OK;

    out->at = bc_calloc(n, sizeof(*out->at));
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct bc_event event;
        struct bc_str kept;

        bc_arena_reset(scratch);
        rc = bc_log_get(bc_timelines_log(timelines), seqs[i], &event, &bytes, scratch, err);
        if (rc == BC_OK)
            rc = bc_deal_check_see(check, &event, err);
        if (rc < 0 || !bc_visible_has(visible, event.seq,
                                      event.has_source_recorded ? &event.source_recorded_us : NULL))
            continue;
        kept = bc_arena_copy(out->arena, bc_buf_str(&bytes));
        /* It was read without error before. */
        rc = bc_decode(&out->at[out->n++].event, kept, out->arena, err);
    }
    bc_arena_free(scratch);
    bc_buf_release(&bytes);
    return rc < 0 ? rc : bc_deal_check_end(check, err);
}

/* A retraction names an earlier event, so going from the last to the first, whether a retraction is
 * itself retracted is known when its turn comes. */
bc_status bc_fates_mark(struct bc_fate *fates, size_t n, bc_log *log, struct bc_err *err)
{
    for (size_t i = n; i-- > 0;) {
        uint64_t target, root;
        size_t at;
        bc_status rc;

        if (!fates[i].retracts || fates[i].by)
            continue;
        rc = bc_log_retraction(log, fates[i].seq, &target, &root, err);
        if (rc < 0)
            return rc;
        if (rc == BC_DONE)
            continue;
        BC_LOWER_BOUND(at, 0, i, fates[at].seq < target);
        if (at < i && fates[at].seq == target && !fates[at].by)
            fates[at].by = &fates[i];
    }
    return BC_OK;
}

/* Events are in the order of seq here. */
static bc_status mark_retracted(struct bc_deal_events *out, bc_log *log, struct bc_err *err)
{
    struct bc_fate *fates = bc_calloc(out->n, sizeof(*fates));
    bc_status rc;

    for (size_t i = 0; i < out->n; i++)
        fates[i] = (struct bc_fate){ .seq = out->at[i].event.seq,
                                     .retracts = out->at[i].event.body == BC_RETRACTED };
    rc = bc_fates_mark(fates, out->n, log, err);
    for (size_t i = 0; rc == BC_OK && i < out->n; i++) {
        if (!fates[i].by)
            continue;
        out->at[i].retracted_by = fates[i].by->seq;
        out->at[i].retraction = out->at[fates[i].by - fates].event.id;
    }
    free(fates);
    return rc;
}

static int in_fold_order(const void *a, const void *b)
{
    const struct bc_event *left = &((const struct bc_deal_event *)a)->event;
    const struct bc_event *right = &((const struct bc_deal_event *)b)->event;

    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

bc_status bc_deal_events_read(struct bc_deal_events *out, bc_timelines *timelines,
                              const struct bc_visible *visible, struct bc_str deal,
                              struct bc_err *err)
{
    bc_deal_check *check;
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc = bc_timelines_seqs(timelines, deal, &seqs, &n, err);

    if (rc < 0)
        return rc;
    check = bc_deal_check_new(timelines, deal, seqs, n);
    *out = (struct bc_deal_events){ .arena = bc_arena_new() };
    rc = read_events(out, timelines, visible, check, seqs, n, err);
    bc_deal_check_free(check);
    free(seqs);
    if (rc == BC_OK)
        rc = mark_retracted(out, bc_timelines_log(timelines), err);
    if (rc < 0) {
        bc_deal_events_release(out);
        return rc;
    }
    if (out->n > 1)
        qsort(out->at, out->n, sizeof(*out->at), in_fold_order);
    return BC_OK;
}

void bc_deal_events_release(struct bc_deal_events *events)
{
    free(events->at);
    bc_arena_free(events->arena);
    *events = (struct bc_deal_events){ 0 };
}

int64_t bc_deal_events_begin(const struct bc_deal_events *events, struct bc_str deal)
{
    for (size_t i = 0; i < events->n; i++)
        if (!events->at[i].retracted_by && bc_str_eq(events->at[i].event.deal, deal))
            return events->at[i].event.occurred_us;
    return BC_NEVER;
}
