/* tools/hubspot/deal.h - a deal's record as events.
 *
 * Ids of events are made from what happened, "hubspot:deal/123/dealstage/1711904400000/111", and
 * their content from what HubSpot reports in the same way every time: raw ids, no names. So a
 * history that is read again, longer or shorter, adds what is new and nothing else. */
#ifndef BC_TOOLS_HUBSPOT_DEAL_H
#define BC_TOOLS_HUBSPOT_DEAL_H

#include "tools/hubspot/history.h"
#include "tools/hubspot/run.h"

/* Adds the names of the properties to request with their histories, comma-separated. */
void hubspot_deal_properties(const struct hubspot_run *run, struct bc_buf *out);

/* Takes the present state of a record with its properties, with or without history: reconciliation
 * compares with it. If it is archived: emits an event. */
bc_status hubspot_deal_present(struct hubspot_run *run, const json_t *record, struct bc_err *err);
/* Emits that an archived deal is there again. HubSpot does not say when it came back: at the latest
 * when it moved next, else now. */
bc_status hubspot_deal_restored(struct hubspot_run *run, struct bc_str id,
                                const struct hubspot_history *stages, struct bc_err *err);

/* Emits the events of a record read with its history. */
bc_status hubspot_deal_events(struct hubspot_run *run, const json_t *record, struct bc_err *err);

/* Is the record the result of a merge? Those must be read after all others. */
bool hubspot_deal_is_merged(const json_t *record);
/* Is the last stage of the history another than the present one? Then the deal moved between two
 * readings. */
bool hubspot_deal_is_moving(struct hubspot_run *run, const json_t *record);

#endif
