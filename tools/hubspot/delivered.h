/* tools/hubspot/delivered.h - what a delivery of HubSpot's webhooks says of deals, as the events
 * that reading the account makes of it, with the same ids. */
#ifndef BC_TOOLS_HUBSPOT_DELIVERED_H
#define BC_TOOLS_HUBSPOT_DELIVERED_H

#include "ledger/record/event.h"
#include "tools/hubspot/account.h"

#include <jansson.h>

struct hubspot_delivered {
    const struct hubspot_account *account; /* what stages and properties mean */
    bc_arena *arena;                       /* of the events' texts */
    /* An event lives as long as the arena and the delivery. */
    bc_status (*take)(void *payload, struct bc_event *event, struct bc_err *err);
    void *payload;
};

/* Takes one entry of the array that is delivered. BC_DONE: it is of a kind of which the account
 * must be read to say what it means, or of none that is recorded. */
bc_status hubspot_delivered(const struct hubspot_delivered *to, const json_t *entry,
                            struct bc_err *err);

#endif
