/* The points are answered one after the other; two of them are held at a time:
 *
 *   point 0 ─> stakes, by deal and row  ┐ differ? ─> a move: row, step, deal
 *   point 1 ─> stakes                   ┘┐ differ? ─> ...
 *   point 2 ─> ...                       ┘
 *
 * The moves, sorted by row and step, are the parts. */
#include "projections/diff/sums_diff.h"

#include <assert.h>
#include <stdlib.h>

struct move {
    uint32_t row;
    uint32_t to; /* the step's second point */
    struct bc_sums_deal deal;
};

struct making {
    struct bc_sums_diff *diff;
    bc_timelines *timelines;
    const struct bc_sums_asker *asker;
    struct bc_steps steps;
    struct move *moves;
    size_t n, cap;
};

/* --- stakes --- */

void bc_sum_stakes_add(struct bc_sum_stakes *stakes, struct bc_str deal, uint32_t row,
                       struct bc_sum_stake stake)
{
    struct bc_str last = { 0 };

    if (!stakes->arena)
        stakes->arena = bc_arena_new();
    if (stakes->n) {
        assert(stakes->at);
        last = stakes->at[stakes->n - 1].deal;
    }
    deal = bc_str_eq(last, deal) ? last : bc_arena_copy(stakes->arena, deal);
    BC_GROW(stakes->at, stakes->n, stakes->cap);
    stakes->at[stakes->n++] = (struct bc_sum_entry){ deal, row, stake };
}

static void release_stakes(struct bc_sum_stakes *stakes)
{
    bc_arena_free(stakes->arena);
    free(stakes->at);
    *stakes = (struct bc_sum_stakes){ 0 };
}

static int by_deal(const void *a, const void *b)
{
    const struct bc_sum_entry *left = a, *right = b;
    const int order = bc_str_cmp(left->deal, right->deal);

    return order ? order : (left->row > right->row) - (left->row < right->row);
}

static bool is_sorted(const struct bc_sum_stakes *stakes)
{
    for (size_t i = 1; i < stakes->n; i++)
        if (by_deal(&stakes->at[i - 1], &stakes->at[i]) > 0)
            return false;
    return true;
}

/* By deal and row, each pair of them once. */
static void settle(struct bc_sum_stakes *stakes)
{
    size_t kept = 0;

    if (!is_sorted(stakes))
        qsort(stakes->at, stakes->n, sizeof(*stakes->at), by_deal);
    for (size_t i = 0; i < stakes->n; i++) {
        struct bc_sum_stake *into = kept ? &stakes->at[kept - 1].stake : NULL;
        const struct bc_sum_stake *stake = &stakes->at[i].stake;

        if (!into || by_deal(&stakes->at[kept - 1], &stakes->at[i]) != 0) {
            stakes->at[kept++] = stakes->at[i];
            continue;
        }
        into->in |= stake->in;
        for (size_t f = 0; f < BC_SUMS_MAX; f++)
            into->of[f] += stake->of[f];
    }
    stakes->n = kept;
}

/* --- moves --- */

static struct bc_sums_row *row_of(struct bc_sums_diff *diff, uint32_t number)
{
    while (diff->n <= number) {
        BC_GROW(diff->rows, diff->n, diff->cap);
        diff->rows[diff->n++] = (struct bc_sums_row){ 0 };
    }
    return &diff->rows[number];
}

static bool same_stake(const struct bc_sum_stake *a, const struct bc_sum_stake *b)
{
    return a->in == b->in && memcmp(a->of, b->of, sizeof(a->of)) == 0;
}

static void take_down(struct making *making, size_t to, const struct bc_sum_entry *before,
                      const struct bc_sum_entry *after)
{
    const struct bc_sum_entry *either = before ? before : after;
    struct move move = { .row = either->row, .to = (uint32_t)to };

    if (before)
        move.deal.before = before->stake;
    if (after)
        move.deal.after = after->stake;
    if (same_stake(&move.deal.before, &move.deal.after))
        return;
    move.deal.is.deal = bc_arena_copy(making->diff->arena, either->deal);
    BC_GROW(making->moves, making->n, making->cap);
    making->moves[making->n++] = move;
}

/* What the step to a point moves. */
static void compare(struct making *making, size_t to, const struct bc_sum_stakes *before,
                    const struct bc_sum_stakes *after)
{
    size_t a = 0, b = 0;

    while (a < before->n || b < after->n) {
        const struct bc_sum_entry *old = a < before->n ? &before->at[a] : NULL;
        const struct bc_sum_entry *new = b < after->n ? &after->at[b] : NULL;
        const int order = !old ? 1 : !new ? -1 : by_deal(old, new);

        take_down(making, to, order <= 0 ? old : NULL, order >= 0 ? new : NULL);
        a += order <= 0;
        b += order >= 0;
    }
}

static void add_up(struct bc_sums_diff *diff, const struct bc_sum_stakes *stakes, bool first,
                   bool last)
{
    for (size_t i = 0; i < stakes->n; i++) {
        struct bc_sums_row *row = row_of(diff, stakes->at[i].row);

        for (size_t f = 0; f < BC_SUMS_MAX; f++) {
            row->from[f] += first ? stakes->at[i].stake.of[f] : 0;
            row->to[f] += last ? stakes->at[i].stake.of[f] : 0;
        }
    }
}

static bc_status find_moves(struct making *making, struct bc_err *err)
{
    const struct bc_steps *steps = &making->steps;
    struct bc_sum_stakes before = { 0 }, after = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < steps->n; i++) {
        rc = making->asker->ask(making->asker->payload, &after, &steps->points[i], err);
        if (rc < 0)
            break;
        settle(&after);
        add_up(making->diff, &after, i == 0, i + 1 == steps->n);
        if (i)
            compare(making, i, &before, &after);
        release_stakes(&before);
        before = after;
        after = (struct bc_sum_stakes){ 0 };
    }
    release_stakes(&before);
    release_stakes(&after);
    return rc;
}

/* --- parts --- */

static int in_order(const void *a, const void *b)
{
    const struct move *left = a, *right = b;

    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->to != right->to)
        return left->to < right->to ? -1 : 1;
    return bc_str_cmp(left->deal.is.deal, right->deal.is.deal);
}

/* Of n moves, all of one row by one step. */
static void add_part(struct making *making, const struct move *moves, size_t n)
{
    struct bc_sums_row *row = row_of(making->diff, moves->row);
    struct bc_sums_part *part = &row->parts[row->part_n++];

    part->cause = making->steps.points[moves->to].cause;
    part->deals = bc_arena_alloc(making->diff->arena, n * sizeof(*part->deals));
    part->deal_n = n;
    for (size_t i = 0; i < n; i++) {
        const struct bc_sums_deal *deal = &moves[i].deal;

        part->deals[i] = *deal;
        for (size_t f = 0; f < BC_SUMS_MAX; f++)
            part->by[f] += (bc_int128)deal->after.of[f] - deal->before.of[f];
    }
}

static void add_parts(struct making *making)
{
    const struct move *moves = making->moves;

    if (making->n > 1)
        qsort(making->moves, making->n, sizeof(*making->moves), in_order);
    for (size_t i = 0, next; i < making->n; i = next) {
        for (next = i + 1;
             next < making->n && moves[next].row == moves[i].row && moves[next].to == moves[i].to;)
            next++;
        add_part(making, &moves[i], next - i);
    }
}

/* The moves are in the order of the parts' deals. */
static bc_status name_events(struct making *making, struct bc_err *err)
{
    struct bc_step_moved *moved = bc_calloc(making->n + 1, sizeof(*moved));
    struct bc_sums_diff *diff = making->diff;
    size_t n = 0;
    bc_status rc;

    for (size_t row = 0; row < diff->n; row++)
        for (size_t i = 0; i < diff->rows[row].part_n; i++)
            for (size_t d = 0; d < diff->rows[row].parts[i].deal_n; d++, n++)
                moved[n] = (struct bc_step_moved){ &diff->rows[row].parts[i].deals[d].is,
                                                   making->moves[n].to };
    rc = bc_step_events(moved, n, making->timelines, &making->steps, diff->arena, err);
    free(moved);
    return rc;
}

/* --- the whole --- */

bc_status bc_sums_diff_make(struct bc_sums_diff **out, bc_timelines *timelines,
                            const struct bc_ways *ways, const struct bc_sums_asker *asker,
                            bool events, struct bc_err *err)
{
    struct making making = { .timelines = timelines, .asker = asker };
    bc_status rc;

    making.diff = bc_calloc(1, sizeof(*making.diff));
    making.diff->arena = bc_arena_new();
    rc = bc_steps_plan(&making.steps, timelines, ways, err);
    if (rc == BC_OK)
        rc = find_moves(&making, err);
    if (rc == BC_OK)
        add_parts(&making);
    if (rc == BC_OK && events)
        rc = name_events(&making, err);
    bc_steps_release(&making.steps);
    free(making.moves);
    if (rc < 0)
        bc_sums_diff_free(making.diff);
    else
        *out = making.diff;
    return rc;
}

void bc_sums_diff_free(struct bc_sums_diff *diff)
{
    if (!diff)
        return;
    free(diff->rows);
    bc_arena_free(diff->arena);
    free(diff);
}

bool bc_sums_differ(const struct bc_sums_row *row, unsigned bits)
{
    for (size_t f = 0; f < BC_SUMS_MAX; f++)
        if (bits >> f & 1 && row->from[f] != row->to[f])
            return true;
    return false;
}
