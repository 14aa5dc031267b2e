/* tools/hubspot/reconcile.c */
#include "tools/hubspot/reconcile.h"

#include "projections/deal/deal.h"
#include "tools/hubspot/pipelines.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const hubspot_matter_name[HUBSPOT_MATTER_N] = {
    "stage", "pipeline", "deal_type", "contract_start", "contract_end", "mrr", "renews", "presence"
};

/* A comparison under way. */
struct compare {
    struct hubspot_reconciled *out;
    struct hubspot_run *run;
    bc_timelines *timelines;
    const bc_rules *rules;
    bc_folder *folder;
    hubspot_activity_compare *activities;
    struct bc_buf facts;
};

static struct bc_str day_text(struct compare *compare, uint32_t value)
{
    char text[BC_DAY_LEN];

    if (value == BC_VALUE_UNSET)
        return (struct bc_str){ 0 };
    if (value == BC_VALUE_BAD_DAY)
        return BC_STR("no date");
    bc_day_print(text, bc_value_day(value));
    return bc_arena_copy(compare->out->arena, bc_str_of(text));
}

/* HubSpot's date in the form of the fold. */
static struct bc_str as_day(struct bc_str text)
{
    int32_t day;

    return text.len == 0 || bc_day_parse(&day, text) ? text : BC_STR("no date");
}

/* NULL: it was never set. */
static const struct bc_setting *last_setting(const struct bc_deal *deal, enum bc_property property,
                                             int64_t now_us)
{
    const struct bc_setting *last = NULL;

    for (size_t i = 0; i < deal->settings[property].n; i++)
        if (deal->settings[property].at[i].occurred_us <= now_us)
            last = &deal->settings[property].at[i];
    return last;
}

static uint32_t setting_of(const struct bc_deal *deal, enum bc_property property, int64_t now_us)
{
    const struct bc_setting *last = last_setting(deal, property, now_us);

    return last ? last->value : 0;
}

static const struct bc_visit *last_visit(const struct bc_deal *deal, int64_t now_us)
{
    const struct bc_visit *last = NULL;

    for (size_t i = 0; i < deal->visit_n; i++)
        if (deal->visits[i].entered_us <= now_us)
            last = &deal->visits[i];
    return last;
}

static bool is_gone(const struct bc_deal *deal, int64_t now_us)
{
    bool gone = false;

    for (size_t i = 0; i < deal->presence_n; i++)
        if (deal->presences[i].occurred_us <= now_us)
            gone = deal->presences[i].gone;
    return gone;
}

static void differ(struct compare *compare, struct bc_str deal, enum hubspot_matter matter,
                   struct bc_str ledger, struct bc_str hubspot)
{
    struct hubspot_reconciled *out = compare->out;

    BC_GROW(out->differences, out->n, out->cap);
    out->differences[out->n++] =
        (struct hubspot_difference){ bc_arena_copy(out->arena, deal), matter,
                                     bc_arena_copy(out->arena, ledger),
                                     bc_arena_copy(out->arena, hubspot) };
}

/* "2000" is "2000.00". */
static bool same_number(struct bc_str a, struct bc_str b)
{
    char *end[2], *text[2] = { bc_strdup(a), bc_strdup(b) };
    bool same = a.len > 0 && b.len > 0;
    const double value[2] = { strtod(text[0], &end[0]), strtod(text[1], &end[1]) };

    same = same && *end[0] == '\0' && *end[1] == '\0' && value[0] == value[1];
    free(text[0]);
    free(text[1]);
    return same;
}

/* What the account file does not name is not compared. */
static bool is_mapped(const struct compare *compare, enum hubspot_matter matter)
{
    const struct hubspot_map *map = &compare->run->account->properties;

    if (matter == HUBSPOT_STAGE || matter == HUBSPOT_PIPELINE)
        return true;
    for (size_t i = 0; i < map->n; i++)
        if (bc_str_eq(map->pairs[i].to, bc_str_of(hubspot_matter_name[matter])))
            return true;
    return false;
}

static void compare_text(struct compare *compare, struct bc_str deal, enum hubspot_matter matter,
                         struct bc_str ledger, struct bc_str hubspot)
{
    if (is_mapped(compare, matter) && !bc_str_eq(ledger, hubspot))
        differ(compare, deal, matter, ledger, hubspot);
}

/* Two ids of one stage are one stage. */
static void compare_stage(struct compare *compare, struct bc_str deal, const struct bc_visit *visit,
                          struct bc_str hubspot)
{
    const bc_string_table *strings = bc_timelines_strings(compare->timelines);
    struct bc_str ledger =
        visit ? bc_string_table_text(strings, visit->word) : (struct bc_str){ 0 };
    int stage = bc_rules_stage(compare->rules, hubspot);

    if (visit && stage != BC_NO_STAGE && stage == visit->stage)
        return;
    compare_text(compare, deal, HUBSPOT_STAGE, ledger, hubspot);
}

/* Of a value that was retracted, what the ledger has instead is not known here. */
static void compare_mrr(struct compare *compare, const struct hubspot_present *present)
{
    const struct hubspot_index_mrr *known = hubspot_index_mrr(compare->run->known, present->id);
    struct bc_str ledger = known ? known->value : (struct bc_str){ 0 };

    if (known && known->id.len == 0)
        return;
    if (!same_number(ledger, present->mrr))
        compare_text(compare, present->id, HUBSPOT_MRR, ledger, present->mrr);
}

/* The fold has the hash of the deal's id alone. */
static struct bc_str deal_by_hash(const struct compare *compare, struct bc_id128 hash)
{
    const hubspot_index *known = compare->run->known;

    for (size_t i = 0; i < hubspot_index_deals(known); i++) {
        struct bc_str id = hubspot_index_deal_at(known, i)->id;

        if (bc_id128_eq(bc_id128_of(id), hash))
            return id;
    }
    return BC_STR("another deal");
}

static void compare_renews(struct compare *compare, const struct bc_deal *deal,
                           const struct hubspot_present *present)
{
    const struct bc_setting *set = last_setting(deal, BC_P_RENEWS, compare->run->now_us);
    struct bc_str ledger = { 0 };

    if (!present->renews_told)
        return;
    if (set && set->value && present->renews.len &&
        bc_id128_eq(set->id, bc_id128_of(present->renews)))
        return;
    if (set && set->value)
        ledger = deal_by_hash(compare, set->id);
    if (ledger.len || present->renews.len)
        differ(compare, present->id, HUBSPOT_RENEWS, ledger, present->renews);
}

/* A deal in a pipeline that is not read is parked, unless the ledger has had it there from its
 * beginning. */
static void compare_pipeline(struct compare *compare, const struct bc_deal *deal,
                             const struct hubspot_present *present)
{
    const bc_string_table *strings = bc_timelines_strings(compare->timelines);
    const struct bc_visit *visit = last_visit(deal, compare->run->now_us);
    struct bc_str stage = visit ? bc_string_table_text(strings, visit->word) : (struct bc_str){ 0 };
    uint32_t parked = setting_of(deal, BC_P_PARKED_UNTIL, compare->run->now_us);

    if (!bc_str_eq(stage, present->stage) &&
        !bc_str_eq(day_text(compare, parked), BC_STR(HUBSPOT_PARKED)))
        differ(compare, present->id, HUBSPOT_PIPELINE, stage, present->elsewhere);
}

static void compare_deal(struct compare *compare, const struct bc_deal *deal,
                         const struct hubspot_present *present)
{
    const bc_string_table *strings = bc_timelines_strings(compare->timelines);
    int64_t now_us = compare->run->now_us;
    bool gone = is_gone(deal, now_us);
    uint32_t type = setting_of(deal, BC_P_DEAL_TYPE, now_us);

    if (gone != present->archived)
        differ(compare, present->id, HUBSPOT_PRESENCE, gone ? BC_STR("gone") : BC_STR("there"),
               present->archived ? BC_STR("archived") : BC_STR("there"));
    if (present->archived)
        return; /* what it was when it was archived does not matter */
    if (present->elsewhere.len)
        compare_pipeline(compare, deal, present);
    else
        compare_stage(compare, present->id, last_visit(deal, now_us), present->stage);
    compare_text(compare, present->id, HUBSPOT_DEAL_TYPE, bc_string_table_text(strings, type),
                 present->deal_type);
    compare_text(compare, present->id, HUBSPOT_CONTRACT_START,
                 day_text(compare, setting_of(deal, BC_P_CONTRACT_START, now_us)),
                 as_day(present->contract_start));
    compare_text(compare, present->id, HUBSPOT_CONTRACT_END,
                 day_text(compare, setting_of(deal, BC_P_CONTRACT_END, now_us)),
                 as_day(present->contract_end));
    compare_mrr(compare, present);
    compare_renews(compare, deal, present);
}

/* One deal, present in HubSpot or (NULL) known from it but no longer visible. */
static bc_status compare_one(struct compare *compare, struct bc_str id,
                             const struct hubspot_present *present, struct bc_err *err)
{
    const struct bc_deal *deal = NULL;
    size_t before = compare->out->n;
    bc_status rc;

    compare->facts.len = 0;
    rc = bc_timelines_check_facts(compare->timelines, err);
    if (rc >= 0)
        rc = bc_timelines_facts(compare->timelines, id, &compare->facts, err);
    if (rc >= 0)
        rc = bc_fold(compare->folder, id, bc_buf_str(&compare->facts), &deal, err);
    if (rc < 0)
        return rc;
    if (present)
        compare_deal(compare, deal, present);
    if (present && !present->archived)
        hubspot_activity_compare_deal(compare->activities, deal);
    if (!present && !is_gone(deal, compare->run->now_us))
        differ(compare, id, HUBSPOT_PRESENCE, BC_STR("there"), BC_STR("not visible"));
    if (compare->out->n > before)
        compare->out->differ++;
    else
        compare->out->agree++;
    return BC_OK;
}

static bc_status compare_all(struct compare *compare, struct bc_err *err)
{
    struct hubspot_run *run = compare->run;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < run->present_n; i++)
        rc = compare_one(compare, run->present[i].id, &run->present[i], err);
    for (size_t i = 0; rc == BC_OK && i < hubspot_index_deals(run->known); i++) {
        const struct hubspot_index_deal *known = hubspot_index_deal_at(run->known, i);

        if (known->own && bc_string_table_find(run->present_ids, known->id) == BC_WORD_NONE)
            rc = compare_one(compare, known->id, NULL, err);
    }
    return rc;
}

static int difference_cmp(const void *a, const void *b)
{
    const struct hubspot_difference *left = a, *right = b;
    int order = bc_str_cmp(left->deal, right->deal);

    return order ? order : (int)left->matter - (int)right->matter;
}

bc_status hubspot_reconcile(struct hubspot_reconciled *out, struct hubspot_run *run,
                            bc_timelines *timelines, const bc_rules *rules, struct bc_err *err)
{
    struct compare compare = { .out = out,
                               .run = run,
                               .timelines = timelines,
                               .rules = rules,
                               .activities = hubspot_activity_compare_new(run),
                               .folder = bc_folder_new(bc_timelines_strings(timelines), rules,
                                                       (struct bc_visible){ 0 }) };
    bc_status rc;

    *out = (struct hubspot_reconciled){ .arena = bc_arena_new() };
    rc = compare_all(&compare, err);
    if (rc == BC_OK)
        hubspot_activity_compare_end(compare.activities, out->arena, &out->activities);
    if (out->n > 1)
        qsort(out->differences, out->n, sizeof(*out->differences), difference_cmp);
    hubspot_activity_compare_free(compare.activities);
    bc_folder_free(compare.folder);
    bc_buf_release(&compare.facts);
    return rc;
}

/* What HubSpot says about one property, as an event that happens now. */
static struct bc_event repair_event(struct hubspot_run *run,
                                    const struct hubspot_difference *difference)
{
    struct bc_str ref = hubspot_print(run, "deal/%.*s", BC_STR_ARG(difference->deal));
    struct bc_event event = hubspot_event(BC_PROPERTY_CHANGED, difference->deal, run->now_us, ref);

    event.source_how = BC_STR("RECONCILED");
    event.id =
        hubspot_print(run, "hubspot:deal/%.*s/reconciled/%s/%" PRId64, BC_STR_ARG(difference->deal),
                      hubspot_matter_name[difference->matter], run->now_us / 1000);
    switch (difference->matter) {
    case HUBSPOT_STAGE:
        event.body = BC_STAGE_CHANGED;
        event.value[BC_STAGE_CHANGED_TO].text = difference->hubspot;
        event.value[BC_STAGE_CHANGED_OBSERVED].yes = true;
        break;
    case HUBSPOT_PIPELINE:
        event.value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("parked_until");
        event.value[BC_PROPERTY_CHANGED_VALUE].text = BC_STR(HUBSPOT_PARKED);
        break;
    case HUBSPOT_PRESENCE:
        event.body =
            bc_str_eq(difference->hubspot, BC_STR("there")) ? BC_DEAL_RESTORED : BC_DEAL_DELETED;
        _Static_assert((int)BC_DEAL_DELETED_REASON == (int)BC_DEAL_RESTORED_REASON, "for either");
        event.value[BC_DEAL_DELETED_REASON].text = difference->hubspot;
        break;
    case HUBSPOT_DEAL_TYPE:
    case HUBSPOT_CONTRACT_START:
    case HUBSPOT_CONTRACT_END:
    case HUBSPOT_MRR:
    case HUBSPOT_RENEWS:
        event.value[BC_PROPERTY_CHANGED_NAME].text =
            bc_str_of(hubspot_matter_name[difference->matter]);
        event.value[BC_PROPERTY_CHANGED_VALUE].text = difference->hubspot;
        break;
    case HUBSPOT_MATTER_N:
        break; /* is none */
    }
    return event;
}

bc_status hubspot_repair(struct hubspot_run *run, const struct hubspot_reconciled *reconciled,
                         struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < reconciled->n; i++) {
        struct bc_event event;

        bc_arena_reset(run->record);
        if (reconciled->differences[i].matter == HUBSPOT_STAGE &&
            reconciled->differences[i].hubspot.len == 0)
            continue; /* there is no event that unsets a stage */
        event = repair_event(run, &reconciled->differences[i]);
        rc = hubspot_emit(run, &event, err);
    }
    return rc;
}

void hubspot_reconciled_release(struct hubspot_reconciled *reconciled)
{
    free(reconciled->differences);
    free(reconciled->activities.differences);
    bc_arena_free(reconciled->arena);
    *reconciled = (struct hubspot_reconciled){ 0 };
}
