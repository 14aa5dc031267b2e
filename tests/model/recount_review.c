#include "tests/model/recount_review.h"

#include "tests/model/recount_world.h"

#include <stdlib.h>
#include <string.h>

static void put(struct bc_buf *out, const char *before, struct bc_str text)
{
    if (text.len)
        bc_buf_printf(out, "%s%.*s", before, BC_STR_ARG(text));
}

/* --- closed --- */

static void put_texts(struct bc_buf *out, const char *before, const struct bc_str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(out, i ? ", " : before, texts[i]);
}

static void put_closed(struct bc_buf *out, const struct bc_closed_deal *closed)
{
    char at[BC_INSTANT_LEN];

    bc_instant_print_short(at, closed->at_us);
    put(out, "", closed->deal);
    put(out, " ", closed->stage);
    bc_buf_printf(out, " %s after %gd", at, (double)closed->taken_us / (double)BC_DAY_US);
    put(out, " because ", closed->reason);
    put_texts(out, " learned ", closed->learnings, closed->learning_n);
    put_texts(out, " linked ", closed->artifacts, closed->artifact_n);
    bc_buf_printf(out, "%s%s\n", closed->lost && !closed->reason.len ? " without a reason" : "",
                  closed->written ? "" : " without a word");
}

void recount_closed_print(struct bc_buf *out, const struct bc_closed *closed)
{
    for (size_t i = 0; i < closed->n; i++)
        put_closed(out, &closed->at[i]);
}

static bool is_kind(const struct world *world, const struct visit *visit, enum bc_stage_kind kind)
{
    return visit->stage != BC_NO_STAGE && world->rules->stages[visit->stage].kind == kind;
}

/* How many visits there are up to the last close, or 0. */
static size_t up_to_close(const struct world *world, const struct deal *deal)
{
    size_t n = deal->visit_n;

    while (n && !is_kind(world, &deal->visits[n - 1], BC_STAGE_WON) &&
           !is_kind(world, &deal->visits[n - 1], BC_STAGE_LOST))
        n--;
    return n == 1 && deal->visits[0].observed ? 0 : n;
}

/* Whether an event stands before a visit's beginning, in time and then in the log. */
static bool before(const struct bc_event *event, const struct bc_event *other)
{
    return event->occurred_us != other->occurred_us ? event->occurred_us < other->occurred_us
                                                    : event->seq < other->seq;
}

/* Since the loss before was left: its reasons belong to it. */
static struct bc_str reason_of(const struct world *world, const struct deal *deal, size_t close)
{
    const struct bc_event *from = NULL;
    struct bc_str reason = { 0 };

    for (size_t i = 0; i < close; i++)
        if (is_kind(world, &deal->visits[i], BC_STAGE_LOST))
            from = deal->visits[i + 1].event;
    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == BC_LOSS_RECORDED && !(from && before(deal->events[i], from)) &&
            (close + 1 == deal->visit_n || before(deal->events[i], deal->visits[close + 1].event)))
            reason = deal->events[i]->value[1].text;
    return reason;
}

/* Into its place among those that are there, each once. */
static void insert(struct bc_str *texts, size_t *n, struct bc_str text)
{
    size_t at = 0;

    while (at < *n && bc_str_cmp(texts[at], text) < 0)
        at++;
    if (at < *n && bc_str_eq(texts[at], text))
        return;
    memmove(&texts[at + 1], &texts[at], (*n - at) * sizeof(*texts));
    texts[at] = text;
    ++*n;
}

static void count_closed(struct bc_buf *out, const struct world *world, const struct deal *deal,
                         size_t visits)
{
    const struct visit *close = &deal->visits[visits - 1];
    const int64_t from_us = recount_window_begin(world->rules->zone, close->entered_us, 30);
    struct bc_str *learned = bc_arena_alloc(world->arena, deal->folded * sizeof(*learned));
    struct bc_str *linked = bc_arena_alloc(world->arena, (deal->folded + 1) * sizeof(*linked));
    struct bc_closed_deal closed = { .deal = deal->id,
                                     .stage = close->id,
                                     .at_us = close->entered_us,
                                     .lost = is_kind(world, close, BC_STAGE_LOST),
                                     .learnings = learned,
                                     .artifacts = linked,
                                     .taken_us = close->entered_us - deal->visits[0].entered_us };

    if (closed.lost)
        closed.reason = reason_of(world, deal, visits - 1);
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->occurred_us < from_us)
            continue;
        if (event->body == BC_LEARNING_RECORDED)
            learned[closed.learning_n++] = event->value[1].text;
        if (event->body == BC_ARTIFACT_LINKED) {
            insert(linked, &closed.artifact_n, event->value[1].text);
            closed.written |= bc_str_eq(event->value[1].text, BC_STR("win_loss_analysis"));
        }
    }
    closed.written |= closed.learning_n > 0;
    put_closed(out, &closed);
}

void recount_closed(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct recount_closed_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct world world;

    world_make(&world, events, n, question, arena);
    for (size_t i = 0; i < world.deal_n; i++) {
        const struct deal *deal = &world.deals[i];
        const size_t visits = up_to_close(&world, deal);

        if (visits && deal_counts(&world, deal, ask->slice) &&
            deal->visits[visits - 1].entered_us > ask->since_us)
            count_closed(out, &world, deal, visits);
    }
    bc_arena_free(arena);
}

/* --- renewals --- */

static void put_renewal(struct bc_buf *out, const char *metric, const struct bc_renewing *renewing)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, renewing->end_day);
    bc_buf_printf(out, "%s", metric);
    put(out, " ", renewing->deal);
    put(out, " of ", renewing->member);
    bc_buf_printf(out, " ends %s", day);
    put(out, " health ", renewing->health);
    put(out, " intent ", renewing->intent);
    put(out, " by ", renewing->renewed_by);
    bc_buf_add_byte(out, '\n');
}

void recount_renewals_print(struct bc_buf *out, const struct bc_renewals *renewals,
                            const bc_rules *rules)
{
    for (size_t i = 0; i < renewals->n; i++)
        put_renewal(out, rules->metrics[renewals->at[i].metric].name, &renewals->at[i]);
}

static struct bc_str last_word(const struct deal *deal, enum bc_body body)
{
    struct bc_str word = { 0 };

    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == body)
            word = deal->events[i]->value[1].text;
    return word;
}

/* The first open deal that names it. */
static struct bc_str renewer_of(const struct world *world, const struct deal *deal)
{
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *other = &world->deals[i];
        const int stage = deal_stage_at(other, world->as_of_us);

        if (other != deal && !other->gone && stage != BC_NO_STAGE &&
            world->rules->stages[stage].kind == BC_STAGE_OPEN &&
            bc_str_eq(other->property[BC_P_RENEWS], deal->id))
            return other->id;
    }
    return (struct bc_str){ 0 };
}

static void count_metric(struct bc_buf *out, struct world *world, const struct bc_metric_rule *rule,
                         unsigned slice)
{
    struct recount_metric counted = { 0 };

    world->counted = rule;
    world_metric(world, rule, slice, SINCE_EVER, &counted);
    world->counted = NULL;
    for (size_t i = 0; i < counted.deals.n; i++)
        for (size_t d = 0; d < world->deal_n; d++) {
            const struct deal *deal = &world->deals[d];
            struct bc_renewing renewing = { .deal = deal->id };

            if (!bc_str_eq(deal->id, counted.deals.at[i]))
                continue;
            renewing.member = world_property(world, deal, "company");
            (void)deal_date(deal, BC_P_CONTRACT_END, &renewing.end_day);
            renewing.health = last_word(deal, BC_HEALTH_RECORDED);
            renewing.intent = last_word(deal, BC_RENEWAL_INTENT_RECORDED);
            renewing.renewed_by = renewer_of(world, deal);
            put_renewal(out, rule->name, &renewing);
        }
}

void recount_renewals(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int slice)
{
    bc_arena *arena = bc_arena_new();
    struct world world;

    world_make(&world, events, n, question, arena);
    for (size_t i = 0; i < question->rules->metric_n; i++) {
        const struct bc_metric_rule *rule = &question->rules->metrics[i];

        if (rule->contract == BC_CONTRACT_OVERDUE || rule->contract == BC_CONTRACT_ENDS_IN)
            count_metric(out, &world, rule, slice < 0 ? rule->headline : (unsigned)slice);
    }
    bc_arena_free(arena);
}

/* --- moved --- */

static void put_moved(struct bc_buf *out, struct bc_str deal, struct bc_str from, struct bc_str to)
{
    bc_buf_printf(out, "%.*s %.*s -> %.*s\n", BC_STR_ARG(deal), BC_STR_ARG(from), BC_STR_ARG(to));
}

void recount_moved_print(struct bc_buf *out, const struct bc_flow *flow)
{
    for (size_t i = 0; i < flow->deal_n; i++)
        put_moved(out, flow->deals[i].deal, flow->deals[i].from, flow->deals[i].to);
}

/* Where a deal is in one of the worlds; "" where it is not there. */
struct where {
    struct bc_str id;
    int stage; /* of the rules, or BC_NO_STAGE */
};

static struct where find(const struct world *world, struct bc_str id, unsigned slice)
{
    struct where where = { .stage = BC_NO_STAGE };

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (!bc_str_eq(deal->id, id) || !deal_counts(world, deal, slice))
            continue;
        for (size_t v = 0; v < deal->visit_n; v++)
            if (deal->visits[v].entered_us <= world->as_of_us &&
                (deal->visits[v].open || deal->visits[v].left_us > world->as_of_us))
                where = (struct where){ deal->visits[v].id, deal->visits[v].stage };
    }
    return where;
}

void recount_moved(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, int64_t since_us, unsigned slice)
{
    const struct bc_metric_rule *sqd = bc_rules_metric(question->rules, BC_STR("sqd"));
    bc_arena *arena = bc_arena_new();
    struct world now, then;

    world_make(&now, events, n, question, arena);
    world_earlier(&then, &now, since_us, arena);
    for (size_t i = 0; i < now.deal_n; i++) {
        const struct bc_str id = now.deals[i].id;
        const struct where from = find(&then, id, slice), to = find(&now, id, slice);
        const bool was = in_set(sqd->stages, from.stage), is = in_set(sqd->stages, to.stage);

        if (was != is || (was && from.stage != to.stage))
            put_moved(out, id, from.id, to.id);
    }
    bc_arena_free(arena);
}
