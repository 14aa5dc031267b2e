/* tests/model/recount_metrics.c - counts, entries and conversions over the folded deals. */
#include "tests/model/recount_world.h"
#include "tests/support/check.h"

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

static void count_one(const struct world *world, const struct deal *deal, bool counts,
                      struct recount_metric *out)
{
    if (counts)
        ids_add(world->arena, &out->deals, deal->id);
    out->n = out->deals.n;
    out->value = number((double)out->n);
}

static void count(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                  int64_t begin_us, struct recount_metric *out)
{
    (void)begin_us;
    out->value = number(0);
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (deal_counts(world, deal, slice))
            count_one(world, deal,
                      in_set(rule->stages, deal_stage(deal)) && contract_fits(world, deal, rule),
                      out);
    }
}

static void entries(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                    int64_t begin_us, struct recount_metric *out)
{
    out->value = number(0);
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (deal_counts(world, deal, slice))
            count_one(world, deal, entered_from_outside(world, deal, rule->stages, begin_us), out);
    }
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
        if (in_set(rule->to, deal->visits[i].stage))
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
        out->hit += got.converted;
        if (got.n)
            ids_add(world->arena, &out->deals, deal->id);
    }
    rate(out, out->hit, n);
}

world_kind *const world_kinds[BC_METRIC_KIND_N] = {
    [BC_COUNT] = count,
    [BC_ENTRIES] = entries,
    [BC_MEETINGS] = world_held_meetings,
    [BC_EMAIL_RATE] = world_email_rate,
    [BC_CONVERSION] = conversion,
    [BC_LEAD_TIME] = world_lead_time,
    [BC_TIME_IN_STAGE] = world_time_in_stage,
};

void world_metric(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                  int64_t begin_us, struct recount_metric *out)
{
    *out = (struct recount_metric){ .name = rule->name,
                                    .slice = world->rules->slices[slice].name,
                                    .kind = rule->kind };
    if (!world_kinds[rule->kind])
        fail_msg("the recount knows no metrics of kind %s", bc_rules_kind(rule)->word);
    world_kinds[rule->kind](world, rule, slice, begin_us, out);
}
