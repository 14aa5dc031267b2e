/* tools/hubspot/history.h - the history of one property, as changes. */
#ifndef BC_TOOLS_HUBSPOT_HISTORY_H
#define BC_TOOLS_HUBSPOT_HISTORY_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <jansson.h>

struct hubspot_change {
    int64_t us;          /* when HubSpot stored the value */
    struct bc_str value; /* empty: cleared */
    struct bc_str how;   /* sourceType */
    struct bc_str who;   /* sourceId, or the user */
    unsigned nth;        /* of the changes to this value in this millisecond, from 1 */
};

struct hubspot_history {
    struct hubspot_change *changes; /* oldest first; no value twice in a row */
    size_t n;
    size_t entry_n;       /* entries as received, repetitions too */
    int64_t oldest_us;    /* of the entries received; meaningful where entry_n is not 0 */
    struct bc_str latest; /* the last value received */
};

/* Reads `propertiesWithHistory` of a record. Entries of one instant are put in reverse order, since
 * HubSpot lists the newest first. Texts live as long as the record and the arena. BC_E_REMOTE: it
 * is not a history. */
bc_status hubspot_history_read(struct hubspot_history *out, const json_t *record,
                               const char *property, bc_arena *arena, struct bc_err *err);
/* The last of the changes at or before an instant, or NULL. */
const struct hubspot_change *hubspot_history_at(const struct hubspot_history *history, int64_t us);

/* Does it look cut off? HubSpot keeps the newest 20 or 45 values of a property, and one that has so
 * many may be whole: it is if it begins with the record, which HubSpot stored at `created_us`. */
bool hubspot_history_is_cut(const struct hubspot_history *history, int64_t created_us);

#endif
