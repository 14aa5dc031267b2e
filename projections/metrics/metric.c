#include "projections/metrics/metric.h"

#include <stdlib.h>

#define ADD(CONSTANT, word, ...) [BC_##CONSTANT] = bc_##word##_add,
static void (*const adders[BC_METRIC_KIND_N])(struct bc_metric *metric,
                                              struct bc_view *view) = { BC_METRIC_KINDS(ADD) };
#undef ADD

static enum bc_tally_mode mode_of(const struct bc_metric_rule *rule)
{
    const struct bc_kind *kind = bc_rules_kind(rule);

    switch (kind->measure) {
    case BC_MEASURE_COUNT:
        if (rule->contract == BC_CONTRACT_OVERDUE)
            return BC_TALLY_RENEWABLE;
        return kind->of == BC_OF_MEETINGS ? BC_TALLY_DISTINCT : BC_TALLY_COUNT;
    case BC_MEASURE_RATE:
        return kind->campaigns ? BC_TALLY_CAMPAIGNS : BC_TALLY_RATE;
    case BC_MEASURE_DAYS:
        break;
    }
    return BC_TALLY_SAMPLES;
}

/* Which strings of the table are among some texts. */
static bool *strings_among(const bc_string_table *strings, const struct bc_str *texts, size_t n)
{
    bool *among = bc_calloc(bc_string_table_count(strings), sizeof(*among));

    for (size_t i = 0; i < n; i++) {
        uint32_t word = bc_string_table_find(strings, texts[i]);

        if (word != BC_WORD_NONE)
            among[word] = true;
    }
    return among;
}

void bc_metric_init(struct bc_metric *metric, const struct bc_metric_rule *rule,
                    const struct bc_dates *dates, const struct bc_windows *windows, size_t slice_n,
                    const bc_string_table *strings)
{
    *metric = (struct bc_metric){
        .rule = rule, .dates = dates, .windows = windows, .add = adders[rule->kind]
    };
    if (bc_rules_kind(rule)->of == BC_OF_MEETINGS) {
        metric->type_counts = strings_among(strings, rule->types, rule->type_n);
        metric->outcome_counts = strings_among(strings, rule->outcomes, rule->outcome_n);
    }
    if (rule->deal_type_n)
        metric->deal_type_counts = strings_among(strings, rule->deal_types, rule->deal_type_n);
    bc_tally_init(&metric->tally, mode_of(rule), dates->n, slice_n);
}

void bc_metric_init_part(struct bc_metric *part, const struct bc_metric *metric)
{
    *part = *metric;
    part->borrows = true;
    bc_tally_init_like(&part->tally, &metric->tally);
}

static void release_value(struct bc_tally **value)
{
    if (!*value)
        return;
    bc_tally_release(*value);
    free(*value);
    *value = NULL;
}

void bc_metric_release(struct bc_metric *metric)
{
    if (!metric->borrows) {
        free(metric->type_counts);
        free(metric->outcome_counts);
        free(metric->deal_type_counts);
    }
    bc_tally_release(&metric->tally);
    for (size_t i = 0; i < metric->value_n; i++)
        release_value(&metric->values[i]);
    free(metric->values);
}

/* --- split by values --- */

void bc_metric_join_value(struct bc_metric *metric, uint32_t value, const struct bc_metric *from,
                          uint32_t its)
{
    if (its < from->value_n && from->values[its])
        bc_tally_join(bc_tally_of(metric, value), from->values[its]);
}

void bc_metric_take_value(struct bc_metric *out, struct bc_metric *metric, uint32_t value)
{
    struct bc_tally **place = value < metric->value_n ? &metric->values[value] : NULL;

    *out = *metric;
    out->borrows = true;
    out->split = false;
    out->values = NULL;
    out->value_n = 0;
    if (place && *place) {
        out->tally = **place;
        free(*place);
        *place = NULL;
    } else {
        bc_tally_init_like(&out->tally, &metric->tally);
    }
    out->tally.renewed_by = metric->tally.renewed_by;
}

/* The facts that set a property. */
static const enum bc_fact_kind setters[BC_P_N] = {
    [BC_P_DEAL_TYPE] = BC_FACT_DEAL_TYPE,
    [BC_P_CONTRACT_START] = BC_FACT_CONTRACT_START,
    [BC_P_CONTRACT_END] = BC_FACT_CONTRACT_END,
    [BC_P_MRR] = BC_FACT_MRR,
    [BC_P_RENEWS] = BC_FACT_RENEWS,
    [BC_P_PARKED_UNTIL] = BC_FACT_PARKED_UNTIL,
};

static void ask_property(struct bc_wants *wants, struct bc_view *view, enum bc_property property,
                         bc_stage_set stages)
{
    wants->kinds |= BC_FACT_BIT(setters[property]);
    view->asked_in[property] |= stages;
}

static void ask_contract(const struct bc_metric_rule *rule, struct bc_wants *wants,
                         struct bc_view *view)
{
    if (rule->contract != BC_CONTRACT_ANY)
        ask_property(wants, view, BC_P_CONTRACT_END, rule->stages);
    if (rule->contract == BC_CONTRACT_ACTIVE)
        ask_property(wants, view, BC_P_CONTRACT_START, rule->stages);
    if (rule->contract != BC_CONTRACT_OVERDUE)
        return;
    ask_property(wants, view, BC_P_RENEWS, rule->renewed_by);
    wants->kinds |= BC_FACT_BIT(BC_FACT_SERVICE_ENDED);
}

void bc_metric_ask(const struct bc_metric *metric, struct bc_wants *wants, struct bc_view *view)
{
    const struct bc_metric_rule *rule = metric->rule;
    const struct bc_kind *kind = bc_rules_kind(rule);
    int64_t after_us = -1;

    for (unsigned property = 0; property < BC_P_N; property++)
        if ((rule->having | rule->lacking) >> property & 1)
            ask_property(wants, view, (enum bc_property)property, BC_EVERY_STAGE);
    ask_contract(rule, wants, view);
    if (kind->stalled && metric->tally.lists)
        ask_property(wants, view, BC_P_PARKED_UNTIL, rule->stages);
    if (kind->of == BC_OF_MEETINGS)
        wants->kinds |= BC_FACT_BIT(BC_FACT_MEETING);
    if (kind->of != BC_OF_EMAILS)
        return;
    wants->kinds |= BC_FACT_BIT(BC_FACT_EMAIL_SENT) | BC_FACT_BIT(BC_FACT_EMAIL_OPENED);
    if (metric->windows && metric->windows->scale.n)
        after_us = metric->windows->begin_us[0];
    if (after_us < wants->emails_after_us)
        wants->emails_after_us = after_us;
}
