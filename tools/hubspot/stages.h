/* tools/hubspot/stages.h - what a stage is by its settings in HubSpot: open, won or lost. */
#ifndef BC_TOOLS_HUBSPOT_STAGES_H
#define BC_TOOLS_HUBSPOT_STAGES_H

#include "projections/rules/rules.h"
#include "tools/hubspot/run.h"

/* By a stage's `metadata`, whose values are texts. */
enum hubspot_ending hubspot_stages_ending(const json_t *metadata);
/* May a stage of the rules of this kind be it? */
bool hubspot_stages_may_be(enum hubspot_ending ending, enum bc_stage_kind kind);

/* Notes the stages that the account file takes for some of another kind than they are in HubSpot.
 * After hubspot_survey. */
void hubspot_stages_check(struct hubspot_run *run, const bc_rules *rules);

#endif
