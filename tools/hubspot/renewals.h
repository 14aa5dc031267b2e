/* tools/hubspot/renewals.h - which deal a deal renews, by the label of an association between the
 * two, where the account file names one.
 *
 * HubSpot does not say since when they are associated: it is dated when it is found. Where it is
 * another one later, or none, the first is retracted. */
#ifndef BC_TOOLS_HUBSPOT_RENEWALS_H
#define BC_TOOLS_HUBSPOT_RENEWALS_H

#include "tools/hubspot/run.h"

/* Reads the associations of the deals that are present, and emits what each renews now, if that is
 * not what the ledger has. Where the account file names no label, nothing is asked, and what was
 * recorded by one is retracted. */
bc_status hubspot_renewals(struct hubspot_run *run, struct bc_err *err);

#endif
