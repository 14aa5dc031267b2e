/* tools/hubspot/discover_options.h - what the options of an account's properties are in the words
 * of the rules. */
#ifndef BC_TOOLS_HUBSPOT_DISCOVER_OPTIONS_H
#define BC_TOOLS_HUBSPOT_DISCOVER_OPTIONS_H

#include "tools/hubspot/discover.h"

/* Writes `deal_types`, from the options of the property that is the deal type (NULL: none is). */
void hubspot_discover_deal_types(struct hubspot_discovered *found, struct hubspot_run *run,
                                 const struct hubspot_defined *property, const bc_rules *rules,
                                 struct bc_buf *out);
/* Writes `meeting_types`, from the labels that meetings may have. */
void hubspot_discover_meeting_types(const struct hubspot_run *run, struct bc_buf *out);
/* Writes `calls`, which is for people to decide, and `call_outcomes`, from the account's own
 * outcomes, else those that every account has. */
void hubspot_discover_calls(struct hubspot_discovered *found, struct hubspot_run *run,
                            struct bc_buf *out);
/* Writes `loss_reason` and `loss_reasons`: HubSpot's own property, else one whose name says so.
 * What else may hold a reason is offered in comments, with its options. */
void hubspot_discover_losses(struct hubspot_discovered *found, struct hubspot_run *run,
                             struct bc_buf *out);
/* Writes `email_campaign`: the likeliest property, the others in comments. */
void hubspot_discover_campaign(struct hubspot_discovered *found, struct hubspot_run *run,
                               struct bc_buf *out);
/* Writes `renews_label`, of which nothing but people know what it is: every label in a comment. */
void hubspot_discover_renewals(struct hubspot_discovered *found, struct hubspot_run *run,
                               struct bc_buf *out);

#endif
