/* tools/hubspot/state.h - how far an account was read, stored in the ledger beside its caches.
 *
 * It says only where the next run may begin to look for changes, and is written together with its
 * events, portion by portion. If it is lost, or missing in a copy, the next run reads everything,
 * and no answer changes: the events are in the log. */
#ifndef BC_TOOLS_HUBSPOT_STATE_H
#define BC_TOOLS_HUBSPOT_STATE_H

#include "ledger/log/log.h"
#include "ledger/record/merkle.h"

#include <stdint.h>

/* Object types that have a modification time of their own in HubSpot. */
enum {
    HUBSPOT_SEEN_DEALS,
    HUBSPOT_SEEN_MEETINGS,
    HUBSPOT_SEEN_EMAILS,
    HUBSPOT_SEEN_CALLS,
    HUBSPOT_SEEN_N
};

struct hubspot_state {
    bool there;             /* a run has imported something before */
    int64_t portal;         /* the account's number; 0: unknown */
    struct bc_hash account; /* what the account file said */
    /* By HubSpot's clock: the log has all changes up to then of the objects that it has; 0:
     * unknown. */
    int64_t seen_us[HUBSPOT_SEEN_N];
};

/* What the last run left, or zeroes. */
bc_status hubspot_state_load(struct hubspot_state *out, bc_log *log, struct bc_err *err);
/* Adds it to the append, so that it is committed with the events. */
void hubspot_state_put(const struct hubspot_state *state, bc_append *append);

#endif
