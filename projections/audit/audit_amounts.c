/* projections/audit/audit_amounts.c - money that is no money, and intervals without days. */
#include "ledger/base/amount.h"
#include "projections/audit/auditing.h"
#include "projections/facts/learning.h"
#include "projections/walk/properties.h"

/* What sets a property at the date; NULL: nothing, or to nothing. */
static const struct bc_fact_at *setter_of(const struct bc_auditing *auditing,
                                          const struct bc_deal *deal, struct bc_str name,
                                          struct bc_str *value)
{
    const struct bc_fact_at *setter = bc_properties_setter(
        deal, name, bc_properties_mode(auditing->rules, name), auditing->as_of_us);

    *value = setter ? bc_learning_text(setter, BC_TEXT_PROPERTY_VALUE) : (struct bc_str){ 0 };
    return value->len ? setter : NULL;
}

static struct bc_str kept(const struct bc_auditing *auditing, struct bc_str text)
{
    return bc_arena_copy(auditing->audit->arena, text);
}

static bc_status look_at_amount(struct bc_auditing *auditing, const struct bc_deal *deal,
                                struct bc_str name, struct bc_err *err)
{
    struct bc_str value;
    const struct bc_fact_at *setter = setter_of(auditing, deal, name, &value);
    struct bc_finding *finding;
    int64_t amount;
    bc_status rc;

    if (!setter || bc_amount_parse(&amount, value))
        return BC_OK;
    rc = bc_auditing_exists(auditing, deal, err);
    if (rc == BC_OK) {
        finding = bc_auditing_add(auditing, BC_BAD_AMOUNT, deal->id, setter->seq);
        finding->property = kept(auditing, name);
        finding->value = kept(auditing, value);
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status look_at_interval(struct bc_auditing *auditing, const struct bc_deal *deal,
                                  struct bc_str from, struct bc_str to, struct bc_err *err)
{
    struct bc_str start, end;
    const struct bc_fact_at *ends = setter_of(auditing, deal, to, &end);
    struct bc_finding *finding;
    int32_t first, last;
    bc_status rc;

    (void)setter_of(auditing, deal, from, &start);
    if (!ends || !bc_day_parse(&last, end) || !bc_day_parse(&first, start) || last >= first)
        return BC_OK;
    rc = bc_auditing_exists(auditing, deal, err);
    if (rc == BC_OK) {
        finding = bc_auditing_add(auditing, BC_BAD_INTERVAL, deal->id, ends->seq);
        finding->property = to;
        finding->start = kept(auditing, start);
        finding->end = kept(auditing, end);
    }
    return rc < 0 ? rc : BC_OK;
}

/* The properties that the rules read as amounts, and those that are named so. */
static bc_status look_at_amounts(struct bc_auditing *auditing, const struct bc_deal *deal,
                                 struct bc_err *err)
{
    static const struct bc_str usual[] = { { "mrr", 3 }, { "amount", 6 } };
    const struct bc_revenue_rule *rule = &auditing->rules->revenue;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < rule->value_n; i++)
        rc = look_at_amount(auditing, deal, rule->value[i], err);
    for (size_t i = 0; rc == BC_OK && i < sizeof(usual) / sizeof(usual[0]); i++) {
        size_t same = 0;

        while (same < rule->value_n && !bc_str_eq(rule->value[same], usual[i]))
            same++;
        if (same == rule->value_n)
            rc = look_at_amount(auditing, deal, usual[i], err);
    }
    return rc;
}

bc_status bc_auditing_amounts(struct bc_auditing *auditing, const struct bc_deal *deal,
                              struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (auditing->kinds & BC_FINDING_BIT(BC_BAD_AMOUNT))
        rc = look_at_amounts(auditing, deal, err);
    if (!(auditing->kinds & BC_FINDING_BIT(BC_BAD_INTERVAL)))
        return rc;
    if (rc == BC_OK)
        rc =
            look_at_interval(auditing, deal, BC_STR("contract_start"), BC_STR("contract_end"), err);
    if (rc == BC_OK)
        rc = look_at_interval(auditing, deal, BC_STR("target_start"), BC_STR("target_end"), err);
    return rc;
}

static void look_at_cost(struct bc_auditing *auditing, const struct bc_experiment_words *words)
{
    const struct bc_str cost = bc_experiment_text(words, BC_TEXT_EXPERIMENT_COST);
    struct bc_finding *finding;
    int64_t amount;

    if (cost.len == 0 || bc_amount_parse(&amount, cost))
        return;
    finding = bc_auditing_add(auditing, BC_BAD_AMOUNT, (struct bc_str){ 0 }, words->begun->seq);
    finding->experiment = kept(auditing, words->id);
    finding->value = kept(auditing, cost);
}

void bc_auditing_costs(struct bc_auditing *auditing)
{
    if (auditing->kinds & BC_FINDING_BIT(BC_BAD_AMOUNT))
        for (size_t i = 0; i < auditing->experiments.n; i++)
            look_at_cost(auditing, &auditing->experiments.at[i]);
}
