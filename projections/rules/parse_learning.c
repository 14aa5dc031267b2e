/* projections/rules/parse_learning.c - what the questions about experiments, flow, meetings and
 * revenue go by. Left out, each key means its default, and so does the whole map. */
#include "projections/rules/parse.h"

#include <math.h>

#define COUNT_MAX 1000000 /* of deals, experiments, days */

enum {
    L_STALLED_AFTER,
    L_MAX_RUNNING,
    L_ENOUGH,
    L_LEAD_TARGET,
    L_CLOSED_PER_PLAYBOOK,
    L_ANSWER_BREACH_DAYS,
    L_HANDOFF_DAYS,
    L_N
};

static const struct bc_field_key learning_keys[L_N] = {
    [L_STALLED_AFTER] = { "stalled_after", BC_EVERY_KIND, 0 },
    [L_MAX_RUNNING] = { "max_running", BC_EVERY_KIND, 0 },
    [L_ENOUGH] = { "enough", BC_EVERY_KIND, 0 },
    [L_LEAD_TARGET] = { "lead_target", BC_EVERY_KIND, 0 },
    [L_CLOSED_PER_PLAYBOOK] = { "closed_per_playbook", BC_EVERY_KIND, 0 },
    [L_ANSWER_BREACH_DAYS] = { "answer_breach_days", BC_EVERY_KIND, 0 },
    [L_HANDOFF_DAYS] = { "handoff_days", BC_EVERY_KIND, 0 },
};

/* A whole number, where it is given. */
static bc_status take_whole(const struct bc_fields *in, int32_t *out, const struct bc_yaml *value,
                            int64_t min)
{
    int64_t number = *out;
    bc_status rc = value ? bc_fields_whole(in, &number, value, min, COUNT_MAX) : BC_OK;

    if (rc == BC_OK)
        *out = (int32_t)number;
    return rc;
}

static bc_status take_share(const struct bc_fields *in, double *out, const struct bc_yaml *value)
{
    return value ? bc_fields_decimal(in, out, value, 0, 1) : BC_OK;
}

static bc_status take_closed(const struct bc_fields *in, struct bc_learning_rule *rule,
                             const struct bc_yaml *value)
{
    bc_status rc;

    if (!value)
        return BC_OK;
    if (value->kind != BC_YAML_LIST || value->n != 2)
        return bc_fields_fault(in, value,
                               "expected the fewest and the most deals, such as [10, 20]");
    rc = take_whole(in, &rule->closed_min, value->first, 0);
    return rc < 0 ? rc : take_whole(in, &rule->closed_max, value->first->next, rule->closed_min);
}

bc_status bc_parse_learning(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    struct bc_learning_rule *rule = &rules->learning;
    const struct bc_yaml *part[L_N] = { 0 };
    bc_status rc = BC_OK;

    *rule = (struct bc_learning_rule){ .stalled_after_us = 30 * BC_DAY_US,
                                       .max_running = 2,
                                       .enough = 10,
                                       .lead_target = 0.15,
                                       .closed_min = 10,
                                       .closed_max = 20,
                                       .answer_breach_days = 14,
                                       .handoff_days = 14 };
    if (map)
        rc = bc_fields_take(in, part, map, "learning", learning_keys, L_N);
    if (rc == BC_OK && part[L_STALLED_AFTER])
        rc = bc_fields_days(in, &rule->stalled_after_us, part[L_STALLED_AFTER]);
    if (rc == BC_OK)
        rc = take_whole(in, &rule->max_running, part[L_MAX_RUNNING], 0);
    if (rc == BC_OK)
        rc = take_whole(in, &rule->enough, part[L_ENOUGH], 1);
    if (rc == BC_OK)
        rc = take_share(in, &rule->lead_target, part[L_LEAD_TARGET]);
    if (rc == BC_OK)
        rc = take_closed(in, rule, part[L_CLOSED_PER_PLAYBOOK]);
    if (rc == BC_OK)
        rc = take_whole(in, &rule->answer_breach_days, part[L_ANSWER_BREACH_DAYS], 1);
    if (rc == BC_OK)
        rc = take_whole(in, &rule->handoff_days, part[L_HANDOFF_DAYS], 0);
    return rc;
}

enum { R_CURRENCY, R_VALUE, R_RENEWAL, R_NEW, R_RENEWAL_TARGET, R_N };

static const struct bc_field_key revenue_keys[R_N] = {
    [R_CURRENCY] = { "currency", BC_EVERY_KIND, 0 },
    [R_VALUE] = { "value", BC_EVERY_KIND, 0 },
    [R_RENEWAL] = { "renewal", BC_EVERY_KIND, 0 },
    [R_NEW] = { "new", BC_EVERY_KIND, 0 },
    [R_RENEWAL_TARGET] = { "renewal_target", BC_EVERY_KIND, 0 },
};

/* Money is reckoned in millionths, and so is what it is weighted with. */
static bc_status take_weight(const struct bc_fields *in, struct bc_weight *out,
                             const struct bc_yaml *value)
{
    double share = 0;
    bc_status rc;

    if (!value)
        return BC_OK;
    if (value->kind == BC_YAML_SCALAR && bc_str_eq(value->text, BC_STR("measured"))) {
        *out = (struct bc_weight){ .measured = true };
        return BC_OK;
    }
    rc = bc_fields_decimal(in, &share, value, 0, 1);
    if (rc < 0)
        return bc_fields_fault(in, value, "expected a number from 0 to 1, or \"measured\"");
    *out = (struct bc_weight){ .millionths = (int32_t)llround(share * BC_MILLIONTHS) };
    if ((double)out->millionths / BC_MILLIONTHS != share)
        return bc_fields_fault(in, value, "expected a number with at most six decimals");
    return BC_OK;
}

bc_status bc_parse_revenue(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    static const struct bc_str usual_value[] = { { "mrr", 3 }, { "amount", 6 } };
    struct bc_revenue_rule *rule = &rules->revenue;
    const struct bc_yaml *part[R_N] = { 0 };
    bc_status rc = BC_OK;

    *rule = (struct bc_revenue_rule){ .currency = "USD",
                                      .value = usual_value,
                                      .value_n = 2,
                                      .renewal = { .millionths = 800000 },
                                      .new_business = { .millionths = 300000 },
                                      .renewal_target = 0.8 };
    if (map)
        rc = bc_fields_take(in, part, map, "revenue", revenue_keys, R_N);
    if (rc == BC_OK && part[R_CURRENCY])
        rc = bc_fields_text(in, &rule->currency, part[R_CURRENCY]);
    if (rc == BC_OK && part[R_VALUE])
        rc = bc_fields_texts(in, &rule->value, &rule->value_n, part[R_VALUE], 1);
    if (rc == BC_OK)
        rc = take_weight(in, &rule->renewal, part[R_RENEWAL]);
    if (rc == BC_OK)
        rc = take_weight(in, &rule->new_business, part[R_NEW]);
    if (rc == BC_OK)
        rc = take_share(in, &rule->renewal_target, part[R_RENEWAL_TARGET]);
    return rc;
}
