#include "projections/revenue/weights.h"

#include "projections/metrics/stats.h"

enum { LEAST = 5 }; /* deals, for a share that says something */

enum bc_weights_outcome bc_weights_see(const struct bc_weights_window *window,
                                       const struct bc_deal *deal)
{
    bool qualified = false;

    for (size_t i = 0; i < deal->visit_n && deal->visits[i].entered_us <= window->until_us; i++) {
        const struct bc_visit *visit = &deal->visits[i];
        const bool closed = bc_stage_in(window->closed, visit->stage);

        if (qualified && !visit->observed && (closed || bc_stage_in(window->lost, visit->stage))) {
            if (visit->entered_us <= window->since_us)
                return BC_WEIGHTS_NONE;
            return closed ? BC_WEIGHTS_WON : BC_WEIGHTS_LOST;
        }
        qualified = qualified || bc_stage_in(window->qualified, visit->stage);
    }
    return BC_WEIGHTS_NONE;
}

void bc_weights_settle(struct bc_revenue_weight *weight, const struct bc_weight *rule,
                       uint32_t usual)
{
    weight->measured = rule->measured && weight->n >= LEAST;
    weight->few = rule->measured && weight->n < LEAST;
    weight->share_n = rule->measured ? usual : (uint64_t)rule->millionths;
    weight->share_of = BC_MILLIONTHS;
    if (weight->measured) {
        weight->share_n = weight->converted;
        weight->share_of = weight->n;
    }
    if (weight->n)
        bc_wilson(weight->converted, weight->n, &weight->low, &weight->high);
}
