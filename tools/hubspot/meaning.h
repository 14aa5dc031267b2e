/* tools/hubspot/meaning.h - what a value of HubSpot's is in ours. */
#ifndef BC_TOOLS_HUBSPOT_MEANING_H
#define BC_TOOLS_HUBSPOT_MEANING_H

#include "tools/hubspot/run.h"

/* A value of the property that the account file has under our name `ours`: a calendar day, a deal
 * type of the rules, else as it is. Lives as long as the value, the account and the record's arena.
 */
struct bc_str hubspot_meaning(struct hubspot_run *run, struct bc_str ours, struct bc_str value);
/* The same of a record's present value; none where the account file has no such property. */
struct bc_str hubspot_meaning_now(struct hubspot_run *run, const json_t *record, const char *ours);

#endif
