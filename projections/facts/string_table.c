#include "projections/facts/string_table.h"

#include <assert.h>
#include <stdlib.h>

struct bc_string_table {
    struct bc_str *texts;
    size_t n, cap;
    uint32_t *table; /* number + 1; open addressing, at most half full */
    size_t table_size;
    bc_arena *arena;
};

/* The slot that holds a text, or the free one where it would be put. */
static size_t slot_of(const bc_string_table *strings, struct bc_str text)
{
    size_t slot = bc_str_hash(text) & (strings->table_size - 1);

    while (strings->table[slot] && !bc_str_eq(strings->texts[strings->table[slot] - 1], text))
        slot = (slot + 1) & (strings->table_size - 1);
    return slot;
}

bc_string_table *bc_string_table_new(void)
{
    bc_string_table *strings = bc_calloc(1, sizeof(*strings));

    strings->arena = bc_arena_new();
    strings->table_size = 64;
    strings->table = bc_calloc(strings->table_size, sizeof(*strings->table));
    (void)bc_string_table_add(strings, (struct bc_str){ 0 });
    return strings;
}

void bc_string_table_free(bc_string_table *strings)
{
    if (!strings)
        return;
    free(strings->texts);
    free(strings->table);
    bc_arena_free(strings->arena);
    free(strings);
}

uint32_t bc_string_table_add(bc_string_table *strings, struct bc_str text)
{
    size_t slot = slot_of(strings, text);

    if (strings->table[slot])
        return strings->table[slot] - 1;
    if (strings->n == BC_WORD_MAX)
        bc_out_of("more than 16777216 different stages, deal types, campaigns and the like");
    BC_GROW(strings->texts, strings->n, strings->cap);
    strings->texts[strings->n++] = bc_arena_copy(strings->arena, text);
    strings->table[slot] = (uint32_t)strings->n;
    if (2 * strings->n > strings->table_size) {
        strings->table_size *= 2;
        free(strings->table);
        strings->table = bc_calloc(strings->table_size, sizeof(*strings->table));
        for (size_t i = 0; i < strings->n; i++)
            strings->table[slot_of(strings, strings->texts[i])] = (uint32_t)i + 1;
    }
    return (uint32_t)strings->n - 1;
}

uint32_t bc_string_table_find(const bc_string_table *strings, struct bc_str text)
{
    size_t slot = slot_of(strings, text);

    return strings->table[slot] ? strings->table[slot] - 1 : BC_WORD_NONE;
}

struct bc_str bc_string_table_text(const bc_string_table *strings, uint32_t word)
{
    assert(word < strings->n);
    return strings->texts[word];
}

uint32_t bc_string_table_count(const bc_string_table *strings)
{
    return (uint32_t)strings->n;
}
