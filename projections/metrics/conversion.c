/* Conversion from a stage to others: by the visits that were left in the window, or by the deals
 * that first entered in it. */
#include "projections/metrics/metric.h"

static void add_exit(struct bc_metric *metric, const struct bc_view *view,
                     const struct bc_visit *visit, uint32_t first, uint32_t end)
{
    const struct bc_visit *next = visit + 1;
    const struct bc_contribution contribution = { .role = BC_COUNTED,
                                                  .hit = bc_stage_in(metric->rule->to, next->stage),
                                                  .left_us = visit->left_us,
                                                  .to_stage = next->stage,
                                                  .to_word = next->word,
                                                  .seqs = { visit->seq, next->seq } };

    bc_contribution_add(metric, view, first, end, &contribution);
}

static void add_exits(struct bc_metric *metric, struct bc_view *view)
{
    for (size_t i = 0; i + 1 < view->deal->visit_n; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];
        uint32_t first, end;

        if (!bc_stage_in(metric->rule->from, visit->stage))
            continue;
        first = bc_visit_end(view, visit);
        end = bc_dates_past(view->dates, metric->windows, visit->left_us);
        if (first < end)
            add_exit(metric, view, visit, first, end);
    }
}

/* The first visit from number `i` on, entered or found, to a stage that converts; or NULL. */
static const struct bc_visit *converting(const struct bc_metric *metric, const struct bc_deal *deal,
                                         size_t i)
{
    for (; i < deal->visit_n; i++)
        if (bc_stage_in(metric->rule->to, deal->visits[i].stage))
            return &deal->visits[i];
    return NULL;
}

static void add_cohort(struct bc_metric *metric, struct bc_view *view)
{
    const struct bc_deal *deal = view->deal;
    const struct bc_visit *in = bc_deal_entry(deal, 0, metric->rule->from), *out;
    struct bc_contribution contribution = { .role = BC_COUNTED };
    uint32_t first, end, converted;

    if (!in)
        return;
    contribution.seqs[0] = in->seq;
    first = bc_visit_first(view, in);
    end = bc_dates_past(view->dates, metric->windows, in->entered_us);
    out = converting(metric, deal, (size_t)(in - deal->visits) + 1);
    converted = out ? bc_visit_first(view, out) : end;
    if (first < bc_earlier(converted, end))
        bc_contribution_add(metric, view, first, bc_earlier(converted, end), &contribution);
    contribution.hit = true;
    contribution.seqs[1] = out ? out->seq : 0;
    if (bc_later(first, converted) < end)
        bc_contribution_add(metric, view, bc_later(first, converted), end, &contribution);
}

void bc_conversion_add(struct bc_metric *metric, struct bc_view *view)
{
    if (!(view->stages & metric->rule->from))
        return;
    if (metric->rule->basis == BC_COHORT)
        add_cohort(metric, view);
    else
        add_exits(metric, view);
}

void bc_open_visits_add(struct bc_metric *metric, struct bc_view *view)
{
    for (size_t i = 0; i < view->deal->visit_n && view->stages & metric->rule->from; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];
        const struct bc_contribution contribution = { .role = BC_COUNTED, .seqs = { visit->seq } };
        uint32_t first, end;

        if (!bc_stage_in(metric->rule->from, visit->stage))
            continue;
        first = bc_dates_from(view->dates, visit->entered_us + metric->rule->stalled_after_us + 1);
        end = bc_visit_end(view, visit);
        if (first < end)
            bc_contribution_add(metric, view, first, end, &contribution);
    }
}
