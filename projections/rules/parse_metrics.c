/* projections/rules/parse_metrics.c - metrics and their parameters. */
#include "projections/rules/parse.h"

#include <stdio.h>

#define WINDOW_MAX         1000000 /* days */
#define STALLED_AFTER_DAYS 30

enum {
    K_KIND,
    K_HEADLINE,
    K_WINDOW_DAYS,
    K_STAGES,
    K_FROM,
    K_TO,
    K_BASIS,
    K_CONTRACT,
    K_DAYS,
    K_RENEWED_BY,
    K_TYPES,
    K_OUTCOMES,
    K_STALLED_AFTER,
    K_DEAL_TYPES,
    K_HAVING,
    K_LACKING,
    K_N
};

#define KIND(kind) (1U << (kind))
#define WITH_STAGES                                                                                \
    (KIND(BC_COUNT) | KIND(BC_ENTRIES) | KIND(BC_MEETINGS) | KIND(BC_EMAIL_RATE) |                 \
     KIND(BC_TIME_IN_STAGE))
#define WITH_FROM_TO (KIND(BC_CONVERSION) | KIND(BC_LEAD_TIME))

static const struct bc_field_key keys[K_N] = {
    [K_KIND] = { "kind", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_HEADLINE] = { "headline", BC_EVERY_KIND, 0 },
    [K_WINDOW_DAYS] = { "window_days", ~KIND(BC_COUNT), 0 },
    [K_STAGES] = { "stages", WITH_STAGES, WITH_STAGES },
    [K_FROM] = { "from", WITH_FROM_TO, WITH_FROM_TO },
    [K_TO] = { "to", WITH_FROM_TO, WITH_FROM_TO },
    [K_BASIS] = { "basis", KIND(BC_CONVERSION), 0 },
    [K_CONTRACT] = { "contract", KIND(BC_COUNT), 0 },
    [K_DAYS] = { "days", KIND(BC_COUNT), 0 },
    [K_RENEWED_BY] = { "renewed_by", KIND(BC_COUNT), 0 },
    [K_TYPES] = { "types", KIND(BC_MEETINGS), KIND(BC_MEETINGS) },
    [K_OUTCOMES] = { "outcomes", KIND(BC_MEETINGS), 0 },
    [K_STALLED_AFTER] = { "stalled_after", KIND(BC_TIME_IN_STAGE), 0 },
    [K_DEAL_TYPES] = { "deal_types", BC_EVERY_KIND, 0 },
    [K_HAVING] = { "having", BC_EVERY_KIND, 0 },
    [K_LACKING] = { "lacking", BC_EVERY_KIND, 0 },
};

/* A count's parameters depend on what it asks of the contract. */
static const struct bc_field_key contract_keys[] = {
    { "days", KIND(BC_CONTRACT_ENDS_IN), KIND(BC_CONTRACT_ENDS_IN) },
    { "renewed_by", KIND(BC_CONTRACT_OVERDUE), KIND(BC_CONTRACT_OVERDUE) },
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
    const struct bc_yaml *given[] = { part[K_DAYS], part[K_RENEWED_BY] };
    unsigned contract = BC_CONTRACT_ANY;
    bc_status rc = BC_OK;
    char kind[64];

    if (part[K_CONTRACT])
        rc = bc_fields_word(in, &contract, part[K_CONTRACT], "condition on a contract",
                            bc_contract_words, 4);
    if (rc != BC_OK)
        return rc;
    metric->contract = (enum bc_contract)contract;
    snprintf(kind, sizeof(kind), "contract: %s", bc_contract_words[contract]);
    rc = bc_fields_kind(in, given, map, what, kind, KIND(contract), contract_keys, 2);
    if (rc == BC_OK && part[K_DAYS])
        rc = parse_days(in, metric, part[K_DAYS]);
    if (rc == BC_OK && part[K_RENEWED_BY])
        rc = bc_parse_stage_set(in, &metric->renewed_by, rules, part[K_RENEWED_BY], 1);
    return rc;
}

static bc_status parse_sets(const struct bc_fields *in, const bc_rules *rules,
                            struct bc_metric_rule *metric, const struct bc_yaml *const *part)
{
    bc_status rc = BC_OK;

    if (part[K_STAGES])
        rc = bc_parse_stage_set(in, &metric->stages, rules, part[K_STAGES], 1);
    if (rc == BC_OK && part[K_FROM])
        rc = bc_parse_stage_set(in, &metric->from, rules, part[K_FROM], 1);
    if (rc == BC_OK && part[K_TO])
        rc = bc_parse_stage_set(in, &metric->to, rules, part[K_TO], 1);
    if (rc == BC_OK && part[K_TYPES])
        rc = bc_fields_texts(in, &metric->types, &metric->type_n, part[K_TYPES], 1);
    if (rc == BC_OK && part[K_OUTCOMES])
        rc = bc_fields_texts(in, &metric->outcomes, &metric->outcome_n, part[K_OUTCOMES], 1);
    return rc;
}

static bc_status parse_numbers(const struct bc_fields *in, struct bc_metric_rule *metric,
                               const struct bc_yaml *const *part)
{
    int64_t window_days = BC_NO_WINDOW;
    unsigned basis = BC_EXITS;
    bc_status rc = BC_OK;

    if (part[K_WINDOW_DAYS])
        rc = bc_fields_whole(in, &window_days, part[K_WINDOW_DAYS], 1, WINDOW_MAX);
    if (rc == BC_OK && part[K_BASIS])
        rc = bc_fields_word(in, &basis, part[K_BASIS], "basis", bc_basis_words, 2);
    if (rc == BC_OK && part[K_STALLED_AFTER])
        rc = bc_fields_days(in, &metric->stalled_after_us, part[K_STALLED_AFTER]);
    metric->window_days = (int32_t)window_days;
    metric->basis = (enum bc_basis)basis;
    return rc;
}

/* Properties, each once. Those that no rule reads are not kept with the deals, so they can be no
 * condition. */
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

    if (part[K_DEAL_TYPES])
        rc = bc_fields_texts(in, &metric->deal_types, &metric->deal_type_n, part[K_DEAL_TYPES], 1);
    if (rc == BC_OK)
        rc = parse_properties(in, &metric->having, part[K_HAVING]);
    if (rc == BC_OK)
        rc = parse_properties(in, &metric->lacking, part[K_LACKING]);
    return rc;
}

/* What a file need not say. */
static void set_usual(struct bc_metric_rule *metric)
{
    static const struct bc_str completed[] = { { "completed", 9 } };

    if (metric->kind == BC_MEETINGS) {
        metric->outcomes = completed;
        metric->outcome_n = 1;
    }
    if (metric->kind == BC_TIME_IN_STAGE)
        metric->stalled_after_us = STALLED_AFTER_DAYS * BC_DAY_US;
}

static bc_status parse_metric(const struct bc_fields *in, const bc_rules *rules,
                              struct bc_metric_rule *metric, const struct bc_yaml *value)
{
    const struct bc_yaml *part[K_N];
    char what[320], kind_name[64];
    unsigned kind;

    bc_status rc = bc_fields_name(in, &metric->name, value);
    if (rc != BC_OK)
        return rc;
    snprintf(what, sizeof(what), "metric \"%s\"", metric->name);
    rc = bc_fields_take(in, part, value, what, keys, K_N);
    if (rc == BC_OK)
        rc = bc_fields_word(in, &kind, part[K_KIND], "kind of metric", bc_metric_kind_words, 7);
    if (rc != BC_OK)
        return rc;
    metric->kind = (enum bc_metric_kind)kind;
    set_usual(metric);
    snprintf(kind_name, sizeof(kind_name), "kind: %s", bc_metric_kind_words[kind]);
    rc = bc_fields_kind(in, part, value, what, kind_name, KIND(kind), keys, K_N);
    if (rc == BC_OK && part[K_HEADLINE])
        rc = bc_parse_slice(in, &metric->headline, rules, part[K_HEADLINE]);
    if (rc == BC_OK)
        rc = parse_sets(in, rules, metric, part);
    if (rc == BC_OK)
        rc = parse_numbers(in, metric, part);
    if (rc == BC_OK)
        rc = parse_conditions(in, metric, part);
    if (rc == BC_OK && metric->kind == BC_COUNT)
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
