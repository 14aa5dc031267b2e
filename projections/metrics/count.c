/* Deals that are in some stages, and whose contract fits. */
#include "projections/metrics/metric.h"

/* A range of dates at which the contract fits, and the events that it rests on. */
struct fit {
    uint32_t first, end;
    uint64_t seqs[2];
};

static uint64_t seq_of(const struct bc_value_range *range)
{
    return range->setting ? range->setting->seq : 0;
}

static void add(struct bc_metric *metric, struct bc_view *view, const struct bc_visit *visit,
                const struct fit *fit)
{
    struct bc_contribution contribution = { .role = BC_COUNTED,
                                            .seqs = { visit->seq, fit->seqs[0], fit->seqs[1] } };

    if (metric->rule->contract == BC_CONTRACT_OVERDUE)
        contribution.id = bc_view_id(view);
    bc_contribution_add(metric, view, fit->first, fit->end, &contribution);
}

/* Of the dates of a visit, those at which one value of the contract's end fits. */
static struct fit fit_end(const struct bc_metric *metric, struct bc_view *view,
                          const struct fit *stood, const struct bc_value_range *range,
                          int32_t end_day)
{
    const struct bc_metric_rule *rule = metric->rule;
    struct fit fit = { .first = bc_later(range->first, stood->first),
                       .end = bc_earlier(range->end, stood->end),
                       .seqs = { seq_of(range), 0 } };
    uint32_t first = 0, end = (uint32_t)view->dates->n;

    switch (rule->contract) {
    case BC_CONTRACT_ANY:
        break;
    case BC_CONTRACT_ACTIVE: /* D <= end */
        end = bc_dates_from_day(view->dates, (int64_t)end_day + 1);
        break;
    case BC_CONTRACT_OVERDUE: /* end < D, and the service goes on */
        first = bc_dates_from_day(view->dates, (int64_t)end_day + 1);
        if (view->deal->service_ended_us != BC_NEVER)
            end = bc_dates_from(view->dates, view->deal->service_ended_us);
        break;
    case BC_CONTRACT_ENDS_IN: /* days_min <= end - D <= days_max */
        first = bc_dates_from_day(view->dates, (int64_t)end_day - rule->days_max);
        end = bc_dates_from_day(view->dates, (int64_t)end_day - rule->days_min + 1);
        break;
    }
    fit.first = bc_later(fit.first, first);
    fit.end = bc_earlier(fit.end, end);
    return fit;
}

/* An active contract must have begun, too. */
static void add_begun(struct bc_metric *metric, struct bc_view *view, const struct bc_visit *visit,
                      const struct fit *fit)
{
    for (size_t i = 0; i < view->ranges[BC_P_CONTRACT_START].n; i++) {
        const struct bc_value_range *range = &view->ranges[BC_P_CONTRACT_START].at[i];
        struct fit both = *fit;
        int32_t day;

        if (!bc_value_range_day(range, &day))
            continue;
        both.first =
            bc_later(bc_later(fit->first, range->first), bc_dates_from_day(view->dates, day));
        both.end = bc_earlier(fit->end, range->end);
        both.seqs[1] = seq_of(range);
        if (both.first < both.end)
            add(metric, view, visit, &both);
    }
}

static void add_fitting(struct bc_metric *metric, struct bc_view *view,
                        const struct bc_visit *visit, const struct fit *stood)
{
    for (size_t i = 0; i < view->ranges[BC_P_CONTRACT_END].n; i++) {
        const struct bc_value_range *range = &view->ranges[BC_P_CONTRACT_END].at[i];
        struct fit fit;
        int32_t day;

        if (!bc_value_range_day(range, &day))
            continue;
        fit = fit_end(metric, view, stood, range, day);
        if (fit.first >= fit.end)
            continue;
        if (metric->rule->contract == BC_CONTRACT_ACTIVE)
            add_begun(metric, view, visit, &fit);
        else
            add(metric, view, visit, &fit);
    }
}

/* The dates at which this deal is won and names another one that it renews. Where it is counted
 * itself it must not be its own renewal; elsewhere that makes no difference. */
static void add_renewals(struct bc_metric *metric, struct bc_view *view,
                         const struct bc_visit *visit)
{
    for (size_t i = 0; i < view->ranges[BC_P_RENEWS].n; i++) {
        const struct bc_value_range *range = &view->ranges[BC_P_RENEWS].at[i];
        struct bc_contribution contribution = { .role = BC_RENEWER };
        uint32_t first = bc_later(range->first, bc_visit_first(view, visit));
        uint32_t end = bc_earlier(range->end, bc_visit_end(view, visit));

        if (!range->setting || range->setting->value == BC_VALUE_UNSET || first >= end)
            continue;
        contribution.id = range->setting->id;
        if (!view->has_id || !bc_id128_eq(contribution.id, bc_view_id(view)))
            bc_contribution_add(metric, view, first, end, &contribution);
    }
}

static void add_renewed(struct bc_metric *metric, struct bc_view *view)
{
    for (size_t i = 0; i < view->deal->visit_n; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];

        if (bc_stage_in(metric->rule->renewed_by, visit->stage))
            add_renewals(metric, view, visit);
    }
}

void bc_count_add(struct bc_metric *metric, struct bc_view *view)
{
    const struct bc_metric_rule *rule = metric->rule;

    for (size_t i = 0; i < view->deal->visit_n && view->stages & rule->stages; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];
        const struct fit stood = { .first = bc_visit_first(view, visit),
                                   .end = bc_visit_end(view, visit) };

        if (!bc_stage_in(rule->stages, visit->stage) || stood.first >= stood.end)
            continue;
        if (rule->contract == BC_CONTRACT_ANY)
            add(metric, view, visit, &stood);
        else
            add_fitting(metric, view, visit, &stood);
    }
    if (rule->contract == BC_CONTRACT_OVERDUE && view->stages & rule->renewed_by)
        add_renewed(metric, view);
}
