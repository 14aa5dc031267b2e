#include "projections/activity/touches.h"

#include <stdlib.h>

static uint32_t deal_number(struct bc_touches *touches, struct bc_str deal)
{
    const uint64_t hash = bc_str_hash(deal);
    struct bc_table_probe probe = bc_table_find(&touches->deal_table, hash);
    uint32_t number;

    while (bc_table_next(&touches->deal_table, &probe, &number))
        if (bc_str_eq(touches->deals[number], deal))
            return number;
    if (!touches->arena)
        touches->arena = bc_arena_new();
    BC_GROW(touches->deals, touches->deal_n, touches->deal_cap);
    number = (uint32_t)touches->deal_n++;
    touches->deals[number] = bc_arena_copy(touches->arena, deal);
    bc_table_add(&touches->deal_table, hash, number);
    return number;
}

/* Two numbers, as bytes. */
static uint64_t hash_of(uint32_t by, uint32_t deal)
{
    const uint32_t both[] = { by, deal };

    return bc_str_hash((struct bc_str){ (const char *)both, sizeof(both) });
}

void bc_touches_add(struct bc_touches *touches, uint32_t by, struct bc_str deal, int times)
{
    const uint32_t of = deal_number(touches, deal);
    const uint64_t hash = hash_of(by, of);
    struct bc_table_probe probe = bc_table_find(&touches->table, hash);
    uint32_t number;

    while (bc_table_next(&touches->table, &probe, &number))
        if (touches->at[number].by == by && touches->at[number].deal == of) {
            touches->at[number].n += times;
            return;
        }
    BC_GROW(touches->at, touches->n, touches->cap);
    touches->at[touches->n] = (struct bc_touch){ by, of, times };
    bc_table_add(&touches->table, hash, (uint32_t)touches->n++);
}

void bc_touches_release(struct bc_touches *touches)
{
    bc_table_release(&touches->deal_table);
    bc_table_release(&touches->table);
    free(touches->deals);
    free(touches->at);
    bc_arena_free(touches->arena);
    *touches = (struct bc_touches){ 0 };
}
