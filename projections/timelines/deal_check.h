/* projections/timelines/deal_check.h - compares what the timelines hold of one deal with the log's
 * events.
 *
 * For callers that read a deal's events anyway: its list must have no event of another deal, and
 * its facts must be those that these events make. So a view of one deal needs no walk over all. A
 * missing entry of the list that has no facts is found only by the sum over all lists. */
#ifndef BC_PROJECTIONS_TIMELINES_DEAL_CHECK_H
#define BC_PROJECTIONS_TIMELINES_DEAL_CHECK_H

#include "projections/timelines/timelines.h"

typedef struct bc_deal_check bc_deal_check; /* borrows its timelines and the list */

/* For a deal and the seqs that are listed for it. */
bc_deal_check *bc_deal_check_new(bc_timelines *timelines, struct bc_str deal, const uint64_t *seqs,
                                 size_t n);
void bc_deal_check_free(bc_deal_check *check); /* NULL is fine */

/* Takes the events one by one, in the order of the list. BC_E_DAMAGED: one is of another deal. */
bc_status bc_deal_check_see(bc_deal_check *check, const struct bc_event *event, struct bc_err *err);
/* After the last event. BC_E_DAMAGED: the facts differ. */
bc_status bc_deal_check_end(bc_deal_check *check, struct bc_err *err);

#endif
