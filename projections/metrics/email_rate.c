/* E-mails sent in the window while the deal was in some stages; a hit: opened. */
#include "projections/metrics/metric.h"

static void add(struct bc_metric *metric, const struct bc_view *view,
                const struct bc_activity *email, uint32_t first, uint32_t end)
{
    struct bc_contribution contribution = {
        .role = BC_COUNTED, .id = email->id, .word = email->campaign, .seqs = { email->seq }
    };
    uint32_t opened =
        email->opened_us == BC_NEVER ? end : bc_dates_from(view->dates, email->opened_us);

    if (first < bc_earlier(opened, end))
        bc_contribution_add(metric, view, first, bc_earlier(opened, end), &contribution);
    contribution.hit = true;
    contribution.seqs[1] = email->opened_seq;
    if (bc_later(first, opened) < end)
        bc_contribution_add(metric, view, bc_later(first, opened), end, &contribution);
}

void bc_email_rate_add(struct bc_metric *metric, struct bc_view *view)
{
    for (size_t i = 0; i < view->deal->email_n && view->stages & metric->rule->stages; i++) {
        const struct bc_activity *email = &view->deal->emails[i];
        const struct bc_visit *visit;
        uint32_t first = bc_dates_from(view->dates, email->occurred_us);
        uint32_t end = bc_dates_past(view->dates, metric->windows, email->occurred_us);

        if (email->until_us != BC_NEVER)
            end = bc_earlier(end, bc_dates_from(view->dates, email->until_us));
        if (first >= end)
            continue;
        visit = bc_deal_visit_at(view->deal, email->occurred_us);
        if (visit && bc_stage_in(metric->rule->stages, visit->stage))
            add(metric, view, email, first, end);
    }
}
