#include "projections/cohorts/experiment_arms.h"

#include "ledger/base/instant.h"
#include "projections/facts/learning.h"

enum bc_goal bc_experiment_goal(bc_stage_set *to, const bc_rules *rules,
                                const struct bc_experiment_words *words)
{
    const struct bc_metric_rule *metric =
        bc_rules_metric(rules, bc_experiment_text(words, BC_TEXT_EXPERIMENT_METRIC));

    *to = 0;
    if (metric && metric->kind == BC_EMAIL_RATE)
        return BC_GOAL_OPENED;
    if (!metric || (metric->kind != BC_CONVERSION && metric->kind != BC_LEAD_TIME))
        return BC_GOAL_CLOSED;
    *to = metric->to;
    return metric->kind == BC_CONVERSION ? BC_GOAL_RATE : BC_GOAL_DAYS;
}

static bool is_replied(const struct bc_cohort_look *look, const struct bc_deal *deal,
                       struct bc_id128 email)
{
    for (size_t i = 0; i < deal->learning_n; i++)
        if (deal->learning[i].kind == BC_FACT_REPLY &&
            deal->learning[i].occurred_us <= look->as_of_us &&
            bc_id128_eq(bc_fact_id(&deal->learning[i]), email))
            return true;
    return false;
}

/* Of several versions of an e-mail the last by the date tells when it was sent. */
struct bc_cohort_beside bc_experiment_mails(const struct bc_cohort_look *look,
                                            const struct bc_deal *deal,
                                            const struct bc_cohort_anchor *anchor)
{
    struct bc_cohort_beside mails = { 0 };

    for (size_t i = 0; i < deal->email_n; i++) {
        const struct bc_activity *email = &deal->emails[i];

        if (email->occurred_us > look->as_of_us || email->until_us <= look->as_of_us ||
            email->occurred_us < anchor->us)
            continue;
        mails.sent++;
        mails.opened +=
            email->opened_us <= look->as_of_us && bc_cohort_in_time(look, email->opened_us, anchor);
        mails.replied += is_replied(look, deal, email->id);
    }
    return mails;
}

static void add_mails(struct bc_experiment_arms *arms, const struct bc_deal *deal,
                      const struct bc_cohort_anchor *anchor, struct bc_str arm, unsigned listed)
{
    const struct bc_cohort_beside mails = bc_experiment_mails(&arms->look, deal, anchor);
    struct bc_cohort_beside *sum = bc_cohort_rows_beside(&arms->rows, arm);
    const enum bc_cohort_outcome outcome = mails.opened ? BC_COHORT_CONVERTED : BC_COHORT_OPEN;

    sum->sent += mails.sent;
    sum->opened += mails.opened;
    sum->replied += mails.replied;
    if (mails.sent)
        bc_cohort_rows_add(&arms->rows, arm, (struct bc_cohort_record){ .outcome = outcome },
                           listed >> outcome & 1, deal->id);
}

void bc_experiment_arms_add(struct bc_experiment_arms *arms, const struct bc_deal *deal,
                            const struct bc_cohort_anchor *anchor, struct bc_str arm,
                            unsigned listed)
{
    struct bc_cohort_record record;

    if (arms->goal == BC_GOAL_OPENED) {
        add_mails(arms, deal, anchor, arm, listed);
        return;
    }
    record = bc_cohort_outcome(&arms->look, deal, anchor);
    bc_cohort_rows_beside(&arms->rows, arm)->on_time +=
        record.outcome == BC_COHORT_CONVERTED && arms->has_target &&
        (double)record.us / (double)BC_DAY_US <= arms->target;
    bc_cohort_rows_add(&arms->rows, arm, record, listed >> record.outcome & 1, deal->id);
}
