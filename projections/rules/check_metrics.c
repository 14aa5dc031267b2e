/* projections/rules/check_metrics.c - metrics that contradict themselves, or that never count. */
#include "projections/rules/checking.h"

#include <stdio.h>

struct place {
    const char *keys[4];
};

static struct place place_of(const struct bc_metric_rule *metric, const char *key)
{
    return (struct place){ { "metrics", metric->name, key, NULL } };
}

static void contradict(const struct bc_checking *checking, const struct bc_metric_rule *metric,
                       const char *key, const char *says, const char *other)
{
    struct place place = place_of(metric, key);

    bc_checking_warn(checking, BC_ODD_CONTRADICTION, bc_checking_at(checking, place.keys),
                     "metric \"%s\" never counts a deal: %s, and %s", metric->name, says, other);
}

/* Conditions that exclude each other. */
static void check_conditions(const struct bc_checking *checking,
                             const struct bc_metric_rule *metric)
{
    char says[128];

    for (unsigned i = 0; i < BC_P_N; i++) {
        if (!((metric->having & metric->lacking) >> i & 1))
            continue;
        snprintf(says, sizeof(says), "\"%s\" is to have a value",
                 bc_property_name((enum bc_property)i));
        contradict(checking, metric, "lacking", says, "to have none");
    }
    if (metric->deal_type_n && metric->lacking >> BC_P_DEAL_TYPE & 1)
        contradict(checking, metric, "lacking", "the deal type is to be one of some",
                   "to have no value");
    if (metric->contract == BC_CONTRACT_ANY)
        return;
    if (metric->lacking >> BC_P_CONTRACT_END & 1)
        contradict(checking, metric, "lacking", "the contract is to have an end",
                   "\"contract_end\" no value");
    if (metric->contract == BC_CONTRACT_ACTIVE && metric->lacking >> BC_P_CONTRACT_START & 1)
        contradict(checking, metric, "lacking", "the contract is to have begun",
                   "\"contract_start\" to have no value");
}

/* Warns of the stages that are for deals of other types, of each set of them; `if_all`: only of
 * sets in which there is no other stage. */
static void check_sets(const struct bc_checking *checking, const struct bc_metric_rule *metric,
                       struct bc_type_set types, bool if_all, const char *what)
{
    const struct {
        const char *key;
        bc_stage_set stages;
    } sets[] = { { "stages", metric->stages }, { "from", metric->from }, { "to", metric->to } };

    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        struct place place = place_of(metric, sets[i].key);

        if (!if_all || !bc_checking_any_of_types(checking, sets[i].stages, types))
            bc_checking_types(checking, place.keys, sets[i].stages, types, what);
    }
}

/* The slice that is shown first is one of several, so that a stage for deals of other types beside
 * one for its own is nothing odd: only where there is none for its own it never shows anything. */
static void check_headline(const struct bc_checking *checking, const struct bc_metric_rule *metric)
{
    const struct bc_slice *slice = &checking->rules->slices[metric->headline];
    char what[640];

    snprintf(what, sizeof(what), "slice \"%s\", which metric \"%s\" shows first,", slice->name,
             metric->name);
    check_sets(checking, metric, (struct bc_type_set){ slice->deal_types, slice->deal_type_n },
               true, what);
}

/* How many of some texts are among others. */
static size_t count_among(struct bc_type_set some, struct bc_type_set others)
{
    size_t n = 0;

    for (size_t i = 0; i < some.n; i++)
        for (size_t j = 0; j < others.n; j++)
            n += bc_str_eq(some.at[i], others.at[j]);
    return n;
}

static void warn_never(const struct bc_checking *checking, const struct bc_metric_rule *metric,
                       const struct bc_slice *slice, const char *what)
{
    const struct place place = place_of(metric, "deal_types");
    struct bc_buf types = { 0 };

    for (size_t i = 0; i < slice->deal_type_n; i++)
        bc_buf_printf(&types, "%s\"%.*s\"", i ? ", " : "", BC_STR_ARG(slice->deal_types[i]));
    bc_checking_warn(checking, BC_ODD_CONTRADICTION, bc_checking_at(checking, place.keys),
                     "%s never counts a deal in slice \"%s\", which is shown first: its deals "
                     "are of type %.*s",
                     what, slice->name, BC_STR_ARG(bc_buf_str(&types)));
    bc_buf_release(&types);
}

/* The metric's conditions, and its headline slice, against the types of deals of its stages. */
static void check_types(const struct bc_checking *checking, const struct bc_metric_rule *metric)
{
    const struct bc_slice *slice = &checking->rules->slices[metric->headline];
    struct bc_type_set types = { metric->deal_types, metric->deal_type_n };
    struct bc_type_set shown = { slice->deal_types, slice->deal_type_n };
    size_t shared = count_among(shown, types);
    char what[640];

    snprintf(what, sizeof(what), "metric \"%s\"", metric->name);
    if (shown.n && types.n && shared == 0)
        warn_never(checking, metric, slice, what);
    check_sets(checking, metric, types, false, what);
    if (shown.n && (types.n == 0 || (shared && shared != types.n)))
        check_headline(checking, metric);
}

static void check_moves(const struct bc_checking *checking, const struct bc_metric_rule *metric)
{
    const bc_rules *rules = checking->rules;
    bool one_move = bc_rules_subject(metric) == BC_OF_ATTEMPTS;
    bool days = bc_rules_kind(metric)->measure == BC_MEASURE_DAYS;
    struct place place = place_of(metric, "to");
    bc_stage_set after;

    if (!metric->from || !metric->to)
        return;
    after = one_move ? bc_checking_next(rules, metric->from)
                     : bc_checking_reach(checking, metric->from);
    if (days)
        after |= metric->from; /* both at one instant: 0 days */
    if (!(metric->to & after))
        bc_checking_warn(checking, BC_ODD_NEVER, bc_checking_at(checking, place.keys),
                         days ? "metric \"%s\" never measures a deal: no moves lead from \"from\" "
                                "to any of these"
                         : one_move ? "metric \"%s\" never converts: no allowed move leads from "
                                      "\"from\" to any of these"
                                    : "metric \"%s\" never converts: no allowed moves lead from "
                                      "\"from\" to any of these",
                         metric->name);
}

void bc_checking_metrics(const struct bc_checking *checking)
{
    for (size_t i = 0; i < checking->rules->metric_n; i++) {
        const struct bc_metric_rule *metric = &checking->rules->metrics[i];

        check_conditions(checking, metric);
        check_types(checking, metric);
        check_moves(checking, metric);
    }
}
