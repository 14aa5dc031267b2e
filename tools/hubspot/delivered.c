#include "tools/hubspot/delivered.h"

#include "projections/facts/listed.h"
#include "tools/hubspot/run.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>

/* One entry. */
struct entry {
    struct hubspot_delivered *to;
    struct bc_str deal, ref;
    struct bc_str property, value, how, who;
    int64_t us;
};

static struct bc_str print(const struct hubspot_delivered *to, struct bc_buf *text)
{
    struct bc_str kept = bc_arena_copy(to->arena, bc_buf_str(text));

    bc_buf_release(text);
    return kept;
}

static bc_status tell(const struct entry *entry, enum bc_body body, struct bc_buf *id,
                      const struct bc_event *filled, struct bc_err *err)
{
    struct bc_event event = hubspot_event(body, entry->deal, entry->us, entry->ref);

    memcpy(event.value, filled->value, sizeof(event.value));
    event.id = print(entry->to, id);
    if (entry->property.len) {
        event.actor = entry->who;
        event.source_how = entry->how;
        event.has_source_recorded = true;
        event.source_recorded_us = entry->us;
    }
    if (hubspot_told_repeats(entry->to->told, event.id)) {
        entry->to->repeats++;
        return BC_OK;
    }
    hubspot_told_add(entry->to->told, event.id);
    return entry->to->take(entry->to->payload, &event, err);
}

/* Is it of a deal of which that cannot be told from its deliveries? What a deal that came out of a
 * merge began with was observed, not done; and of which pipeline a deal is, only the account says:
 * one of which an import told something was read. */
static bool is_of_account(const struct entry *entry)
{
    return bc_str_eq(entry->how, BC_STR("MERGE_OBJECTS")) ||
           (entry->to->account->pipeline_n > 0 && !hubspot_told_deal(entry->to->told, entry->deal));
}

/* Of which pipeline a stage is, only the account says: where some are named, the stages that the
 * account file has are of those. So does it say alone whether a deal was first seen there. */
static bool fill_stage(const struct entry *entry, struct bc_event *event)
{
    const struct hubspot_account *account = entry->to->account;

    for (size_t i = 0; i < account->observed_source_n; i++)
        if (bc_str_eq(account->observed_sources[i], entry->how))
            return false;
    event->body = BC_STAGE_CHANGED;
    event->value[BC_STAGE_CHANGED_TO].text = hubspot_map_word(&account->stages, entry->value);
    return entry->value.len > 0 &&
           (account->pipeline_n == 0 || hubspot_map_find(&account->stages, entry->value));
}

static bool fill_loss(const struct entry *entry, struct bc_event *event)
{
    const struct bc_str word = hubspot_map_word(&entry->to->account->loss_reasons, entry->value);

    event->body = BC_LOSS_RECORDED;
    event->value[BC_LOSS_RECORDED_REASON].text = bc_listed_reason(word) ? word : BC_STR("other");
    event->value[BC_LOSS_RECORDED_NOTE].text = entry->value;
    return entry->value.len > 0;
}

/* A time is a day by the account's time zone, which only the account says. */
static bool fill_property(const struct entry *entry, struct bc_event *event)
{
    const struct hubspot_account *account = entry->to->account;
    const struct hubspot_pair *pair = hubspot_map_find(&account->properties, entry->property);

    if (!pair || bc_property_is_day(pair->to))
        return false;
    event->body = BC_PROPERTY_CHANGED;
    event->value[BC_PROPERTY_CHANGED_NAME].text = pair->to;
    event->value[BC_PROPERTY_CHANGED_VALUE].text =
        bc_str_eq(pair->to, BC_STR("deal_type"))
            ? hubspot_map_word(&account->deal_types, entry->value)
            : entry->value;
    return true;
}

static bc_status tell_property(const struct entry *entry, struct bc_err *err)
{
    const char *loss = entry->to->account->loss_reason;
    const bool is_loss = loss && bc_str_eq(entry->property, bc_str_of(loss));
    struct bc_event event = { 0 };
    struct bc_buf id = { 0 };

    const bool told = bc_str_eq(entry->property, BC_STR("dealstage")) ? fill_stage(entry, &event)
                      : is_loss                                       ? fill_loss(entry, &event)
                                : fill_property(entry, &event);

    bc_buf_printf(&id, "hubspot:deal/%.*s/%s%.*s/%" PRId64 "/", BC_STR_ARG(entry->deal),
                  is_loss ? "loss/" : "", BC_STR_ARG(entry->property), entry->us / 1000);
    hubspot_id_add(&id, entry->value);
    if (told)
        return tell(entry, event.body, &id, &event, err);
    hubspot_told_add(entry->to->told, print(entry->to, &id)); /* what follows is no repetition */
    return BC_DONE;
}

/* Each of the deals that went into another. */
static bc_status tell_merge(struct entry *entry, const json_t *given, struct bc_err *err)
{
    bc_arena *arena = entry->to->arena;
    const struct bc_str into = hubspot_id(json_object_get(given, "newObjectId"), arena);
    const json_t *merged = json_object_get(given, "mergedObjectIds");
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i <= json_array_size(merged); i++) {
        const json_t *part = i < json_array_size(merged)
                                 ? json_array_get(merged, i)
                                 : json_object_get(given, "primaryObjectId");
        struct bc_event event = { 0 };
        struct bc_buf id = { 0 };

        entry->deal = hubspot_id(part, arena);
        if (into.len == 0 || entry->deal.len == 0 || bc_str_eq(entry->deal, into))
            continue;
        bc_buf_printf(&id, "deal/%.*s", BC_STR_ARG(entry->deal));
        entry->ref = print(entry->to, &id);
        bc_buf_printf(&id, "hubspot:deal/%.*s/merged/%.*s", BC_STR_ARG(entry->deal),
                      BC_STR_ARG(into));
        event.value[BC_DEAL_MERGED_INTO].text = into;
        rc = tell(entry, BC_DEAL_MERGED, &id, &event, err);
    }
    return rc;
}

/* "deal.propertyChange", or "object.propertyChange" of the type of deals. */
static struct bc_str kind_of(const json_t *given)
{
    static const struct bc_str prefixes[] = { { "deal.", 5 }, { "object.", 7 } };
    struct bc_str kind = hubspot_text(given, "subscriptionType");

    if (kind.len == 0)
        kind = hubspot_text(given, "eventType");
    for (size_t i = 0; i < 2; i++)
        if (bc_str_begins(kind, prefixes[i]) &&
            (i == 0 || bc_str_eq(hubspot_text(given, "objectTypeId"), BC_STR("0-3"))))
            return bc_str_part(kind, prefixes[i].len, kind.len);
    return (struct bc_str){ 0 };
}

/* When it happened; -1: it does not say so. */
static int64_t time_of(const json_t *given)
{
    const json_t *ms = json_object_get(given, "occurredAt");
    const json_int_t at = json_integer_value(ms);

    return json_is_integer(ms) && at >= 0 && at <= BC_INSTANT_MAX / 1000 ? (int64_t)at * 1000 : -1;
}

bc_status hubspot_delivered_check(const json_t *given, struct bc_err *err)
{
    const json_t *id = json_object_get(given, "objectId");

    if (kind_of(given).len == 0 ||
        (time_of(given) >= 0 && (json_is_integer(id) || json_string_length(id) > 0)))
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT, "an entry without \"objectId\" or \"occurredAt\"");
}

bc_status hubspot_delivered(struct hubspot_delivered *to, const json_t *given, struct bc_err *err)
{
    const struct bc_str kind = kind_of(given);
    struct entry entry = { .to = to, .us = time_of(given) };
    struct bc_buf text = { 0 };

    if (kind.len == 0)
        return BC_DONE;
    entry.deal = hubspot_id(json_object_get(given, "objectId"), to->arena);
    entry.how = hubspot_text(given, "changeSource");
    entry.who = hubspot_text(given, "sourceId");
    bc_buf_printf(&text, "deal/%.*s", BC_STR_ARG(entry.deal));
    entry.ref = print(to, &text);
    if (bc_str_eq(kind, BC_STR("merge")))
        return tell_merge(&entry, given, err);
    if (is_of_account(&entry))
        return BC_DONE;
    if (bc_str_eq(kind, BC_STR("creation"))) {
        bc_buf_printf(&text, "hubspot:deal/%.*s/created", BC_STR_ARG(entry.deal));
        return tell(&entry, BC_DEAL_CREATED, &text, &(struct bc_event){ 0 }, err);
    }
    if (!bc_str_eq(kind, BC_STR("propertyChange")))
        return BC_DONE;
    entry.property = hubspot_text(given, "propertyName");
    entry.value = hubspot_text(given, "propertyValue");
    return entry.property.len ? tell_property(&entry, err) : BC_DONE;
}
