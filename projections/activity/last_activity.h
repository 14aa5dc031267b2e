/* projections/activity/last_activity.h - what was done last for a deal, and when its next meeting
 * is.
 *
 * A meeting that was held counts when it began; an e-mail when it was sent, opened or replied to;
 * an attempt; a change of stage. A creation in a stage is such a change; that a deal was found in
 * a stage, or is told once more to be in the stage that it is in, is none. */
#ifndef BC_PROJECTIONS_ACTIVITY_LAST_ACTIVITY_H
#define BC_PROJECTIONS_ACTIVITY_LAST_ACTIVITY_H

#include "projections/walk/walk.h"

struct bc_last_activity {
    enum bc_body what; /* BC_NO_BODY: nothing was done */
    int64_t at_us;
    uint64_t seq; /* of its event; of several at one instant the highest */
};

/* Outcomes of meetings, as numbers of the string table. */
struct bc_last_activity_words {
    uint32_t held, scheduled, rescheduled;
};
struct bc_last_activity_words bc_last_activity_words(const bc_string_table *strings);

/* Has a walk read what the functions below look at. */
void bc_last_activity_ask(struct bc_walk *walk);
struct bc_last_activity bc_last_activity_of(const struct bc_deal *deal,
                                            const struct bc_last_activity_words *words,
                                            int64_t as_of_us);
/* The first start after an instant of a meeting that is scheduled, or rescheduled, by then; or
 * BC_NEVER. */
int64_t bc_last_activity_next_meeting(const struct bc_deal *deal,
                                      const struct bc_last_activity_words *words, int64_t as_of_us);

#endif
