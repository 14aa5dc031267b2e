/* tools/hubspot/activity.h - the objects that deals are tied to, as events: meetings, and calls as
 * such, e-mails, orders, and the company. */
#ifndef BC_TOOLS_HUBSPOT_ACTIVITY_H
#define BC_TOOLS_HUBSPOT_ACTIVITY_H

#include "tools/hubspot/run.h"

/* For every deal that is present: reads its ties (the company's only where it is not archived), and
 * of the objects those that are new to it or changed since; retracts what is tied to it no more,
 * and calls where the account file does not count them. `since_us` of each kind as the state has
 * them; 0: all. */
bc_status hubspot_activities(struct hubspot_run *run, const int64_t since_us[HUBSPOT_SEEN_N],
                             struct bc_err *err);

/* The events of one object that is tied to `deal`. */
bc_status hubspot_meeting_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                                 struct bc_str deal, struct bc_err *err);
/* A call as a meeting of the id "call/<id>". */
bc_status hubspot_call_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                              struct bc_str deal, struct bc_err *err);
bc_status hubspot_email_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                               struct bc_str deal, struct bc_err *err);
bc_status hubspot_order_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                               struct bc_str deal, struct bc_err *err);
/* Notes, once for each object, what it does not say. */
void hubspot_meeting_note(struct hubspot_run *run, const json_t *record);
void hubspot_call_note(struct hubspot_run *run, const json_t *record);

#endif
