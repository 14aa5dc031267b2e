#include "tests/model/recount_flow.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void recount_flow_print(struct bc_buf *out, const struct bc_flow *flow)
{
    for (unsigned group = 0; group < BC_FLOW_GROUP_N; group++)
        for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++)
            if (flow->n[kind])
                bc_buf_printf(out, "%s.%s %" PRIu64 "\n", bc_flow_groups[group].word,
                              bc_flow_kind_word((enum bc_flow_kind)kind), flow->n[kind]);
    for (size_t i = 0; i < flow->move_n; i++)
        bc_buf_printf(out, "move '%.*s' '%.*s' %" PRIu64 "\n", BC_STR_ARG(flow->moves[i].from),
                      BC_STR_ARG(flow->moves[i].to), flow->moves[i].n);
}

/* A deal at one date. */
struct at {
    bool exists, gone, there, in;
    int stage;
    struct bc_str id; /* of the stage, "" where it has none or is not there */
};

static bool is_told(const struct deal *deal)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (event_tells(deal->events[i]))
            return true;
    return false;
}

static struct at look(const struct world *world, struct bc_str id, const struct bc_flow_ask *ask)
{
    struct at at = { .stage = BC_NO_STAGE };

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (!bc_str_eq(deal->id, id))
            continue;
        at.exists = true;
        at.gone = deal->gone;
        at.there = deal_counts(world, deal, ask->slice) && is_told(deal);
        at.stage = deal_stage(deal);
        at.in = at.there && in_set(ask->stages, at.stage);
        if (at.there && deal->visit_n)
            at.id = deal->visits[deal->visit_n - 1].id;
    }
    return at;
}

/* Whether it was in one of the stages at any time up to the date. */
static bool ever_in(const struct world *world, struct bc_str id, bc_stage_set stages)
{
    for (size_t i = 0; i < world->deal_n; i++)
        for (size_t v = 0; bc_str_eq(world->deals[i].id, id) && v < world->deals[i].visit_n; v++)
            if (in_set(stages, world->deals[i].visits[v].stage))
                return true;
    return false;
}

static const char *kind_of(const struct world *first, struct bc_str id, const struct at *from,
                           const struct at *to, const struct bc_flow_ask *ask)
{
    if (!from->in) {
        if (from->gone)
            return "in.restored";
        if (!ever_in(first, id, ask->stages))
            return "in.new";
        return in_set(ask->stages, from->stage) ? "in.reclassified" : "in.returned";
    }
    if (!to->in) {
        if (to->gone)
            return "out.gone";
        if (in_set(ask->stages, to->stage))
            return "out.reclassified";
        if (to->stage == BC_NO_STAGE)
            return "out.elsewhere";
        if (first->rules->stages[to->stage].kind == BC_STAGE_LOST)
            return "out.lost";
        return first->rules->stages[to->stage].kind == BC_STAGE_OPEN ? "out.elsewhere" : "out.won";
    }
    if (to->stage == from->stage)
        return "stayed.same";
    return to->stage > from->stage ? "stayed.advanced" : "stayed.regressed";
}

struct found {
    const char *kind; /* or NULL */
    struct bc_str from, to;
};

static int by_move(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    const int order = bc_str_cmp(x->from, y->from);

    return order ? order : bc_str_cmp(x->to, y->to);
}

static void print_kinds(struct bc_buf *out, const struct found *found, size_t n)
{
    static const char *const kinds[] = {
        "in.restored",   "in.new",           "in.reclassified",  "in.returned",
        "out.gone",      "out.reclassified", "out.won",          "out.lost",
        "out.elsewhere", "stayed.advanced",  "stayed.regressed", "stayed.same",
    };

    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        size_t times = 0;

        for (size_t i = 0; i < n; i++)
            times += found[i].kind && strcmp(found[i].kind, kinds[k]) == 0;
        if (times)
            bc_buf_printf(out, "%s %zu\n", kinds[k], times);
    }
}

static void print_moves(struct bc_buf *out, struct found *found, size_t n)
{
    if (n)
        qsort(found, n, sizeof(*found), by_move);
    for (size_t i = 0, times = 1; i < n; i++, times++)
        if (i + 1 == n || by_move(&found[i], &found[i + 1]) != 0) {
            bc_buf_printf(out, "move '%.*s' '%.*s' %zu\n", BC_STR_ARG(found[i].from),
                          BC_STR_ARG(found[i].to), times);
            times = 0;
        }
}

void recount_flow(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, int64_t from_us,
                  const struct bc_flow_ask *ask)
{
    struct recount_question before = *question;
    bc_arena *arena = bc_arena_new();
    struct world first, last;
    struct found *found;
    size_t found_n = 0;

    before.as_of_us = from_us;
    world_make(&first, events, n, &before, arena);
    world_make(&last, events, n, question, arena);
    found = bc_arena_alloc(arena, (last.deal_n + 1) * sizeof(*found));
    for (size_t i = 0; i < last.deal_n; i++) {
        const struct bc_str id = last.deals[i].id;
        const struct at from = look(&first, id, ask), to = look(&last, id, ask);

        if (!from.there && !to.there)
            continue;
        found[found_n++] =
            (struct found){ from.in || to.in ? kind_of(&first, id, &from, &to, ask) : NULL, from.id,
                            to.id };
    }
    print_kinds(out, found, found_n);
    print_moves(out, found, found_n);
    bc_arena_free(arena);
}
