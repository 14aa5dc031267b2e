/* projections/cohorts/cohorts.h - what became of the deals that had the same beginning: the engine
 * of experiments, signals and leads.
 *
 * Each deal has at most one anchor, an instant and an event. From there on it converted, failed or
 * is open at the date asked for; where it was already there, it is counted apart, and in nothing
 * else. Deals are grouped by what was known of them at the anchor. Where that is a lead, those of
 * no deal are counted, too. */
#ifndef BC_PROJECTIONS_COHORTS_COHORTS_H
#define BC_PROJECTIONS_COHORTS_COHORTS_H

#include "projections/cohorts/cohort_keys.h"
#include "projections/walk/walk.h"

enum bc_anchor_kind {
    BC_ANCHOR_ENTRY,     /* the first visit to a stage of `at` that is not observed */
    BC_ANCHOR_ENROLMENT, /* the first enrolment in `experiment` */
    BC_ANCHOR_LEAD,      /* the first lead; what begins at its instant comes after it */
};

enum bc_cohort_outcome { BC_COHORT_ALREADY, BC_COHORT_CONVERTED, BC_COHORT_FAILED, BC_COHORT_OPEN };

/* Sets of outcomes; those of a result's n. */
#define BC_COHORT_BIT(outcome) (1U << (outcome))
#define BC_COHORT_N                                                                                \
    (BC_COHORT_BIT(BC_COHORT_CONVERTED) | BC_COHORT_BIT(BC_COHORT_FAILED) |                        \
     BC_COHORT_BIT(BC_COHORT_OPEN))

#define BC_NOT_MATURE (-1)

enum { BC_COHORT_BY_MAX = 8 }; /* keys of one question */

/* What is asked, beside the question's one date. Everything is borrowed. */
struct bc_cohort_ask {
    enum bc_anchor_kind anchor;
    bc_stage_set at;
    struct bc_str experiment;
    bc_stage_set to;  /* those of bc_rules_closed are always with them */
    unsigned slice;   /* of the rules */
    int64_t since_us; /* anchors after it; INT64_MIN: since the beginning */
    int32_t mature;   /* civil days that all must have had, or BC_NOT_MATURE */
    bool late_values; /* properties by their time mode at the anchor */
    const struct bc_by *by;
    size_t by_n;
    const struct bc_str *list; /* values of the row whose deals are listed; by_n of them, or NULL */
    unsigned list_outcomes;    /* of them those with these outcomes */
    bool each;                 /* what became of each deal is wanted, too */
};

/* What experiments count beside, over the deals of a row. */
struct bc_cohort_beside {
    uint64_t on_time;               /* converted within the days that were the target */
    uint64_t sent, opened, replied; /* e-mails */
};

struct bc_cohort {
    const struct bc_str *values; /* by_n of them; NULL: of all deals */
    uint64_t n, converted, failed, open, already;
    /* Where n > 0, where converted + failed > 0, where converted > 0: */
    double rate, low, high;
    double resolved_rate, resolved_low, resolved_high;
    double mean_days, median_days, p90_days;
    struct bc_cohort_beside beside; /* of experiments alone */
};

/* What became of one deal. */
struct bc_cohort_each {
    struct bc_str deal;
    const struct bc_str *values; /* of its row */
    enum bc_cohort_outcome outcome;
};

struct bc_cohorts {
    struct bc_cohort all;
    uint64_t immature, excluded, gone;
    uint64_t without_deal;  /* leads of no deal, counted with the open ones */
    struct bc_cohort *rows; /* by n downward, then by the bytes of their values */
    size_t row_n;
    struct bc_str *deals; /* those that are listed, in byte order */
    size_t deal_n;
    struct bc_cohort_each *each; /* all deals of the rows, where it was asked for */
    size_t each_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_cohorts_make(struct bc_cohorts **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_cohort_ask *ask,
                          struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_cohorts_begin(struct bc_walked *walked, struct bc_cohorts **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_cohort_ask *ask, struct bc_err *err);
void bc_cohorts_free(struct bc_cohorts *cohorts); /* NULL is fine */

#endif
