/* Days from a deal's first entry into one stage to its first entry into another, for the deals that
 * entered the latter in the window. */
#include "projections/metrics/metric.h"

void bc_lead_time_add(struct bc_metric *metric, struct bc_view *view)
{
    const struct bc_visit *begin, *end = NULL;
    struct bc_contribution contribution = { .role = BC_EXCLUDED };
    uint32_t first, past;

    if (view->stages & metric->rule->to)
        end = bc_deal_entry(view->deal, 0, metric->rule->to);
    if (!end)
        return;
    begin = bc_deal_entry(view->deal, 0, metric->rule->from);
    if (begin && begin->entered_us <= end->entered_us) {
        contribution.role = BC_COUNTED;
        contribution.value_us = end->entered_us - begin->entered_us;
        contribution.seqs[0] = begin->seq;
    }
    contribution.seqs[1] = end->seq;
    first = bc_visit_first(view, end);
    past = bc_dates_past(view->dates, metric->windows, end->entered_us);
    if (first < past)
        bc_contribution_add(metric, view, first, past, &contribution);
}
