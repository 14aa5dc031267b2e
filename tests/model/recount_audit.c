/* tests/model/recount_audit.c - what the audit finds in the deals that are not gone. */
#include "tests/model/recount_world.h"

#include <stdio.h>
#include <stdlib.h>

struct recount_finding *world_find(const struct world *world, struct recount *out, const char *kind,
                                   const struct deal *deal)
{
    struct recount_finding *grown =
        bc_arena_alloc(world->arena, (out->finding_n + 1) * sizeof(*grown));

    for (size_t i = 0; i < out->finding_n; i++)
        grown[i] = out->findings[i];
    out->findings = grown;
    grown[out->finding_n] = (struct recount_finding){ .kind = kind };
    if (deal)
        grown[out->finding_n].deal = deal->id;
    return &grown[out->finding_n++];
}

static void audit_visit(const struct world *world, const struct deal *deal, size_t at,
                        struct recount *out)
{
    const struct visit *visit = &deal->visits[at];
    const struct visit *before = at ? visit - 1 : NULL;
    const struct bc_stage *stages = world->rules->stages;
    struct recount_finding *finding;

    if (visit->stage == BC_NO_STAGE) {
        finding = world_find(world, out, "unknown_stage", deal);
        finding->stage = visit->id;
    } else if (visit->observed || (before && before->stage == BC_NO_STAGE)) {
        return;
    } else if (!before && !stages[visit->stage].start) {
        finding = world_find(world, out, "start_not_allowed", deal);
        finding->to = visit->id;
    } else if (before && !in_set(stages[before->stage].next, visit->stage)) {
        finding = world_find(world, out, "move_not_allowed", deal);
        finding->from = before->id;
        finding->to = visit->id;
    } else {
        return;
    }
    finding->at_us = visit->entered_us;
    finding->event = visit->event->id;
}

/* A stage as the rules name it, or as it came. */
static struct bc_str stage_name(const struct world *world, struct bc_str id)
{
    for (size_t i = 0; i < world->rules->stage_n; i++) {
        const struct bc_stage *stage = &world->rules->stages[i];

        for (size_t j = 0; j < stage->crm_id_n; j++)
            if (bc_str_eq(id, stage->crm_ids[j]))
                return bc_str_of(stage->id);
    }
    return id;
}

/* Each change against the last stage that was told before it. */
static void audit_froms(const struct world *world, const struct deal *deal, struct recount *out)
{
    struct bc_str found = { 0 };

    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];
        const bool change = event->body == BC_STAGE_CHANGED;
        struct bc_str told = { 0 };
        struct recount_finding *finding;

        if (change)
            told = stage_name(world, event->value[BC_STAGE_CHANGED_FROM].text);
        if (told.len > 0 && !bc_str_eq(told, found)) {
            finding = world_find(world, out, "from_differs", deal);
            finding->told = told;
            finding->found = found;
            finding->at_us = event->occurred_us;
            finding->event = event->id;
        }
        if (change)
            found = stage_name(world, event->value[BC_STAGE_CHANGED_TO].text);
        else if (event->body == BC_DEAL_CREATED && event->value[BC_DEAL_CREATED_STAGE].text.len)
            found = stage_name(world, event->value[BC_DEAL_CREATED_STAGE].text);
    }
}

static void audit_contract(const struct world *world, const struct deal *deal, struct recount *out)
{
    static const struct {
        enum bc_property property;
        const char *name;
    } dates[] = { { BC_P_CONTRACT_START, "contract_start" },
                  { BC_P_CONTRACT_END, "contract_end" } };
    struct recount_finding *finding;
    bool missing[2], no_mrr = deal->property[BC_P_MRR].len == 0;

    for (int i = 0; i < 2; i++) {
        struct bc_str value = deal->property[dates[i].property];
        int32_t day;

        missing[i] = !deal_date(deal, dates[i].property, &day);
        if (!missing[i] || value.len == 0)
            continue;
        finding = world_find(world, out, "bad_date", deal);
        finding->property = bc_str_of(dates[i].name);
        finding->value = value;
    }
    if (!in_set(world->rules->won, deal_stage(deal)) || !(missing[0] || missing[1] || no_mrr))
        return;
    finding = world_find(world, out, "won_without_contract", deal);
    finding->no_start = missing[0];
    finding->no_end = missing[1];
    finding->no_mrr = no_mrr;
}

static void audit_amount(const struct world *world, const struct deal *deal, struct bc_str name,
                         struct recount *out)
{
    struct recount_finding *finding;
    struct bc_str value;
    bc_int128 amount;
    char text[64];

    snprintf(text, sizeof(text), "%.*s", BC_STR_ARG(name));
    value = world_property(world, deal, text);
    if (value.len == 0 || world_amount(value, &amount))
        return;
    finding = world_find(world, out, "bad_amount", deal);
    finding->property = name;
    finding->value = value;
}

/* What is to be an amount; each property once. */
static void audit_amounts(const struct world *world, const struct deal *deal, struct recount *out)
{
    const struct bc_revenue_rule *rule = &world->rules->revenue;
    bool mrr = false, whole = false;

    for (size_t i = 0; i < rule->value_n; i++) {
        audit_amount(world, deal, rule->value[i], out);
        mrr |= bc_str_eq(rule->value[i], BC_STR("mrr"));
        whole |= bc_str_eq(rule->value[i], BC_STR("amount"));
    }
    if (!mrr)
        audit_amount(world, deal, BC_STR("mrr"), out);
    if (!whole)
        audit_amount(world, deal, BC_STR("amount"), out);
}

static void audit_interval(const struct world *world, const struct deal *deal, const char *from,
                           const char *to, struct recount *out)
{
    const struct bc_str start = world_property(world, deal, from);
    const struct bc_str end = world_property(world, deal, to);
    struct recount_finding *finding;
    int32_t first, last;

    if (!bc_day_parse(&first, start) || !bc_day_parse(&last, end) || last >= first)
        return;
    finding = world_find(world, out, "bad_interval", deal);
    finding->property = bc_str_of(to);
    finding->start = start;
    finding->end = end;
}

/* Of each experiment the last beginning by the date. */
static void audit_costs(const struct world *world, struct recount *out)
{
    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        bool last = event->body == BC_EXPERIMENT_STARTED && event->occurred_us <= world->as_of_us;
        bc_int128 amount;

        for (size_t j = 0; last && j < world->event_n; j++) {
            const struct bc_event *other = world->events[j];

            last = other->body != BC_EXPERIMENT_STARTED ||
                   !bc_str_eq(other->value[1].text, event->value[1].text) ||
                   other->occurred_us > world->as_of_us ||
                   other->occurred_us < event->occurred_us ||
                   (other->occurred_us == event->occurred_us && other->seq <= event->seq);
        }
        if (last && event->value[7].text.len && !world_amount(event->value[7].text, &amount)) {
            struct recount_finding *finding = world_find(world, out, "bad_amount", NULL);

            finding->experiment = event->value[1].text;
            finding->value = event->value[7].text;
        }
    }
}

/* These are about none, whatever deal they carry. */
static bool is_about_none(const struct bc_event *event)
{
    return event->body == BC_PIVOT_DECIDED || event->body == BC_RULES_PUBLISHED ||
           event->body == BC_REPORT_ISSUED || event->body == BC_EXPERIMENT_STARTED ||
           event->body == BC_EXPERIMENT_CONCLUDED || event->body == BC_ICP_PUBLISHED ||
           event->body == BC_PLAYBOOK_PUBLISHED || event->body == BC_REVIEW_HELD ||
           event->body == BC_ROLE_ASSIGNED;
}

/* Is it about a deal that is gone? One that does not exist yet is not. */
static bool is_about_gone(const struct world *world, const struct bc_event *event)
{
    for (size_t i = 0; i < world->deal_n; i++)
        if (bc_str_eq(world->deals[i].id, event->deal))
            return world->deals[i].gone;
    return false;
}

/* Whatever the date asked for: a year typed wrongly is to be found before it has come. */
static void audit_ahead(const struct world *world, const struct bc_event *event,
                        struct recount *out)
{
    const struct deal deal = { .id = event->deal };
    struct recount_finding *finding;

    if (event->occurred_us <= event->recorded_us || event->body == BC_RETRACTED)
        return;
    if (!is_about_none(event) && (event->deal.len == 0 || is_about_gone(world, event)))
        return;
    finding = world_find(world, out, "dated_after_recorded", is_about_none(event) ? NULL : &deal);
    finding->at_us = event->occurred_us;
    finding->event = event->id;
}

static void audit_pivots(const struct world *world, struct recount *out)
{
    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        struct bc_str named = event->value[BC_PIVOT_DECIDED_RED_LINE].text;
        bool is_known = named.len == 0;
        struct recount_finding *finding;

        if (event->body != BC_PIVOT_DECIDED || event->occurred_us > world->as_of_us)
            continue;
        for (size_t j = 0; j < world->rules->red_line_n; j++)
            is_known |= bc_str_eq(named, bc_str_of(world->rules->red_lines[j].name));
        if (is_known)
            continue;
        finding = world_find(world, out, "unknown_red_line", NULL);
        finding->red_line = named;
        finding->at_us = event->occurred_us;
        finding->event = event->id;
    }
}

int recount_finding_cmp(const struct recount_finding *a, const struct recount_finding *b)
{
    int order = bc_str_cmp(a->deal, b->deal);

    if (order == 0)
        order = strcmp(a->kind, b->kind);
    if (order == 0)
        order = a->at_us < b->at_us ? -1 : a->at_us > b->at_us;
    if (order == 0)
        order = bc_str_cmp(a->event, b->event);
    if (order == 0)
        order = bc_str_cmp(a->property, b->property);
    if (order == 0)
        order = bc_str_cmp(a->field, b->field);
    if (order == 0)
        order = bc_str_cmp(a->red_line, b->red_line);
    if (order == 0)
        order = bc_str_cmp(a->date, b->date);
    return order ? order : bc_str_cmp(a->experiment, b->experiment);
}

static int by_finding(const void *a, const void *b)
{
    return recount_finding_cmp(a, b);
}

void world_audit(const struct world *world, struct recount *out)
{
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (deal->gone)
            continue;
        for (size_t j = 0; j < deal->visit_n; j++)
            audit_visit(world, deal, j, out);
        audit_froms(world, deal, out);
        audit_contract(world, deal, out);
        audit_amounts(world, deal, out);
        audit_interval(world, deal, "contract_start", "contract_end", out);
        audit_interval(world, deal, "target_start", "target_end", out);
        if (in_set(world->rules->lost, deal_stage(deal)) && !deal->loss_recorded)
            world_find(world, out, "lost_without_reason", deal);
        world_audit_words(world, deal, out);
    }
    audit_pivots(world, out);
    world_audit_experiments(world, out);
    audit_costs(world, out);
    world_breaches(world, out);
    for (size_t i = 0; i < world->event_n; i++)
        audit_ahead(world, world->events[i], out);
    if (out->finding_n)
        qsort(out->findings, out->finding_n, sizeof(*out->findings), by_finding);
}
