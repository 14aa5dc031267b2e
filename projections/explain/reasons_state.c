/* projections/explain/reasons_state.c - what keeps a deal out of counts, and its meetings and
 * e-mails out of theirs. */
#include "projections/explain/reasoning.h"
#include "projections/metrics/contribution.h"

static const struct bc_value_range *span_of(const struct bc_reasoning *reasoning,
                                            enum bc_property property)
{
    return reasoning->view->ranges[property].n ? &reasoning->view->ranges[property].at[0] : NULL;
}

/* Whether a contract date is there; else adds what is wrong with it. */
static bool contract_day(struct bc_reasoning *reasoning, enum bc_property property,
                         enum bc_reason_kind missing, enum bc_reason_kind bad, int32_t *out_day,
                         uint64_t *out_seq)
{
    const struct bc_value_range *range = span_of(reasoning, property);
    const struct bc_setting *setting = range ? range->setting : NULL;

    *out_seq = setting ? setting->seq : 0;
    if (range && bc_value_range_day(range, out_day))
        return true;
    bc_reason_add(reasoning, setting && setting->value == BC_VALUE_BAD_DAY ? bad : missing,
                  *out_seq);
    return false;
}

static void reasons_of_start(struct bc_reasoning *reasoning)
{
    uint64_t seq;
    int32_t start;

    if (contract_day(reasoning, BC_P_CONTRACT_START, BC_NO_START, BC_BAD_START, &start, &seq) &&
        start > reasoning->day)
        bc_reason_add_days(reasoning, BC_NOT_BEGUN, seq, start - reasoning->day);
}

static void reasons_of_contract(struct bc_reasoning *reasoning)
{
    const struct bc_metric_rule *rule = reasoning->rule;
    const struct bc_deal *deal = reasoning->view->deal;
    int32_t end, left;
    uint64_t seq;

    if (rule->contract == BC_CONTRACT_ACTIVE)
        reasons_of_start(reasoning);
    if (rule->contract == BC_CONTRACT_OVERDUE && deal->service_ended_us <= reasoning->as_of_us)
        bc_reason_add_at(reasoning, BC_NO_SERVICE, deal->service_ended_seq, deal->service_ended_us);
    if (!contract_day(reasoning, BC_P_CONTRACT_END, BC_NO_END, BC_BAD_END, &end, &seq))
        return;
    left = end - reasoning->day;
    switch (rule->contract) {
    case BC_CONTRACT_ANY:
        break;
    case BC_CONTRACT_ACTIVE:
        if (left < 0)
            bc_reason_add_days(reasoning, BC_ENDED, seq, -left);
        break;
    case BC_CONTRACT_OVERDUE:
        if (left >= 0)
            bc_reason_add_days(reasoning, BC_NOT_ENDED, seq, left);
        break;
    case BC_CONTRACT_ENDS_IN:
        if (left < rule->days_min || left > rule->days_max)
            bc_reason_add_days(reasoning, BC_NOT_IN_BUCKET, seq, left);
        break;
    }
}

void bc_reasons_count(struct bc_reasoning *reasoning)
{
    const struct bc_visit *now = bc_deal_visit_at(reasoning->view->deal, reasoning->as_of_us);

    if (!now)
        bc_reason_add(reasoning, BC_NO_STAGE_YET, 0);
    else if (!bc_stage_in(reasoning->rule->stages, now->stage))
        bc_reason_add_at(reasoning, BC_NOT_IN_STAGE, now->seq, now->entered_us)->value =
            bc_reason_stage(reasoning, now);
    if (reasoning->rule->contract != BC_CONTRACT_ANY)
        reasons_of_contract(reasoning);
}

static bool is_one_of(struct bc_str text, const struct bc_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(text, list[i]))
            return true;
    return false;
}

/* Whether the deal was in the metric's stages at an instant; else adds where it was. Where it will
 * be after the date is not known at it: that the instant is not in the window says enough. */
static bool stood_in_stages(struct bc_reasoning *reasoning, uint64_t seq, int64_t us)
{
    const struct bc_visit *visit = bc_deal_visit_at(reasoning->view->deal, us);
    struct bc_reason *reason;

    if (us > reasoning->as_of_us)
        return false;
    if (visit && bc_stage_in(reasoning->rule->stages, visit->stage))
        return true;
    reason = bc_reason_add_at(reasoning, BC_WRONG_STAGE, seq, us);
    if (visit)
        reason->value = bc_reason_stage(reasoning, visit);
    return false;
}

static bool in_window(struct bc_reasoning *reasoning, uint64_t seq, int64_t us)
{
    if (bc_reason_in_window(reasoning, us))
        return true;
    bc_reason_add_at(reasoning, BC_OUTSIDE, seq, us);
    return false;
}

/* The version of a meeting or e-mail that is valid at the date. */
static bool holds(const struct bc_reasoning *reasoning, const struct bc_activity *activity)
{
    return activity->occurred_us <= reasoning->as_of_us && activity->until_us > reasoning->as_of_us;
}

static bool meeting_counts(struct bc_reasoning *reasoning, const struct bc_activity *meeting)
{
    const struct bc_metric_rule *rule = reasoning->rule;
    struct bc_str outcome = bc_string_table_text(reasoning->strings, meeting->outcome);
    struct bc_str type = bc_string_table_text(reasoning->strings, meeting->type);
    bool counts = is_one_of(outcome, rule->outcomes, rule->outcome_n);

    if (!counts)
        bc_reason_add(reasoning, BC_NOT_HELD, meeting->seq)->value = outcome;
    if (type.len == 0) {
        counts &= stood_in_stages(reasoning, meeting->seq, meeting->starts_us);
    } else if (!is_one_of(type, rule->types, rule->type_n)) {
        bc_reason_add(reasoning, BC_WRONG_TYPE, meeting->seq)->value = type;
        counts = false;
    }
    counts &= in_window(reasoning, meeting->seq, meeting->starts_us);
    return counts;
}

void bc_reasons_meetings(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    size_t since = reasoning->out->n;

    for (size_t i = 0; i < deal->meeting_n; i++) {
        if (!holds(reasoning, &deal->meetings[i]))
            continue;
        if (meeting_counts(reasoning, &deal->meetings[i])) {
            reasoning->out->n = since;
            return;
        }
    }
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NO_MEETING, 0);
}

void bc_reasons_email_rate(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    size_t since = reasoning->out->n;

    for (size_t i = 0; i < deal->email_n; i++) {
        const struct bc_activity *email = &deal->emails[i];
        bool counts;

        if (!holds(reasoning, email))
            continue;
        counts = stood_in_stages(reasoning, email->seq, email->occurred_us);
        counts &= in_window(reasoning, email->seq, email->occurred_us);
        if (counts) {
            reasoning->out->n = since;
            return;
        }
    }
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NO_EMAIL, 0);
}
