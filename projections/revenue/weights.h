/* projections/revenue/weights.h - for insiders: what share of the open opportunities was won of
 * late, or is taken to be by the rules. */
#ifndef BC_PROJECTIONS_REVENUE_WEIGHTS_H
#define BC_PROJECTIONS_REVENUE_WEIGHTS_H

#include "projections/deal/deal.h"
#include "projections/revenue/revenue.h"

/* Which deals closed in time; of the rules. */
struct bc_weights_window {
    bc_stage_set qualified, closed, lost; /* closed: of kind won or final */
    int64_t since_us, until_us;           /* (since, until] */
};

enum bc_weights_outcome { BC_WEIGHTS_NONE, BC_WEIGHTS_LOST, BC_WEIGHTS_WON };

/* How a deal's first entry into a closed or lost stage after its first visit to a qualified one
 * went, if it lies in the window. */
enum bc_weights_outcome bc_weights_see(const struct bc_weights_window *window,
                                       const struct bc_deal *deal);
/* Fills a weight whose n and converted are counted. `usual`: millionths, where the rules have it
 * measured and too few deals closed. */
void bc_weights_settle(struct bc_revenue_weight *weight, const struct bc_weight *rule,
                       uint32_t usual);

#endif
