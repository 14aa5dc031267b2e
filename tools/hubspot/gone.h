/* tools/hubspot/gone.h - activities that HubSpot no longer ties to their deal: deleted, or moved to
 * another. Their events are retracted; if the tie comes back, the retraction is. */
#ifndef BC_TOOLS_HUBSPOT_GONE_H
#define BC_TOOLS_HUBSPOT_GONE_H

#include "tools/hubspot/run.h"

/* What HubSpot says now of one tie that the ledger has. */
enum hubspot_tied { HUBSPOT_TIED, HUBSPOT_UNTIED, HUBSPOT_TIE_UNKNOWN };
typedef enum hubspot_tied hubspot_tied_fn(void *payload, const struct hubspot_index_tie *tie);

/* Emits a retraction for each event of a tie of that word ("meeting") that is gone, and one of that
 * retraction where it is there again. */
bc_status hubspot_gone(struct hubspot_run *run, const char *word, hubspot_tied_fn *tied,
                       void *payload, struct bc_err *err);

#endif
