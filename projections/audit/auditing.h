/* projections/audit/auditing.h - for insiders: an audit under way. */
#ifndef BC_PROJECTIONS_AUDIT_AUDITING_H
#define BC_PROJECTIONS_AUDIT_AUDITING_H

#include "projections/audit/audit.h"
#include "projections/deal/view.h"

struct bc_auditing {
    struct bc_audit *audit;
    uint64_t *seqs; /* of each finding, the event that it comes from */
    size_t seq_cap;
    bc_timelines *timelines;
    const bc_rules *rules;
    const bc_string_table *strings;
    struct bc_visible visible;
    bc_finding_set kinds;      /* that are asked for */
    struct bc_finding unasked; /* where one of another kind is written to be dropped */
    bool who;                  /* actor and source are asked for, too */
    int64_t as_of_us;
    struct bc_dates dates;
    struct bc_view view; /* at the deal, with one date */
    bc_folder *folder;
};

/* Adds a finding that comes from an event, if its kind is asked for; else it is dropped. It lives
 * until the next is added. */
struct bc_finding *bc_auditing_add(struct bc_auditing *auditing, enum bc_finding_kind kind,
                                   struct bc_str deal, uint64_t seq);
/* A stage as the rules name it, if they know it; it lives as long as the audit and the rules. */
struct bc_str bc_auditing_stage(const struct bc_auditing *auditing, const struct bc_visit *visit);
/* The value of a property at the date; NULL: never set. */
const struct bc_setting *bc_auditing_value(const struct bc_auditing *auditing,
                                           enum bc_property property);
/* The same as a day; false: unset, or no date. */
bool bc_auditing_day(const struct bc_auditing *auditing, enum bc_property property, int32_t *out);

/* Adds what is odd by the playbook's habits about the deal that is looked at. */
void bc_auditing_playbook(struct bc_auditing *auditing, const struct bc_deal *deal);

#endif
