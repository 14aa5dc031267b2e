/* tools/export/tables_anchors.c - which experiments a deal was enrolled in, and what became of it
 * from each instant on that cohorts begin at. */
#include "projections/cohorts/experiment_arms.h"
#include "projections/facts/learning.h"
#include "tools/export/tables_impl.h"

static const char *const outcomes[] = {
    [BC_COHORT_ALREADY] = "already",
    [BC_COHORT_CONVERTED] = "converted",
    [BC_COHORT_FAILED] = "failed",
    [BC_COHORT_OPEN] = "open",
};

static const char *const kinds[] = {
    [BC_ANCHOR_ENTRY] = "entry",
    [BC_ANCHOR_ENROLMENT] = "enrolment",
    [BC_ANCHOR_LEAD] = "lead",
};

static struct bc_cohort_look look_of(const struct tables_deal *deals, enum bc_anchor_kind kind,
                                     bc_stage_set to)
{
    const struct bc_cohort_ask ask = {
        .anchor = kind, .to = to, .since_us = INT64_MIN, .mature = BC_NOT_MATURE
    };

    return bc_cohort_look_of(&ask, deals->out->rules, deals->walk->dates.as_of_us[0]);
}

static bc_status write_anchor(const struct tables_deal *deals, const struct bc_deal *deal,
                              enum bc_anchor_kind kind, struct bc_str key,
                              const struct bc_cohort_anchor *anchor, struct bc_cohort_record record,
                              struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_ANCHORS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "anchor", bc_str_of(kinds[kind]));
    tables_text(&row, "key", key);
    tables_instant(&row, "anchored", anchor->us);
    tables_text(&row, "outcome", bc_str_of(outcomes[record.outcome]));
    if (record.outcome == BC_COHORT_CONVERTED && record.us >= 0)
        tables_real(&row, "days", (double)record.us / (double)BC_DAY_US);
    else
        tables_null(&row, "days");
    tables_integer(&row, "seq", (int64_t)anchor->seq);
    return tables_row_end(&row, deals->out, err);
}

/* First entries into each stage. */
static bc_status write_entries(const struct tables_deal *deals, const struct bc_deal *deal,
                               struct bc_err *err)
{
    const bc_rules *rules = deals->out->rules;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < rules->stage_n; i++) {
        const bc_stage_set at = (bc_stage_set)1 << i;
        const struct bc_cohort_look look =
            look_of(deals, BC_ANCHOR_ENTRY, bc_rules_target(rules, at));
        struct bc_cohort_anchor anchor;

        if (bc_cohort_entry(&anchor, &look, deal, at))
            rc = write_anchor(deals, deal, look.kind, bc_str_of(rules->stages[i].id), &anchor,
                              bc_cohort_outcome(&look, deal, &anchor), err);
    }
    return rc;
}

static bc_status write_lead(const struct tables_deal *deals, const struct bc_deal *deal,
                            struct bc_err *err)
{
    const struct bc_cohort_look look =
        look_of(deals, BC_ANCHOR_LEAD, bc_rules_qualified(deals->out->rules));

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];
        const struct bc_cohort_anchor anchor = { fact->occurred_us, fact->seq };

        if (fact->occurred_us > look.as_of_us)
            break;
        if (fact->kind == BC_FACT_LEAD) /* the first alone */
            return write_anchor(deals, deal, look.kind,
                                bc_learning_text(fact, BC_TEXT_LEAD_CAMPAIGN), &anchor,
                                bc_cohort_outcome(&look, deal, &anchor), err);
    }
    return BC_OK;
}

static struct bc_str experiment_of(const struct bc_fact_at *fact)
{
    return bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT);
}

/* Where e-mails are tried, one that was opened is what converts, and a deal that got none does not
 * count. */
static bc_status write_tried(const struct tables_deal *deals, const struct bc_deal *deal,
                             const struct bc_fact_at *fact, struct bc_err *err)
{
    const struct bc_cohort_anchor anchor = { fact->occurred_us, fact->seq };
    const struct bc_experiment_words none = { 0 }, *found = bc_experiment_find(deals->experiments,
                                                                               experiment_of(fact));
    struct bc_cohort_beside mails;
    struct bc_cohort_look look;
    bc_stage_set to;

    if (bc_experiment_goal(&to, deals->out->rules, found ? found : &none) != BC_GOAL_OPENED) {
        look = look_of(deals, BC_ANCHOR_ENROLMENT, to);
        return write_anchor(deals, deal, look.kind, experiment_of(fact), &anchor,
                            bc_cohort_outcome(&look, deal, &anchor), err);
    }
    look = look_of(deals, BC_ANCHOR_ENROLMENT, 0);
    mails = bc_experiment_mails(&look, deal, &anchor);
    if (!mails.sent)
        return BC_OK;
    return write_anchor(
        deals, deal, look.kind, experiment_of(fact), &anchor,
        (struct bc_cohort_record){ .outcome = mails.opened ? BC_COHORT_CONVERTED : BC_COHORT_OPEN,
                                   .us = -1 },
        err);
}

static bc_status write_enrolment(const struct tables_deal *deals, const struct bc_deal *deal,
                                 const struct bc_fact_at *fact, struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_ENROLMENTS);

    tables_text(&row, "deal", deal->id);
    tables_text(&row, "experiment", experiment_of(fact));
    tables_text_or_null(&row, "arm", bc_learning_text(fact, BC_TEXT_ENROLMENT_ARM));
    tables_instant(&row, "enrolled", fact->occurred_us);
    tables_integer(&row, "seq", (int64_t)fact->seq);
    return tables_row_end(&row, deals->out, err);
}

/* By experiment; the first enrolment in each is the anchor. */
static bc_status write_enrolments(struct tables_deal *deals, const struct bc_deal *deal,
                                  bool anchored, struct bc_err *err)
{
    const size_t n = tables_sort_facts(deals, deal, BC_FACT_ENROLMENT);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        const struct bc_fact_at *fact = deals->facts[i];
        const bool first =
            i == 0 || !bc_str_eq(experiment_of(deals->facts[i - 1]), experiment_of(fact));

        if (tables_wanted(deals->out, TABLE_ENROLMENTS))
            rc = write_enrolment(deals, deal, fact, err);
        if (rc == BC_OK && anchored && first && fact->occurred_us <= deals->walk->dates.as_of_us[0])
            rc = write_tried(deals, deal, fact, err);
    }
    return rc;
}

bc_status tables_write_anchors(struct tables_deal *deals, const struct bc_deal *deal,
                               const struct bc_view *view, struct bc_err *err)
{
    const bool anchored = tables_wanted(deals->out, TABLE_ANCHORS) && bc_view_present(view, 0);
    bc_status rc = BC_OK;

    if (anchored)
        rc = write_entries(deals, deal, err);
    if (rc == BC_OK && anchored)
        rc = write_lead(deals, deal, err);
    if (rc == BC_OK)
        rc = write_enrolments(deals, deal, anchored, err);
    return rc;
}
