/* tools/hubspot/present.c - a deal as HubSpot has it now: for reconciliation, and as the event of
 * its being archived or restored. */
#include "tools/hubspot/deal.h"
#include "tools/hubspot/found.h"
#include "tools/hubspot/meaning.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>

static bc_status archived(struct hubspot_run *run, const json_t *record, struct bc_str id,
                          struct bc_err *err)
{
    const struct hubspot_index_deal *known = hubspot_index_deal(run->known, id);
    int64_t us = run->now_us;
    struct bc_event event;

    if (!hubspot_instant(&us, hubspot_text(record, "archivedAt"))) {
        if (known && known->gone)
            return BC_OK;
        run->notes.archived_undated++;
    }
    event = hubspot_event(BC_DEAL_DELETED, id, us, hubspot_print(run, "deal/%.*s", BC_STR_ARG(id)));
    event.id = hubspot_print(run, "hubspot:deal/%.*s/archived/%" PRId64, BC_STR_ARG(id), us / 1000);
    event.value[BC_DEAL_DELETED_REASON].text = BC_STR("archived");
    return hubspot_emit(run, &event, err);
}

bc_status hubspot_deal_restored(struct hubspot_run *run, struct bc_str id,
                                const struct hubspot_history *stages, struct bc_err *err)
{
    const struct hubspot_index_deal *known = hubspot_index_deal(run->known, id);
    struct bc_event event;

    if (!known || !known->gone)
        return BC_OK;
    event = hubspot_event(BC_DEAL_RESTORED, id, run->now_us,
                          hubspot_print(run, "deal/%.*s", BC_STR_ARG(id)));
    for (size_t i = stages->n; i > 0 && stages->changes[i - 1].us > known->gone_us; i--)
        event.occurred_us = stages->changes[i - 1].us;
    event.id = hubspot_print(run, "hubspot:deal/%.*s/restored/%" PRId64, BC_STR_ARG(id),
                             known->gone_us / 1000);
    event.value[BC_DEAL_RESTORED_REASON].text = BC_STR("found again");
    return hubspot_emit(run, &event, err);
}

bc_status hubspot_deal_present(struct hubspot_run *run, const json_t *record, struct bc_err *err)
{
    struct hubspot_present *present;
    int64_t modified_us = hubspot_modified(record);
    struct bc_str id, owner = hubspot_meaning_now(run, record, "owner");
    bc_status rc = hubspot_record_id(&id, record, err);

    if (rc < 0)
        return rc;
    if (modified_us > run->state.seen_us[HUBSPOT_SEEN_DEALS])
        run->state.seen_us[HUBSPOT_SEEN_DEALS] = modified_us;
    if (hubspot_pipelines_skip(run, record))
        return BC_OK;
    present = hubspot_run_present(run, id);
    present->archived = json_is_true(json_object_get(record, "archived"));
    present->stage = bc_arena_copy(
        run->keep, hubspot_map_word(&run->account->stages, hubspot_property(record, "dealstage")));
    present->elsewhere = hubspot_pipelines_elsewhere(run, hubspot_property(record, "dealstage"));
    present->deal_type = bc_arena_copy(run->keep, hubspot_meaning_now(run, record, "deal_type"));
    present->contract_start =
        bc_arena_copy(run->keep, hubspot_meaning_now(run, record, "contract_start"));
    present->contract_end =
        bc_arena_copy(run->keep, hubspot_meaning_now(run, record, "contract_end"));
    present->mrr = bc_arena_copy(run->keep, hubspot_meaning_now(run, record, "mrr"));
    if (owner.len && bc_string_table_find(run->owner_ids, owner) == BC_WORD_NONE)
        hubspot_tally_add(run, &run->notes.unknown_owners, owner);
    return present->archived ? archived(run, record, present->id, err)
                             : hubspot_found_events(run, record, present->id, err);
}
