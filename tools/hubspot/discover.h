/* tools/hubspot/discover.h - a first account file, from the account itself. */
#ifndef BC_TOOLS_HUBSPOT_DISCOVER_H
#define BC_TOOLS_HUBSPOT_DISCOVER_H

#include "projections/rules/rules.h"
#include "tools/hubspot/run.h"

/* What was found, and what was not. */
struct hubspot_discovered {
    size_t stages, stages_mapped;
    struct hubspot_tally pipelines, pipelines_left; /* "7700 (Partners)": read, and not */
    struct hubspot_tally unmapped; /* "1099 (Old Stage)": stages that no stage of the rules is */
    struct hubspot_tally
        misleading;             /* "1006 (Proposal rejected) is closed_lost": by its settings */
    struct hubspot_tally times; /* "contract_end_date in America/Phoenix": hold no days */
    struct hubspot_tally deal_types;            /* "New Logo is newbusiness" */
    struct hubspot_tally deal_types_unknown;    /* those that no deal type of the rules is */
    struct hubspot_tally call_outcomes_unknown; /* those that are no outcome of a meeting */
    struct hubspot_tally losses, campaigns; /* "why_lost (Why lost?)": other properties offered */
    struct hubspot_tally labels;  /* "Renews (37)": of associations between deals, offered */
    struct hubspot_tally missing; /* names of ours for which no property was found */
};

/* Writes the file into `out`: stages whose labels are those of the rules, properties and meeting
 * types whose labels say what they are. After hubspot_survey. What could not be matched is in a
 * comment. */
void hubspot_discover(struct hubspot_discovered *found, struct hubspot_run *run,
                      const bc_rules *rules, struct bc_buf *out);
void hubspot_discovered_release(struct hubspot_discovered *found);

#endif
