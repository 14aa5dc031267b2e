/* Meetings that were held and started in the window: of some types, or of no type while the deal
 * was in some stages. */
#include "projections/metrics/metric.h"

/* Of one whose outcome counts. */
static bool qualifies(const struct bc_metric *metric, struct bc_view *view,
                      const struct bc_activity *meeting)
{
    const struct bc_visit *visit;

    if (meeting->type)
        return metric->type_counts[meeting->type];
    visit = bc_deal_visit_at(view->deal, meeting->starts_us);
    return visit && bc_stage_in(metric->rule->stages, visit->stage);
}

void bc_meetings_add(struct bc_metric *metric, struct bc_view *view)
{
    for (size_t i = 0; i < view->deal->meeting_n; i++) {
        const struct bc_activity *meeting = &view->deal->meetings[i];
        struct bc_contribution contribution = { .role = BC_COUNTED,
                                                .id = meeting->id,
                                                .seqs = { meeting->seq } };
        uint32_t first, end;

        if (!metric->outcome_counts[meeting->outcome])
            continue;
        first = bc_later(bc_dates_from(view->dates, meeting->occurred_us),
                         bc_dates_from(view->dates, meeting->starts_us));
        end = bc_dates_past(view->dates, metric->windows, meeting->starts_us);
        if (meeting->until_us != BC_NEVER)
            end = bc_earlier(end, bc_dates_from(view->dates, meeting->until_us));
        if (first < end && qualifies(metric, view, meeting))
            bc_contribution_add(metric, view, first, end, &contribution);
    }
}
