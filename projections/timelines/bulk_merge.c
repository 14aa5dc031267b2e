/* Two halves, each on a thread of its own, of about as many deals:
 *
 *   half 0   ""  ..  middle   -> timelines-0, deals-0, learning-0
 *   half 1   middle ..        -> timelines-1, deals-1, learning-1 */
#include "projections/timelines/bulk_merge.h"

#include "ledger/base/parallel.h"

#include <stdlib.h>

enum { HALF_N = 2, KIND_N = 3 };

/* One family in one half. */
struct target {
    bc_bulk *bulk;
    bc_iter *iter; /* over what the family holds; NULL: nothing that counts */
    struct bc_str key, value;
    bool have;
    struct bc_buf joined;
};

struct half {
    bc_segment_walk *walk;
    struct bc_buf end; /* the first deal after it; empty: none */
    struct target targets[KIND_N];
    struct bc_timelines_sum facts, seqs, none, learning; /* over what is new */
};

struct bc_bulk_merge {
    struct half halves[HALF_N];
};

static bool is_before_end(const struct half *half, struct bc_str deal)
{
    return half->end.len == 0 || bc_str_cmp(deal, bc_buf_str(&half->end)) < 0;
}

static bc_status next_held(const struct half *half, struct target *target, struct bc_err *err)
{
    bc_status rc =
        target->iter ? bc_iter_next(target->iter, &target->key, &target->value, err) : BC_DONE;

    target->have = rc == BC_OK && is_before_end(half, target->key);
    return rc < 0 ? rc : BC_OK;
}

static bc_status copy_held(const struct half *half, struct target *target, struct bc_err *err)
{
    bc_status rc = bc_bulk_add(target->bulk, target->key, target->value, err);

    return rc < 0 ? rc : next_held(half, target, err);
}

/* Adds to a deal, after what is held of it and of the deals before it. */
static bc_status put(const struct half *half, struct target *target, struct bc_str deal,
                     struct bc_str bytes, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (bytes.len == 0)
        return BC_OK;
    while (rc == BC_OK && target->have && bc_str_cmp(target->key, deal) < 0)
        rc = copy_held(half, target, err);
    if (rc < 0 || !target->have || !bc_str_eq(target->key, deal))
        return rc < 0 ? rc : bc_bulk_add(target->bulk, deal, bytes, err);
    target->joined.len = 0;
    bc_buf_add_str(&target->joined, target->value);
    bc_buf_add_str(&target->joined, bytes);
    rc = bc_bulk_add(target->bulk, deal, bc_buf_str(&target->joined), err);
    return rc < 0 ? rc : next_held(half, target, err);
}

static bc_status fill(void *payload, size_t i, struct bc_err *err)
{
    struct half *half = &((bc_bulk_merge *)payload)->halves[i];
    struct bc_deal_rows rows;
    bc_status rc = BC_OK;

    for (size_t k = 0; rc == BC_OK && k < KIND_N; k++)
        rc = next_held(half, &half->targets[k], err);
    while (rc == BC_OK) {
        rc = bc_segment_walk_next(half->walk, &rows, err);
        if (rc != BC_OK || !is_before_end(half, rows.deal))
            break;
        (void)bc_timelines_sum_facts(&half->facts, rows.deal, rows.facts);
        if (rows.deal.len == 0)
            (void)bc_timelines_sum_facts(&half->none, rows.deal, rows.facts);
        (void)bc_timelines_sum_seqs(&half->seqs, rows.deal, rows.seqs);
        (void)bc_timelines_sum_facts(&half->learning, rows.deal, rows.learning);
        rc = put(half, &half->targets[0], rows.deal, rows.facts, err);
        if (rc == BC_OK)
            rc = put(half, &half->targets[1], rows.deal, rows.seqs, err);
        if (rc == BC_OK)
            rc = put(half, &half->targets[2], rows.deal, rows.learning, err);
    }
    rc = rc < 0 ? rc : BC_OK;
    for (size_t k = 0; k < KIND_N; k++)
        while (rc == BC_OK && half->targets[k].have)
            rc = copy_held(half, &half->targets[k], err);
    return rc;
}

/* Everything that is opened here is opened by one thread. */
static bc_status open_half(struct half *half, size_t i, bc_log *log, const bc_segment *segment,
                           bool held, struct bc_err *err)
{
    static const struct {
        enum bc_family family;
        const char *names[HALF_N];
    } kinds[KIND_N] = { { BC_TIMELINES, { "timelines-0", "timelines-1" } },
                        { BC_DEALS, { "deals-0", "deals-1" } },
                        { BC_LEARNING, { "learning-0", "learning-1" } } };
    const struct bc_str first = i ? bc_segment_middle(segment) : (struct bc_str){ 0 };
    bc_store *store = bc_log_store(log);
    bc_status rc = bc_segment_walk_open(&half->walk, segment, first, err);

    if (i == 0)
        bc_buf_add_str(&half->end, bc_segment_middle(segment));
    for (size_t k = 0; rc == BC_OK && k < KIND_N; k++) {
        rc = bc_bulk_open(&half->targets[k].bulk, store, kinds[k].family, kinds[k].names[i], err);
        if (rc == BC_OK && held)
            rc = bc_iter_open(&half->targets[k].iter, store, kinds[k].family, first, err);
    }
    return rc;
}

/* The iterators release the families, which are emptied next. */
static void close_reading(struct half *half)
{
    bc_segment_walk_free(half->walk);
    half->walk = NULL;
    for (size_t k = 0; k < KIND_N; k++) {
        bc_iter_free(half->targets[k].iter);
        half->targets[k].iter = NULL;
    }
}

bc_status bc_bulk_merge_make(bc_bulk_merge **out, bc_log *log, const bc_segment *segment,
                             struct bc_position *position, struct bc_err *err)
{
    bc_bulk_merge *merge = bc_calloc(1, sizeof(*merge));
    const size_t n = bc_segment_middle(segment).len ? HALF_N : 1;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++)
        rc = open_half(&merge->halves[i], i, log, segment, position->seq > 0, err);
    if (rc == BC_OK)
        rc = bc_parallel(bc_log_threads(log), n, fill, merge, err);
    for (size_t i = 0; i < n; i++) {
        close_reading(&merge->halves[i]);
        bc_timelines_sum_join(&position->facts, &merge->halves[i].facts);
        bc_timelines_sum_join(&position->none, &merge->halves[i].none);
        bc_timelines_sum_join(&position->seqs, &merge->halves[i].seqs);
        bc_timelines_sum_join(&position->learning, &merge->halves[i].learning);
    }
    if (rc < 0) {
        bc_bulk_merge_free(merge);
        return rc;
    }
    *out = merge;
    return BC_OK;
}

bc_status bc_bulk_merge_ingest(bc_bulk_merge *merge, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; i < HALF_N; i++)
        for (size_t k = 0; rc == BC_OK && k < KIND_N; k++)
            if (merge->halves[i].targets[k].bulk)
                rc = bc_bulk_ingest(merge->halves[i].targets[k].bulk, err);
    return rc;
}

void bc_bulk_merge_free(bc_bulk_merge *merge)
{
    if (!merge)
        return;
    for (size_t i = 0; i < HALF_N; i++) {
        struct half *half = &merge->halves[i];

        close_reading(half);
        bc_buf_release(&half->end);
        for (size_t k = 0; k < KIND_N; k++) {
            bc_bulk_free(half->targets[k].bulk);
            bc_buf_release(&half->targets[k].joined);
        }
    }
    free(merge);
}
