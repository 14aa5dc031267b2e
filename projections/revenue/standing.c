#include "projections/revenue/standing.h"

/* A count of that name with that condition; NULL: the rules have none. */
static const struct bc_metric_rule *find(const bc_rules *rules, struct bc_str name,
                                         enum bc_contract contract)
{
    const struct bc_metric_rule *rule = bc_rules_metric(rules, name);

    return rule && rule->kind == BC_COUNT && rule->contract == contract ? rule : NULL;
}

static void ask(struct bc_walk *walk, const struct bc_metric *metric)
{
    struct bc_view view = { 0 };

    bc_metric_ask(metric, &walk->wants, &view);
    for (size_t i = 0; i < BC_P_N; i++)
        walk->reads[i] = walk->reads[i] || view.asked_in[i];
}

void bc_standings_init(struct bc_standings *standings, struct bc_walk *walk, int64_t then_us)
{
    const bc_rules *rules = walk->rules;
    const struct bc_metric_rule *active =
        find(rules, BC_STR("existing_business_active"), BC_CONTRACT_ACTIVE);
    const struct bc_metric_rule *overdue =
        find(rules, BC_STR("overdue_renewal"), BC_CONTRACT_OVERDUE);

    *standings = (struct bc_standings){ .rules = rules,
                                        .has_active = active != NULL,
                                        .has_overdue = overdue != NULL };
    bc_dates_init(&standings->then, rules->zone, &then_us, 1);
    if (active) {
        bc_metric_init(&standings->was_active, active, &standings->then, NULL, rules->slice_n,
                       walk->strings);
        bc_metric_init(&standings->is_active, active, &walk->dates, NULL, rules->slice_n,
                       walk->strings);
        ask(walk, &standings->is_active);
    }
    if (overdue) {
        bc_metric_init(&standings->overdue, overdue, &walk->dates, NULL, rules->slice_n,
                       walk->strings);
        standings->overdue.tally.keep_slices = standings->overdue.tally.slices_asked;
        ask(walk, &standings->overdue);
    }
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_CONTRACT_START);
    walk->reads[BC_P_CONTRACT_START] = true;
}

void bc_standings_release(struct bc_standings *standings)
{
    if (standings->has_active) {
        bc_metric_release(&standings->was_active);
        bc_metric_release(&standings->is_active);
    }
    if (standings->has_overdue)
        bc_metric_release(&standings->overdue);
    bc_dates_release(&standings->then);
}

void bc_standings_begin(struct bc_standings_part *part, const struct bc_standings *standings,
                        const struct bc_walk *walk)
{
    part->all = standings;
    bc_view_init(&part->then, standings->rules, walk->strings, &standings->then);
    for (size_t i = 0; i < BC_P_N; i++)
        part->then.asked_in[i] = walk->reads[i] ? BC_EVERY_STAGE : 0;
    if (standings->has_active) {
        bc_metric_init_part(&part->was_active, &standings->was_active);
        bc_metric_init_part(&part->is_active, &standings->is_active);
    }
    if (standings->has_overdue)
        bc_metric_init_part(&part->overdue, &standings->overdue);
}

/* Whether the metric counts the deal, in whatever slice; the tally is empty again after that. */
static bool counts(struct bc_metric *metric, struct bc_view *view)
{
    bool counted = false;

    metric->add(metric, view);
    for (size_t i = 0; i < metric->tally.slice_n; i++) {
        int64_t *n = metric->tally.slices[i].n;

        counted = counted || n[0] > 0;
        n[0] = n[1] = 0;
    }
    return counted;
}

static bool is_upcoming(const struct bc_standings *all, const struct bc_deal *deal,
                        const struct bc_view *view)
{
    const int64_t now_us = view->dates->as_of_us[0];
    const struct bc_visit *visit = bc_deal_visit_at(deal, now_us);
    int32_t start;

    return visit && bc_stage_in(all->rules->won, visit->stage) &&
           view->ranges[BC_P_CONTRACT_START].n &&
           bc_value_range_day(&view->ranges[BC_P_CONTRACT_START].at[0], &start) &&
           start > view->dates->day[0];
}

unsigned bc_standings_see(struct bc_standings_part *part, const struct bc_deal *deal,
                          struct bc_view *view)
{
    const struct bc_standings *all = part->all;
    unsigned standing = is_upcoming(all, deal, view) ? BC_IS_UPCOMING : 0;

    if (all->has_active && view->stages & part->is_active.rule->stages) {
        standing |= counts(&part->is_active, view) ? BC_IS_ACTIVE : 0;
        bc_view_at(&part->then, deal);
        standing |= counts(&part->was_active, &part->then) ? BC_WAS_ACTIVE : 0;
    }
    if (all->has_overdue) {
        part->overdue.add(&part->overdue, view);
        standing |= part->overdue.tally.kept_n ? BC_IS_OVERDUE : 0;
        part->overdue.tally.kept_n = 0;
    }
    return standing;
}

void bc_standings_join(struct bc_standings *standings, struct bc_standings_part *part)
{
    if (standings->has_overdue)
        bc_tally_join(&standings->overdue.tally, &part->overdue.tally);
}

void bc_standings_end(struct bc_standings_part *part)
{
    if (part->all->has_active) {
        bc_metric_release(&part->was_active);
        bc_metric_release(&part->is_active);
    }
    if (part->all->has_overdue)
        bc_metric_release(&part->overdue);
    bc_view_release(&part->then);
}

void bc_standings_settle(struct bc_standings *standings)
{
    if (standings->has_overdue)
        bc_tally_finish(&standings->overdue.tally);
}

bool bc_standings_renewed(const struct bc_standings *standings, struct bc_str deal)
{
    return bc_tally_renewed(&standings->overdue.tally, bc_id128_of(deal), 0);
}
