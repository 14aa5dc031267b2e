/* projections/events/recorded_late.h - what was recorded after an instant and is dated before it:
 * what was not known of the past when it was looked at last. */
#ifndef BC_PROJECTIONS_EVENTS_RECORDED_LATE_H
#define BC_PROJECTIONS_EVENTS_RECORDED_LATE_H

#include "projections/deal/visible.h"
#include "projections/timelines/timelines.h"

enum { BC_LATE_SHOWN = 5 };

struct bc_late_event {
    uint64_t seq;
    int64_t at_us, recorded_us; /* recorded: by the clock that was asked for */
    enum bc_body body;          /* BC_NO_BODY: one that this build does not know */
    struct bc_str event, deal;  /* the event's id; the deal that it carries, "" for none */
};

/* `{ 0 }` is empty. */
struct bc_recorded_late {
    size_t n;
    struct bc_late_event first[BC_LATE_SHOWN]; /* by (at_us, seq) */
    size_t shown;
    bc_arena *arena;
};

/* The events recorded in (since, upto] that occurred before `since`, that known-at lets through,
 * that were not retracted, and that are no retractions. Recorded times ascend along the log, so
 * only what was recorded after `since` is read; by the source's clock they do not, and all of the
 * log is. */
bc_status bc_recorded_late_read(struct bc_recorded_late *out, bc_log *log,
                                const struct bc_visible *visible, int64_t since_us, int64_t upto_us,
                                struct bc_err *err);
void bc_recorded_late_release(struct bc_recorded_late *late);

#endif
