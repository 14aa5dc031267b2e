/* projections/diff/changed_events.h - the events that one way of asking knows and another does not,
 * by the cause that they are of a difference.
 *
 *   late        the event says what happened by the date, and was recorded later
 *   filled in   a property that was set after the date, and is read back to it
 *   corrected   an event was retracted, and another took its place: about the same deal, of the
 * same body (a stage, a property of one name, a meeting, an e-mail) and recorded at the same
 *               instant; of several the nearest in the log
 *   retracted   an event was retracted, and none took its place
 *
 * A retraction of an event that is itself among these has that event's cause: what came and was
 * taken back in between is no difference. */
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

/* Each event is of the group 1 << cause if the second way of asking knows it, of the group
 * 1 << (cause + BC_CHANGED_N) if the first does. `{ 0 }` holds none. */
struct bc_changed_events {
    uint8_t *groups; /* by seq, as in struct bc_override */
    uint64_t end;
    uint8_t any; /* all groups of which there are events */
};

/* What `to` knows and `from` does not, and the other way round; both are of this log, and neither
 * decides about events apart. */
bc_status bc_changed_events_read(struct bc_changed_events *out, bc_timelines *timelines,
                                 const struct bc_visible *from, const struct bc_visible *to,
                                 int64_t as_of_us, struct bc_err *err);
void bc_changed_events_release(struct bc_changed_events *changed);
/* For asking with some of the groups known. */
static inline struct bc_override bc_changed_events_apart(const struct bc_changed_events *changed,
                                                         uint8_t visible)
{
    return (struct bc_override){ changed->groups, changed->end, visible };
}

/* The groups that are known where the second way's knowledge of the first `causes` causes has
 * replaced the first's: none of them is the first way, all the second. */
uint8_t bc_changed_events_known(unsigned causes);

#endif
