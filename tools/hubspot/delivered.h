/* tools/hubspot/delivered.h - what a delivery of HubSpot's webhooks says of deals, as the events
 * that reading the account makes of it, with the same ids. */
#ifndef BC_TOOLS_HUBSPOT_DELIVERED_H
#define BC_TOOLS_HUBSPOT_DELIVERED_H

#include "ledger/record/event.h"
#include "tools/hubspot/account.h"
#include "tools/hubspot/told.h"

#include <jansson.h>

struct hubspot_delivered {
    const struct hubspot_account *account; /* what stages and properties mean */
    bc_arena *arena;                       /* of the events' texts */
    /* An event lives as long as the arena and the delivery. */
    bc_status (*take)(void *payload, struct bc_event *event, struct bc_err *err);
    void *payload;
    hubspot_told *told; /* what is told so far; gets what is taken */
    uint64_t repeats;   /* is counted up: changes that leave a value as it was, and are not taken */
};

/* BC_E_INPUT: an entry of the array that is delivered is none. */
bc_status hubspot_delivered_check(const json_t *entry, struct bc_err *err);
/* Takes such an entry. BC_DONE: it is of a kind of which the account must be read to say what it
 * means, or of none that is recorded. */
bc_status hubspot_delivered(struct hubspot_delivered *to, const json_t *entry, struct bc_err *err);

#endif
