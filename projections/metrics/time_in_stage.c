/* Days that deals spent in a stage: of each deal, the visits that were left in the window or are
 * open, whole. */
#include "ledger/base/sort.h"
#include "projections/metrics/metric.h"

#include <stdlib.h>

/* From date `at` on, something is more or less than before. */
struct step {
    uint32_t at, nth;  /* nth: in the order of their telling */
    int64_t closed_us; /* of visits that were left */
    int32_t closed, open, observed;
    int64_t entered_us; /* of the open visit */
    uint64_t seq;
};

enum { MOST_STEPS = 4, FEW_STEPS = 64 }; /* that a visit makes; that fit on the stack */

struct steps {
    struct step *at; /* room for all that the visits make */
    size_t n;
};

static void add_step(struct steps *steps, struct step step)
{
    step.nth = (uint32_t)steps->n;
    steps->at[steps->n++] = step;
}

/* By date, and those of one as they were added: the last of them says which event it was. */
static inline int in_date_order(const struct step *left, const struct step *right)
{
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (left->nth > right->nth) - (left->nth < right->nth);
}

/* Visits add their steps nearly in order. */
BC_SORT_NEARLY(sort_steps, struct step, in_date_order);

/* A visit is open from one date on; then left, for as long as it is in the window. */
static void add_visit(struct steps *steps, const struct bc_metric *metric,
                      const struct bc_view *view, const struct bc_visit *visit)
{
    uint32_t first = bc_visit_first(view, visit), left = bc_visit_end(view, visit), past = left;
    int64_t length_us;

    if (visit->left_us != BC_NEVER)
        past = bc_later(left, bc_dates_past(view->dates, metric->windows, visit->left_us));
    if (first == past)
        return; /* over before all of the dates, between two of them, or after all */
    if (visit->observed) {
        add_step(steps, (struct step){ .at = first, .observed = 1 });
        add_step(steps, (struct step){ .at = past, .observed = -1 });
        return;
    }
    add_step(steps,
             (struct step){
                 .at = first, .open = 1, .entered_us = visit->entered_us, .seq = visit->seq });
    add_step(steps,
             (struct step){
                 .at = left, .open = -1, .entered_us = -visit->entered_us, .seq = visit->seq });
    if (left == past)
        return;
    length_us = visit->left_us - visit->entered_us;
    add_step(steps,
             (struct step){ .at = left, .closed_us = length_us, .closed = 1, .seq = visit->seq });
    add_step(steps, (struct step){ .at = past, .closed_us = -length_us, .closed = -1 });
}

static void add(struct bc_metric *metric, struct bc_view *view, const struct step *sum,
                uint32_t first, uint32_t end)
{
    struct bc_contribution contribution = { .role = BC_COUNTED, .seqs = { sum->seq } };

    if (first >= end)
        return;
    if (sum->closed || sum->open) {
        contribution.growing = sum->open > 0;
        contribution.value_us = sum->closed_us - (sum->open ? sum->entered_us : 0);
        bc_contribution_add(metric, view, first, end, &contribution);
    } else if (sum->observed) {
        contribution.role = BC_EXCLUDED;
        bc_contribution_add(metric, view, first, end, &contribution);
    }
}

/* Adds, date by date, the sum of the steps so far. */
static void sweep(struct bc_metric *metric, struct bc_view *view, struct steps *steps)
{
    struct step sum = { 0 };

    sort_steps(steps->at, steps->n);
    for (size_t i = 0; i < steps->n; i++) {
        const struct step *step = &steps->at[i];

        add(metric, view, &sum, sum.at, step->at);
        sum.at = step->at;
        sum.closed_us += step->closed_us;
        sum.closed += step->closed;
        sum.open += step->open;
        sum.observed += step->observed;
        sum.entered_us += step->entered_us;
        if (step->seq)
            sum.seq = step->seq;
    }
    add(metric, view, &sum, sum.at, (uint32_t)view->dates->n);
}

/* Where parked_until is after the date, the deal is not stalled. */
static void tell_stalled(struct bc_metric *metric, struct bc_view *view,
                         const struct bc_visit *visit)
{
    const struct bc_contribution contribution = { .role = BC_STALLED, .seqs = { visit->seq } };
    uint32_t first =
        bc_dates_from(view->dates, visit->entered_us + metric->rule->stalled_after_us + 1);
    uint32_t end = bc_visit_end(view, visit);

    for (size_t i = 0; i < view->ranges[BC_P_PARKED_UNTIL].n; i++) {
        const struct bc_value_range *range = &view->ranges[BC_P_PARKED_UNTIL].at[i];
        uint32_t from = bc_later(first, range->first), to = bc_earlier(end, range->end);
        int32_t day;

        if (bc_value_range_day(range, &day))
            from = bc_later(from, bc_dates_from_day(view->dates, day));
        if (from < to)
            bc_contribution_add(metric, view, from, to, &contribution);
    }
}

void bc_time_in_stage_add(struct bc_metric *metric, struct bc_view *view)
{
    struct step few[FEW_STEPS];
    struct steps steps = { .at = few };
    size_t most = MOST_STEPS * view->deal->visit_n;

    if (!(view->stages & metric->rule->stages))
        return;
    if (most > FEW_STEPS)
        steps.at = bc_reallocarray(NULL, most, sizeof(*steps.at));
    for (size_t i = 0; i < view->deal->visit_n; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];

        if (!bc_stage_in(metric->rule->stages, visit->stage))
            continue;
        add_visit(&steps, metric, view, visit);
        if (metric->tally.lists)
            tell_stalled(metric, view, visit);
    }
    if (steps.n)
        sweep(metric, view, &steps);
    if (steps.at != few)
        free(steps.at);
}
