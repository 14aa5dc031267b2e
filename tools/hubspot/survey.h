/* tools/hubspot/survey.h - what an account consists of: its number, pipelines and their stages,
 * also those that only an audit still mentions, properties of deals, owners. */
#ifndef BC_TOOLS_HUBSPOT_SURVEY_H
#define BC_TOOLS_HUBSPOT_SURVEY_H

#include "tools/hubspot/run.h"

/* Requests all of it but the audits. `thorough`: also for those, of each stage too, for its former
 * names, for the properties of meetings, e-mails, orders and calls, and for the labels of
 * associations between deals, which are otherwise requested where the account file names one. */
bc_status hubspot_survey(struct hubspot_run *run, bool thorough, struct bc_err *err);
/* The audits of the pipelines, which mention stages that were deleted since. */
bc_status hubspot_survey_audits(struct hubspot_run *run, struct bc_err *err);
/* Are the pipelines, properties and labels that the account file names there? An unknown name would
 * import nothing without an error from HubSpot: BC_E_INPUT. Notes those that HubSpot computes. */
bc_status hubspot_survey_check(struct hubspot_run *run, struct bc_err *err);

#endif
