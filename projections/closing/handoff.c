#include "projections/closing/handoff.h"

#include "projections/facts/learning.h"
#include "projections/metrics/lengths.h"

#include <stdlib.h>

struct deals {
    struct bc_handoff_deal *at;
    size_t n, cap;
};

struct making {
    struct bc_handoff **out;
    const struct bc_handoff_ask *ask;
    struct bc_walk walk;
    bc_stage_set kept; /* stages of kind won and final */
    struct bc_handoff *handoff;
    struct deals all;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    bc_arena *arena;
    struct deals deals;
};

static void add_deal(struct deals *deals, bc_arena *arena, const struct bc_handoff_deal *deal)
{
    BC_GROW(deals->at, deals->n, deals->cap);
    deals->at[deals->n] = *deal;
    deals->at[deals->n++].deal = bc_arena_copy(arena, deal->deal);
}

/* --- one deal --- */

/* The fact by which a step is done; 0: by something else. */
static const uint8_t fact_of[BC_STEP_N] = {
    [BC_STEP_SIGNED] = BC_FACT_AGREED,
    [BC_STEP_ORDERING] = BC_FACT_ORDER_STARTED,
    [BC_STEP_ORDERED] = BC_FACT_ORDER_PLACED,
    [BC_STEP_OPENED] = BC_FACT_HANDOFF_OPENED,
    [BC_STEP_ACCEPTED] = BC_FACT_HANDOFF_ACCEPTED,
    [BC_STEP_SERVING] = BC_FACT_SERVICE_STARTED,
    [BC_STEP_HEALTH] = BC_FACT_HEALTH,
};

static int64_t first_fact(const struct bc_deal *deal, enum bc_handoff_step step,
                          const struct bc_visit *win)
{
    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];
        const bool counts = step != BC_STEP_HEALTH || bc_fold_order(fact->occurred_us, fact->seq,
                                                                    win->entered_us, win->seq) > 0;

        if (fact->kind == fact_of[step] && counts)
            return fact->occurred_us;
    }
    return BC_NEVER;
}

static int64_t first_set(const struct bc_deal *deal, enum bc_property property)
{
    for (size_t i = 0; i < deal->settings[property].n; i++)
        if (deal->settings[property].at[i].value != BC_VALUE_UNSET)
            return deal->settings[property].at[i].occurred_us;
    return BC_NEVER;
}

static int64_t data_complete(const struct bc_deal *deal)
{
    static const enum bc_property needed[] = { BC_P_CONTRACT_START, BC_P_CONTRACT_END, BC_P_MRR };
    int64_t last_us = INT64_MIN;

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        const int64_t us = first_set(deal, needed[i]);

        last_us = us > last_us ? us : last_us;
    }
    return last_us;
}

static void settle_states(struct bc_handoff_deal *deal)
{
    bool later = false; /* one is done, up to SERVING */

    for (size_t step = BC_STEP_N; step-- > 0;) {
        const bool done = deal->at_us[step] != BC_NEVER;
        const bool may_be_skipped = step >= BC_STEP_ORDERING && step <= BC_STEP_ACCEPTED;

        deal->state[step] = done                      ? BC_STEP_DONE
                            : may_be_skipped && later ? BC_STEP_SKIPPED
                                                      : BC_STEP_PENDING;
        later = later || (done && step <= BC_STEP_SERVING);
    }
}

static void settle_waiting(struct bc_handoff_deal *deal, int64_t as_of_us)
{
    int64_t latest_us = INT64_MIN;
    unsigned waiting = 0;

    while (waiting < BC_STEP_N && deal->state[waiting] != BC_STEP_PENDING)
        waiting++;
    for (size_t step = 0; step < BC_STEP_N; step++)
        if (deal->at_us[step] != BC_NEVER && deal->at_us[step] > latest_us)
            latest_us = deal->at_us[step];
    deal->waiting = (enum bc_handoff_step)waiting;
    deal->waiting_us = waiting == BC_STEP_N ? 0 : as_of_us - latest_us;
}

static struct bc_handoff_deal deal_at(const struct bc_deal *deal, const struct bc_visit *win,
                                      int64_t as_of_us)
{
    struct bc_handoff_deal out = { .deal = deal->id };

    for (unsigned step = 0; step < BC_STEP_N; step++) {
        int64_t us = step == BC_STEP_WON    ? win->entered_us
                     : step == BC_STEP_DATA ? data_complete(deal)
                                            : first_fact(deal, (enum bc_handoff_step)step, win);

        out.at_us[step] = us <= as_of_us ? us : BC_NEVER;
    }
    settle_states(&out);
    settle_waiting(&out, as_of_us);
    return out;
}

/* In a stage of a set at the date. */
static bool stands_in(const struct bc_deal *deal, bc_stage_set stages, int64_t as_of_us)
{
    size_t n = deal->visit_n;

    while (n && deal->visits[n - 1].entered_us > as_of_us)
        n--;
    return n && bc_stage_in(stages, deal->visits[n - 1].stage);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const int64_t as_of_us = making->walk.wants.until_us;
    const struct bc_visit *win = bc_deal_entry(deal, 0, making->walk.rules->won);

    (void)err;
    if (!win || win->entered_us <= making->ask->since_us || win->entered_us > as_of_us ||
        !stands_in(deal, making->kept, as_of_us))
        return BC_OK;
    bc_view_at(view, deal);
    if (bc_view_present(view, 0) && bc_view_slices(view, 0) >> making->ask->slice & 1) {
        const struct bc_handoff_deal found = deal_at(deal, win, as_of_us);

        add_deal(&part->deals, part->arena, &found);
    }
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

    for (size_t i = 0; i < part->deals.n; i++)
        add_deal(&making->all, making->handoff->arena, &part->deals.at[i]);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_arena_free(part->arena);
    free(part->deals.at);
}

static void count_step(struct bc_handoff_count *count, const struct deals *deals, size_t step,
                       int64_t *room)
{
    struct bc_lengths lengths;
    size_t done = 0;

    for (size_t i = 0; i < deals->n; i++) {
        const struct bc_handoff_deal *deal = &deals->at[i];

        count->n[deal->state[step]]++;
        if (deal->state[step] == BC_STEP_DONE)
            room[done++] = deal->at_us[step] - deal->at_us[BC_STEP_WON];
    }
    lengths = bc_lengths_of(room, done);
    count->median_days = lengths.median_days;
    count->p90_days = lengths.p90_days;
}

static int longest_first(const void *a, const void *b)
{
    const struct bc_handoff_deal *left = a, *right = b;
    const bool left_waits = left->waiting != BC_STEP_N, right_waits = right->waiting != BC_STEP_N;

    if (left_waits != right_waits)
        return left_waits ? -1 : 1;
    if (left->waiting_us != right->waiting_us)
        return left->waiting_us > right->waiting_us ? -1 : 1;
    return bc_str_cmp(left->deal, right->deal);
}

static void finish(struct making *making)
{
    struct bc_handoff *handoff = making->handoff;
    struct deals *all = &making->all;
    int64_t *room = bc_calloc(all->n + 1, sizeof(*room));

    handoff->n = all->n;
    for (size_t step = 0; step < BC_STEP_N; step++)
        count_step(&handoff->steps[step], all, step, room);
    free(room);
    if (all->n)
        qsort(all->at, all->n, sizeof(*all->at), longest_first);
    handoff->deals = all->at;
    handoff->deal_n = all->n;
    *all = (struct deals){ 0 };
    while (making->ask->pending_only && handoff->deal_n &&
           handoff->deals[handoff->deal_n - 1].waiting == BC_STEP_N)
        handoff->deal_n--;
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        finish(making);
        *making->out = making->handoff;
    } else {
        bc_handoff_free(making->handoff);
    }
    bc_walk_release(&making->walk);
    free(making->all.at);
    free(making);
    return rc;
}

bc_status bc_handoff_begin(struct bc_walked *walked, struct bc_handoff **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_handoff_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    struct bc_wants *wants = &making->walk.wants;
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->kept = bc_rules_closed(question->rules);
    making->handoff = bc_calloc(1, sizeof(*making->handoff));
    making->handoff->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    wants->kinds |= BC_FACT_BIT(BC_FACT_CONTRACT_START) | BC_FACT_BIT(BC_FACT_CONTRACT_END) |
                    BC_FACT_BIT(BC_FACT_MRR);
    for (size_t step = 0; step < BC_STEP_N; step++)
        wants->kinds |= fact_of[step] ? BC_FACT_BIT(fact_of[step]) : 0;
    return rc;
}

bc_status bc_handoff_make(struct bc_handoff **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_handoff_ask *ask,
                          struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_handoff_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_handoff_free(struct bc_handoff *handoff)
{
    if (!handoff)
        return;
    free(handoff->deals);
    bc_arena_free(handoff->arena);
    free(handoff);
}
