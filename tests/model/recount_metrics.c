/* tests/model/recount_metrics.c - counts, entries and conversions over the folded deals. */
#include "tests/model/recount_world.h"

#include <math.h>

/* The 95 % Wilson score interval, as in Wilson, JASA 22 (1927), equation for p0. */
void rate(struct recount_metric *out, uint64_t hits, uint64_t n)
{
    const double z = 1.959963984540054;
    double p, half, middle, whole;

    out->n = n;
    if (n == 0)
        return;
    p = (double)hits / (double)n;
    whole = 1 + z * z / (double)n;
    middle = p + z * z / (2 * (double)n);
    half = z * sqrt(p * (1 - p) / (double)n + z * z / (4 * (double)n * (double)n));
    out->value = number(p);
    out->low = number((middle - half) / whole);
    out->high = number((middle + half) / whole);
}

static bool renewed(const struct world *world, const struct deal *deal, bc_stage_set by)
{
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *other = &world->deals[i];

        if (other != deal && !other->gone && in_set(by, deal_stage(other)) &&
            bc_str_eq(other->property[BC_P_RENEWS], deal->id))
            return true;
    }
    return false;
}

static bool contract_fits(const struct world *world, const struct deal *deal,
                          const struct bc_metric_rule *rule)
{
    int32_t start, end;

    if (rule->contract == BC_CONTRACT_ANY)
        return true;
    if (!deal_date(deal, BC_P_CONTRACT_END, &end))
        return false;
    if (rule->contract == BC_CONTRACT_ACTIVE)
        return deal_date(deal, BC_P_CONTRACT_START, &start) && start <= world->day &&
               world->day <= end;
    if (rule->contract == BC_CONTRACT_OVERDUE)
        return end < world->day && !deal->service_ended && !renewed(world, deal, rule->renewed_by);
    return end - world->day >= rule->days_min && end - world->day <= rule->days_max;
}

static bool entered_from_outside(const struct world *world, const struct deal *deal,
                                 bc_stage_set stages, int64_t begin_us)
{
    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (in_set(stages, visit->stage) && !visit->observed &&
            (i == 0 || !in_set(stages, deal->visits[i - 1].stage)) &&
            in_window(world, begin_us, visit->entered_us))
            return true;
    }
    return false;
}

static void count(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                  int64_t begin_us, struct recount_metric *out)
{
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (!deal_counts(world, deal, slice))
            continue;
        if (rule->kind == BC_ENTRIES
                ? entered_from_outside(world, deal, rule->stages, begin_us)
                : in_set(rule->stages, deal_stage(deal)) && contract_fits(world, deal, rule))
            ids_add(world->arena, &out->deals, deal->id);
    }
    out->n = out->deals.n;
    out->value = number((double)out->n);
}

size_t first_entry(const struct deal *deal, bc_stage_set stages)
{
    size_t i = 0;

    while (i < deal->visit_n &&
           (deal->visits[i].observed || !in_set(stages, deal->visits[i].stage)))
        i++;
    return i;
}

struct attempts deal_attempts(const struct world *world, const struct deal *deal, bc_stage_set from,
                              bc_stage_set to, int64_t begin_us)
{
    struct attempts out = { 0 };

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (!in_set(from, visit->stage) || visit->open ||
            !in_window(world, begin_us, visit->left_us))
            continue;
        out.n++;
        out.converted += in_set(to, deal->visits[i + 1].stage);
    }
    return out;
}

static struct attempts deal_cohort(const struct world *world, const struct deal *deal,
                                   const struct bc_metric_rule *rule, int64_t begin_us)
{
    struct attempts out = { 0 };
    size_t first = first_entry(deal, rule->from);

    if (first == deal->visit_n || !in_window(world, begin_us, deal->visits[first].entered_us))
        return out;
    out.n = 1;
    for (size_t i = first + 1; i < deal->visit_n; i++)
        if (in_set(rule->to, deal->visits[i].stage) && !deal->visits[i].observed)
            out.converted = 1;
    return out;
}

static void conversion(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                       int64_t begin_us, struct recount_metric *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        struct attempts got;

        if (!deal_counts(world, deal, slice))
            continue;
        got = rule->basis == BC_COHORT ? deal_cohort(world, deal, rule, begin_us)
                                       : deal_attempts(world, deal, rule->from, rule->to, begin_us);
        n += got.n;
        out->converted += got.converted;
        if (got.n)
            ids_add(world->arena, &out->deals, deal->id);
    }
    rate(out, out->converted, n);
}

void world_metric(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                  int64_t begin_us, struct recount_metric *out)
{
    *out = (struct recount_metric){ .name = rule->name,
                                    .slice = world->rules->slices[slice].name,
                                    .kind = rule->kind };
    switch (rule->kind) {
    case BC_COUNT:
    case BC_ENTRIES:
        count(world, rule, slice, begin_us, out);
        break;
    case BC_MEETINGS:
        world_held_meetings(world, rule, slice, begin_us, out);
        break;
    case BC_EMAIL_RATE:
        world_email_rate(world, rule, slice, begin_us, out);
        break;
    case BC_CONVERSION:
        conversion(world, rule, slice, begin_us, out);
        break;
    case BC_LEAD_TIME:
        world_lead_time(world, rule, slice, begin_us, out);
        break;
    case BC_TIME_IN_STAGE:
        world_time_in_stage(world, rule, slice, begin_us, out);
        break;
    }
}
