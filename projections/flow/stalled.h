/* projections/flow/stalled.h - deals that have been in an open stage for too long. */
#ifndef BC_PROJECTIONS_FLOW_STALLED_H
#define BC_PROJECTIONS_FLOW_STALLED_H

#include "projections/walk/walk.h"

/* Has a walk read what the function below looks at. */
void bc_stalled_ask(struct bc_walk *walk);
/* Whether a deal's open visit at a date is to a stage of kind open, and longer than the rules'
 * `stalled_after` (an observed one counts from its observation), and the deal is not parked. The
 * view shows it. */
bool bc_is_stalled(const struct bc_deal *deal, const struct bc_view *view, uint32_t date);
/* Whether it is not stalled for that alone that it is parked. */
bool bc_is_stalled_but_parked(const struct bc_deal *deal, const struct bc_view *view,
                              uint32_t date);
/* Whether a deal is parked at a date, in whatever stage; *until, unless NULL, is the day that it is
 * parked until, since 1970, and is set only then. */
bool bc_stalled_parked(int32_t *until, const struct bc_view *view, uint32_t date);

#endif
