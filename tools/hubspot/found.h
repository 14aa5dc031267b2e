/* tools/hubspot/found.h - properties that HubSpot computes: their histories show no actions, so
 * their values are taken as they are found at each import, and dated then. */
#ifndef BC_TOOLS_HUBSPOT_FOUND_H
#define BC_TOOLS_HUBSPOT_FOUND_H

#include "tools/hubspot/run.h"

/* Is a property computed by HubSpot? */
bool hubspot_found_is(const struct hubspot_run *run, struct bc_str name);
/* Adds the names of those in the account file to request, each after a comma. */
void hubspot_found_properties(const struct hubspot_run *run, struct bc_buf *out);
/* Emits, of a deal that the ledger has, the values that are others than when last found. */
bc_status hubspot_found_events(struct hubspot_run *run, const json_t *record, struct bc_str deal,
                               struct bc_err *err);

#endif
