/* projections/flow/stalled.h - deals that have been in an open stage for too long. */
#ifndef BC_PROJECTIONS_FLOW_STALLED_H
#define BC_PROJECTIONS_FLOW_STALLED_H

#include "projections/walk/walk.h"

/* Has a walk read what the functions below look at. */
void bc_stalled_ask(struct bc_walk *walk);
/* Whether a deal's open visit at a date is to a stage of kind open, and longer than the rules'
 * `stalled_after`; an observed one counts from its observation. */
bool bc_stands_long(const struct bc_deal *deal, const struct bc_view *view, uint32_t date);
/* Whether the deal that the view shows is parked at a date; *out_until is then the day. */
bool bc_is_parked(const struct bc_view *view, uint32_t date, int32_t *out_until);
/* It stands long, and is not parked. */
bool bc_is_stalled(const struct bc_deal *deal, const struct bc_view *view, uint32_t date);

#endif
