/* tools/hubspot/deal.h - a deal's record as events.
 *
 * Ids of events are made from what happened, "hubspot:deal/123/dealstage/1711904400000/111", and
 * their content from what HubSpot tells the same way every time: raw ids, no names. So a history
 * that is told again, longer or shorter, adds what is new and nothing else. */
#ifndef BC_TOOLS_HUBSPOT_DEAL_H
#define BC_TOOLS_HUBSPOT_DEAL_H

#include "tools/hubspot/history.h"
#include "tools/hubspot/run.h"

/* Adds the names of the properties to ask for, comma-separated, or to a JSON list. */
void hubspot_deal_properties(const struct hubspot_run *run, struct bc_buf *out);

/* Takes the present state of a record with its properties, with or without history: what
 * reconciliation compares with. Archived: an event. */
bc_status hubspot_deal_present(struct hubspot_run *run, const json_t *record, struct bc_err *err);
/* Emits that a deal that was archived is there again. When it came back is not told: at the latest
 * when it moved next, else now. */
bc_status hubspot_deal_restored(struct hubspot_run *run, struct bc_str id,
                                const struct hubspot_history *stages, struct bc_err *err);

/* Emits the events of a record read with its history. */
bc_status hubspot_deal_events(struct hubspot_run *run, const json_t *record, struct bc_err *err);

/* Is the record the outcome of a merge? Such a one is to be read after all others. */
bool hubspot_deal_is_merged(const json_t *record);
/* Is the stage told last in the history another than the present one? Then the deal moved between
 * two readings. */
bool hubspot_deal_is_moving(struct hubspot_run *run, const json_t *record);

#endif
