#include "projections/flow/moves.h"

#include <stdlib.h>

bc_place bc_place_of(const struct bc_visit *visit)
{
    if (!visit)
        return BC_NOWHERE;
    return visit->stage == BC_NO_STAGE ? BC_PLACE_KNOWN + visit->word : 1 + (bc_place)visit->stage;
}

struct bc_str bc_place_text(bc_place place, const bc_rules *rules, const bc_string_table *strings)
{
    if (place == BC_NOWHERE)
        return (struct bc_str){ 0 };
    if (place < BC_PLACE_KNOWN)
        return bc_str_of(rules->stages[place - 1].id);
    return bc_string_table_text(strings, place - BC_PLACE_KNOWN);
}

static void square(struct bc_moves *moves)
{
    if (!moves->known)
        moves->known = bc_calloc(BC_PLACE_KNOWN, sizeof(*moves->known));
}

void bc_moves_add(struct bc_moves *moves, bc_place from, bc_place to)
{
    if (from < BC_PLACE_KNOWN && to < BC_PLACE_KNOWN) {
        square(moves);
        moves->known[from][to]++;
        return;
    }
    BC_GROW(moves->others, moves->other_n, moves->other_cap);
    moves->others[moves->other_n++] = (struct bc_place_pair){ from, to };
}

void bc_moves_join(struct bc_moves *moves, const struct bc_moves *other)
{
    if (other->known)
        square(moves);
    for (size_t from = 0; other->known && from < BC_PLACE_KNOWN; from++)
        for (size_t to = 0; to < BC_PLACE_KNOWN; to++)
            moves->known[from][to] += other->known[from][to];
    for (size_t i = 0; i < other->other_n; i++)
        bc_moves_add(moves, other->others[i].from, other->others[i].to);
}

void bc_moves_release(struct bc_moves *moves)
{
    free(moves->known);
    free(moves->others);
    *moves = (struct bc_moves){ 0 };
}

static int in_order(const void *a, const void *b)
{
    const struct bc_move *left = a, *right = b;
    const int order = bc_str_cmp(left->from, right->from);

    return order ? order : bc_str_cmp(left->to, right->to);
}

static struct bc_move named(bc_place from, bc_place to, const bc_rules *rules,
                            const bc_string_table *strings, bc_arena *arena)
{
    return (struct bc_move){ .from = bc_arena_copy(arena, bc_place_text(from, rules, strings)),
                             .to = bc_arena_copy(arena, bc_place_text(to, rules, strings)),
                             .n = 1 };
}

/* Adds up those with the same ends, which stand side by side. */
static size_t add_up(struct bc_move *moves, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept && in_order(&moves[kept - 1], &moves[i]) == 0)
            moves[kept - 1].n += moves[i].n;
        else
            moves[kept++] = moves[i];
    }
    return kept;
}

size_t bc_moves_list(struct bc_move **out, const struct bc_moves *moves, const bc_rules *rules,
                     const bc_string_table *strings, bc_arena *arena)
{
    size_t n = moves->other_n, at = 0;

    for (bc_place from = 0; moves->known && from < BC_PLACE_KNOWN; from++)
        for (bc_place to = 0; to < BC_PLACE_KNOWN; to++)
            n += moves->known[from][to] > 0;
    *out = bc_arena_alloc(arena, (n + 1) * sizeof(**out));
    for (bc_place from = 0; moves->known && from < BC_PLACE_KNOWN; from++)
        for (bc_place to = 0; to < BC_PLACE_KNOWN; to++)
            if (moves->known[from][to]) {
                (*out)[at] = named(from, to, rules, strings, arena);
                (*out)[at++].n = moves->known[from][to];
            }
    for (size_t i = 0; i < moves->other_n; i++)
        (*out)[at++] = named(moves->others[i].from, moves->others[i].to, rules, strings, arena);
    if (n)
        qsort(*out, n, sizeof(**out), in_order);
    return add_up(*out, n);
}
