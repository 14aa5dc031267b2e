#include "projections/activity/people_deals.h"

#include "projections/walk/walk.h"

#include <stdlib.h>

struct making {
    const struct bc_people_ask *ask;
    struct bc_walk walk;
    struct bc_people_deals *all;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_people_deals deals; /* without its table */
};

static void add_exception(struct bc_people_deals *deals, struct bc_str deal)
{
    BC_GROW(deals->exceptions, deals->exception_n, deals->exception_cap);
    deals->exceptions[deals->exception_n++] = bc_arena_copy(deals->arena, deal);
}

static void add_move(struct bc_people_deals *deals, struct bc_person_move move)
{
    BC_GROW(deals->moves, deals->move_n, deals->move_cap);
    deals->moves[deals->move_n++] = move;
}

/* --- one deal --- */

/* A stage that the rules do not know has no place in their order. */
static enum bc_person_move_kind kind_of(const bc_rules *rules, int from, int to)
{
    if (bc_stage_in(rules->lost, to))
        return BC_PERSON_LOST;
    if (bc_stage_in(rules->lost, from))
        return BC_PERSON_REOPENED;
    if (from == BC_NO_STAGE || to == BC_NO_STAGE || from == to)
        return BC_PERSON_MOVE_N;
    return to > from ? BC_PERSON_FORWARD : BC_PERSON_BACKWARD;
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    bool counts;

    (void)err;
    bc_view_at(view, deal);
    counts = bc_view_present(view, 0) && bc_view_slices(view, 0) >> making->ask->slice & 1;
    if (counts != making->all->whole)
        add_exception(&part->deals, deal->id);
    if (!counts)
        return BC_OK;
    for (size_t i = 1; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];
        const enum bc_person_move_kind kind =
            kind_of(making->walk.rules, visit[-1].stage, visit->stage);

        if (!visit->observed && visit->entered_us > making->ask->since_us &&
            visit->entered_us <= making->walk.wants.until_us && kind != BC_PERSON_MOVE_N)
            add_move(&part->deals, (struct bc_person_move){ visit->seq, kind });
    }
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->deals.arena = bc_arena_new();
}

static void join_part(void *payload, void *of)
{
    struct bc_people_deals *all = ((struct making *)payload)->all;
    const struct part *part = of;

    for (size_t i = 0; i < part->deals.exception_n; i++) {
        const struct bc_str deal = part->deals.exceptions[i];

        bc_table_add(&all->table, bc_str_hash(deal), (uint32_t)all->exception_n);
        add_exception(all, deal);
    }
    for (size_t i = 0; i < part->deals.move_n; i++)
        add_move(all, part->deals.moves[i]);
}

static void end_part(void *payload)
{
    bc_people_deals_release(&((struct part *)payload)->deals);
}

static int by_seq(const void *a, const void *b)
{
    const struct bc_person_move *left = a, *right = b;

    return (left->seq > right->seq) - (left->seq < right->seq);
}

bc_status bc_people_deals_read(struct bc_people_deals *out, bc_timelines *timelines,
                               const struct bc_question *question, const struct bc_people_ask *ask,
                               struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making making = { .ask = ask, .all = out };
    bc_status rc = bc_walk_init(&making.walk, timelines, question, err);

    *out = (struct bc_people_deals){ .whole = question->rules->slices[ask->slice].deal_type_n == 0,
                                     .arena = bc_arena_new() };
    if (rc == BC_OK)
        rc = bc_walk_run(&making.walk, &walker, &making, err);
    if (out->move_n)
        qsort(out->moves, out->move_n, sizeof(*out->moves), by_seq);
    bc_walk_release(&making.walk);
    return rc;
}

bool bc_people_deals_count(const struct bc_people_deals *deals, struct bc_str deal)
{
    struct bc_table_probe probe = bc_table_find(&deals->table, bc_str_hash(deal));
    uint32_t number;

    if (deal.len == 0)
        return deals->whole;
    while (bc_table_next(&deals->table, &probe, &number))
        if (bc_str_eq(deals->exceptions[number], deal))
            return !deals->whole;
    return deals->whole;
}

void bc_people_deals_release(struct bc_people_deals *deals)
{
    bc_table_release(&deals->table);
    free(deals->exceptions);
    free(deals->moves);
    bc_arena_free(deals->arena);
    *deals = (struct bc_people_deals){ 0 };
}
