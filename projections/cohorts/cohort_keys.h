/* projections/cohorts/cohort_keys.h - what deals are grouped by: a property of any name, or one of
 * the keys below, as known at an instant of the deal's own.
 *
 * Only events that had occurred by that instant are looked at, whatever a property's time mode
 * says: so a key tells nothing that came after. Whatever is unknown is the empty value. */
#ifndef BC_PROJECTIONS_COHORTS_COHORT_KEYS_H
#define BC_PROJECTIONS_COHORTS_COHORT_KEYS_H

#include "projections/deal/deal.h"

enum bc_by_kind {
    BC_BY_PROPERTY,
    BC_BY_NEED, /* of the last qualification: yes, no */
    BC_BY_BUDGET,
    BC_BY_ICP_FIT,
    BC_BY_ICP_VERSION, /* the property; unset: that of the last qualification */
    BC_BY_ICP,         /* the version last published */
    BC_BY_PLAYBOOK,
    BC_BY_CAMPAIGN, /* of the first lead */
    BC_BY_CHANNEL,
    BC_BY_ARM,   /* of the first enrolment in an experiment */
    BC_BY_MONTH, /* of the instant: 2025-03 */
    BC_BY_QUARTER,
    BC_BY_YEAR,
    BC_BY_MEETINGS, /* held by then: 0, 1, 2, 3+ */
    BC_BY_OPENED,   /* any e-mail: yes, no */
    BC_BY_REPLIED,
};

struct bc_by {
    enum bc_by_kind kind;
    struct bc_str text; /* as it was asked for; borrowed */
    struct bc_str name; /* of the property or the experiment, within text */
};

/* Any text in UTF-8 but the empty one and "arm:" is a key. */
bool bc_by_parse(struct bc_by *out, struct bc_str text);
/* The keys that are no property and no arm, in turn; false: there are fewer. */
bool bc_by_fixed(struct bc_by *out, size_t i);
/* Whether keys are of the calendar of the rules' zone. */
bool bc_by_is_civil(const struct bc_by *by);
/* Adds the kinds of facts that a key reads. */
void bc_by_ask(const struct bc_by *by, struct bc_wants *wants);

/* What keys read beside the deal. */
struct bc_by_world {
    const bc_rules *rules;
    const bc_string_table *strings;
    bool late_values;                   /* a property by its time mode at the instant */
    const struct bc_fact_at *published; /* of ICP and playbook, in the fold's order; lent */
    size_t published_n;
    uint32_t held; /* the string "completed", or BC_WORD_NONE */
};

/* By these rules and strings, properties as recorded, with nothing published. */
struct bc_by_world bc_by_world_of(const bc_rules *rules, const bc_string_table *strings);

enum { BC_BY_ROOM = 8 }; /* bytes of a value that is made: 2025-Q1 */

/* The value of a key; lives as long as the deal's facts, or is made in `room`. */
struct bc_str bc_by_value(const struct bc_by *by, const struct bc_by_world *world,
                          const struct bc_deal *deal, int64_t at_us, char room[BC_BY_ROOM]);

#endif
