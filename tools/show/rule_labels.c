#include "tools/show/rule_labels.h"

#include "tools/show/labels.h"
#include "tools/show/sentence.h"

#include <inttypes.h>

#define ARROW " \xe2\x86\x92 "

/* A key in braces is of the rule; where the rule has nothing that fits, so has the label not. */
struct metric_label {
    const char *name, *text;
    enum bc_metric_kind kind;
    enum bc_contract contract;
};

static const struct metric_label metrics[] = {
    { "sqd", "Sales-qualified deals", BC_COUNT, BC_CONTRACT_ANY },
    { "sqd_net_new", "New to {these}, {window}", BC_ENTRIES, BC_CONTRACT_ANY },
    { "meetings_per_week", "Meetings held, {window}", BC_MEETINGS, BC_CONTRACT_ANY },
    { "outreach_email_open_rate", "Mails opened, {window}", BC_EMAIL_RATE, BC_CONTRACT_ANY },
    { "outreach_to_discovery", "{from}" ARROW "{to}", BC_CONVERSION, BC_CONTRACT_ANY },
    { "discovery_to_proposal", "{from}" ARROW "{to}", BC_CONVERSION, BC_CONTRACT_ANY },
    { "days_in_pipeline", "Days in pipeline", BC_LEAD_TIME, BC_CONTRACT_ANY },
    { "days_in_discovery", "Days in {stages}", BC_TIME_IN_STAGE, BC_CONTRACT_ANY },
    { "existing_business_active", "Active contracts", BC_COUNT, BC_CONTRACT_ACTIVE },
    { "overdue_renewal", "Renewals overdue", BC_COUNT, BC_CONTRACT_OVERDUE },
    { "renewal_0_30", "Ending in {days}", BC_COUNT, BC_CONTRACT_ENDS_IN },
    { "renewal_31_90", "Ending in {days}", BC_COUNT, BC_CONTRACT_ENDS_IN },
    { "renewal_91_180", "Ending in {days}", BC_COUNT, BC_CONTRACT_ENDS_IN },
};

static const struct line_label {
    const char *name, *text;
    bool conversion;
    enum bc_guard guard; /* of a line that is no conversion */
} lines[] = {
    { "outreach_conversion", "{from}" ARROW "{to}", true, BC_GUARD_ATTEMPTS },
    { "discovery_conversion", "{from}" ARROW "{to}", true, BC_GUARD_ATTEMPTS },
    { "no_wins", "{wins} after {guard}", false, BC_GUARD_ENTRIES },
};

/* What the keys are filled in from: the parameters that metrics and red lines have. */
struct spoken {
    const bc_rules *rules;
    int32_t window_days, days_min, days_max;
    bc_stage_set stages, from, to, guard;
    bool *fits; /* cleared by a key without a value */
};

/* --- values of keys --- */

static size_t first_of(const bc_rules *rules, bc_stage_set set)
{
    size_t i = 0;

    while (i < rules->stage_n && !(set >> i & 1))
        i++;
    return i;
}

/* A stage, and all that a deal may move to from there, in one move or several. */
static bc_stage_set onward_of(const bc_rules *rules, size_t stage)
{
    bc_stage_set seen = (bc_stage_set)1 << stage, before;

    do {
        before = seen;
        for (size_t i = 0; i < rules->stage_n; i++)
            if (seen >> i & 1)
                seen |= rules->stages[i].next;
    } while (seen != before);
    return seen;
}

static bool add_stage(struct bc_buf *out, const bc_rules *rules, size_t stage)
{
    if (stage == rules->stage_n)
        return false;
    bc_buf_add_str(out, labels_stage(rules, bc_str_of(rules->stages[stage].id)));
    return true;
}

static bool add_one(struct bc_buf *out, const struct spoken *spoken, bc_stage_set set)
{
    return (set & (set - 1)) == 0 && add_stage(out, spoken->rules, first_of(spoken->rules, set));
}

static bool add_from(struct bc_buf *out, const struct spoken *spoken)
{
    return add_one(out, spoken, spoken->from);
}

/* To reach a stage is to be there or further on. */
static bool add_to(struct bc_buf *out, const struct spoken *spoken)
{
    const size_t first = first_of(spoken->rules, spoken->to);

    return first < spoken->rules->stage_n && !(spoken->to & ~onward_of(spoken->rules, first)) &&
           add_stage(out, spoken->rules, first);
}

static bool add_stages(struct bc_buf *out, const struct spoken *spoken)
{
    return add_one(out, spoken, spoken->stages);
}

static bool add_guard(struct bc_buf *out, const struct spoken *spoken)
{
    return add_one(out, spoken, spoken->guard);
}

static bool add_window(struct bc_buf *out, const struct spoken *spoken)
{
    bc_buf_printf(out, "%" PRId32 " day%s", spoken->window_days,
                  spoken->window_days == 1 ? "" : "s");
    return spoken->window_days != BC_NO_WINDOW;
}

static bool add_days(struct bc_buf *out, const struct spoken *spoken)
{
    bc_buf_printf(out, "%" PRId32 " to %" PRId32 " days", spoken->days_min, spoken->days_max);
    return spoken->days_min >= 0;
}

/* The deals that are called sales-qualified one row above. */
static bool add_these(struct bc_buf *out, const struct spoken *spoken)
{
    bc_buf_printf(out, "these");
    return spoken->stages == bc_rules_qualified(spoken->rules);
}

static bool add_wins(struct bc_buf *out, const struct spoken *spoken)
{
    bc_buf_printf(out, "Wins");
    return !(spoken->to & ~bc_rules_closed(spoken->rules));
}

static const struct key {
    const char *key;
    bool (*add)(struct bc_buf *out, const struct spoken *spoken); /* false: it has none */
} keys[] = {
    { "from", add_from },   { "to", add_to },         { "stages", add_stages },
    { "guard", add_guard }, { "window", add_window }, { "days", add_days },
    { "these", add_these }, { "wins", add_wins },
};

static void fill(struct bc_buf *out, const void *of, struct bc_str key)
{
    const struct spoken *spoken = of;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (bc_str_eq(key, bc_str_of(keys[i].key)) && !keys[i].add(out, spoken))
            *spoken->fits = false;
}

/* --- labels --- */

static void add_label(struct bc_buf *out, struct spoken *spoken, const char *text,
                      struct bc_str name)
{
    struct bc_buf label = { 0 };
    bool fits = true;

    spoken->fits = &fits;
    sentence_add(&label, text, fill, spoken);
    bc_buf_add_str(out, fits ? bc_buf_str(&label) : name);
    bc_buf_release(&label);
}

void rule_labels_metric_add(struct bc_buf *out, const bc_rules *rules, struct bc_str name)
{
    const struct bc_metric_rule *rule = bc_rules_metric(rules, name);

    for (size_t i = 0; rule && i < sizeof(metrics) / sizeof(metrics[0]); i++) {
        struct spoken spoken = { .rules = rules,
                                 .window_days = rule->window_days,
                                 .days_min = rule->days_min,
                                 .days_max = rule->days_max,
                                 .stages = rule->stages,
                                 .from = rule->from,
                                 .to = rule->to };

        if (!bc_str_eq(name, bc_str_of(metrics[i].name)) || rule->kind != metrics[i].kind ||
            rule->contract != metrics[i].contract)
            continue;
        add_label(out, &spoken, metrics[i].text, name);
        return;
    }
    bc_buf_add_str(out, name);
}

void rule_labels_red_line_add(struct bc_buf *out, const bc_rules *rules, struct bc_str name)
{
    const int line = bc_rules_red_line(rules, name);
    const struct bc_red_line_rule *rule = line < 0 ? NULL : &rules->red_lines[line];

    for (size_t i = 0; rule && i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct spoken spoken = {
            .rules = rules, .from = rule->from, .to = rule->to, .guard = rule->guard_stages
        };

        if (!bc_str_eq(name, bc_str_of(lines[i].name)) || rule->conversion != lines[i].conversion ||
            (!rule->conversion && rule->guard != lines[i].guard))
            continue;
        add_label(out, &spoken, lines[i].text, name);
        return;
    }
    bc_buf_add_str(out, name);
}
