/* tests/model/cases.h - told cases: what a figure is after a story, in a sentence each.
 *
 * The sentences are those of the definitions of the metrics. Both the recount and the real
 * projections are asked the rows. */
#ifndef BC_TESTS_MODEL_CASES_H
#define BC_TESTS_MODEL_CASES_H

#include "tests/model/recount.h"
#include "tests/support/events.h"

struct model_case {
    const char *name;  /* the behaviour, in plain words */
    const char *story; /* tests/support/story.h */
    const char *ask;   /* "sqd" (its headline slice), "sqd/all", "red no_wins", or "audit" */
    /* Pairs of a key and its value, as recount_print_* writes them; `-` as a value: that key is not
     * there. For an audit: all findings, each its kind and then pairs, with `|` between them. */
    const char *want;
    const char *as_of;    /* a date: the end of that day in the zone; or a WHEN of a story; NULL:
                             2025-03-31 */
    const char *known_at; /* the same; NULL: not asked */
    bool clock_source;
    const char *zone;   /* NULL: UTC */
    const char *mode;   /* "deal_type best_known": one property's time mode */
    const char *crm;    /* "outreach ['4711']": the CRM's ids that mean a stage */
    const char *slice;  /* "new [newbusiness, partner]": the deal types of a slice */
    bool cohort;        /* conversions on basis cohort */
    const char *metric; /* parameters of one more metric, "made" */
};

struct model_group {
    const char *name;
    const struct model_case *at;
    size_t n;
};
extern const struct model_group model_deal_cases, model_clock_cases, model_flow_cases,
    model_days_cases, model_contract_cases, model_activity_cases, model_red_line_cases,
    model_audit_cases, model_made_cases, model_word_cases;
/* All of them; the last is NULL. */
extern const struct model_group *const model_groups[];

/* The built-in rules, changed as the case says; the caller frees them. */
bc_rules *model_case_rules(const struct model_case *row);
/* The question that the case asks under those rules. */
struct recount_question model_case_question(const struct model_case *row, const bc_rules *rules);
/* Fails the test unless the answer has what the case wants. Only what the case asks about is
 * checked, so that is all that `got` needs to hold. */
void model_case_check(const struct model_case *row, const bc_rules *rules,
                      const struct recount *got);

#endif
