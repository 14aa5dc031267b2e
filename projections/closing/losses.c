#include "projections/closing/losses.h"

#include "projections/closing/close.h"
#include "projections/cohorts/cohort_keys.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

struct loss {
    struct bc_str deal;
    struct bc_str value[BC_LOSS_BY_N];
};

struct making {
    struct bc_losses **out;
    const struct bc_losses_ask *ask;
    struct bc_walk walk;
    struct bc_about_none none; /* the ICPs that were published */
    struct bc_by_world world;
    struct bc_losses *losses;
    struct loss *all;
    size_t n, cap, reengage_cap;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    bc_arena *arena;
    struct loss *losses;
    size_t n, cap;
    struct bc_reengage *reengage;
    size_t reengage_n, reengage_cap;
};

/* --- one deal --- */

static bool is_lost(const struct bc_walk *walk, const struct bc_visit *visit)
{
    return bc_stage_in(walk->rules->lost, visit->stage);
}

static void add_loss(struct part *part, const struct bc_deal *deal, size_t i)
{
    static const struct bc_by icp = { .kind = BC_BY_ICP };
    const struct making *making = part->making;
    char room[BC_BY_ROOM];
    struct loss loss = {
        .deal = deal->id,
        .value = { [BC_LOSS_BY_STAGE] = i ? bc_walk_stage(&making->walk, &deal->visits[i - 1])
                                          : (struct bc_str){ 0 },
                   [BC_LOSS_BY_REASON] = bc_close_reason(&making->walk, deal, i),
                   [BC_LOSS_BY_ICP] =
                       bc_by_value(&icp, &making->world, deal, deal->visits[i].entered_us, room) },
    };

    loss.deal = bc_arena_copy(part->arena, loss.deal);
    for (size_t by = 0; by < BC_LOSS_BY_N; by++)
        loss.value[by] = bc_arena_copy(part->arena, loss.value[by]);
    BC_GROW(part->losses, part->n, part->cap);
    part->losses[part->n++] = loss;
}

/* The day to ask again, of the last loss that was recorded; empty: it names none. */
static struct bc_str reengage_date(const struct bc_walk *walk, const struct bc_deal *deal)
{
    struct bc_str date = { 0 };

    for (size_t i = 0; i < deal->learning_n; i++)
        if (deal->learning[i].kind == BC_FACT_LOST_BECAUSE &&
            deal->learning[i].occurred_us <= walk->wants.until_us)
            date = bc_learning_text(&deal->learning[i], BC_TEXT_LOSS_REENGAGE_AFTER);
    return date;
}

static void add_reengage(struct part *part, const struct bc_deal *deal)
{
    const struct bc_walk *walk = &part->making->walk;
    const struct bc_str date = reengage_date(walk, deal);
    int32_t day;

    if (!bc_day_parse(&day, date))
        return;
    BC_GROW(part->reengage, part->reengage_n, part->reengage_cap);
    part->reengage[part->reengage_n++] =
        (struct bc_reengage){ .deal = bc_arena_copy(part->arena, deal->id),
                              .date = bc_arena_copy(part->arena, date),
                              .due = day <= walk->dates.day[0] };
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const struct bc_walk *walk = &making->walk;
    size_t n = 0;

    (void)err;
    bc_view_at(view, deal);
    if (!bc_view_present(view, 0) || !(bc_view_slices(view, 0) >> making->ask->slice & 1))
        return BC_OK;
    for (; n < deal->visit_n && deal->visits[n].entered_us <= walk->wants.until_us; n++)
        if (is_lost(walk, &deal->visits[n]) && deal->visits[n].entered_us > making->ask->since_us &&
            (n > 0 || !deal->visits[n].observed))
            add_loss(part, deal, n);
    if (n && is_lost(walk, &deal->visits[n - 1]))
        add_reengage(part, deal);
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
    bc_arena *arena = making->losses->arena;

    for (size_t i = 0; i < part->n; i++) {
        struct loss loss = { .deal = bc_arena_copy(arena, part->losses[i].deal) };

        for (size_t by = 0; by < BC_LOSS_BY_N; by++)
            loss.value[by] = bc_arena_copy(arena, part->losses[i].value[by]);
        BC_GROW(making->all, making->n, making->cap);
        making->all[making->n++] = loss;
    }
    for (size_t i = 0; i < part->reengage_n; i++) {
        struct bc_reengage *to = NULL;

        BC_GROW(making->losses->reengage, making->losses->reengage_n, making->reengage_cap);
        to = &making->losses->reengage[making->losses->reengage_n++];
        *to = part->reengage[i];
        to->deal = bc_arena_copy(arena, to->deal);
        to->date = bc_arena_copy(arena, to->date);
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_arena_free(part->arena);
    free(part->losses);
    free(part->reengage);
}

static int by_n(const void *a, const void *b)
{
    const struct bc_loss_count *left = a, *right = b;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return bc_str_cmp(left->value, right->value);
}

static void count(struct making *making, enum bc_loss_by by)
{
    struct bc_str *values = bc_calloc(making->n + 1, sizeof(*values));
    struct bc_loss_count *counts = bc_calloc(making->n + 1, sizeof(*counts));
    size_t n = 0;

    for (size_t i = 0; i < making->n; i++)
        values[i] = making->all[i].value[by];
    qsort(values, making->n, sizeof(*values), bc_str_order);
    for (size_t i = 0; i < making->n; i++) {
        if (n == 0 || !bc_str_eq(counts[n - 1].value, values[i]))
            counts[n++].value = values[i];
        counts[n - 1].n++;
    }
    qsort(counts, n, sizeof(*counts), by_n);
    making->losses->by[by].at = counts;
    making->losses->by[by].n = n;
    free(values);
}

static int by_pair(const void *a, const void *b)
{
    const struct bc_loss_pair *left = a, *right = b;
    const int order = bc_str_cmp(left->stage, right->stage);

    return order ? order : bc_str_cmp(left->reason, right->reason);
}

static int by_stage_n(const void *a, const void *b)
{
    const struct bc_loss_pair *left = a, *right = b;
    const int order = bc_str_cmp(left->stage, right->stage);

    if (left->stage_n != right->stage_n)
        return left->stage_n > right->stage_n ? -1 : 1;
    if (order)
        return order;
    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return bc_str_cmp(left->reason, right->reason);
}

/* The reasons of each stage. */
static void pair(struct making *making)
{
    struct bc_loss_pair *pairs = bc_calloc(making->n + 1, sizeof(*pairs));
    size_t n = 0, end;

    for (size_t i = 0; i < making->n; i++)
        pairs[i] = (struct bc_loss_pair){ .stage = making->all[i].value[BC_LOSS_BY_STAGE],
                                          .reason = making->all[i].value[BC_LOSS_BY_REASON] };
    qsort(pairs, making->n, sizeof(*pairs), by_pair);
    for (size_t i = 0; i < making->n; i++) {
        if (n == 0 || by_pair(&pairs[n - 1], &pairs[i]) != 0)
            pairs[n++] = pairs[i];
        pairs[n - 1].n++;
    }
    for (size_t begin = 0; begin < n; begin = end) {
        uint64_t all = 0;

        for (end = begin; end < n && bc_str_eq(pairs[end].stage, pairs[begin].stage); end++)
            all += pairs[end].n;
        for (size_t i = begin; i < end; i++)
            pairs[i].stage_n = all;
    }
    qsort(pairs, n, sizeof(*pairs), by_stage_n);
    making->losses->pairs = pairs;
    making->losses->pair_n = n;
}

/* Losses of a deal are adjacent. */
static void list(struct making *making)
{
    const struct bc_losses_ask *ask = making->ask;
    struct bc_losses *losses = making->losses;

    losses->deals = bc_calloc(making->n + 1, sizeof(*losses->deals));
    for (size_t i = 0; ask->list && i < making->n; i++) {
        const struct loss *loss = &making->all[i];

        if (ask->list_by != BC_LOSS_BY_N && !bc_str_eq(loss->value[ask->list_by], ask->list_value))
            continue;
        if (losses->deal_n == 0 || !bc_str_eq(losses->deals[losses->deal_n - 1], loss->deal))
            losses->deals[losses->deal_n++] = loss->deal;
    }
}

static bc_status prepare(struct making *making, struct bc_err *err)
{
    struct bc_walk *walk = &making->walk;
    bc_status rc = bc_about_none_read(&making->none, walk->timelines, walk->rules, walk->visible,
                                      BC_FACT_BIT(BC_FACT_ICP), err);

    making->world = bc_by_world_of(walk->rules, walk->strings);
    making->world.published = making->none.facts;
    making->world.published_n = making->none.n;
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_LOST_BECAUSE);
    return rc;
}

static void finish(struct making *making)
{
    making->losses->n = making->n;
    for (size_t by = 0; by < BC_LOSS_BY_N; by++)
        count(making, (enum bc_loss_by)by);
    pair(making);
    list(making);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        finish(making);
        *making->out = making->losses;
    } else {
        bc_losses_free(making->losses);
    }
    bc_walk_release(&making->walk);
    bc_about_none_release(&making->none);
    free(making->all);
    free(making);
    return rc;
}

bc_status bc_losses_begin(struct bc_walked *walked, struct bc_losses **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_losses_ask *ask,
                          struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->losses = bc_calloc(1, sizeof(*making->losses));
    making->losses->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    return rc < 0 ? rc : prepare(making, err);
}

bc_status bc_losses_make(struct bc_losses **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_losses_ask *ask,
                         struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_losses_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_losses_free(struct bc_losses *losses)
{
    if (!losses)
        return;
    for (size_t by = 0; by < BC_LOSS_BY_N; by++)
        free(losses->by[by].at);
    free(losses->pairs);
    free(losses->reengage);
    free(losses->deals);
    bc_arena_free(losses->arena);
    free(losses);
}
