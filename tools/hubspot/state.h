/* tools/hubspot/state.h - how far an account was read, kept in the ledger beside its caches.
 *
 * It says only where the next run may begin to look for changes, and is written together with the
 * events that it rests on, portion by portion. Lost, or not there in a copy, it costs a full
 * reading, and changes no answer: what was taken is in the log. */
#ifndef BC_TOOLS_HUBSPOT_STATE_H
#define BC_TOOLS_HUBSPOT_STATE_H

#include "ledger/log/log.h"
#include "ledger/record/merkle.h"

#include <stdint.h>

/* What HubSpot dates changes of on its own. */
enum { HUBSPOT_SEEN_DEALS, HUBSPOT_SEEN_MEETINGS, HUBSPOT_SEEN_EMAILS, HUBSPOT_SEEN_N };

struct hubspot_state {
    bool there;             /* a run took something before */
    int64_t portal;         /* the account's number; 0: not told */
    struct bc_hash account; /* what the account file said */
    /* By HubSpot's clock: what the log holds at all holds its changes up to then; 0: nothing is
     * known of that. */
    int64_t seen_us[HUBSPOT_SEEN_N];
};

/* What the last run left, or zeroes. */
bc_status hubspot_state_load(struct hubspot_state *out, bc_log *log, struct bc_err *err);
/* Has it written with the append's events, by the one write that commits them. */
void hubspot_state_put(const struct hubspot_state *state, bc_append *append);

#endif
