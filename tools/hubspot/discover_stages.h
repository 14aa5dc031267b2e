/* tools/hubspot/discover_stages.h - which stage of the rules each of an account's is. */
#ifndef BC_TOOLS_HUBSPOT_DISCOVER_STAGES_H
#define BC_TOOLS_HUBSPOT_DISCOVER_STAGES_H

#include "tools/hubspot/discover.h"

/* Writes `pipelines` and `stages`, of the pipeline whose stages are the rules'. A label decides
 * among the stages of the kind that HubSpot's settings say: open, won or lost. */
void hubspot_discover_stages(struct hubspot_discovered *found, struct hubspot_run *run,
                             const bc_rules *rules, struct bc_buf *out);

#endif
