/* tools/hubspot/told.h - which changes of deals a ledger has from HubSpot, by their ids: a value
 * that is delivered again is no change, as it is none where the account is read. */
#ifndef BC_TOOLS_HUBSPOT_TOLD_H
#define BC_TOOLS_HUBSPOT_TOLD_H

#include "ledger/log/log.h"

typedef struct hubspot_told hubspot_told;

/* Of a log up to its head. */
bc_status hubspot_told_read(hubspot_told **out, bc_log *log, struct bc_err *err);
void hubspot_told_free(hubspot_told *told); /* NULL is fine */

/* Adds an event of HubSpot's, by its id. */
void hubspot_told_add(hubspot_told *told, struct bc_str id);

/* Does the ledger have any event of the deal? */
bool hubspot_told_deal(const hubspot_told *told, struct bc_str deal);
/* Does the change of this id leave the value as it was? What is told already is no repetition. */
bool hubspot_told_repeats(const hubspot_told *told, struct bc_str id);

#endif
