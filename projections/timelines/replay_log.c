#include "projections/timelines/replay_log.h"

#include <stdlib.h>

struct bc_rows {
    struct bc_deal_rows *deals;
    size_t n, cap;
    bc_arena *arena;
};

static bc_status keep(bc_rows *rows, const bc_segment *segment, struct bc_err *err)
{
    bc_segment_walk *walk = NULL;
    struct bc_deal_rows deal;
    bc_status rc = bc_segment_walk_open(&walk, segment, (struct bc_str){ 0 }, err);

    while (rc == BC_OK) {
        rc = bc_segment_walk_next(walk, &deal, err);
        if (rc != BC_OK)
            break;
        BC_GROW(rows->deals, rows->n, rows->cap);
        rows->deals[rows->n++] = (struct bc_deal_rows){ bc_arena_copy(rows->arena, deal.deal),
                                                        bc_arena_copy(rows->arena, deal.seqs),
                                                        bc_arena_copy(rows->arena, deal.facts) };
    }
    bc_segment_walk_free(walk);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_rows_read(bc_rows **out, bc_log *log, uint64_t first, uint64_t last,
                       bc_string_table *strings, struct bc_err *err)
{
    bc_segment *segment = bc_segment_new(log, strings, 0);
    bc_rows *rows = bc_calloc(1, sizeof(*rows));
    bc_status rc = bc_segment_read(segment, first, last, 1, err);

    rows->arena = bc_arena_new();
    if (rc == BC_OK)
        rc = bc_segment_end(segment, err);
    if (rc == BC_OK)
        rc = keep(rows, segment, err);
    bc_segment_free(segment);
    if (rc < 0) {
        bc_rows_free(rows);
        return rc;
    }
    *out = rows;
    return BC_OK;
}

void bc_rows_free(bc_rows *rows)
{
    if (!rows)
        return;
    free(rows->deals);
    bc_arena_free(rows->arena);
    free(rows);
}

const struct bc_deal_rows *bc_rows_all(const bc_rows *rows, size_t *out_n)
{
    *out_n = rows->n;
    return rows->deals;
}

const struct bc_deal_rows *bc_rows_find(const bc_rows *rows, struct bc_str deal)
{
    size_t low = 0, high = rows->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bc_str_cmp(rows->deals[middle].deal, deal) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows->n && bc_str_eq(rows->deals[low].deal, deal) ? &rows->deals[low] : NULL;
}
