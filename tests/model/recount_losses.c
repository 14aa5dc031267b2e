#include "tests/model/recount_losses.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[BC_LOSS_BY_N] = { "stage", "reason", "icp" };

void recount_losses_print(struct bc_buf *out, const struct bc_losses *losses)
{
    bc_buf_printf(out, "%" PRIu64 " lost\n", losses->n);
    for (size_t by = 0; by < BC_LOSS_BY_N; by++)
        for (size_t i = 0; i < losses->by[by].n; i++)
            bc_buf_printf(out, "%s %.*s %" PRIu64 "\n", words[by],
                          BC_STR_ARG(losses->by[by].at[i].value), losses->by[by].at[i].n);
    for (size_t i = 0; i < losses->pair_n; i++)
        bc_buf_printf(out, "out of %.*s %.*s %" PRIu64 " of %" PRIu64 "\n",
                      BC_STR_ARG(losses->pairs[i].stage), BC_STR_ARG(losses->pairs[i].reason),
                      losses->pairs[i].n, losses->pairs[i].stage_n);
    for (size_t i = 0; i < losses->reengage_n; i++)
        bc_buf_printf(out, "again %.*s %.*s%s\n", BC_STR_ARG(losses->reengage[i].deal),
                      BC_STR_ARG(losses->reengage[i].date), losses->reengage[i].due ? " due" : "");
}

struct counting {
    const struct world *world;
    struct bc_losses losses;
};

/* One more of a value; the counts stand in no order yet. */
static void count(struct counting *counting, enum bc_loss_by by, struct bc_str value)
{
    struct bc_losses *losses = &counting->losses;
    size_t i = 0;

    while (i < losses->by[by].n && !bc_str_eq(losses->by[by].at[i].value, value))
        i++;
    if (i == losses->by[by].n) {
        losses->by[by].at = bc_reallocarray(losses->by[by].at, i + 1, sizeof(*losses->by[by].at));
        losses->by[by].at[losses->by[by].n++] = (struct bc_loss_count){ .value = value };
    }
    losses->by[by].at[i].n++;
}

/* The same of a stage and a reason. */
static void count_pair(struct bc_losses *losses, struct bc_str stage, struct bc_str why)
{
    size_t i = 0;

    while (i < losses->pair_n &&
           (!bc_str_eq(losses->pairs[i].stage, stage) || !bc_str_eq(losses->pairs[i].reason, why)))
        i++;
    if (i == losses->pair_n) {
        losses->pairs = bc_reallocarray(losses->pairs, i + 1, sizeof(*losses->pairs));
        losses->pairs[losses->pair_n++] = (struct bc_loss_pair){ .stage = stage, .reason = why };
    }
    losses->pairs[i].n++;
}

static bool lost(const struct counting *counting, const struct visit *visit)
{
    return visit->stage != BC_NO_STAGE &&
           counting->world->rules->stages[visit->stage].kind == BC_STAGE_LOST;
}

/* Of two events, whether the first comes before the other one in time, then in the log. */
static bool before(const struct bc_event *left, const struct bc_event *right)
{
    if (left->occurred_us != right->occurred_us)
        return left->occurred_us < right->occurred_us;
    return left->seq < right->seq;
}

static struct bc_str reason(const struct counting *counting, const struct deal *deal, size_t visit)
{
    const struct bc_event *from = NULL;
    struct bc_str found = { 0 };

    for (size_t i = 0; i < visit; i++)
        if (lost(counting, &deal->visits[i]))
            from = deal->visits[i + 1].event;
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->body != BC_LOSS_RECORDED || (from && before(event, from)) ||
            (visit + 1 < deal->visit_n && !before(event, deal->visits[visit + 1].event)))
            continue;
        found = event->value[BC_LOSS_RECORDED_REASON].text;
    }
    return found;
}

/* Publications count by the instant alone. */
static struct bc_str icp(const struct counting *counting, int64_t us)
{
    const struct bc_event *found = NULL;

    for (size_t i = 0; i < counting->world->event_n; i++) {
        const struct bc_event *event = counting->world->events[i];

        if (event->body == BC_ICP_PUBLISHED && event->occurred_us <= us &&
            (!found || before(found, event)))
            found = event;
    }
    return found ? found->value[1].text : (struct bc_str){ 0 };
}

static void again(struct counting *counting, const struct deal *deal)
{
    struct bc_losses *losses = &counting->losses;
    struct bc_str date = { 0 };
    int32_t day;

    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == BC_LOSS_RECORDED)
            date = deal->events[i]->value[BC_LOSS_RECORDED_REENGAGE_AFTER].text;
    if (!bc_day_parse(&day, date))
        return;
    losses->reengage =
        bc_reallocarray(losses->reengage, losses->reengage_n + 1, sizeof(*losses->reengage));
    losses->reengage[losses->reengage_n++] =
        (struct bc_reengage){ deal->id, date, day <= counting->world->day };
}

static void count_deal(struct counting *counting, const struct deal *deal,
                       const struct bc_losses_ask *ask)
{
    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];
        struct bc_str from;

        if (!lost(counting, visit) || (visit->observed && i == 0) ||
            visit->entered_us <= ask->since_us)
            continue;
        counting->losses.n++;
        from = i ? deal->visits[i - 1].id : (struct bc_str){ 0 };
        count(counting, BC_LOSS_BY_STAGE, from);
        count(counting, BC_LOSS_BY_REASON, reason(counting, deal, i));
        count_pair(&counting->losses, from, reason(counting, deal, i));
        count(counting, BC_LOSS_BY_ICP, icp(counting, visit->entered_us));
    }
    if (deal->visit_n && lost(counting, &deal->visits[deal->visit_n - 1]))
        again(counting, deal);
}

static int most_first(const void *a, const void *b)
{
    const struct bc_loss_count *left = a, *right = b;

    return left->n != right->n ? (left->n > right->n ? -1 : 1)
                               : bc_str_cmp(left->value, right->value);
}

/* Stage by stage as these stand, and of each the pair that is to come next, until there is none. */
static void sort_pairs(struct bc_losses *losses)
{
    size_t at = 0;

    for (size_t stage = 0; stage < losses->by[BC_LOSS_BY_STAGE].n; stage++) {
        const struct bc_loss_count *count = &losses->by[BC_LOSS_BY_STAGE].at[stage];

        for (;;) {
            size_t best = losses->pair_n;
            struct bc_loss_pair taken;

            for (size_t i = at; i < losses->pair_n; i++) {
                const struct bc_loss_pair *one = &losses->pairs[i];

                if (!bc_str_eq(one->stage, count->value))
                    continue;
                if (best == losses->pair_n || one->n > losses->pairs[best].n ||
                    (one->n == losses->pairs[best].n &&
                     bc_str_cmp(one->reason, losses->pairs[best].reason) < 0))
                    best = i;
            }
            if (best == losses->pair_n)
                break;
            taken = losses->pairs[best];
            losses->pairs[best] = losses->pairs[at];
            taken.stage_n = count->n;
            losses->pairs[at++] = taken;
        }
    }
}

void recount_losses(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_losses_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct counting counting = { 0 };
    struct world world;

    world_make(&world, events, n, question, arena);
    counting.world = &world;
    for (size_t i = 0; i < world.deal_n; i++)
        if (deal_counts(&world, &world.deals[i], ask->slice))
            count_deal(&counting, &world.deals[i], ask);
    for (size_t by = 0; by < BC_LOSS_BY_N; by++) {
        if (counting.losses.by[by].n)
            qsort(counting.losses.by[by].at, counting.losses.by[by].n,
                  sizeof(*counting.losses.by[by].at), most_first);
    }
    sort_pairs(&counting.losses);
    recount_losses_print(out, &counting.losses);
    for (size_t by = 0; by < BC_LOSS_BY_N; by++)
        free(counting.losses.by[by].at);
    free(counting.losses.pairs);
    free(counting.losses.reengage);
    bc_arena_free(arena);
}
