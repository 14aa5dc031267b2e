/* tools/hubspot/merge.h - deals that were merged into another.
 *
 * HubSpot copies the histories of the parts into the survivor, entry by entry, so moves would count
 * twice. The parts keep their own events and are closed; of the survivor's history only what is its
 * own is recorded. Which id survives is not defined: it may be one of the parts', or a new one. */
#ifndef BC_TOOLS_HUBSPOT_MERGE_H
#define BC_TOOLS_HUBSPOT_MERGE_H

#include "tools/hubspot/run.h"

struct hubspot_merge {
    struct hubspot_merge_part {
        struct bc_str id;
        int64_t us; /* when it was merged */
    } * parts;
    size_t n;    /* 0: no merge */
    int64_t us;  /* the last of them */
    bool known;  /* the survivor's own events were recorded by an earlier run */
    bool is_new; /* the survivor began with the merge: what lies before is the parts' */
};

bc_status hubspot_merge_read(struct hubspot_merge *out, struct hubspot_run *run,
                             const json_t *record, struct bc_str deal, struct bc_err *err);
/* Closes the parts. */
bc_status hubspot_merge_events(const struct hubspot_merge *merge, struct hubspot_run *run,
                               struct bc_str deal, struct bc_err *err);
/* Is a change of the survivor's, by the event id that it would have, one of the parts'? */
bool hubspot_merge_is_copy(const struct hubspot_merge *merge, const struct hubspot_run *run,
                           struct bc_str deal, struct bc_str event_id, int64_t us);

#endif
