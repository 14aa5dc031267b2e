/* tests/model/recount_activity.c - meetings held, and e-mails sent and opened. */
#include "tests/model/recount_world.h"

static bool listed(struct bc_str word, const struct bc_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(word, list[i]))
            return true;
    return false;
}

/* Whether a later event of the deal, up to the date, is about the same meeting or e-mail. */
static bool told_again(const struct deal *deal, size_t at, enum bc_body body, unsigned field)
{
    for (size_t i = at + 1; i < deal->folded; i++)
        if (deal->events[i]->body == body &&
            bc_str_eq(deal->events[i]->value[field].text, deal->events[at]->value[field].text))
            return true;
    return false;
}

static bool qualifies(const struct world *world, const struct deal *deal, size_t at,
                      const struct held *held, int64_t begin_us)
{
    const struct bc_event *event = deal->events[at];
    const struct bc_value *value = event->value;
    int64_t starts_us = value[BC_MEETING_LOGGED_STARTS_AT].us;
    struct bc_str type = value[BC_MEETING_LOGGED_TYPE].text;

    if (event->body != BC_MEETING_LOGGED ||
        told_again(deal, at, BC_MEETING_LOGGED, BC_MEETING_LOGGED_MEETING))
        return false;
    if (!listed(value[BC_MEETING_LOGGED_OUTCOME].text, held->outcomes, held->outcome_n) ||
        !in_window(world, begin_us, starts_us))
        return false;
    return type.len ? listed(type, held->types, held->type_n)
                    : in_set(held->stages, deal_stage_at(deal, starts_us));
}

uint64_t world_meetings(const struct world *world, const struct held *held, unsigned slice,
                        int64_t begin_us, struct recount_ids *deals)
{
    struct recount_ids meetings = { 0 };

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        if (!deal_counts(world, deal, slice))
            continue;
        for (size_t j = 0; j < deal->folded; j++) {
            if (!qualifies(world, deal, j, held, begin_us))
                continue;
            ids_add(world->arena, &meetings,
                    deal->events[j]->value[BC_MEETING_LOGGED_MEETING].text);
            ids_add(world->arena, deals, deal->id);
        }
    }
    return meetings.n;
}

void world_held_meetings(const struct world *world, const struct bc_metric_rule *rule,
                         unsigned slice, int64_t begin_us, struct recount_metric *out)
{
    struct held held = { rule->stages, rule->types, rule->outcomes, rule->type_n, rule->outcome_n };

    out->n = world_meetings(world, &held, slice, begin_us, &out->deals);
    out->value = number((double)out->n);
}

static bool opened(const struct deal *deal, struct bc_str email)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == BC_EMAIL_OPENED &&
            bc_str_eq(deal->events[i]->value[BC_EMAIL_OPENED_EMAIL].text, email))
            return true;
    return false;
}

static void add_campaign(const struct world *world, struct recount_metric *out, struct bc_str name,
                         bool was_opened)
{
    struct recount_campaign *grown;
    size_t at = 0;

    while (at < out->campaign_n && bc_str_cmp(out->campaigns[at].name, name) < 0)
        at++;
    if (at == out->campaign_n || !bc_str_eq(out->campaigns[at].name, name)) {
        grown = bc_arena_alloc(world->arena, (out->campaign_n + 1) * sizeof(*grown));
        for (size_t i = 0; i < out->campaign_n; i++)
            grown[i + (i >= at)] = out->campaigns[i];
        grown[at] = (struct recount_campaign){ .name = name };
        out->campaigns = grown;
        out->campaign_n++;
    }
    out->campaigns[at].sent++;
    out->campaigns[at].opened += was_opened;
}

void world_email_rate(const struct world *world, const struct bc_metric_rule *rule, unsigned slice,
                      int64_t begin_us, struct recount_metric *out)
{
    uint64_t sent = 0;

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];

        for (size_t j = 0; deal_counts(world, deal, slice) && j < deal->folded; j++) {
            const struct bc_event *event = deal->events[j];
            bool was_opened;

            if (event->body != BC_EMAIL_SENT ||
                told_again(deal, j, BC_EMAIL_SENT, BC_EMAIL_SENT_EMAIL) ||
                !in_window(world, begin_us, event->occurred_us) ||
                !in_set(rule->stages, deal_stage_at(deal, event->occurred_us)))
                continue;
            was_opened = opened(deal, event->value[BC_EMAIL_SENT_EMAIL].text);
            sent++;
            out->hit += was_opened;
            ids_add(world->arena, &out->deals, deal->id);
            if (event->value[BC_EMAIL_SENT_CAMPAIGN].text.len)
                add_campaign(world, out, event->value[BC_EMAIL_SENT_CAMPAIGN].text, was_opened);
        }
    }
    rate(out, out->hit, sent);
}
