#include "projections/rules/words.h"

#include "projections/facts/listed.h"

static const char *const names[BC_WORD_FIELD_N] = {
    [BC_WORD_STAGE] = "stage",
    [BC_WORD_DEAL_TYPE] = "deal type",
    [BC_WORD_MEETING_TYPE] = "meeting type",
    [BC_WORD_OUTCOME] = "meeting outcome",
    [BC_WORD_LOSS_REASON] = "loss reason",
    [BC_WORD_RED_LINE] = "red line",
    [BC_WORD_PROPERTY] = "property",
};

/* What is listed whatever the rules. */
static const char *const types[] = { "discovery", "renewal", "proposal", "other", NULL };
static const char *const outcomes[] = { "scheduled", "completed",   "no_show",
                                        "canceled",  "rescheduled", NULL };
static const char *const *const listed[BC_WORD_FIELD_N] = {
    [BC_WORD_MEETING_TYPE] = types,
    [BC_WORD_OUTCOME] = outcomes,
    [BC_WORD_LOSS_REASON] = bc_listed_reasons,
    [BC_WORD_PROPERTY] = bc_listed_properties,
};

const char *bc_word_field_name(enum bc_word_field field)
{
    return names[field];
}

static void visit_list(const struct bc_str *list, size_t n, bc_words_visit *visit, void *payload)
{
    for (size_t i = 0; i < n; i++)
        visit(payload, list[i]);
}

static void visit_stages(const bc_rules *rules, bc_words_visit *visit, void *payload)
{
    for (size_t i = 0; i < rules->stage_n; i++) {
        visit(payload, bc_str_of(rules->stages[i].id));
        visit_list(rules->stages[i].crm_ids, rules->stages[i].crm_id_n, visit, payload);
    }
}

static void visit_slices(const bc_rules *rules, bc_words_visit *visit, void *payload)
{
    for (size_t i = 0; i < rules->slice_n; i++)
        visit_list(rules->slices[i].deal_types, rules->slices[i].deal_type_n, visit, payload);
}

/* What the metrics and red lines of the rules count. */
static void visit_counted(const bc_rules *rules, bool outcome, bc_words_visit *visit, void *payload)
{
    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i];

        visit_list(outcome ? rule->outcomes : rule->types, outcome ? rule->outcome_n : rule->type_n,
                   visit, payload);
    }
    for (size_t i = 0; i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *rule = &rules->red_lines[i];

        visit_list(outcome ? rule->guard_outcomes : rule->guard_types,
                   outcome ? rule->guard_outcome_n : rule->guard_type_n, visit, payload);
    }
}

void bc_words_each(const bc_rules *rules, enum bc_word_field field, bc_words_visit *visit,
                   void *payload)
{
    for (size_t i = 0; listed[field] && listed[field][i]; i++)
        visit(payload, bc_str_of(listed[field][i]));
    switch (field) {
    case BC_WORD_STAGE:
        visit_stages(rules, visit, payload);
        break;
    case BC_WORD_DEAL_TYPE:
        visit_slices(rules, visit, payload);
        break;
    case BC_WORD_MEETING_TYPE:
    case BC_WORD_OUTCOME:
        visit_counted(rules, field == BC_WORD_OUTCOME, visit, payload);
        break;
    case BC_WORD_RED_LINE:
        for (size_t i = 0; i < rules->red_line_n; i++)
            visit(payload, bc_str_of(rules->red_lines[i].name));
        break;
    case BC_WORD_LOSS_REASON:
    case BC_WORD_PROPERTY:
    case BC_WORD_FIELD_N:
        break;
    }
}

struct search {
    struct bc_str word;
    size_t seen;
    bool found;
};

static void compare(void *payload, struct bc_str word)
{
    struct search *search = payload;

    search->seen++;
    search->found |= bc_str_eq(search->word, word);
}

bool bc_words_know(const bc_rules *rules, enum bc_word_field field, struct bc_str word)
{
    struct search search = { .word = word };

    if (field == BC_WORD_PROPERTY)
        return !bc_listed_property_meant(word);
    if (word.len)
        bc_words_each(rules, field, compare, &search);
    return search.found || word.len == 0 || (search.seen == 0 && field == BC_WORD_DEAL_TYPE);
}

const char *bc_words_property_meant(struct bc_str name)
{
    return bc_listed_property_meant(name);
}

bool bc_words_any_slice(const bc_rules *rules)
{
    for (size_t i = 0; i < rules->slice_n; i++)
        if (rules->slices[i].deal_type_n)
            return true;
    return false;
}

void bc_words_put_whole_slices(struct bc_buf *out, const bc_rules *rules)
{
    const char *before = " but ";

    for (size_t i = 0; i < rules->slice_n; i++) {
        if (rules->slices[i].deal_type_n)
            continue;
        bc_buf_printf(out, "%s%s", before, rules->slices[i].name);
        before = " and ";
    }
}

static bool among(struct bc_str word, const struct bc_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(word, list[i]))
            return true;
    return false;
}

bool bc_words_count_by_stage(const bc_rules *rules, struct bc_str outcome, int stage)
{
    if (stage == BC_NO_STAGE)
        return false;
    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i];

        if (bc_rules_kind(rule)->of == BC_OF_MEETINGS && rule->stages >> stage & 1 &&
            among(outcome, rule->outcomes, rule->outcome_n))
            return true;
    }
    for (size_t i = 0; i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *rule = &rules->red_lines[i];

        if (rule->guard == BC_GUARD_MEETINGS && rule->guard_stages >> stage & 1 &&
            among(outcome, rule->guard_outcomes, rule->guard_outcome_n))
            return true;
    }
    return false;
}
