/* tools/hubspot/gone.h - activities that HubSpot no longer ties to their deal: deleted, or moved to
 * another. Their events are retracted; if the tie comes back, the retraction is. */
#ifndef BC_TOOLS_HUBSPOT_GONE_H
#define BC_TOOLS_HUBSPOT_GONE_H

#include "tools/hubspot/run.h"

/* What HubSpot says now of one tie that the ledger has. */
enum hubspot_tied { HUBSPOT_TIED, HUBSPOT_UNTIED, HUBSPOT_TIE_UNKNOWN };
typedef enum hubspot_tied hubspot_tied_fn(void *payload, const struct hubspot_index_tie *tie);

struct hubspot_gone {
    const char *word; /* of the ties: "meeting" */
    hubspot_tied_fn *tied;
    void *payload;
    const char *why; /* it is retracted: the reason that is recorded */
    uint64_t *n;     /* counts what is */
};

/* Emits a retraction for each event of a tie that is gone, and one of that retraction where it is
 * there again. */
bc_status hubspot_gone(struct hubspot_run *run, const struct hubspot_gone *ask, struct bc_err *err);

#endif
