/* projections/diff/changed_events.h - events visible to only one of two questions, each labelled
 * with the cause of the difference.
 *
 *   late        the event says what happened by the date, and was recorded later
 *   filled in   a property that was set after the date, and is read back to it
 *   corrected   an event was retracted, and another took its place: about the same deal, of the
 *               same body (a stage, a property of one name, a meeting, an e-mail) and recorded at
 *               the same instant; of several the nearest in the log
 *   retracted   an event was retracted, and none took its place
 *
 * A retraction of an event that is itself among these has that event's cause: what was added and
 * retracted in between makes no difference. */
#ifndef BC_PROJECTIONS_DIFF_CHANGED_EVENTS_H
#define BC_PROJECTIONS_DIFF_CHANGED_EVENTS_H

#include "projections/deal/visible.h"
#include "projections/timelines/timelines.h"

enum bc_change_cause {
    BC_CHANGED_LATE,
    BC_CHANGED_FILLED_IN,
    BC_CHANGED_CORRECTED,
    BC_CHANGED_RETRACTED,
    BC_CHANGED_N
};

/* Each event is in the group 1 << cause if only the second question sees it, in the group 1 <<
 * (cause + BC_CHANGED_N) if only the first does. `{ 0 }` holds none. */
struct bc_changed_events {
    uint8_t *groups; /* by seq, as in struct bc_override */
    uint64_t end;
    uint8_t any; /* all groups that have events */
};

/* What `to` sees and `from` does not, and the other way round; both are for this log, and neither
 * has overrides. */
bc_status bc_changed_events_read(struct bc_changed_events *out, bc_timelines *timelines,
                                 const struct bc_visible *from, const struct bc_visible *to,
                                 int64_t as_of_us, struct bc_err *err);
void bc_changed_events_release(struct bc_changed_events *changed);
/* Makes only some of the groups visible. */
static inline struct bc_override bc_changed_events_apart(const struct bc_changed_events *changed,
                                                         uint8_t visible)
{
    return (struct bc_override){ changed->groups, changed->end, visible };
}

/* The mask of visible groups after the first `causes` causes were switched from the first question
 * to the second. */
uint8_t bc_changed_events_known(unsigned causes);

#endif
