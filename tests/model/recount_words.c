/* tests/model/recount_words.c - words that the rules do not know, and deals that nothing records.
 */
#include "tests/model/recount_world.h"

static bool listed(struct bc_str word, const char *list)
{
    const char *at = list;

    while (*at) {
        size_t len = strcspn(at, " ");

        if (bc_str_eq(word, (struct bc_str){ at, len }))
            return true;
        at += len + strspn(at + len, " ");
    }
    return false;
}

static bool among(struct bc_str word, const struct bc_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(word, list[i]))
            return true;
    return false;
}

static void found(const struct world *world, const struct deal *deal, const struct bc_event *event,
                  const char *field, struct bc_str value, const char *costs, struct recount *out)
{
    struct recount_finding *finding = world_find(world, out, "unknown_word", deal);

    finding->field = bc_str_of(field);
    finding->value = value;
    finding->costs = bc_str_of(costs);
    finding->at_us = event->occurred_us;
    finding->event = event->id;
}

static void audit_type(const struct world *world, const struct deal *deal, struct recount *out)
{
    struct bc_str type = deal->property[BC_P_DEAL_TYPE];
    bool known = type.len == 0, any = false;

    for (size_t i = 0; i < world->rules->slice_n; i++) {
        const struct bc_slice *slice = &world->rules->slices[i];

        any = any || slice->deal_type_n;
        known = known || among(type, slice->deal_types, slice->deal_type_n);
    }
    if (any && !known)
        found(world, deal, deal->set_by[BC_P_DEAL_TYPE], "deal type", type,
              "it counts in no slice but all", out);
}

/* Whether the rules count an outcome, or a type; and for a meeting without a type, in a stage. */
struct counted {
    bool outcome, type, by_stage;
};

static struct counted counted_by_rules(const struct world *world, const struct bc_event *event,
                                       int stage)
{
    const bc_rules *rules = world->rules;
    struct bc_str outcome = event->value[BC_MEETING_LOGGED_OUTCOME].text;
    struct bc_str type = event->value[BC_MEETING_LOGGED_TYPE].text;
    struct counted all = { 0 };

    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *metric = &rules->metrics[i];
        bool held = among(outcome, metric->outcomes, metric->outcome_n);

        all.outcome |= held;
        all.type |= among(type, metric->types, metric->type_n);
        all.by_stage |= held && in_set(metric->stages, stage);
    }
    for (size_t i = 0; i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &rules->red_lines[i];
        bool held = among(outcome, line->guard_outcomes, line->guard_outcome_n);

        all.outcome |= held;
        all.type |= among(type, line->guard_types, line->guard_type_n);
        all.by_stage |=
            line->guard == BC_GUARD_MEETINGS && held && in_set(line->guard_stages, stage);
    }
    return all;
}

static bool is_newest(const struct deal *deal, size_t at)
{
    struct bc_str meeting = deal->events[at]->value[BC_MEETING_LOGGED_MEETING].text;

    for (size_t i = at + 1; i < deal->folded; i++)
        if (deal->events[i]->body == BC_MEETING_LOGGED &&
            bc_str_eq(deal->events[i]->value[BC_MEETING_LOGGED_MEETING].text, meeting))
            return false;
    return true;
}

/* The stage at an instant as all the deal's history reads, also where that lies after the date. */
static void audit_meeting(const struct world *world, const struct deal *deal, size_t at,
                          struct recount *out)
{
    const struct bc_event *event = deal->events[at];
    struct bc_str outcome = event->value[BC_MEETING_LOGGED_OUTCOME].text;
    struct bc_str type = event->value[BC_MEETING_LOGGED_TYPE].text;
    int64_t starts_us = event->value[BC_MEETING_LOGGED_STARTS_AT].us;
    struct counted counted = counted_by_rules(world, event, deal_stage_at(deal, starts_us));

    if (!is_newest(deal, at))
        return;
    if (outcome.len && !counted.outcome &&
        !listed(outcome, "scheduled completed no_show canceled rescheduled"))
        found(world, deal, event, "meeting outcome", outcome, "the meeting is not held", out);
    if (type.len && !counted.type && !listed(type, "discovery renewal proposal other") &&
        counted.by_stage && starts_us <= world->as_of_us)
        found(world, deal, event, "meeting type", type, "the meeting does not count", out);
}

static void audit_name(const struct world *world, const struct deal *deal, size_t at,
                       struct recount *out)
{
    struct bc_str name = deal->events[at]->value[BC_PROPERTY_CHANGED_NAME].text;
    bool type = listed(name, "dealtype"), end = listed(name, "contract_end_date");

    if (!type && !end)
        return;
    for (size_t i = at + 1; i < deal->folded; i++)
        if (deal->events[i]->body == BC_PROPERTY_CHANGED &&
            bc_str_eq(deal->events[i]->value[BC_PROPERTY_CHANGED_NAME].text, name))
            return;
    found(world, deal, deal->events[at], "property", name,
          type ? "it sets no deal_type" : "it sets no contract_end", out);
}

static void audit_words(const struct world *world, const struct deal *deal, struct recount *out)
{
    audit_type(world, deal, out);
    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];
        struct bc_str reason = event->value[BC_LOSS_RECORDED_REASON].text;

        if (event->body == BC_MEETING_LOGGED)
            audit_meeting(world, deal, i, out);
        else if (event->body == BC_PROPERTY_CHANGED)
            audit_name(world, deal, i, out);
        else if (event->body == BC_LOSS_RECORDED &&
                 !listed(reason, "price timing competitor feature_gap wrong_icp other"))
            found(world, deal, event, "loss reason", reason, "the loss counts for no reason", out);
    }
}

static void at_event(struct recount_finding *finding, const struct bc_event *event)
{
    finding->at_us = event->occurred_us;
    finding->event = event->id;
}

static bool is_activity(const struct bc_event *event)
{
    switch (event->body) {
    case BC_MEETING_LOGGED:
    case BC_EMAIL_SENT:
    case BC_EMAIL_OPENED:
    case BC_EMAIL_REPLIED:
    case BC_OUTREACH_ATTEMPTED:
    case BC_SERVICE_STARTED:
    case BC_SERVICE_ENDED:
    case BC_LOSS_RECORDED:
    case BC_LEARNING_RECORDED:
    case BC_AGREEMENT_SENT:
    case BC_AGREEMENT_SIGNED:
    case BC_AGREEMENT_DECLINED:
    case BC_ORDER_PLACED:
    case BC_HANDOFF_OPENED:
    case BC_HANDOFF_ACCEPTED:
    case BC_PRICING_REQUESTED:
    case BC_HEALTH_RECORDED:
    case BC_RENEWAL_INTENT_RECORDED:
        return true;
    default: /* NOLINT: whatever else there is, is none */
        return false;
    }
}

/* Whenever it was created or moved: what is told late is not never told. */
static void audit_creation(const struct world *world, const struct deal *deal, struct recount *out)
{
    const struct bc_event *first = NULL;
    bool told = false, created = false;

    for (size_t i = 0; i < deal->event_n; i++) {
        const struct bc_event *event = deal->events[i];
        bool begun = event->body == BC_DEAL_CREATED && !event->value[BC_DEAL_CREATED_OBSERVED].yes;

        told = told || event->body == BC_DEAL_CREATED || event->body == BC_STAGE_CHANGED;
        if (i < deal->folded && !first && is_activity(event))
            first = event;
        if (i < deal->folded && begun && created)
            at_event(world_find(world, out, "created_twice", deal), event);
        created = created || begun;
    }
    if (first && !told)
        at_event(world_find(world, out, "never_created", deal), first);
}

static void audit_renews(const struct world *world, const struct deal *deal, struct recount *out)
{
    struct bc_str other = deal->property[BC_P_RENEWS];
    struct recount_finding *finding;

    for (size_t i = 0; i < world->event_n; i++)
        if (bc_str_eq(world->events[i]->deal, other))
            return;
    finding = world_find(world, out, "renews_unknown", deal);
    finding->value = other;
    at_event(finding, deal->set_by[BC_P_RENEWS]);
}

void world_audit_words(const struct world *world, const struct deal *deal, struct recount *out)
{
    audit_words(world, deal, out);
    audit_creation(world, deal, out);
    if (deal->property[BC_P_RENEWS].len)
        audit_renews(world, deal, out);
}

static uint64_t findings_of(const struct recount *out, const char *field)
{
    uint64_t n = 0;

    for (size_t i = 0; i < out->finding_n; i++)
        n += bc_str_eq(out->findings[i].field, bc_str_of(field));
    return n;
}

void world_unknown(const struct world *world, struct recount *out)
{
    bool any = false;

    for (size_t i = 0; i < world->rules->slice_n; i++)
        any = any || world->rules->slices[i].deal_type_n;
    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (deal->gone || deal->visit_n == 0)
            continue;
        out->unknown[RECOUNT_OF]++;
        out->unknown[RECOUNT_NO_TYPE] += any && deal->property[BC_P_DEAL_TYPE].len == 0;
        for (size_t j = 0; j < out->finding_n; j++)
            out->unknown[RECOUNT_TYPE] += bc_str_eq(out->findings[j].deal, deal->id) &&
                                          bc_str_eq(out->findings[j].field, BC_STR("deal type"));
    }
    out->unknown[RECOUNT_OUTCOME] = findings_of(out, "meeting outcome");
    out->unknown[RECOUNT_MEETING] = findings_of(out, "meeting type");
    out->unknown[RECOUNT_REASON] = findings_of(out, "loss reason");
}
