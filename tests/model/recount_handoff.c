#include "tests/model/recount_handoff.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const words[] = { "won",    "signed",   "data",    "ordering", "ordered",
                                     "opened", "accepted", "serving", "health" };
enum { STEPS = 9, ORDERING = 3, ACCEPTED = 6, SERVING = 7 };

static double days_of(int64_t us)
{
    return (double)us / (double)BC_DAY_US;
}

static void print_deal(struct bc_buf *out, const struct bc_handoff_deal *deal)
{
    char text[BC_INSTANT_LEN];

    bc_buf_printf(out, "%.*s:", BC_STR_ARG(deal->deal));
    for (size_t i = 0; i < STEPS; i++) {
        if (deal->state[i] == BC_STEP_SKIPPED)
            bc_buf_printf(out, " %s skipped", words[i]);
        if (deal->state[i] != BC_STEP_DONE)
            continue;
        bc_instant_print_short(text, deal->at_us[i]);
        bc_buf_printf(out, " %s %s", words[i], text);
    }
    if (deal->waiting < BC_STEP_N)
        bc_buf_printf(out, "; waits %.6f days for %s", days_of(deal->waiting_us),
                      words[deal->waiting]);
    bc_buf_add_byte(out, '\n');
}

void recount_handoff_print(struct bc_buf *out, const struct bc_handoff *handoff)
{
    bc_buf_printf(out, "%" PRIu64 " won\n", handoff->n);
    for (size_t i = 0; i < STEPS; i++) {
        const struct bc_handoff_count *count = &handoff->steps[i];

        if (handoff->n && (count->n[BC_STEP_DONE] || count->n[BC_STEP_SKIPPED]))
            bc_buf_printf(out, "%s %" PRIu64 " done %" PRIu64 " skipped %" PRIu64 " pending",
                          words[i], count->n[BC_STEP_DONE], count->n[BC_STEP_SKIPPED],
                          count->n[BC_STEP_PENDING]);
        else
            continue;
        if (count->n[BC_STEP_DONE])
            bc_buf_printf(out, ", days %.6f %.6f", count->median_days, count->p90_days);
        bc_buf_add_byte(out, '\n');
    }
    for (size_t i = 0; i < handoff->deal_n; i++)
        print_deal(out, &handoff->deals[i]);
}

/* --- one deal --- */

static bool later(const struct bc_event *event, const struct bc_event *than)
{
    return event->occurred_us > than->occurred_us ||
           (event->occurred_us == than->occurred_us && event->seq > than->seq);
}

/* The first event of a body up to the date, and after another one where that is given. */
static const struct bc_event *first(const struct deal *deal, enum bc_body body,
                                    const struct bc_event *after)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == body && (!after || later(deal->events[i], after)))
            return deal->events[i];
    return NULL;
}

static const struct bc_event *first_set(const struct deal *deal, const char *name)
{
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->body == BC_PROPERTY_CHANGED && event->value[2].text.len &&
            bc_str_eq(event->value[1].text, bc_str_of(name)))
            return event;
    }
    return NULL;
}

static const struct bc_event *data(const struct deal *deal)
{
    static const char *const names[] = { "contract_start", "contract_end", "mrr" };
    const struct bc_event *last = NULL;

    for (size_t i = 0; i < 3; i++) {
        const struct bc_event *set = first_set(deal, names[i]);

        if (!set)
            return NULL;
        if (!last || set->occurred_us > last->occurred_us)
            last = set;
    }
    return last;
}

static const struct bc_event *win_of(const struct world *world, const struct deal *deal)
{
    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (!visit->observed && visit->stage != BC_NO_STAGE &&
            world->rules->stages[visit->stage].kind == BC_STAGE_WON)
            return visit->event;
    }
    return NULL;
}

static void settle(struct bc_handoff_deal *out, const struct bc_event *const *done,
                   int64_t as_of_us)
{
    int64_t latest_us = done[0]->occurred_us;

    out->waiting = BC_STEP_N;
    for (int i = STEPS; i-- > 0;) {
        bool skipped = false;

        for (int after = i + 1; i >= ORDERING && i <= ACCEPTED && after <= SERVING; after++)
            skipped = skipped || done[after];
        out->state[i] = done[i] ? BC_STEP_DONE : skipped ? BC_STEP_SKIPPED : BC_STEP_PENDING;
        if (out->state[i] == BC_STEP_PENDING)
            out->waiting = (enum bc_handoff_step)i;
        if (done[i])
            out->at_us[i] = done[i]->occurred_us;
        if (done[i] && done[i]->occurred_us > latest_us)
            latest_us = done[i]->occurred_us;
    }
    out->waiting_us = as_of_us - latest_us;
}

/* False: it is none of those that are asked for. */
static bool hand_over(struct bc_handoff_deal *out, const struct world *world,
                      const struct deal *deal, const struct bc_handoff_ask *ask)
{
    const struct bc_event *win = win_of(world, deal);
    const int stage = deal_stage(deal);

    if (!win || !in_window(world, ask->since_us, win->occurred_us) ||
        !deal_counts(world, deal, ask->slice) || stage == BC_NO_STAGE ||
        (world->rules->stages[stage].kind != BC_STAGE_WON &&
         world->rules->stages[stage].kind != BC_STAGE_FINAL))
        return false;

    const struct bc_event *done[STEPS] = { win,
                                           first(deal, BC_AGREEMENT_SIGNED, NULL),
                                           data(deal),
                                           first(deal, BC_ORDER_STARTED, NULL),
                                           first(deal, BC_ORDER_PLACED, NULL),
                                           first(deal, BC_HANDOFF_OPENED, NULL),
                                           first(deal, BC_HANDOFF_ACCEPTED, NULL),
                                           first(deal, BC_SERVICE_STARTED, NULL),
                                           first(deal, BC_HEALTH_RECORDED, win) };

    *out = (struct bc_handoff_deal){ .deal = deal->id };
    settle(out, done, world->as_of_us);
    return true;
}

/* --- all of them --- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t n, double q)
{
    const double place = q * (double)(n - 1);
    const size_t at = (size_t)place;

    return sorted[at] + (sorted[at + 1 < n ? at + 1 : at] - sorted[at]) * (place - (double)at);
}

static void count(struct bc_handoff *found, size_t step, double *room)
{
    struct bc_handoff_count *out = &found->steps[step];
    size_t n = 0;

    for (size_t i = 0; i < found->n; i++) {
        const struct bc_handoff_deal *deal = &found->deals[i];

        out->n[deal->state[step]]++;
        if (deal->state[step] == BC_STEP_DONE)
            room[n++] = days_of(deal->at_us[step] - deal->at_us[0]);
    }
    if (n == 0)
        return;
    qsort(room, n, sizeof(*room), by_size);
    out->median_days = quantile(room, n, 0.5);
    out->p90_days = quantile(room, n, 0.9);
}

/* The deals come by id, and keep that order where they have waited alike. */
static void put_longest_first(struct bc_handoff_deal *deals, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t at = i; at > 0; at--) {
            struct bc_handoff_deal *left = &deals[at - 1], *right = &deals[at], keep = *left;
            const bool swap = right->waiting < BC_STEP_N &&
                              (left->waiting == BC_STEP_N || right->waiting_us > left->waiting_us);

            if (!swap)
                break;
            *left = *right;
            *right = keep;
        }
}

void recount_handoff(struct bc_buf *out, const struct bc_event *events, size_t n,
                     const struct recount_question *question, const struct bc_handoff_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct bc_handoff found = { 0 };
    struct world world;
    double *room;

    world_make(&world, events, n, question, arena);
    found.deals = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*found.deals));
    room = bc_arena_alloc(arena, (world.deal_n + 1) * sizeof(*room));
    for (size_t i = 0; i < world.deal_n; i++)
        found.n += hand_over(&found.deals[found.n], &world, &world.deals[i], ask);
    for (size_t step = 0; step < STEPS; step++)
        count(&found, step, room);
    put_longest_first(found.deals, found.n);
    for (size_t i = 0; i < found.n; i++)
        found.deal_n += !ask->pending_only || found.deals[i].waiting < BC_STEP_N;
    recount_handoff_print(out, &found);
    bc_arena_free(arena);
}
