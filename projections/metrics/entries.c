/* Deals that came into some stages from outside them, at least once in the window. */
#include "projections/metrics/metric.h"

void bc_entries_look(struct bc_metric *metric, struct bc_look *look)
{
    struct bc_share share = { .role = BC_COUNTED };
    uint32_t first = 0, end = 0; /* of the dates told of next; entries come in order */

    for (size_t i = 0; i < look->deal->visit_n && look->stages & metric->rule->stages; i++) {
        const struct bc_visit *visit = &look->deal->visits[i];
        uint32_t from, to;

        if (visit->observed || !bc_stage_in(metric->rule->stages, visit->stage) ||
            (i > 0 && bc_stage_in(metric->rule->stages, visit[-1].stage)))
            continue;
        from = bc_visit_first(look, visit);
        to = bc_dates_past(look->dates, metric->windows, visit->entered_us);
        if (from >= to)
            continue;
        if (first < end && from <= end) { /* a deal counts once, however often it came */
            end = bc_later(end, to);
            continue;
        }
        if (first < end)
            bc_share_add(metric, look, first, end, &share);
        first = from;
        end = to;
        share.seqs[0] = visit->seq;
    }
    if (first < end)
        bc_share_add(metric, look, first, end, &share);
}
