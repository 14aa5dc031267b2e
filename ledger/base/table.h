/* ledger/base/table.h - a hash table of numbered items, by open addressing.
 *
 * The caller keeps the items and numbers them; the table holds the number of each and the upper
 * half of its hash (bc_str_hash):
 *
 *   slots   | h, 3 | 0 | h, 1 | h, 2 | 0 | ...    at most half full; an item's own slot is by that
 *                                                 half, or if that is taken one of those after it
 *
 * So hardly an item is compared in vain, and growing compares none. */
#ifndef BC_LEDGER_BASE_TABLE_H
#define BC_LEDGER_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `{ 0 }` is empty and needs no init. */
struct bc_table {
    uint64_t *slots; /* upper half of the hash << 32 | number + 1; 0: free */
    size_t size, n;  /* size: 0 or a power of two */
};

/* The position of a search. */
struct bc_table_probe {
    uint64_t half;
    size_t slot;
};

static inline size_t bc_table_slot(const struct bc_table *table, uint64_t hash)
{
    return hash >> 32 & (table->size - 1);
}

/* Prefetches: a hash will be searched for soon. */
static inline void bc_table_expect(const struct bc_table *table, uint64_t hash)
{
    if (table->size)
        __builtin_prefetch(&table->slots[bc_table_slot(table, hash)]);
}

/* The items that may be the one of a hash, which the caller compares:
 *
 *     struct bc_table_probe probe = bc_table_find(table, hash);
 *
 *     while (bc_table_next(table, &probe, &number))
 *         if (... items[number] is it ...) */
static inline struct bc_table_probe bc_table_find(const struct bc_table *table, uint64_t hash)
{
    return (struct bc_table_probe){ hash >> 32, bc_table_slot(table, hash) };
}

static inline bool bc_table_next(const struct bc_table *table, struct bc_table_probe *probe,
                                 uint32_t *number)
{
    const size_t mask = table->size - 1;

    if (table->n == 0)
        return false;
    for (; table->slots[probe->slot]; probe->slot = (probe->slot + 1) & mask) {
        const uint64_t entry = table->slots[probe->slot];

        if (entry >> 32 != probe->half)
            continue;
        probe->slot = (probe->slot + 1) & mask;
        *number = (uint32_t)entry - 1;
        return true;
    }
    return false;
}

/* Adds an item that is not there. number < UINT32_MAX. */
void bc_table_add(struct bc_table *table, uint64_t hash, uint32_t number);
/* Drops all items, and keeps the memory. */
void bc_table_clear(struct bc_table *table);
/* Frees it; it is empty again. */
void bc_table_release(struct bc_table *table);

#endif
