/* projections/rules/print.c - rules as YAML, one parameter a line, in an order that never changes.
 */
#include "projections/rules/parse.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* "KEY: TEXT", indented by levels of two spaces. */
static void print_key(struct bc_buf *out, int level, const char *key)
{
    bc_buf_printf(out, "%*s", level * 2, "");
    bc_yaml_print_text(out, bc_str_of(key));
    bc_buf_add_byte(out, ':');
}

static void print_text(struct bc_buf *out, int level, const char *key, const char *text)
{
    print_key(out, level, key);
    bc_buf_add_byte(out, ' ');
    bc_yaml_print_text(out, bc_str_of(text));
    bc_buf_add_byte(out, '\n');
}

static void print_map(struct bc_buf *out, int level, const char *key, size_t n)
{
    print_key(out, level, key);
    bc_buf_printf(out, "%s\n", n ? "" : " {}");
}

static void print_texts(struct bc_buf *out, int level, const char *key, const struct bc_str *texts,
                        size_t n)
{
    print_key(out, level, key);
    bc_buf_add_str(out, BC_STR(" ["));
    for (size_t i = 0; i < n; i++) {
        if (i)
            bc_buf_add_str(out, BC_STR(", "));
        bc_yaml_print_text(out, texts[i]);
    }
    bc_buf_add_str(out, BC_STR("]\n"));
}

static void print_set(struct bc_buf *out, int level, const char *key, const bc_rules *rules,
                      bc_stage_set set)
{
    struct bc_str ids[BC_STAGE_MAX];
    size_t n = 0;

    for (size_t i = 0; i < rules->stage_n; i++) {
        if (set & (UINT64_C(1) << i))
            ids[n++] = bc_str_of(rules->stages[i].id);
    }
    print_texts(out, level, key, ids, n);
}

static void print_whole(struct bc_buf *out, int level, const char *key, uint64_t number)
{
    print_key(out, level, key);
    bc_buf_printf(out, " %" PRIu64 "\n", number);
}

/* The fewest digits that read back as the same number; without an exponent if possible. */
static void print_decimal(struct bc_buf *out, int level, const char *key, double number)
{
    char text[64];

    for (int digits = 0; digits <= 20; digits++) {
        snprintf(text, sizeof(text), "%.*f", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    if (strtod(text, NULL) != number)
        snprintf(text, sizeof(text), "%.17g", number);
    print_key(out, level, key);
    bc_buf_printf(out, " %s\n", text);
}

static void print_days(struct bc_buf *out, int level, const char *key, int64_t us)
{
    print_decimal(out, level, key, (double)us / (double)BC_DAY_US);
}

static void print_bool(struct bc_buf *out, int level, const char *key, bool value)
{
    print_key(out, level, key);
    bc_buf_printf(out, " %s\n", value ? "true" : "false");
}

static void print_stages(struct bc_buf *out, const bc_rules *rules)
{
    print_map(out, 0, "stages", rules->stage_n);
    for (size_t i = 0; i < rules->stage_n; i++) {
        const struct bc_stage *stage = &rules->stages[i];
        print_map(out, 1, stage->id, 1);
        print_text(out, 2, "label", stage->label);
        print_text(out, 2, "kind", bc_stage_kind_words[stage->kind]);
        print_bool(out, 2, "start", stage->start);
        print_set(out, 2, "next", rules, stage->next);
        print_texts(out, 2, "crm_ids", stage->crm_ids, stage->crm_id_n);
        if (stage->leaves_qualified != bc_leaves_qualified_usually(stage->id))
            print_bool(out, 2, "leaves_qualified", stage->leaves_qualified);
        if (stage->deal_type_n)
            print_texts(out, 2, "deal_types", stage->deal_types, stage->deal_type_n);
    }
}

/* One type is a text, as rules have always been printed. */
static void print_slices(struct bc_buf *out, const bc_rules *rules)
{
    print_map(out, 0, "slices", rules->slice_n);
    for (size_t i = 0; i < rules->slice_n; i++) {
        const struct bc_slice *slice = &rules->slices[i];
        print_map(out, 1, slice->name, slice->deal_type_n);
        if (slice->deal_type_n == 1)
            print_text(out, 2, "deal_type", slice->deal_types[0].at);
        else if (slice->deal_type_n)
            print_texts(out, 2, "deal_type", slice->deal_types, slice->deal_type_n);
    }
}

static void print_contract(struct bc_buf *out, const bc_rules *rules,
                           const struct bc_metric_rule *metric)
{
    print_text(out, 2, "contract", bc_contract_words[metric->contract]);
    if (metric->contract == BC_CONTRACT_OVERDUE)
        print_set(out, 2, "renewed_by", rules, metric->renewed_by);
    if (metric->contract == BC_CONTRACT_ENDS_IN)
        bc_buf_printf(out, "    days: [%" PRId32 ", %" PRId32 "]\n", metric->days_min,
                      metric->days_max);
}

static void print_properties(struct bc_buf *out, const char *key, unsigned set)
{
    struct bc_str names[BC_P_N];
    size_t n = 0;

    for (unsigned i = 0; i < BC_P_N; i++)
        if (set >> i & 1)
            names[n++] = bc_str_of(bc_property_name((enum bc_property)i));
    if (n)
        print_texts(out, 2, key, names, n);
}

static void print_metric(struct bc_buf *out, const bc_rules *rules,
                         const struct bc_metric_rule *metric)
{
    const struct bc_kind *kind = bc_rules_kind(metric);
    uint32_t has = kind->needs | kind->takes;

    print_map(out, 1, metric->name, 1);
    print_text(out, 2, "kind", kind->word);
    print_text(out, 2, "headline", rules->slices[metric->headline].name);
    if (metric->window_days != BC_NO_WINDOW)
        print_whole(out, 2, "window_days", (uint64_t)metric->window_days);
    if (metric->stages)
        print_set(out, 2, "stages", rules, metric->stages);
    if (metric->from)
        print_set(out, 2, "from", rules, metric->from);
    if (metric->to)
        print_set(out, 2, "to", rules, metric->to);
    if (has & BC_KEY(BASIS))
        print_text(out, 2, "basis", bc_basis_words[metric->basis]);
    if (has & BC_KEY(CONTRACT))
        print_contract(out, rules, metric);
    if (has & BC_KEY(TYPES))
        print_texts(out, 2, "types", metric->types, metric->type_n);
    if (has & BC_KEY(OUTCOMES))
        print_texts(out, 2, "outcomes", metric->outcomes, metric->outcome_n);
    if (has & BC_KEY(STALLED_AFTER))
        print_days(out, 2, "stalled_after", metric->stalled_after_us);
    if (metric->deal_type_n)
        print_texts(out, 2, "deal_types", metric->deal_types, metric->deal_type_n);
    print_properties(out, "having", metric->having);
    print_properties(out, "lacking", metric->lacking);
}

static void print_red_line(struct bc_buf *out, const bc_rules *rules,
                           const struct bc_red_line_rule *line)
{
    print_map(out, 1, line->name, 1);
    print_text(out, 2, "slice", rules->slices[line->slice].name);
    print_text(out, 2, "value", bc_red_line_value_words[line->conversion]);
    if (line->conversion)
        print_set(out, 2, "from", rules, line->from);
    print_set(out, 2, "to", rules, line->to);
    print_decimal(out, 2, "threshold", line->threshold);
    print_map(out, 2, "guard", 1);
    print_text(out, 3, "kind", bc_guard_words[line->guard]);
    print_whole(out, 3, "needs", line->guard_needs);
    if (line->guard == BC_GUARD_MEETINGS) {
        print_texts(out, 3, "types", line->guard_types, line->guard_type_n);
        print_texts(out, 3, "outcomes", line->guard_outcomes, line->guard_outcome_n);
    }
    if (line->guard != BC_GUARD_ATTEMPTS)
        print_set(out, 3, "stages", rules, line->guard_stages);
    if (line->conversion)
        print_days(out, 2, "open_counts_after", line->open_counts_after_us);
    print_text(out, 2, "says", line->says);
}

static void print_learning(struct bc_buf *out, const struct bc_learning_rule *rule)
{
    print_map(out, 0, "learning", 1);
    print_days(out, 1, "stalled_after", rule->stalled_after_us);
    print_whole(out, 1, "max_running", (uint64_t)rule->max_running);
    print_whole(out, 1, "enough", (uint64_t)rule->enough);
    print_decimal(out, 1, "lead_target", rule->lead_target);
    bc_buf_printf(out, "  closed_per_playbook: [%" PRId32 ", %" PRId32 "]\n", rule->closed_min,
                  rule->closed_max);
    print_whole(out, 1, "answer_breach_days", (uint64_t)rule->answer_breach_days);
    print_whole(out, 1, "handoff_days", (uint64_t)rule->handoff_days);
}

static void print_weight(struct bc_buf *out, const char *key, struct bc_weight weight)
{
    if (weight.measured)
        print_text(out, 1, key, "measured");
    else
        print_decimal(out, 1, key, (double)weight.millionths / BC_MILLIONTHS);
}

static void print_revenue(struct bc_buf *out, const struct bc_revenue_rule *rule)
{
    print_map(out, 0, "revenue", 1);
    print_text(out, 1, "currency", rule->currency);
    print_texts(out, 1, "value", rule->value, rule->value_n);
    print_weight(out, "renewal", rule->renewal);
    print_weight(out, "new", rule->new_business);
    print_decimal(out, 1, "renewal_target", rule->renewal_target);
}

void bc_rules_print(struct bc_buf *out, const bc_rules *rules)
{
    print_text(out, 0, "version", rules->version);
    print_text(out, 0, "timezone", rules->timezone);
    print_stages(out, rules);
    print_map(out, 0, "properties", rules->property_n);
    for (size_t i = 0; i < rules->property_n; i++)
        print_text(out, 1, rules->properties[i].name,
                   bc_time_mode_words[rules->properties[i].mode]);
    print_slices(out, rules);
    print_map(out, 0, "metrics", rules->metric_n);
    for (size_t i = 0; i < rules->metric_n; i++)
        print_metric(out, rules, &rules->metrics[i]);
    print_map(out, 0, "red_lines", rules->red_line_n);
    for (size_t i = 0; i < rules->red_line_n; i++)
        print_red_line(out, rules, &rules->red_lines[i]);
    print_learning(out, &rules->learning);
    print_revenue(out, &rules->revenue);
}
