#include "projections/flow/flow.h"

#include <stdlib.h>

const struct bc_flow_group_row bc_flow_groups[BC_FLOW_GROUP_N] = {
    [BC_FLOW_IN] = { "in", BC_IN_RESTORED, BC_OUT_GONE },
    [BC_FLOW_OUT] = { "out", BC_OUT_GONE, BC_STAYED_ADVANCED },
    [BC_FLOW_STAYED] = { "stayed", BC_STAYED_ADVANCED, BC_FLOW_KIND_N },
};

static const char *const words[BC_FLOW_KIND_N] = {
    [BC_IN_RESTORED] = "restored",
    [BC_IN_NEW] = "new",
    [BC_IN_RECLASSIFIED] = "reclassified",
    [BC_IN_RETURNED] = "returned",
    [BC_OUT_GONE] = "gone",
    [BC_OUT_RECLASSIFIED] = "reclassified",
    [BC_OUT_WON] = "won",
    [BC_OUT_LOST] = "lost",
    [BC_OUT_ELSEWHERE] = "elsewhere",
    [BC_STAYED_ADVANCED] = "advanced",
    [BC_STAYED_REGRESSED] = "regressed",
    [BC_STAYED_SAME] = "same",
};

const char *bc_flow_kind_word(enum bc_flow_kind kind)
{
    return words[kind];
}

struct making {
    struct bc_flow **out;
    const struct bc_flow_ask *ask;
    struct bc_walk walk;
    struct bc_flow *flow;
    struct bc_moves moves;
    size_t deal_cap;
};

struct listed {
    struct bc_str deal;
    enum bc_flow_kind kind;
    bc_place from, to;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    uint64_t n[BC_FLOW_KIND_N];
    struct bc_moves moves;
    struct listed *listed;
    size_t listed_n, listed_cap;
    bc_arena *arena; /* ids of those that are listed */
};

/* --- one deal --- */

/* A deal at one of the dates. */
struct standing {
    bool gone, there, in;
    const struct bc_visit *visit; /* or NULL, whether it is there or not */
};

static bool is_in(bc_stage_set set, const struct bc_visit *visit)
{
    return visit && bc_stage_in(set, visit->stage);
}

static struct standing stand(const struct making *making, const struct bc_deal *deal,
                             const struct bc_view *view, uint32_t date)
{
    const int64_t us = view->dates->as_of_us[date];
    struct standing at = { .gone = !bc_view_present(view, date),
                           .visit = bc_deal_visit_at(deal, us) };

    at.there = !at.gone && bc_view_slices(view, date) >> making->ask->slice & 1 &&
               (at.visit || bc_deal_begun(deal) <= us);
    at.in = at.there && is_in(making->ask->stages, at.visit);
    return at;
}

static bool was_in(bc_stage_set set, const struct bc_deal *deal, int64_t us)
{
    for (size_t i = 0; i < deal->visit_n && deal->visits[i].entered_us <= us; i++)
        if (is_in(set, &deal->visits[i]))
            return true;
    return false;
}

static enum bc_flow_kind kind_in(const struct making *making, const struct bc_deal *deal,
                                 const struct standing *before)
{
    const bc_stage_set stages = making->ask->stages;

    if (before->gone)
        return BC_IN_RESTORED;
    if (!was_in(stages, deal, making->walk.dates.as_of_us[0]))
        return BC_IN_NEW;
    return is_in(stages, before->visit) ? BC_IN_RECLASSIFIED : BC_IN_RETURNED;
}

static enum bc_flow_kind kind_out(const struct making *making, const struct standing *after)
{
    if (after->gone)
        return BC_OUT_GONE;
    if (is_in(making->ask->stages, after->visit))
        return BC_OUT_RECLASSIFIED;
    if (after->visit->stage == BC_NO_STAGE)
        return BC_OUT_ELSEWHERE;
    switch (making->walk.rules->stages[after->visit->stage].kind) {
    case BC_STAGE_WON:
    case BC_STAGE_FINAL:
        return BC_OUT_WON;
    case BC_STAGE_LOST:
        return BC_OUT_LOST;
    case BC_STAGE_OPEN:
        break;
    }
    return BC_OUT_ELSEWHERE;
}

static enum bc_flow_kind kind_stayed(const struct standing *before, const struct standing *after)
{
    if (before->visit->stage == after->visit->stage)
        return BC_STAYED_SAME;
    return after->visit->stage > before->visit->stage ? BC_STAYED_ADVANCED : BC_STAYED_REGRESSED;
}

static void list_deal(struct part *part, struct bc_str deal, enum bc_flow_kind kind, bc_place from,
                      bc_place to)
{
    if (!(part->making->ask->list & BC_FLOW_BIT(kind)))
        return;
    BC_GROW(part->listed, part->listed_n, part->listed_cap);
    part->listed[part->listed_n++] =
        (struct listed){ bc_arena_copy(part->arena, deal), kind, from, to };
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    struct standing before, after;
    enum bc_flow_kind kind;
    bc_place from, to;

    (void)err;
    bc_view_at(view, deal);
    before = stand(making, deal, view, 0);
    after = stand(making, deal, view, 1);
    if (!before.there && !after.there)
        return BC_OK;
    from = before.there ? bc_place_of(before.visit) : BC_NOWHERE;
    to = after.there ? bc_place_of(after.visit) : BC_NOWHERE;
    bc_moves_add(&part->moves, from, to);
    if (!before.in && !after.in)
        return BC_OK;
    kind = !before.in  ? kind_in(making, deal, &before)
           : !after.in ? kind_out(making, &after)
                       : kind_stayed(&before, &after);
    part->n[kind]++;
    list_deal(part, deal->id, kind, from, to);
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    const struct part *part = of;
    struct bc_flow *flow = making->flow;

    for (size_t kind = 0; kind < BC_FLOW_KIND_N; kind++)
        flow->n[kind] += part->n[kind];
    bc_moves_join(&making->moves, &part->moves);
    for (size_t i = 0; i < part->listed_n; i++) {
        const struct listed *listed = &part->listed[i];
        const struct bc_str from =
            bc_place_text(listed->from, making->walk.rules, making->walk.strings);
        const struct bc_str to =
            bc_place_text(listed->to, making->walk.rules, making->walk.strings);

        BC_GROW(flow->deals, flow->deal_n, making->deal_cap);
        flow->deals[flow->deal_n++] =
            (struct bc_flow_deal){ .deal = bc_arena_copy(flow->arena, listed->deal),
                                   .kind = listed->kind,
                                   .from = bc_arena_copy(flow->arena, from),
                                   .to = bc_arena_copy(flow->arena, to) };
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_moves_release(&part->moves);
    bc_arena_free(part->arena);
    free(part->listed);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;
    const struct bc_walk *walk = &making->walk;
    struct bc_flow *flow = making->flow;

    (void)err;
    if (rc == BC_OK) {
        flow->move_n =
            bc_moves_list(&flow->moves, &making->moves, walk->rules, walk->strings, flow->arena);
        *making->out = flow;
    } else {
        bc_flow_free(flow);
    }
    bc_walk_release(&making->walk);
    bc_moves_release(&making->moves);
    free(making);
    return rc;
}

bc_status bc_flow_begin(struct bc_walked *walked, struct bc_flow **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_flow_ask *ask,
                        struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->flow = bc_calloc(1, sizeof(*making->flow));
    making->flow->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    bc_walk_everything(&making->walk);
    return rc;
}

bc_status bc_flow_make(struct bc_flow **out, bc_timelines *timelines,
                       const struct bc_question *question, const struct bc_flow_ask *ask,
                       struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_flow_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_flow_free(struct bc_flow *flow)
{
    if (!flow)
        return;
    bc_arena_free(flow->arena);
    free(flow->deals);
    free(flow);
}
