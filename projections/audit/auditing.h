/* projections/audit/auditing.h - for insiders: an audit under way. */
#ifndef BC_PROJECTIONS_AUDIT_AUDITING_H
#define BC_PROJECTIONS_AUDIT_AUDITING_H

#include "projections/audit/audit.h"
#include "projections/deal/view.h"

struct bc_auditing {
    struct bc_audit *audit;
    uint64_t *seqs; /* of each finding, its event */
    size_t seq_cap;
    bc_timelines *timelines;
    const bc_rules *rules;
    const bc_string_table *strings;
    struct bc_visible visible;
    bc_finding_set kinds;      /* that are wanted */
    struct bc_finding unasked; /* scratch for a finding of another kind, which is dropped */
    bool who;                  /* actor and source are wanted, too */
    int64_t as_of_us;
    struct bc_dates dates;
    struct bc_view view; /* of the current deal, with one date */
    bc_folder *folder;
};

/* Adds a finding from an event if its kind is wanted; else it is dropped. It lives until the next
 * is added. */
struct bc_finding *bc_auditing_add(struct bc_auditing *auditing, enum bc_finding_kind kind,
                                   struct bc_str deal, uint64_t seq);
/* A stage as named in the rules, if it is there; it lives as long as the audit and the rules. By
 * its recorded id, or as that of a visit. */
struct bc_str bc_auditing_word(const struct bc_auditing *auditing, uint32_t word);
struct bc_str bc_auditing_stage(const struct bc_auditing *auditing, const struct bc_visit *visit);
/* The value of a property at the date; NULL: never set. */
const struct bc_setting *bc_auditing_value(const struct bc_auditing *auditing,
                                           enum bc_property property);
/* The same as a day; false: unset, or no date. */
bool bc_auditing_day(const struct bc_auditing *auditing, enum bc_property property, int32_t *out);

/* Adds what the playbook's habits find odd about the current deal. */
void bc_auditing_playbook(struct bc_auditing *auditing, const struct bc_deal *deal);

#endif
