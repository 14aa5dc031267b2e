/* tools/export/activity.h - what an event is called among the activities of a process.
 *
 * A move to a stage is "enter STAGE", so that tools that find a process by the names of its
 * activities see the stages; any other event is called by its kind, "meetingLogged". No kind has a
 * blank in its name, so the two never meet. */
#ifndef BC_TOOLS_EXPORT_ACTIVITY_H
#define BC_TOOLS_EXPORT_ACTIVITY_H

#include "ledger/record/event.h"
#include "projections/rules/rules.h"

/* The stage that an event puts its deal into: as the rules name it, or, where they do not know it,
 * as it came; empty: none. */
struct bc_str activity_stage(const bc_rules *rules, const struct bc_event *event);
/* Puts an activity's name in place of what `out` holds. */
void activity_name(struct bc_buf *out, const bc_rules *rules, const struct bc_event *event);
/* The name of a move to a stage. */
void activity_of_stage(struct bc_buf *out, struct bc_str stage);

#endif
