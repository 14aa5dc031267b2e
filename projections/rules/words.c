#include "projections/rules/words.h"

static const char *const names[BC_WORD_FIELD_N] = {
    [BC_WORD_STAGE] = "stage",
    [BC_WORD_DEAL_TYPE] = "deal type",
    [BC_WORD_MEETING_TYPE] = "meeting type",
    [BC_WORD_OUTCOME] = "meeting outcome",
    [BC_WORD_LOSS_REASON] = "loss reason",
    [BC_WORD_RED_LINE] = "red line",
};

/* What is listed whatever the rules. */
static const char *const types[] = { "discovery", "renewal", "proposal", "other", NULL };
static const char *const outcomes[] = { "scheduled", "completed",   "no_show",
                                        "canceled",  "rescheduled", NULL };
static const char *const reasons[] = { "price",     "timing", "competitor", "feature_gap",
                                       "wrong_icp", "other",  NULL };
static const char *const *const listed[BC_WORD_FIELD_N] = {
    [BC_WORD_MEETING_TYPE] = types,
    [BC_WORD_OUTCOME] = outcomes,
    [BC_WORD_LOSS_REASON] = reasons,
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

    if (word.len)
        bc_words_each(rules, field, compare, &search);
    return search.found || word.len == 0 || (search.seen == 0 && field == BC_WORD_DEAL_TYPE);
}
