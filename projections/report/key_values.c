#include "projections/report/key_values.h"

#include <stdlib.h>

void bc_key_values_release(struct bc_key_values *values)
{
    for (size_t i = 0; i < values->n; i++)
        free(values->slices[i]);
    free(values->slices);
    free(values->at);
    free(values->old);
    bc_table_release(&values->table);
    bc_arena_free(values->arena);
    *values = (struct bc_key_values){ 0 };
}

static uint32_t number_of(struct bc_key_values *values, struct bc_str value)
{
    const uint64_t hash = bc_str_hash(value);
    struct bc_table_probe probe = bc_table_find(&values->table, hash);
    uint32_t at;

    while (bc_table_next(&values->table, &probe, &at))
        if (bc_str_eq(values->at[at], value))
            return at;
    if (!values->arena)
        values->arena = bc_arena_new();
    at = (uint32_t)values->n;
    bc_table_add(&values->table, hash, at);
    BC_GROW(values->at, values->n, values->cap);
    BC_GROW(values->slices, values->n, values->slices_cap);
    values->at[values->n] = bc_arena_copy(values->arena, value);
    values->slices[values->n++] = bc_calloc(values->date_n + 1, sizeof(uint32_t));
    return at;
}

/* The pieces of a present range, from the deal's beginning on. */
static void add_pieces(struct bc_key_values *values, const struct bc_splitter *splitter,
                       const struct bc_deal *deal, struct bc_view *view,
                       const struct bc_present_range *old, uint32_t begun)
{
    uint32_t date = old->first > begun ? old->first : begun, end;

    for (; date < old->end; date = end) {
        const struct bc_str value =
            splitter->value(splitter->payload, deal, view->dates, date, &end);
        struct bc_present_range *piece;
        uint32_t *slices;

        end = end < old->end ? end : old->end;
        BC_GROW(view->present_ranges, view->present_n, view->present_cap);
        piece = &view->present_ranges[view->present_n++];
        *piece = *old;
        piece->first = date;
        piece->end = end;
        piece->value = number_of(values, value);
        slices = values->slices[piece->value];
        for (uint32_t at = date; at < end; at++)
            slices[at] |= piece->slices;
    }
}

void bc_key_values_cut(struct bc_key_values *values, const struct bc_splitter *splitter,
                       const struct bc_deal *deal, struct bc_view *view)
{
    const uint32_t begun = bc_dates_from(view->dates, bc_deal_begun(deal));
    const size_t n = view->present_n;

    if (n > values->old_cap) {
        values->old_cap = 2 * n;
        values->old = bc_reallocarray(values->old, values->old_cap, sizeof(*values->old));
    }
    if (n)
        memcpy(values->old, view->present_ranges, n * sizeof(*values->old));
    view->present_n = 0;
    for (size_t i = 0; i < n; i++)
        add_pieces(values, splitter, deal, view, &values->old[i], begun);
}

uint32_t bc_key_values_join(struct bc_key_values *values, const struct bc_key_values *from,
                            size_t i)
{
    const uint32_t at = number_of(values, from->at[i]);

    for (size_t date = 0; date < values->date_n; date++)
        values->slices[at][date] |= from->slices[i][date];
    return at;
}

static int by_bytes(const void *a, const void *b, void *texts)
{
    const struct bc_str *at = texts;

    return bc_str_cmp(at[*(const size_t *)a], at[*(const size_t *)b]);
}

size_t *bc_key_values_order(const struct bc_key_values *values)
{
    size_t *order = bc_calloc(values->n + 1, sizeof(*order));

    for (size_t i = 0; i < values->n; i++)
        order[i] = i;
    qsort_r(order, values->n, sizeof(*order), by_bytes, values->at);
    return order;
}
