#include "tests/model/recount_velocity.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_pace(struct bc_buf *out, const struct bc_pace *pace, const char *stage)
{
    const uint64_t *n = pace->n;

    if (n[BC_PACE_NOW] + n[BC_PACE_ENTERED] + n[BC_PACE_LEFT] == 0 && pace->deal_us == 0)
        return;
    bc_buf_printf(out, "%s: now %" PRIu64 " stalled %" PRIu64 " in %" PRIu64 " out %" PRIu64, stage,
                  n[BC_PACE_NOW], n[BC_PACE_STALLED], n[BC_PACE_ENTERED], n[BC_PACE_LEFT]);
    if (n[BC_PACE_TIMED])
        bc_buf_printf(out, "; n %" PRIu64 " %.6f %.6f %.6f", n[BC_PACE_TIMED],
                      pace->timed.mean_days, pace->timed.median_days, pace->timed.p90_days);
    if (n[BC_PACE_OPEN])
        bc_buf_printf(out, "; open %" PRIu64 " %.6f %.6f %.*s", n[BC_PACE_OPEN],
                      pace->open_median_days, pace->oldest_days, BC_STR_ARG(pace->oldest_deal));
    for (size_t i = 0; i < pace->next_n; i++)
        bc_buf_printf(out, "%s %.*s %" PRIu64, i ? "," : "; next", BC_STR_ARG(pace->next[i].to),
                      pace->next[i].n);
    bc_buf_printf(out, "; %.6f\n", (double)pace->deal_us / (double)BC_DAY_US);
}

void recount_velocity_print(struct bc_buf *out, const struct bc_velocity *velocity,
                            const bc_rules *rules)
{
    for (size_t i = 0; i < velocity->stage_n; i++)
        print_pace(out, &velocity->stages[i], rules->stages[i].id);
    if (velocity->bottleneck != BC_NO_BOTTLENECK)
        bc_buf_printf(out, "bottleneck %s\n", rules->stages[velocity->bottleneck].id);
}

/* --- one stage --- */

enum { SEEN_MAX = 4096 };

struct numbers {
    double at[SEEN_MAX];
    size_t n;
};

struct counting {
    const struct world *world;
    const struct bc_velocity_ask *ask;
    int stage;
    struct bc_pace pace;
    struct numbers timed, open;
    struct bc_str went[SEEN_MAX];
    size_t went_n;
};

static double days_of(int64_t us)
{
    return (double)us / (double)BC_DAY_US;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Linear between the closest ranks; of sorted numbers. */
static double quantile(const struct numbers *of, double q)
{
    const double place = q * (double)(of->n - 1);
    const size_t at = (size_t)place;
    const double low = of->at[at], high = of->at[at + 1 < of->n ? at + 1 : at];

    return low + (high - low) * (place - (double)at);
}

static bool parked(const struct world *world, const struct deal *deal)
{
    int32_t until;

    return deal_date(deal, BC_P_PARKED_UNTIL, &until) && until > world->day;
}

static void count_open(struct counting *counting, const struct deal *deal,
                       const struct visit *visit)
{
    const struct world *world = counting->world;
    const double length = days_of(world->as_of_us - visit->entered_us);
    struct bc_pace *pace = &counting->pace;

    pace->n[BC_PACE_NOW]++;
    pace->n[BC_PACE_OPEN]++;
    if (world->rules->stages[counting->stage].kind == BC_STAGE_OPEN &&
        world->as_of_us - visit->entered_us > world->rules->learning.stalled_after_us &&
        !parked(world, deal))
        pace->n[BC_PACE_STALLED]++;
    if (counting->open.n == 0 || length > pace->oldest_days) {
        pace->oldest_days = length;
        pace->oldest_deal = deal->id;
    }
    counting->open.at[counting->open.n++] = length;
}

static void count_deal(struct counting *counting, const struct deal *deal)
{
    const struct world *world = counting->world;
    const int64_t since_us = counting->ask->since_us;
    int64_t timed_us = 0;
    bool timed = false;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];
        const int64_t end_us = visit->open ? world->as_of_us : visit->left_us;
        const int64_t from_us = visit->entered_us < since_us ? since_us : visit->entered_us;

        if (visit->stage != counting->stage)
            continue;
        if (!visit->observed && in_window(world, since_us, visit->entered_us))
            counting->pace.n[BC_PACE_ENTERED]++;
        if (from_us < end_us)
            counting->pace.deal_us += end_us - from_us;
        if (visit->open) {
            count_open(counting, deal, visit);
        } else if (in_window(world, since_us, visit->left_us)) {
            counting->pace.n[BC_PACE_LEFT]++;
            counting->went[counting->went_n++] = deal->visits[i + 1].id;
            timed = timed || !visit->observed;
            timed_us += visit->observed ? 0 : visit->left_us - visit->entered_us;
        }
    }
    if (timed)
        counting->timed.at[counting->timed.n++] = days_of(timed_us);
}

static int by_bytes(const void *a, const void *b)
{
    return bc_str_cmp(*(const struct bc_str *)a, *(const struct bc_str *)b);
}

static int most_first(const void *a, const void *b)
{
    const struct bc_move *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return bc_str_cmp(x->to, y->to);
}

static void finish_next(struct counting *counting)
{
    struct bc_pace *pace = &counting->pace;

    if (counting->went_n == 0)
        return;
    qsort(counting->went, counting->went_n, sizeof(struct bc_str), by_bytes);
    pace->next = bc_arena_alloc(counting->world->arena, counting->went_n * sizeof(*pace->next));
    for (size_t i = 0; i < counting->went_n; i++) {
        if (i == 0 || !bc_str_eq(counting->went[i], counting->went[i - 1]))
            pace->next[pace->next_n++] = (struct bc_move){ .to = counting->went[i] };
        pace->next[pace->next_n - 1].n++;
    }
    qsort(pace->next, pace->next_n, sizeof(*pace->next), most_first);
}

static void finish(struct counting *counting)
{
    struct numbers *timed = &counting->timed, *open = &counting->open;
    struct bc_pace *pace = &counting->pace;
    double sum = 0;

    pace->n[BC_PACE_TIMED] = timed->n;
    qsort(timed->at, timed->n, sizeof(double), by_size);
    qsort(open->at, open->n, sizeof(double), by_size);
    for (size_t i = 0; i < timed->n; i++)
        sum += timed->at[i];
    if (timed->n)
        pace->timed = (struct bc_lengths){ sum / (double)timed->n, quantile(timed, 0.5),
                                           quantile(timed, 0.9) };
    if (open->n)
        pace->open_median_days = quantile(open, 0.5);
    finish_next(counting);
}

void recount_velocity(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, const struct bc_velocity_ask *ask)
{
    const bc_rules *rules = question->rules;
    bc_arena *arena = bc_arena_new();
    struct counting *counting = malloc(sizeof(*counting));
    const char *bottleneck = NULL;
    double most = 0;
    struct world world;

    world_make(&world, events, n, question, arena);
    for (int stage = 0; stage < (int)rules->stage_n; stage++) {
        double each;

        memset(counting, 0, sizeof(*counting));
        counting->world = &world;
        counting->ask = ask;
        counting->stage = stage;
        for (size_t i = 0; i < world.deal_n; i++)
            if (deal_counts(&world, &world.deals[i], ask->slice))
                count_deal(counting, &world.deals[i]);
        finish(counting);
        print_pace(out, &counting->pace, rules->stages[stage].id);
        each = (double)counting->pace.deal_us / (double)(counting->went_n ? counting->went_n : 1);
        if (rules->stages[stage].kind == BC_STAGE_OPEN && each > most) {
            most = each;
            bottleneck = rules->stages[stage].id;
        }
    }
    if (bottleneck)
        bc_buf_printf(out, "bottleneck %s\n", bottleneck);
    free(counting);
    bc_arena_free(arena);
}
