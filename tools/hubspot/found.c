/* tools/hubspot/found.c */
#include "tools/hubspot/found.h"

#include "tools/hubspot/meaning.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>

bool hubspot_found_is(const struct hubspot_run *run, struct bc_str name)
{
    const struct hubspot_defined *defined = hubspot_run_defined(run, name);

    return defined && defined->calculated;
}

void hubspot_found_properties(const struct hubspot_run *run, struct bc_buf *out)
{
    const struct hubspot_map *map = &run->account->properties;

    for (size_t i = 0; i < map->n; i++) {
        if (hubspot_found_is(run, map->pairs[i].from)) {
            bc_buf_add_byte(out, ',');
            bc_buf_add_str(out, map->pairs[i].from);
        }
    }
}

static bc_status found(struct hubspot_run *run, const struct hubspot_pair *pair, struct bc_str deal,
                       struct bc_str value, struct bc_err *err)
{
    struct bc_str key = hubspot_print(run, "hubspot:deal/%.*s/found/%.*s", BC_STR_ARG(deal),
                                      BC_STR_ARG(pair->from));
    const struct hubspot_index_version *was = hubspot_index_version(run->known, key);
    struct bc_event event = hubspot_event(BC_PROPERTY_CHANGED, deal, run->now_us,
                                          hubspot_print(run, "deal/%.*s", BC_STR_ARG(deal)));
    struct bc_buf id = { 0 };

    if (was ? bc_str_eq(was->value, value) : value.len == 0)
        return BC_OK;
    bc_buf_printf(&id, "%.*s/%" PRId64 "/", BC_STR_ARG(key), run->now_us / 1000);
    hubspot_id_add(&id, value);
    event.id = bc_arena_copy(run->record, bc_buf_str(&id));
    bc_buf_release(&id);
    event.source_how = BC_STR("CALCULATED");
    event.value[BC_PROPERTY_CHANGED_NAME].text = pair->to;
    event.value[BC_PROPERTY_CHANGED_VALUE].text = value;
    return hubspot_emit(run, &event, err);
}

bc_status hubspot_found_events(struct hubspot_run *run, const json_t *record, struct bc_str deal,
                               struct bc_err *err)
{
    const struct hubspot_map *map = &run->account->properties;
    const struct hubspot_index_deal *known = hubspot_index_deal(run->known, deal);
    bc_status rc = BC_OK;

    if (!known || !known->own)
        return BC_OK; /* first the rest of it, in this run */
    for (size_t i = 0; rc == BC_OK && i < map->n; i++) {
        const struct hubspot_pair *pair = &map->pairs[i];

        if (hubspot_found_is(run, pair->from) &&
            json_object_get(json_object_get(record, "properties"), pair->from.at))
            rc =
                found(run, pair, deal,
                      hubspot_meaning(run, pair->to, hubspot_property(record, pair->from.at)), err);
    }
    return rc;
}
