/* projections/audit/auditing.h - for insiders: an audit under way. */
#ifndef BC_PROJECTIONS_AUDIT_AUDITING_H
#define BC_PROJECTIONS_AUDIT_AUDITING_H

#include "projections/audit/audit.h"
#include "projections/deal/known_words.h"
#include "projections/deal/view.h"
#include "projections/walk/about_none.h"
#include "projections/walk/experiment_words.h"

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
    bool bare;                 /* of a finding only its deal and kind are wanted */
    const struct bc_str *few;  /* only these deals, in byte order; or NULL */
    size_t few_n;
    int64_t as_of_us;
    struct bc_dates dates;
    struct bc_view view; /* of the current deal, with one date */
    struct bc_known_words known;
    struct bc_str no_slice; /* what a deal type costs that is in none */
    bc_folder *folder;
    /* Of experiments, if they are wanted: their own events, and those that only deals name. */
    struct bc_about_none none;
    struct bc_experiment_list experiments;
    struct bc_str *enrolled;
    size_t enrolled_n, enrolled_cap;
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

/* A date may be set after A and be read backwards. BC_DONE: at A the deal did not exist yet, by any
 * of its events. */
bc_status bc_auditing_exists(struct bc_auditing *auditing, const struct bc_deal *deal,
                             struct bc_err *err);

/* Prepares for words; it lives as long as the audit. */
void bc_auditing_words_begin(struct bc_auditing *auditing);
/* Adds the words of the current deal that the rules do not know. */
bc_status bc_auditing_words(struct bc_auditing *auditing, const struct bc_deal *deal,
                            struct bc_err *err);
/* Adds a renewal of what may be no deal; and drops those that name one, once their events were
 * read. */
bc_status bc_auditing_renews(struct bc_auditing *auditing, const struct bc_deal *deal,
                             struct bc_err *err);
bc_status bc_auditing_renewed(struct bc_auditing *auditing, struct bc_err *err);
/* Adds what the current deal has in the place of amounts, and ends before their starts. */
bc_status bc_auditing_amounts(struct bc_auditing *auditing, const struct bc_deal *deal,
                              struct bc_err *err);
/* Adds costs of experiments that are no amounts. */
void bc_auditing_costs(struct bc_auditing *auditing);
/* Adds what is odd about how the current deal came to be. */
void bc_auditing_creation(struct bc_auditing *auditing, const struct bc_deal *deal);

/* Reads the experiments' own events. */
bc_status bc_auditing_experiments_begin(struct bc_auditing *auditing, struct bc_err *err);
void bc_auditing_experiments_release(struct bc_auditing *auditing);
/* Looks at the current deal's enrolments; where it is not there, only for what experiments there
 * are. */
void bc_auditing_enrolments(struct bc_auditing *auditing, const struct bc_deal *deal, bool there);
/* Adds what is odd about experiments themselves, when all deals were seen. */
void bc_auditing_experiments(struct bc_auditing *auditing);

/* Adds the breaches of red lines that nobody answered. */
bc_status bc_auditing_breaches(struct bc_auditing *auditing, const struct bc_question *question,
                               struct bc_err *err);

/* Adds what the playbook's habits find odd about the current deal. */
void bc_auditing_playbook(struct bc_auditing *auditing, const struct bc_deal *deal);

#endif
