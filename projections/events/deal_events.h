/* projections/events/deal_events.h - the events of one deal, read from the log. */
#ifndef BC_PROJECTIONS_EVENTS_DEAL_EVENTS_H
#define BC_PROJECTIONS_EVENTS_DEAL_EVENTS_H

#include "projections/deal/deal.h"
#include "projections/timelines/timelines.h"

struct bc_deal_event {
    struct bc_event event;    /* its texts live in the arena */
    uint64_t retracted_by;    /* seq of the retraction that counts, or 0 */
    struct bc_str retraction; /* its id */
};

struct bc_deal_events {
    struct bc_deal_event *at; /* by (occurred_us, seq) */
    size_t n;
    bc_arena *arena;
};

/* The events of a deal that known-at lets through, retracted ones marked, and the retractions that
 * are about it. A deal that the log does not mention has none. BC_E_DAMAGED where the timelines'
 * facts of the deal are not those that the log makes. */
bc_status bc_deal_events_read(struct bc_deal_events *out, bc_timelines *timelines,
                              const struct bc_visible *visible, struct bc_str deal,
                              struct bc_err *err);
void bc_deal_events_release(struct bc_deal_events *events);

/* Whether an event of a deal is retracted. */
struct bc_fate {
    uint64_t seq;
    bool retracts;            /* it is a retraction */
    const struct bc_fate *by; /* the retraction that counts, or NULL */
};
/* Marks the retracted ones among events in the order of seq. */
bc_status bc_fates_mark(struct bc_fate *fates, size_t n, bc_log *log, struct bc_err *err);

/* The first instant from which the deal exists: that of its first event that is not retracted, or
 * BC_NEVER. */
int64_t bc_deal_events_begin(const struct bc_deal_events *events, struct bc_str deal);

#endif
