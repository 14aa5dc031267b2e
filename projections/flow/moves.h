/* projections/flow/moves.h - how many went from one stage to another.
 *
 * Those between stages of the rules, or from nowhere, or to it, are counted in a square; those of a
 * stage that the rules do not know are few, and kept one by one. */
#ifndef BC_PROJECTIONS_FLOW_MOVES_H
#define BC_PROJECTIONS_FLOW_MOVES_H

#include "projections/deal/deal.h"

/* Where a deal is: nowhere, or in a stage of the rules, or in one that has but a name. */
typedef uint32_t bc_place;
#define BC_NOWHERE 0

/* Of the visit that a deal is in; NULL: nowhere. */
bc_place bc_place_of(const struct bc_visit *visit);
/* Its stage's id, as the rules or the log have it; nowhere it is empty. */
struct bc_str bc_place_text(bc_place place, const bc_rules *rules, const bc_string_table *strings);

enum { BC_PLACE_KNOWN = BC_STAGE_MAX + 1 };

/* `{ 0 }` is empty. */
struct bc_moves {
    uint64_t (*known)[BC_PLACE_KNOWN]; /* [from][to]; NULL: none */
    struct bc_place_pair {
        bc_place from, to;
    } * others;
    size_t other_n, other_cap;
};

void bc_moves_add(struct bc_moves *moves, bc_place from, bc_place to);
void bc_moves_join(struct bc_moves *moves, const struct bc_moves *other);
void bc_moves_release(struct bc_moves *moves);

struct bc_move {
    struct bc_str from, to;
    uint64_t n;
};
/* All of them, by the bytes of from, then of to; *out and copies of the texts live in the arena. */
size_t bc_moves_list(struct bc_move **out, const struct bc_moves *moves, const bc_rules *rules,
                     const bc_string_table *strings, bc_arena *arena);

#endif
