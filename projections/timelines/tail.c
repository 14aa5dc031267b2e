#include "projections/timelines/tail.h"

#include "ledger/base/search.h"

#include <stdlib.h>

struct bc_tail {
    struct bc_deal_rows *deals;
    size_t n, cap;
    bc_arena *arena;
};

static bc_status keep(bc_tail *tail, const bc_segment *segment, struct bc_err *err)
{
    bc_segment_walk *walk = NULL;
    struct bc_deal_rows deal;
    bc_status rc = bc_segment_walk_open(&walk, segment, (struct bc_str){ 0 }, err);

    while (rc == BC_OK) {
        rc = bc_segment_walk_next(walk, &deal, err);
        if (rc != BC_OK)
            break;
        BC_GROW(tail->deals, tail->n, tail->cap);
        tail->deals[tail->n++] = (struct bc_deal_rows){ bc_arena_copy(tail->arena, deal.deal),
                                                        bc_arena_copy(tail->arena, deal.seqs),
                                                        bc_arena_copy(tail->arena, deal.facts),
                                                        bc_arena_copy(tail->arena, deal.learning) };
    }
    bc_segment_walk_free(walk);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_tail_read(bc_tail **out, bc_log *log, uint64_t first, uint64_t last,
                       bc_string_table *strings, struct bc_err *err)
{
    bc_segment *segment = bc_segment_new(log, strings, 0);
    bc_tail *tail = bc_calloc(1, sizeof(*tail));
    bc_status rc = bc_segment_read(segment, first, last, 1, err);

    tail->arena = bc_arena_new();
    if (rc == BC_OK)
        rc = bc_segment_end(segment, err);
    if (rc == BC_OK)
        rc = keep(tail, segment, err);
    bc_segment_free(segment);
    if (rc < 0) {
        bc_tail_free(tail);
        return rc;
    }
    *out = tail;
    return BC_OK;
}

void bc_tail_free(bc_tail *tail)
{
    if (!tail)
        return;
    free(tail->deals);
    bc_arena_free(tail->arena);
    free(tail);
}

const struct bc_deal_rows *bc_tail_all(const bc_tail *tail, size_t *out_n)
{
    *out_n = tail->n;
    return tail->deals;
}

const struct bc_deal_rows *bc_tail_find(const bc_tail *tail, struct bc_str deal)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, tail->n, bc_str_cmp(tail->deals[at].deal, deal) < 0);
    return at < tail->n && bc_str_eq(tail->deals[at].deal, deal) ? &tail->deals[at] : NULL;
}
