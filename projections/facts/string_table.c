#include "projections/facts/string_table.h"

#include "ledger/base/table.h"

#include <assert.h>
#include <stdlib.h>

struct bc_string_table {
    struct bc_str *texts;
    size_t n, cap;
    struct bc_table table;
    bc_arena *arena;
};

static uint32_t find(const bc_string_table *strings, struct bc_str text, uint64_t hash)
{
    struct bc_table_probe probe = bc_table_find(&strings->table, hash);
    uint32_t word;

    while (bc_table_next(&strings->table, &probe, &word))
        if (bc_str_eq(strings->texts[word], text))
            return word;
    return BC_WORD_NONE;
}

bc_string_table *bc_string_table_new(void)
{
    bc_string_table *strings = bc_calloc(1, sizeof(*strings));

    strings->arena = bc_arena_new();
    (void)bc_string_table_add(strings, (struct bc_str){ 0 });
    return strings;
}

void bc_string_table_free(bc_string_table *strings)
{
    if (!strings)
        return;
    free(strings->texts);
    bc_table_release(&strings->table);
    bc_arena_free(strings->arena);
    free(strings);
}

uint32_t bc_string_table_add(bc_string_table *strings, struct bc_str text)
{
    const uint64_t hash = bc_str_hash(text);
    uint32_t word = find(strings, text, hash);

    if (word != BC_WORD_NONE)
        return word;
    if (strings->n == BC_WORD_MAX)
        bc_out_of("more than 16777216 different stages, deal types, campaigns and the like");
    BC_GROW(strings->texts, strings->n, strings->cap);
    word = (uint32_t)strings->n++;
    strings->texts[word] = bc_arena_copy(strings->arena, text);
    bc_table_add(&strings->table, hash, word);
    return word;
}

uint32_t bc_string_table_find(const bc_string_table *strings, struct bc_str text)
{
    return find(strings, text, bc_str_hash(text));
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
