#include "ledger/base/table.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <stdlib.h>

enum { FIRST_SIZE = 1024 };

static void put(struct bc_table *table, uint64_t entry)
{
    size_t slot = bc_table_slot(table, entry);

    while (table->slots[slot])
        slot = (slot + 1) & (table->size - 1);
    table->slots[slot] = entry;
}

static void grow(struct bc_table *table)
{
    const size_t old_size = table->size;
    uint64_t *old = table->slots;

    table->size = old_size ? 2 * old_size : FIRST_SIZE;
    table->slots = bc_calloc_scattered(table->size * sizeof(*table->slots));
    for (size_t slot = 0; slot < old_size; slot++)
        if (old[slot])
            put(table, old[slot]);
    free(old);
}

void bc_table_add(struct bc_table *table, uint64_t hash, uint32_t number)
{
    assert(number < UINT32_MAX);
    if (2 * ++table->n > table->size)
        grow(table);
    put(table, (hash & ~(uint64_t)UINT32_MAX) | (number + UINT64_C(1)));
}

void bc_table_clear(struct bc_table *table)
{
    if (table->n)
        memset(table->slots, 0, table->size * sizeof(*table->slots));
    table->n = 0;
}

void bc_table_release(struct bc_table *table)
{
    free(table->slots);
    *table = (struct bc_table){ 0 };
}
