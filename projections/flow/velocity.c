#include "projections/flow/velocity.h"

#include "projections/flow/stalled.h"

#include <stdlib.h>

/* Lengths of time, in microseconds. */
struct spans {
    int64_t *us;
    size_t n, cap;
};

/* One stage, over some of the deals. */
struct stage {
    uint64_t n[BC_PACE_COUNT_N];
    struct spans timed, open;
    int64_t oldest_us;
    struct bc_str oldest_deal;
    bc_int128 deal_us;
};

struct deals {
    struct bc_str *at;
    size_t n, cap;
};

/* Some of the deals, or all of them. */
struct part {
    const struct making *making;
    struct stage stages[BC_STAGE_MAX];
    struct bc_moves moves;
    struct deals listed;
    bc_arena *arena;
};

struct making {
    struct bc_velocity **out;
    const struct bc_velocity_ask *ask;
    struct bc_walk walk;
    int64_t as_of_us;
    struct part all;
};

static void add_span(struct spans *spans, int64_t us)
{
    BC_GROW(spans->us, spans->n, spans->cap);
    spans->us[spans->n++] = us;
}

/* --- one deal --- */

/* A deal being looked at. */
struct looking {
    struct part *part;
    const struct bc_deal *deal;
    int64_t timed_us[BC_STAGE_MAX]; /* of the stages in `timed` */
    bc_stage_set timed;
    bool listed;
};

static void count(struct looking *looking, int stage, enum bc_pace_count what)
{
    const struct bc_velocity_ask *ask = looking->part->making->ask;

    looking->part->stages[stage].n[what]++;
    looking->listed |= ask->list && ask->list_stage == (unsigned)stage && ask->list_count == what;
}

static bool is_in_window(const struct making *making, int64_t us)
{
    return us > making->ask->since_us && us <= making->as_of_us;
}

static void see_left(struct looking *looking, const struct bc_visit *visit)
{
    const bc_stage_set bit = UINT64_C(1) << visit->stage;

    count(looking, visit->stage, BC_PACE_LEFT);
    bc_moves_add(&looking->part->moves, bc_place_of(visit), bc_place_of(visit + 1));
    if (visit->observed)
        return;
    if (!(looking->timed & bit))
        looking->timed_us[visit->stage] = 0;
    looking->timed |= bit;
    looking->timed_us[visit->stage] += visit->left_us - visit->entered_us;
}

static void see_open(struct looking *looking, const struct bc_visit *visit)
{
    struct part *part = looking->part;
    struct stage *stage = &part->stages[visit->stage];
    const int64_t us = part->making->as_of_us - visit->entered_us;

    count(looking, visit->stage, BC_PACE_NOW);
    count(looking, visit->stage, BC_PACE_OPEN);
    if (stage->open.n == 0 || us > stage->oldest_us) {
        stage->oldest_us = us;
        stage->oldest_deal = bc_arena_copy(part->arena, looking->deal->id);
    }
    add_span(&stage->open, us);
}

static void see_visit(struct looking *looking, const struct bc_visit *visit)
{
    const struct making *making = looking->part->making;
    const bool open = visit->left_us > making->as_of_us;
    const int64_t end_us = open ? making->as_of_us : visit->left_us;
    const int64_t begin_us =
        visit->entered_us > making->ask->since_us ? visit->entered_us : making->ask->since_us;

    if (visit->stage == BC_NO_STAGE)
        return;
    if (!visit->observed && is_in_window(making, visit->entered_us))
        count(looking, visit->stage, BC_PACE_ENTERED);
    if (!open && is_in_window(making, visit->left_us))
        see_left(looking, visit);
    if (open)
        see_open(looking, visit);
    if (end_us > begin_us)
        looking->part->stages[visit->stage].deal_us += end_us - begin_us;
}

static void add_timed(struct looking *looking)
{
    const int stage_n = (int)looking->part->making->walk.rules->stage_n;

    for (int stage = 0; stage < stage_n; stage++)
        if (looking->timed >> stage & 1) {
            count(looking, stage, BC_PACE_TIMED);
            add_span(&looking->part->stages[stage].timed, looking->timed_us[stage]);
        }
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const int64_t as_of_us = part->making->as_of_us;
    struct looking looking;

    (void)err;
    bc_view_at(view, deal);
    if (!bc_view_present(view, 0) || !(bc_view_slices(view, 0) >> part->making->ask->slice & 1))
        return BC_OK;
    looking.part = part;
    looking.deal = deal;
    looking.timed = 0;
    looking.listed = false;
    for (size_t i = 0; i < deal->visit_n && deal->visits[i].entered_us <= as_of_us; i++)
        see_visit(&looking, &deal->visits[i]);
    add_timed(&looking);
    if (bc_is_stalled(deal, view, 0))
        count(&looking, bc_deal_visit_at(deal, as_of_us)->stage, BC_PACE_STALLED);
    if (looking.listed) {
        BC_GROW(part->listed.at, part->listed.n, part->listed.cap);
        part->listed.at[part->listed.n++] = bc_arena_copy(part->arena, deal->id);
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

static void join_spans(struct spans *spans, const struct spans *from)
{
    for (size_t i = 0; i < from->n; i++)
        add_span(spans, from->us[i]);
}

static void join_stage(struct part *all, struct stage *stage, const struct stage *from)
{
    for (size_t what = 0; what < BC_PACE_COUNT_N; what++)
        stage->n[what] += from->n[what];
    if (from->open.n && (stage->open.n == 0 || from->oldest_us > stage->oldest_us)) {
        stage->oldest_us = from->oldest_us;
        stage->oldest_deal = bc_arena_copy(all->arena, from->oldest_deal);
    }
    join_spans(&stage->timed, &from->timed);
    join_spans(&stage->open, &from->open);
    stage->deal_us += from->deal_us;
}

static void join_part(void *payload, void *of)
{
    struct part *all = &((struct making *)payload)->all;
    const struct part *part = of;

    for (size_t i = 0; i < BC_STAGE_MAX; i++)
        join_stage(all, &all->stages[i], &part->stages[i]);
    bc_moves_join(&all->moves, &part->moves);
    for (size_t i = 0; i < part->listed.n; i++) {
        BC_GROW(all->listed.at, all->listed.n, all->listed.cap);
        all->listed.at[all->listed.n++] = bc_arena_copy(all->arena, part->listed.at[i]);
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    for (size_t i = 0; i < BC_STAGE_MAX; i++) {
        free(part->stages[i].timed.us);
        free(part->stages[i].open.us);
    }
    bc_moves_release(&part->moves);
    free(part->listed.at);
    bc_arena_free(part->arena);
}

/* --- the end --- */

static int most_first(const void *a, const void *b)
{
    const struct bc_move *left = a, *right = b;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return bc_str_cmp(left->to, right->to);
}

/* Moves are sorted by the stage that was left, so those of one stand side by side. */
static void fill_next(struct bc_velocity *velocity, const bc_rules *rules, struct bc_move *moves,
                      size_t n)
{
    size_t end;

    for (size_t i = 0; i < n; i = end) {
        struct bc_pace *pace = &velocity->stages[bc_rules_stage(rules, moves[i].from)];

        for (end = i; end < n && bc_str_eq(moves[i].from, moves[end].from);)
            end++;
        pace->next = &moves[i];
        pace->next_n = end - i;
        qsort(pace->next, pace->next_n, sizeof(*pace->next), most_first);
    }
}

static void fill_pace(struct bc_pace *pace, struct stage *stage, bc_arena *arena)
{
    memcpy(pace->n, stage->n, sizeof(pace->n));
    pace->timed = bc_lengths_of(stage->timed.us, stage->timed.n);
    pace->deal_us = stage->deal_us;
    if (stage->open.n == 0)
        return;
    pace->open_median_days = bc_lengths_of(stage->open.us, stage->open.n).median_days;
    pace->oldest_days = (double)stage->oldest_us / (double)BC_DAY_US;
    pace->oldest_deal = bc_arena_copy(arena, stage->oldest_deal);
}

static bc_int128 exits_of(const struct bc_pace *pace)
{
    return pace->n[BC_PACE_LEFT] ? (bc_int128)pace->n[BC_PACE_LEFT] : 1;
}

/* Two shares are compared across, so that no rounding decides. */
static int bottleneck_of(const struct bc_velocity *velocity, const bc_rules *rules)
{
    int most = BC_NO_BOTTLENECK;

    for (int i = 0; i < (int)velocity->stage_n; i++) {
        const struct bc_pace *pace = &velocity->stages[i];

        if (rules->stages[i].kind != BC_STAGE_OPEN || pace->deal_us == 0)
            continue;
        if (most == BC_NO_BOTTLENECK || pace->deal_us * exits_of(&velocity->stages[most]) >
                                            velocity->stages[most].deal_us * exits_of(pace))
            most = i;
    }
    return most;
}

static void finish(struct bc_velocity *velocity, struct making *making)
{
    const bc_rules *rules = making->walk.rules;
    struct part *all = &making->all;
    struct bc_move *moves;
    const size_t n =
        bc_moves_list(&moves, &all->moves, rules, making->walk.strings, velocity->arena);

    velocity->stage_n = rules->stage_n;
    velocity->stages = bc_calloc(rules->stage_n, sizeof(*velocity->stages));
    for (size_t i = 0; i < rules->stage_n; i++)
        fill_pace(&velocity->stages[i], &all->stages[i], velocity->arena);
    fill_next(velocity, rules, moves, n);
    velocity->bottleneck = bottleneck_of(velocity, rules);
    velocity->deals = bc_calloc(all->listed.n + 1, sizeof(*velocity->deals));
    for (size_t i = 0; i < all->listed.n; i++)
        velocity->deals[i] = bc_arena_copy(velocity->arena, all->listed.at[i]);
    velocity->deal_n = all->listed.n;
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;
    struct bc_velocity *velocity;

    (void)err;
    if (rc == BC_OK) {
        velocity = bc_calloc(1, sizeof(*velocity));
        velocity->arena = bc_arena_new();
        finish(velocity, making);
        *making->out = velocity;
    }
    end_part(&making->all);
    bc_walk_release(&making->walk);
    free(making);
    return rc;
}

bc_status bc_velocity_begin(struct bc_walked *walked, struct bc_velocity **out,
                            bc_timelines *timelines, const struct bc_question *question,
                            const struct bc_velocity_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->as_of_us = question->as_of_us[0];
    begin_part(&making->all, making);
    rc = bc_walk_init(&making->walk, timelines, question, err);
    bc_stalled_ask(&making->walk);
    return rc;
}

bc_status bc_velocity_make(struct bc_velocity **out, bc_timelines *timelines,
                           const struct bc_question *question, const struct bc_velocity_ask *ask,
                           struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_velocity_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_velocity_free(struct bc_velocity *velocity)
{
    if (!velocity)
        return;
    bc_arena_free(velocity->arena);
    free(velocity->stages);
    free(velocity->deals);
    free(velocity);
}
