#include "projections/facts/words.h"

#include <assert.h>
#include <stdlib.h>

struct bc_words {
    struct bc_str *texts;
    size_t n, cap;
    uint32_t *table; /* number + 1; open addressing, at most half full */
    size_t table_size;
    bc_arena *arena;
};

/* The slot that holds a text, or the free one where it would be put. */
static size_t slot_of(const bc_words *words, struct bc_str text)
{
    size_t slot = bc_str_hash(text) & (words->table_size - 1);

    while (words->table[slot] && !bc_str_eq(words->texts[words->table[slot] - 1], text))
        slot = (slot + 1) & (words->table_size - 1);
    return slot;
}

bc_words *bc_words_new(void)
{
    bc_words *words = bc_calloc(1, sizeof(*words));

    words->arena = bc_arena_new();
    words->table_size = 64;
    words->table = bc_calloc(words->table_size, sizeof(*words->table));
    (void)bc_words_add(words, (struct bc_str){ 0 });
    return words;
}

void bc_words_free(bc_words *words)
{
    if (!words)
        return;
    free(words->texts);
    free(words->table);
    bc_arena_free(words->arena);
    free(words);
}

uint32_t bc_words_add(bc_words *words, struct bc_str text)
{
    size_t slot = slot_of(words, text);

    if (words->table[slot])
        return words->table[slot] - 1;
    if (words->n == BC_WORD_MAX)
        bc_out_of("more than 16777216 different stages, deal types, campaigns and the like");
    BC_GROW(words->texts, words->n, words->cap);
    words->texts[words->n++] = bc_arena_copy(words->arena, text);
    words->table[slot] = (uint32_t)words->n;
    if (2 * words->n > words->table_size) {
        words->table_size *= 2;
        free(words->table);
        words->table = bc_calloc(words->table_size, sizeof(*words->table));
        for (size_t i = 0; i < words->n; i++)
            words->table[slot_of(words, words->texts[i])] = (uint32_t)i + 1;
    }
    return (uint32_t)words->n - 1;
}

uint32_t bc_words_find(const bc_words *words, struct bc_str text)
{
    size_t slot = slot_of(words, text);

    return words->table[slot] ? words->table[slot] - 1 : BC_WORD_NONE;
}

struct bc_str bc_words_text(const bc_words *words, uint32_t word)
{
    assert(word < words->n);
    return words->texts[word];
}

uint32_t bc_words_count(const bc_words *words)
{
    return (uint32_t)words->n;
}
