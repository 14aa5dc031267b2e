/* tools/hubspot/witness.h - a second witness of when a deal entered a stage: properties in which
 * HubSpot keeps that, one a stage, beside the history of stages. */
#ifndef BC_TOOLS_HUBSPOT_WITNESS_H
#define BC_TOOLS_HUBSPOT_WITNESS_H

#include "tools/hubspot/history.h"
#include "tools/hubspot/run.h"

/* Adds the names of those that the account has, of the stages in pipelines that are read, each
 * after a comma. There may be too many for an address. */
void hubspot_witness_properties(struct hubspot_run *run, struct bc_buf *out);
/* Notes where a record's differ from its history of stages. `stored_us`: of the deal. */
void hubspot_witness_compare(struct hubspot_run *run, const json_t *record, struct bc_str deal,
                             const struct hubspot_history *stages, int64_t stored_us);

#endif
