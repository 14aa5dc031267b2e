/* tests/model/recount_world.c - filter by both clocks, drop the retracted, order, fold. */
#include "tests/model/recount_world.h"

#include "tests/model/recount_outcome.h"

#include <stdlib.h>

static bool known(const struct recount_question *question, const struct bc_event *event)
{
    int64_t us = event->recorded_us;

    if (question->clock_source && event->has_source_recorded)
        us = event->source_recorded_us;
    return !question->has_known || us <= question->known_us;
}

/* Retractions come after what they name, so the last event of the log is never retracted: from
 * there backwards it is settled of each event whether it counts before that is used. */
static void keep_counting(struct world *world, const struct bc_event *events, size_t n)
{
    bool *counts = bc_arena_alloc(world->arena, n);

    for (size_t i = n; i-- > 0;) {
        counts[i] = known(world->question, &events[i]);
        for (size_t j = i + 1; counts[i] && j < n; j++)
            if (counts[j] && events[j].body == BC_RETRACTED &&
                bc_str_eq(events[j].value[BC_RETRACTED_EVENT].text, events[i].id))
                counts[i] = false;
    }
    world->events = bc_arena_alloc(world->arena, n * sizeof(*world->events));
    for (size_t i = 0; i < n; i++)
        if (counts[i])
            world->events[world->event_n++] = &events[i];
}

static int by_time(const void *a, const void *b)
{
    const struct bc_event *x = *(const struct bc_event *const *)a;
    const struct bc_event *y = *(const struct bc_event *const *)b;

    if (x->occurred_us != y->occurred_us)
        return x->occurred_us < y->occurred_us ? -1 : 1;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct deal *)a)->id, ((const struct deal *)b)->id);
}

/* A stage id as the rules name it: the rules' own ids, and the CRM's that mean them. */
static int stage_of(const bc_rules *rules, struct bc_str id)
{
    for (size_t i = 0; i < rules->stage_n; i++) {
        const struct bc_stage *stage = &rules->stages[i];

        if (bc_str_eq(id, bc_str_of(stage->id)))
            return (int)i;
        for (size_t j = 0; j < stage->crm_id_n; j++)
            if (bc_str_eq(id, stage->crm_ids[j]))
                return (int)i;
    }
    return BC_NO_STAGE;
}

static void fold_stage(const struct world *world, struct deal *deal, const struct bc_event *event,
                       struct bc_str id, bool observed)
{
    int stage = stage_of(world->rules, id);
    struct visit *last = deal->visit_n ? &deal->visits[deal->visit_n - 1] : NULL;

    if (stage != BC_NO_STAGE)
        id = bc_str_of(world->rules->stages[stage].id);
    if (last && bc_str_eq(last->id, id))
        return;
    if (last) {
        last->open = false;
        last->left_us = event->occurred_us;
    }
    deal->visits[deal->visit_n++] = (struct visit){ .stage = stage,
                                                    .id = id,
                                                    .entered_us = event->occurred_us,
                                                    .open = true,
                                                    .observed = observed,
                                                    .event = event };
}

static void fold(const struct world *world, struct deal *deal, const struct bc_event *event)
{
    const struct bc_value *value = event->value;

    if (event->body == BC_DEAL_CREATED && value[BC_DEAL_CREATED_STAGE].text.len)
        fold_stage(world, deal, event, value[BC_DEAL_CREATED_STAGE].text,
                   value[BC_DEAL_CREATED_OBSERVED].yes);
    else if (event->body == BC_STAGE_CHANGED)
        fold_stage(world, deal, event, value[BC_STAGE_CHANGED_TO].text,
                   value[BC_STAGE_CHANGED_OBSERVED].yes);
    else if (event->body == BC_DEAL_DELETED)
        deal->gone = true;
    else if (event->body == BC_DEAL_RESTORED)
        deal->gone = false;
    else if (event->body == BC_DEAL_MERGED && !bc_str_eq(value[BC_DEAL_MERGED_INTO].text, deal->id))
        deal->gone = true;
    else if (event->body == BC_SERVICE_ENDED)
        deal->service_ended = true;
    else if (event->body == BC_LOSS_RECORDED)
        deal->loss_recorded = true;
}

/* Whether an event sets the property, and to what. */
static bool sets(const struct bc_event *event, struct bc_str name, struct bc_str *out)
{
    const struct bc_value *value = event->value;

    if (event->body == BC_PROPERTY_CHANGED &&
        bc_str_eq(value[BC_PROPERTY_CHANGED_NAME].text, name)) {
        *out = value[BC_PROPERTY_CHANGED_VALUE].text;
        return true;
    }
    /* Of what a creation gives, only the deal type is ever needed. */
    if (event->body == BC_DEAL_CREATED && bc_str_eq(name, BC_STR("deal_type")) &&
        value[BC_DEAL_CREATED_DEAL_TYPE].text.len) {
        *out = value[BC_DEAL_CREATED_DEAL_TYPE].text;
        return true;
    }
    return false;
}

/* The event that sets a property, by its time mode, or NULL; and what it sets it to. */
static const struct bc_event *choose(const struct deal *deal, const char *name,
                                     enum bc_time_mode mode, struct bc_str *out)
{
    const struct bc_event *by_then = NULL, *first_after = NULL, *last = NULL, *chosen;
    struct bc_str value = { 0 };

    for (size_t i = 0; i < deal->event_n; i++) {
        if (!sets(deal->events[i], bc_str_of(name), &value))
            continue;
        last = deal->events[i];
        if (i < deal->folded)
            by_then = last;
        else if (!first_after)
            first_after = last;
    }
    if (mode == BC_BEST_KNOWN)
        chosen = last;
    else
        chosen = mode == BC_BACKFILL && !by_then ? first_after : by_then;
    *out = (struct bc_str){ 0 };
    if (chosen)
        (void)sets(chosen, bc_str_of(name), out);
    return chosen;
}

static void fold_deal(const struct world *world, struct deal *deal)
{
    static const char *const names[BC_P_N] = {
        [BC_P_DEAL_TYPE] = "deal_type",
        [BC_P_CONTRACT_START] = "contract_start",
        [BC_P_CONTRACT_END] = "contract_end",
        [BC_P_MRR] = "mrr",
        [BC_P_RENEWS] = "renews",
        [BC_P_PARKED_UNTIL] = "parked_until",
    };

    qsort(deal->events, deal->event_n, sizeof(*deal->events), by_time);
    while (deal->folded < deal->event_n &&
           deal->events[deal->folded]->occurred_us <= world->as_of_us)
        deal->folded++;
    deal->visits = bc_arena_alloc(world->arena, (deal->folded + 1) * sizeof(*deal->visits));
    for (size_t i = 0; i < deal->folded; i++)
        fold(world, deal, deal->events[i]);
    for (int i = 0; i < BC_P_N; i++)
        deal->set_by[i] = choose(deal, names[i], world->rules->mode[i], &deal->property[i]);
}

struct bc_str world_property(const struct world *world, const struct deal *deal, const char *name)
{
    struct bc_str then = { 0 }, after = { 0 }, last = { 0 };
    bool set_then = false, set_after = false;
    enum bc_time_mode mode = BC_AS_RECORDED;

    for (size_t i = 0; i < world->rules->property_n; i++)
        if (strcmp(world->rules->properties[i].name, name) == 0)
            mode = world->rules->properties[i].mode;
    for (size_t i = 0; i < deal->event_n; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->body != BC_PROPERTY_CHANGED || !bc_str_eq(event->value[1].text, bc_str_of(name)))
            continue;
        last = event->value[2].text;
        if (i < deal->folded) {
            then = last;
            set_then = true;
        } else if (!set_after) {
            after = last;
            set_after = true;
        }
    }
    if (mode == BC_BEST_KNOWN)
        return last;
    return mode == BC_BACKFILL && !set_then ? after : then;
}

static struct deal *find_deal(struct world *world, struct bc_str id)
{
    for (size_t i = 0; i < world->deal_n; i++)
        if (bc_str_eq(world->deals[i].id, id))
            return &world->deals[i];

    struct deal *deal = &world->deals[world->deal_n++];
    deal->id = id;
    deal->events = bc_arena_alloc(world->arena, world->event_n * sizeof(*deal->events));
    return deal;
}

static void fold_deals(struct world *out)
{
    out->deals = bc_arena_alloc(out->arena, (out->event_n + 1) * sizeof(*out->deals));
    for (size_t i = 0; i < out->event_n; i++) {
        struct deal *deal;

        if (!out->events[i]->deal.len)
            continue;
        deal = find_deal(out, out->events[i]->deal);
        deal->events[deal->event_n++] = out->events[i];
    }

    size_t kept = 0;
    for (size_t i = 0; i < out->deal_n; i++) {
        fold_deal(out, &out->deals[i]);
        if (out->deals[i].folded) /* else it does not exist yet */
            out->deals[kept++] = out->deals[i];
    }
    out->deal_n = kept;
    qsort(out->deals, out->deal_n, sizeof(*out->deals), by_id);
}

bool event_tells(const struct bc_event *event)
{
    static const enum bc_body about_all[] = {
        BC_PIVOT_DECIDED,      BC_REVIEW_HELD,   BC_REPORT_ISSUED,      BC_RULES_PUBLISHED,
        BC_EXPERIMENT_STARTED, BC_ICP_PUBLISHED, BC_PLAYBOOK_PUBLISHED, BC_EXPERIMENT_CONCLUDED,
        BC_RETRACTED,          BC_ROLE_ASSIGNED,
    };

    for (size_t i = 0; i < sizeof(about_all) / sizeof(about_all[0]); i++)
        if (event->body == about_all[i])
            return false;
    return true;
}

void world_make(struct world *out, const struct bc_event *events, size_t n,
                const struct recount_question *question, bc_arena *arena)
{
    *out = (struct world){ .question = question,
                           .rules = question->rules,
                           .as_of_us = question->as_of_us,
                           .day = bc_zone_day(question->rules->zone, question->as_of_us),
                           .arena = arena };
    keep_counting(out, events, n);
    fold_deals(out);
}

void world_earlier(struct world *out, const struct world *world, int64_t as_of_us, bc_arena *arena)
{
    *out = *world;
    out->as_of_us = as_of_us;
    out->day = bc_zone_day(world->rules->zone, as_of_us);
    out->deal_n = 0;
    out->arena = arena;
    fold_deals(out);
}

static bool property_is_set(const struct deal *deal, enum bc_property property)
{
    int32_t day;

    if (property == BC_P_CONTRACT_START || property == BC_P_CONTRACT_END ||
        property == BC_P_PARKED_UNTIL)
        return deal_date(deal, property, &day);
    return deal->property[property].len > 0;
}

static bool deal_is_wanted(const struct deal *deal, const struct bc_metric_rule *rule)
{
    bool of_type = rule->deal_type_n == 0;

    for (size_t i = 0; i < rule->deal_type_n; i++)
        of_type = of_type || bc_str_eq(deal->property[BC_P_DEAL_TYPE], rule->deal_types[i]);
    for (unsigned i = 0; i < BC_P_N; i++) {
        if (rule->having >> i & 1 && !property_is_set(deal, (enum bc_property)i))
            return false;
        if (rule->lacking >> i & 1 && property_is_set(deal, (enum bc_property)i))
            return false;
    }
    return of_type;
}

bool deal_counts(const struct world *world, const struct deal *deal, unsigned slice)
{
    const struct bc_slice *of = &world->rules->slices[slice];

    const struct recount_question *question = world->question;

    if (deal->gone || (world->counted && !deal_is_wanted(deal, world->counted)))
        return false;
    if (question->by.len && !bc_str_eq(recount_key(world, deal, question->by), question->of))
        return false;
    for (size_t i = 0; i < of->deal_type_n; i++)
        if (bc_str_eq(deal->property[BC_P_DEAL_TYPE], of->deal_types[i]))
            return true;
    return of->deal_type_n == 0;
}

int deal_stage(const struct deal *deal)
{
    return deal->visit_n ? deal->visits[deal->visit_n - 1].stage : BC_NO_STAGE;
}

int deal_stage_at(const struct deal *deal, int64_t us)
{
    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct visit *visit = &deal->visits[i];

        if (visit->entered_us <= us && (visit->open || us < visit->left_us))
            return visit->stage;
    }
    return BC_NO_STAGE;
}

bool deal_date(const struct deal *deal, enum bc_property property, int32_t *out_day)
{
    return bc_day_parse(out_day, deal->property[property]);
}

void ids_add(bc_arena *arena, struct recount_ids *ids, struct bc_str id)
{
    struct bc_str *grown;
    size_t at = 0;

    while (at < ids->n && bc_str_cmp(ids->at[at], id) < 0)
        at++;
    if (at < ids->n && bc_str_eq(ids->at[at], id))
        return;
    grown = bc_arena_alloc(arena, (ids->n + 1) * sizeof(*grown));
    for (size_t i = 0; i < ids->n; i++)
        grown[i + (i >= at)] = ids->at[i];
    grown[at] = id;
    ids->at = grown;
    ids->n++;
}
