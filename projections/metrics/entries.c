/* Deals that came into some stages from outside them, at least once in the window. */
#include "projections/metrics/metric.h"

void bc_entries_add(struct bc_metric *metric, struct bc_view *view)
{
    struct bc_contribution contribution = { .role = BC_COUNTED };
    uint32_t first = 0, end = 0; /* end of the dates added so far; entries come in order */

    for (size_t i = 0; i < view->deal->visit_n && view->stages & metric->rule->stages; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];
        uint32_t from, to;

        if (visit->observed || !bc_stage_in(metric->rule->stages, visit->stage) ||
            (i > 0 && bc_stage_in(metric->rule->stages, visit[-1].stage)))
            continue;
        from = bc_visit_first(view, visit);
        to = bc_dates_past(view->dates, metric->windows, visit->entered_us);
        if (from >= to)
            continue;
        if (first < end && from <= end) { /* a deal counts once, however often it entered */
            end = bc_later(end, to);
            continue;
        }
        if (first < end)
            bc_contribution_add(metric, view, first, end, &contribution);
        first = from;
        end = to;
        contribution.seqs[0] = visit->seq;
    }
    if (first < end)
        bc_contribution_add(metric, view, first, end, &contribution);
}
