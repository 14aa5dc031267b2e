/* projections/rules/parse_metrics.c - metrics and their parameters. */
#include "projections/rules/parse.h"

#include <stdio.h>

#define WINDOW_MAX         1000000 /* days */
#define STALLED_AFTER_DAYS 30

static const char *const key_names[BC_KEY_N] = {
    [BC_KEY_KIND] = "kind",
    [BC_KEY_HEADLINE] = "headline",
    [BC_KEY_WINDOW_DAYS] = "window_days",
    [BC_KEY_STAGES] = "stages",
    [BC_KEY_FROM] = "from",
    [BC_KEY_TO] = "to",
    [BC_KEY_BASIS] = "basis",
    [BC_KEY_CONTRACT] = "contract",
    [BC_KEY_DAYS] = "days",
    [BC_KEY_RENEWED_BY] = "renewed_by",
    [BC_KEY_TYPES] = "types",
    [BC_KEY_OUTCOMES] = "outcomes",
    [BC_KEY_STALLED_AFTER] = "stalled_after",
    [BC_KEY_DEAL_TYPES] = "deal_types",
    [BC_KEY_HAVING] = "having",
    [BC_KEY_LACKING] = "lacking",
};

/* The keys as bc_fields_* take them, of which a metric must have some and may have others. */
static void set_keys(struct bc_field_key keys[BC_KEY_N], uint32_t needs, uint32_t takes)
{
    for (size_t i = 0; i < BC_KEY_N; i++)
        keys[i] = (struct bc_field_key){ key_names[i], (needs | takes) >> i & 1 ? BC_EVERY_KIND : 0,
                                         needs >> i & 1 ? BC_EVERY_KIND : 0 };
}

#define OF(contract) (1U << (contract))

/* The other keys depend on the condition on the contract. */
static const struct bc_field_key contract_keys[] = {
    { "days", OF(BC_CONTRACT_ENDS_IN), OF(BC_CONTRACT_ENDS_IN) },
    { "renewed_by", OF(BC_CONTRACT_OVERDUE), OF(BC_CONTRACT_OVERDUE) },
};

static bc_status parse_days(const struct bc_fields *in, struct bc_metric_rule *metric,
                            const struct bc_yaml *value)
{
    int64_t min, max;

    if (value->kind != BC_YAML_LIST || value->n != 2)
        return bc_fields_fault(in, value, "expected the first and the last day, such as [0, 30]");
    bc_status rc = bc_fields_whole(in, &min, value->first, -WINDOW_MAX, WINDOW_MAX);
    if (rc == BC_OK)
        rc = bc_fields_whole(in, &max, value->first->next, min, WINDOW_MAX);
    if (rc != BC_OK)
        return rc;
    metric->days_min = (int32_t)min;
    metric->days_max = (int32_t)max;
    return BC_OK;
}

static bc_status parse_contract(const struct bc_fields *in, const bc_rules *rules,
                                struct bc_metric_rule *metric, const char *what,
                                const struct bc_yaml *map, const struct bc_yaml *const *part)
{
    const struct bc_yaml *given[] = { part[BC_KEY_DAYS], part[BC_KEY_RENEWED_BY] };
    unsigned contract = BC_CONTRACT_ANY;
    bc_status rc = BC_OK;
    char kind[64];

    if (part[BC_KEY_CONTRACT])
        rc = bc_fields_word(in, &contract, part[BC_KEY_CONTRACT], "condition on a contract",
                            bc_contract_words, 4);
    if (rc != BC_OK)
        return rc;
    metric->contract = (enum bc_contract)contract;
    snprintf(kind, sizeof(kind), "contract: %s", bc_contract_words[contract]);
    rc = bc_fields_kind(in, given, map, what, kind, OF(contract), contract_keys, 2);
    if (rc == BC_OK && part[BC_KEY_DAYS])
        rc = parse_days(in, metric, part[BC_KEY_DAYS]);
    if (rc == BC_OK && part[BC_KEY_RENEWED_BY])
        rc = bc_parse_stage_set(in, &metric->renewed_by, rules, part[BC_KEY_RENEWED_BY], 1);
    return rc;
}

static bc_status parse_sets(const struct bc_fields *in, const bc_rules *rules,
                            struct bc_metric_rule *metric, const struct bc_yaml *const *part)
{
    bc_status rc = BC_OK;

    if (part[BC_KEY_STAGES])
        rc = bc_parse_stage_set(in, &metric->stages, rules, part[BC_KEY_STAGES], 1);
    if (rc == BC_OK && part[BC_KEY_FROM])
        rc = bc_parse_stage_set(in, &metric->from, rules, part[BC_KEY_FROM], 1);
    if (rc == BC_OK && part[BC_KEY_TO])
        rc = bc_parse_stage_set(in, &metric->to, rules, part[BC_KEY_TO], 1);
    if (rc == BC_OK && part[BC_KEY_TYPES])
        rc = bc_fields_texts(in, &metric->types, &metric->type_n, part[BC_KEY_TYPES], 1);
    if (rc == BC_OK && part[BC_KEY_OUTCOMES])
        rc = bc_fields_texts(in, &metric->outcomes, &metric->outcome_n, part[BC_KEY_OUTCOMES], 1);
    return rc;
}

static bc_status parse_numbers(const struct bc_fields *in, struct bc_metric_rule *metric,
                               const struct bc_yaml *const *part)
{
    int64_t window_days = BC_NO_WINDOW;
    unsigned basis = BC_EXITS;
    bc_status rc = BC_OK;

    if (part[BC_KEY_WINDOW_DAYS])
        rc = bc_fields_whole(in, &window_days, part[BC_KEY_WINDOW_DAYS], 1, WINDOW_MAX);
    if (rc == BC_OK && part[BC_KEY_BASIS])
        rc = bc_fields_word(in, &basis, part[BC_KEY_BASIS], "basis", bc_basis_words, 2);
    if (rc == BC_OK && part[BC_KEY_STALLED_AFTER])
        rc = bc_fields_days(in, &metric->stalled_after_us, part[BC_KEY_STALLED_AFTER]);
    metric->window_days = (int32_t)window_days;
    metric->basis = (enum bc_basis)basis;
    return rc;
}

/* Properties, each once. Those that no rule reads are not kept with the deals, so they cannot be
 * conditions. */
static bc_status parse_properties(const struct bc_fields *in, unsigned *out,
                                  const struct bc_yaml *value)
{
    const char *names[BC_P_N];
    bc_status rc = value ? bc_fields_once(in, value) : BC_OK;
    size_t n;

    *out = 0;
    for (unsigned i = 0; i < BC_P_N; i++)
        names[i] = bc_property_name((enum bc_property)i);
    if (rc < 0 || !value)
        return rc;
    for (const struct bc_yaml *member = bc_fields_members(value, &n); n > 0;
         member = member->next, n--) {
        unsigned property;

        rc = bc_fields_word(in, &property, member, "property that can be a condition", names,
                            BC_P_N);
        if (rc < 0)
            return rc;
        *out |= 1U << property;
    }
    return BC_OK;
}

static bc_status parse_conditions(const struct bc_fields *in, struct bc_metric_rule *metric,
                                  const struct bc_yaml *const *part)
{
    bc_status rc = BC_OK;

    if (part[BC_KEY_DEAL_TYPES])
        rc = bc_fields_texts(in, &metric->deal_types, &metric->deal_type_n, part[BC_KEY_DEAL_TYPES],
                             1);
    if (rc == BC_OK)
        rc = parse_properties(in, &metric->having, part[BC_KEY_HAVING]);
    if (rc == BC_OK)
        rc = parse_properties(in, &metric->lacking, part[BC_KEY_LACKING]);
    return rc;
}

/* The defaults. */
static void set_usual(struct bc_metric_rule *metric)
{
    static const struct bc_str completed[] = { { "completed", 9 } };
    uint32_t takes = bc_rules_kind(metric)->takes;

    if (takes & BC_KEY(OUTCOMES)) {
        metric->outcomes = completed;
        metric->outcome_n = 1;
    }
    if (takes & BC_KEY(STALLED_AFTER))
        metric->stalled_after_us = STALLED_AFTER_DAYS * BC_DAY_US;
}

static bc_status parse_kind(const struct bc_fields *in, struct bc_metric_rule *metric,
                            const char *what, const struct bc_yaml *map,
                            const struct bc_yaml *const *part)
{
    const char *words[BC_METRIC_KIND_N];
    struct bc_field_key keys[BC_KEY_N];
    const struct bc_kind *kind;
    char named[64];
    unsigned index;
    bc_status rc;

    for (size_t i = 0; i < BC_METRIC_KIND_N; i++)
        words[i] = bc_metric_kinds[i].word;
    rc = bc_fields_word(in, &index, part[BC_KEY_KIND], "kind of metric", words, BC_METRIC_KIND_N);
    if (rc != BC_OK)
        return rc;
    metric->kind = (enum bc_metric_kind)index;
    kind = bc_rules_kind(metric);
    set_usual(metric);
    snprintf(named, sizeof(named), "kind: %s", kind->word);
    set_keys(keys, BC_KEY(KIND) | kind->needs, BC_KEYS_OF_ALL | kind->takes);
    return bc_fields_kind(in, part, map, what, named, BC_EVERY_KIND, keys, BC_KEY_N);
}

static bc_status parse_metric(const struct bc_fields *in, const bc_rules *rules,
                              struct bc_metric_rule *metric, const struct bc_yaml *value)
{
    const struct bc_yaml *part[BC_KEY_N];
    struct bc_field_key keys[BC_KEY_N];
    char what[320];

    bc_status rc = bc_fields_name(in, &metric->name, value);
    if (rc != BC_OK)
        return rc;
    snprintf(what, sizeof(what), "metric \"%s\"", metric->name);
    set_keys(keys, BC_KEY(KIND), UINT32_MAX);
    rc = bc_fields_take(in, part, value, what, keys, BC_KEY_N);
    if (rc == BC_OK)
        rc = parse_kind(in, metric, what, value, part);
    if (rc == BC_OK && part[BC_KEY_HEADLINE])
        rc = bc_parse_slice(in, &metric->headline, rules, part[BC_KEY_HEADLINE]);
    if (rc == BC_OK)
        rc = parse_sets(in, rules, metric, part);
    if (rc == BC_OK)
        rc = parse_numbers(in, metric, part);
    if (rc == BC_OK)
        rc = parse_conditions(in, metric, part);
    if (rc == BC_OK)
        rc = parse_contract(in, rules, metric, what, value, part);
    return rc;
}

bc_status bc_parse_metrics(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(in, map, "metrics", 1, BC_METRIC_MAX);

    if (rc != BC_OK)
        return rc;
    rules->metrics = bc_arena_alloc(in->arena, map->n * sizeof(*rules->metrics));
    for (const struct bc_yaml *value = map->first; value; value = value->next) {
        rc = parse_metric(in, rules, &rules->metrics[rules->metric_n], value);
        if (rc != BC_OK)
            return rc;
        rules->metric_n++;
    }
    return BC_OK;
}
