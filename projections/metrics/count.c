/* Deals that stand in some stages, and whose contract fits. */
#include "projections/metrics/metric.h"

/* A stretch of dates at which the contract fits, and what it rests on. */
struct fit {
    uint32_t first, end;
    uint64_t seqs[2];
};

static uint64_t seq_of(const struct bc_span *span)
{
    return span->setting ? span->setting->seq : 0;
}

static void tell(struct bc_metric *metric, struct bc_look *look, const struct bc_visit *visit,
                 const struct fit *fit)
{
    struct bc_share share = { .role = BC_COUNTED,
                              .seqs = { visit->seq, fit->seqs[0], fit->seqs[1] } };

    if (metric->rule->contract == BC_CONTRACT_OVERDUE)
        share.id = bc_look_id(look);
    bc_share_add(metric, look, fit->first, fit->end, &share);
}

/* Of the dates of a visit, those of a span of the contract's end at which it fits. */
static struct fit fit_end(const struct bc_metric *metric, struct bc_look *look,
                          const struct fit *stood, const struct bc_span *span, int32_t end_day)
{
    const struct bc_metric_rule *rule = metric->rule;
    struct fit fit = { .first = bc_later(span->first, stood->first),
                       .end = bc_earlier(span->end, stood->end),
                       .seqs = { seq_of(span), 0 } };
    uint32_t first = 0, end = (uint32_t)look->dates->n;

    switch (rule->contract) {
    case BC_CONTRACT_ANY:
        break;
    case BC_CONTRACT_ACTIVE: /* D <= end */
        end = bc_dates_from_day(look->dates, (int64_t)end_day + 1);
        break;
    case BC_CONTRACT_OVERDUE: /* end < D, and the service goes on */
        first = bc_dates_from_day(look->dates, (int64_t)end_day + 1);
        if (look->deal->service_ended_us != BC_NEVER)
            end = bc_dates_from(look->dates, look->deal->service_ended_us);
        break;
    case BC_CONTRACT_ENDS_IN: /* days_min <= end - D <= days_max */
        first = bc_dates_from_day(look->dates, (int64_t)end_day - rule->days_max);
        end = bc_dates_from_day(look->dates, (int64_t)end_day - rule->days_min + 1);
        break;
    }
    fit.first = bc_later(fit.first, first);
    fit.end = bc_earlier(fit.end, end);
    return fit;
}

/* An active contract must have begun, too. */
static void tell_begun(struct bc_metric *metric, struct bc_look *look, const struct bc_visit *visit,
                       const struct fit *fit)
{
    for (size_t i = 0; i < look->spans[BC_P_CONTRACT_START].n; i++) {
        const struct bc_span *span = &look->spans[BC_P_CONTRACT_START].at[i];
        struct fit both = *fit;
        int32_t day;

        if (!bc_span_day(span, &day))
            continue;
        both.first =
            bc_later(bc_later(fit->first, span->first), bc_dates_from_day(look->dates, day));
        both.end = bc_earlier(fit->end, span->end);
        both.seqs[1] = seq_of(span);
        if (both.first < both.end)
            tell(metric, look, visit, &both);
    }
}

static void tell_fitting(struct bc_metric *metric, struct bc_look *look,
                         const struct bc_visit *visit, const struct fit *stood)
{
    for (size_t i = 0; i < look->spans[BC_P_CONTRACT_END].n; i++) {
        const struct bc_span *span = &look->spans[BC_P_CONTRACT_END].at[i];
        struct fit fit;
        int32_t day;

        if (!bc_span_day(span, &day))
            continue;
        fit = fit_end(metric, look, stood, span, day);
        if (fit.first >= fit.end)
            continue;
        if (metric->rule->contract == BC_CONTRACT_ACTIVE)
            tell_begun(metric, look, visit, &fit);
        else
            tell(metric, look, visit, &fit);
    }
}

/* The dates at which this deal is won and names another one as the one that it renews. Where it is
 * counted itself it must not be its own renewal; where it is not, that makes no difference. */
static void tell_renewals(struct bc_metric *metric, struct bc_look *look,
                          const struct bc_visit *visit)
{
    for (size_t i = 0; i < look->spans[BC_P_RENEWS].n; i++) {
        const struct bc_span *span = &look->spans[BC_P_RENEWS].at[i];
        struct bc_share share = { .role = BC_RENEWER };
        uint32_t first = bc_later(span->first, bc_visit_first(look, visit));
        uint32_t end = bc_earlier(span->end, bc_visit_end(look, visit));

        if (!span->setting || span->setting->value == BC_VALUE_UNSET || first >= end)
            continue;
        share.id = span->setting->id;
        if (!look->has_id || !bc_id128_eq(share.id, bc_look_id(look)))
            bc_share_add(metric, look, first, end, &share);
    }
}

static void tell_renewed(struct bc_metric *metric, struct bc_look *look)
{
    for (size_t i = 0; i < look->deal->visit_n; i++) {
        const struct bc_visit *visit = &look->deal->visits[i];

        if (bc_stage_in(metric->rule->renewed_by, visit->stage))
            tell_renewals(metric, look, visit);
    }
}

void bc_count_look(struct bc_metric *metric, struct bc_look *look)
{
    const struct bc_metric_rule *rule = metric->rule;

    for (size_t i = 0; i < look->deal->visit_n && look->stages & rule->stages; i++) {
        const struct bc_visit *visit = &look->deal->visits[i];
        const struct fit stood = { .first = bc_visit_first(look, visit),
                                   .end = bc_visit_end(look, visit) };

        if (!bc_stage_in(rule->stages, visit->stage) || stood.first >= stood.end)
            continue;
        if (rule->contract == BC_CONTRACT_ANY)
            tell(metric, look, visit, &stood);
        else
            tell_fitting(metric, look, visit, &stood);
    }
    if (rule->contract == BC_CONTRACT_OVERDUE && look->stages & rule->renewed_by)
        tell_renewed(metric, look);
}
