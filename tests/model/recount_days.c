/* tests/model/recount_days.c - how long deals took: lead times and times in a stage. */
#include "tests/model/recount_world.h"

#include <math.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static double days(int64_t us)
{
    return (double)us / (double)BC_DAY_US;
}

/* numpy.percentile(lengths, 100 * q), method "linear". */
static double quantile(const int64_t *sorted, size_t n, double q)
{
    double rank = q * (double)(n - 1);
    size_t below = (size_t)floor(rank);
    size_t above = below + 1 < n ? below + 1 : below;

    return days(sorted[below]) +
           (days(sorted[above]) - days(sorted[below])) * (rank - (double)below);
}

static struct recount_number mean(const int64_t *lengths, size_t n)
{
    int64_t sum = 0; /* of at most a few thousand, each under 2^58: no sum of a test overflows */

    for (size_t i = 0; i < n; i++)
        sum += lengths[i];
    return n ? number(days(sum) / (double)n) : (struct recount_number){ 0 };
}

static void summary(struct recount_metric *out, int64_t *lengths, size_t n)
{
    out->n = n;
    out->value = mean(lengths, n);
    if (n == 0)
        return;
    qsort(lengths, n, sizeof(*lengths), by_size);
    out->median = number(quantile(lengths, n, 0.5));
    out->p90 = number(quantile(lengths, n, 0.9));
}

void world_lead_time(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                     int64_t begin_us, struct recount_metric *out)
{
    int64_t *lengths = bc_arena_alloc(world->arena, (world->deal_n + 1) * sizeof(*lengths));
    size_t n = 0;

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        size_t from = first_entry(deal, rule->from), to = first_entry(deal, rule->to);

        if (!deal_counts(world, deal, slice) || to == deal->visit_n ||
            !in_window(world, begin_us, deal->visits[to].entered_us))
            continue;
        if (from == deal->visit_n || deal->visits[from].entered_us > deal->visits[to].entered_us) {
            out->excluded++;
            continue;
        }
        lengths[n++] = deal->visits[to].entered_us - deal->visits[from].entered_us;
        ids_add(world->arena, &out->deals, deal->id);
    }
    summary(out, lengths, n);
}

/* What one deal spent in the stages. */
struct stay {
    int64_t us;
    size_t visits;      /* in the window, not observed */
    size_t observed;    /* in the window, observed */
    bool open, stalled; /* open: one that is not observed */
};

static struct stay deal_stay(const struct world *world, const struct deal *deal,
                             const struct bc_metric_rule *rule, int64_t begin_us)
{
    struct stay stay = { 0 };
    int32_t parked_until;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];
        int64_t left_us = visit->open ? world->as_of_us : visit->left_us;

        if (!in_set(rule->stages, visit->stage) || (!visit->open && visit->left_us <= begin_us))
            continue;
        if (visit->open)
            stay.stalled = left_us - visit->entered_us > rule->stalled_after_us;
        if (visit->observed) {
            stay.observed++;
            continue;
        }
        stay.visits++;
        stay.us += left_us - visit->entered_us;
        stay.open |= visit->open;
    }
    if (deal_date(deal, BC_P_PARKED_UNTIL, &parked_until) && parked_until > world->day)
        stay.stalled = false;
    return stay;
}

void world_time_in_stage(const struct world *world, const struct bc_metric_rule *rule,
                         unsigned slice, int64_t begin_us, struct recount_metric *out)
{
    int64_t *lengths = bc_arena_alloc(world->arena, (world->deal_n + 1) * sizeof(*lengths));
    int64_t *closed = bc_arena_alloc(world->arena, (world->deal_n + 1) * sizeof(*closed));
    size_t n = 0;

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        struct stay stay;

        if (!deal_counts(world, deal, slice))
            continue;
        stay = deal_stay(world, deal, rule, begin_us);
        if (stay.stalled)
            ids_add(world->arena, &out->stalled, deal->id);
        out->excluded += stay.visits == 0 && stay.observed > 0;
        if (stay.visits == 0)
            continue;
        lengths[n++] = stay.us;
        ids_add(world->arena, &out->deals, deal->id);
        if (!stay.open)
            closed[out->closed_n++] = stay.us;
    }
    summary(out, lengths, n);
    out->closed_mean = mean(closed, out->closed_n);
}
