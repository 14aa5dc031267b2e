/* projections/rules/rules.c - the enums of rules as words, and look-ups. */
#include "projections/rules/parse.h"

#include <stdlib.h>

const char *const bc_stage_kind_words[4] = { "open", "won", "lost", "final" };
const char *const bc_time_mode_words[3] = { "as_recorded", "backfill", "best_known" };
const char *const bc_basis_words[2] = { "exits", "cohort" };
const char *const bc_contract_words[4] = { "any", "active", "overdue", "ends_in" };
const char *const bc_red_line_value_words[2] = { "entries", "conversion" };
const char *const bc_guard_words[3] = { "attempts", "meetings", "entries" };

#define KIND(CONSTANT, kind_word, ...) [BC_##CONSTANT] = { .word = #kind_word, __VA_ARGS__ },
const struct bc_kind bc_metric_kinds[BC_METRIC_KIND_N] = { BC_METRIC_KINDS(KIND) };
#undef KIND

/* Those that people enter long after the fact are read backwards. */
const struct bc_known_property bc_known_properties[BC_KNOWN_PROPERTY_N] = {
    { "deal_name", BC_BACKFILL },      { "deal_type", BC_BACKFILL },
    { "owner", BC_AS_RECORDED },       { "tier", BC_BACKFILL },
    { "amount", BC_BACKFILL },         { "mrr", BC_BACKFILL },
    { "contract_start", BC_BACKFILL }, { "contract_end", BC_BACKFILL },
    { "company", BC_BACKFILL },        { "renews", BC_BACKFILL },
    { "icp_version", BC_BACKFILL },    { "parked_until", BC_AS_RECORDED },
    { "target_start", BC_BACKFILL },   { "target_end", BC_BACKFILL },
    { "currency", BC_BACKFILL },
};

static const char *const property_names[BC_P_N] = {
    [BC_P_DEAL_TYPE] = "deal_type",
    [BC_P_CONTRACT_START] = "contract_start",
    [BC_P_CONTRACT_END] = "contract_end",
    [BC_P_MRR] = "mrr",
    [BC_P_RENEWS] = "renews",
    [BC_P_PARKED_UNTIL] = "parked_until",
};

const char *bc_property_name(enum bc_property property)
{
    return property_names[property];
}

enum bc_property bc_property_of(struct bc_str name)
{
    for (unsigned i = 0; i < BC_P_N; i++) {
        if (bc_str_eq(name, bc_str_of(property_names[i])))
            return (enum bc_property)i;
    }
    return BC_P_N;
}

bool bc_leaves_qualified_usually(const char *stage)
{
    return strcmp(stage, "enrichment") == 0;
}

void bc_rules_free(bc_rules *rules)
{
    if (!rules)
        return;
    bc_zone_free(rules->zone);
    bc_arena_free(rules->arena); /* the rules themselves are in it */
}

static int by_id(const void *key, const void *member)
{
    return bc_str_cmp(*(const struct bc_str *)key, ((const struct bc_stage_id *)member)->id);
}

int bc_rules_stage(const bc_rules *rules, struct bc_str id)
{
    const struct bc_stage_id *found =
        bsearch(&id, rules->stage_ids, rules->stage_id_n, sizeof(*rules->stage_ids), by_id);

    return found ? found->stage : BC_NO_STAGE;
}

const struct bc_metric_rule *bc_rules_metric(const bc_rules *rules, struct bc_str name)
{
    for (size_t i = 0; i < rules->metric_n; i++) {
        if (bc_str_eq(name, bc_str_of(rules->metrics[i].name)))
            return &rules->metrics[i];
    }
    return NULL;
}

int bc_rules_slice(const bc_rules *rules, struct bc_str name)
{
    for (size_t i = 0; i < rules->slice_n; i++) {
        if (bc_str_eq(name, bc_str_of(rules->slices[i].name)))
            return (int)i;
    }
    return -1;
}

int bc_rules_red_line(const bc_rules *rules, struct bc_str name)
{
    for (size_t i = 0; i < rules->red_line_n; i++)
        if (bc_str_eq(name, bc_str_of(rules->red_lines[i].name)))
            return (int)i;
    return -1;
}

unsigned bc_rules_usual_slice(const bc_rules *rules, struct bc_str name)
{
    const int found = bc_rules_slice(rules, name);

    return found < 0 ? 0 : (unsigned)found;
}

bc_stage_set bc_rules_qualified(const bc_rules *rules)
{
    const struct bc_metric_rule *sqd = bc_rules_metric(rules, BC_STR("sqd"));

    return sqd ? sqd->stages : 0;
}

bc_stage_set bc_rules_target(const bc_rules *rules, bc_stage_set from)
{
    for (size_t i = 0; i < rules->metric_n; i++)
        if (rules->metrics[i].kind == BC_CONVERSION && rules->metrics[i].from == from)
            return rules->metrics[i].to;
    return 0;
}

bc_stage_set bc_rules_closed(const bc_rules *rules)
{
    bc_stage_set closed = 0;

    for (size_t i = 0; i < rules->stage_n; i++)
        if (rules->stages[i].kind == BC_STAGE_WON || rules->stages[i].kind == BC_STAGE_FINAL)
            closed |= UINT64_C(1) << i;
    return closed;
}
