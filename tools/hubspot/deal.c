/* tools/hubspot/deal.c */
#include "tools/hubspot/deal.h"

#include "projections/facts/listed.h"
#include "tools/hubspot/found.h"
#include "tools/hubspot/meaning.h"
#include "tools/hubspot/merge.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"
#include "tools/hubspot/version.h"
#include "tools/hubspot/witness.h"

#include <inttypes.h>

/* A record under way. */
struct deal {
    struct hubspot_run *run;
    const json_t *record;
    struct bc_str id, ref;
    int64_t created_us;
    struct hubspot_merge merge;
    const struct hubspot_history *stages; /* whole; set before they are emitted */
    struct bc_err *err;
};

bool hubspot_deal_is_merged(const json_t *record)
{
    return hubspot_property(record, "hs_merged_object_ids").len > 0;
}

bool hubspot_deal_is_moving(struct hubspot_run *run, const json_t *record)
{
    struct hubspot_history history;

    return hubspot_history_read(&history, record, "dealstage", run->record, NULL) == BC_OK &&
           history.entry_n > 0 && !bc_str_eq(history.latest, hubspot_property(record, "dealstage"));
}

void hubspot_deal_properties(const struct hubspot_run *run, struct bc_buf *out)
{
    const struct hubspot_account *account = run->account;

    bc_buf_add_str(out, BC_STR("dealstage,hs_merged_object_ids"));
    for (size_t i = 0; i < account->properties.n; i++) {
        if (!hubspot_found_is(run, account->properties.pairs[i].from)) {
            bc_buf_add_byte(out, ',');
            bc_buf_add_str(out, account->properties.pairs[i].from);
        }
    }
    if (account->loss_reason) {
        bc_buf_add_byte(out, ',');
        bc_buf_add_str(out, bc_str_of(account->loss_reason));
    }
}

/* ".../123/dealstage/1711904400000/111", with "/2" appended for the second such. */
static struct bc_str change_id(struct hubspot_run *run, struct bc_str deal, const char *property,
                               const struct hubspot_change *change)
{
    struct bc_buf id = { 0 };
    struct bc_str kept;

    bc_buf_printf(&id, "hubspot:deal/%.*s/%s/%" PRId64 "/", BC_STR_ARG(deal), property,
                  change->us / 1000);
    hubspot_id_add(&id, change->value);
    if (change->nth > 1)
        bc_buf_printf(&id, "/%u", change->nth);
    kept = bc_arena_copy(run->record, bc_buf_str(&id));
    bc_buf_release(&id);
    return kept;
}

static struct bc_event change_event(const struct deal *deal, enum bc_body body,
                                    const char *property, const struct hubspot_change *change)
{
    struct bc_event event = hubspot_event(body, deal->id, change->us, deal->ref);

    event.id = change_id(deal->run, deal->id, property, change);
    event.actor = change->who;
    event.source_how = change->how;
    event.has_source_recorded = true;
    event.source_recorded_us = change->us;
    return event;
}

/* What a survivor had when it came out of the merge: observed. */
static void carry(const struct deal *deal, struct bc_event *event, const char *property)
{
    int64_t us = deal->merge.us;

    event->id = hubspot_print(deal->run, "hubspot:deal/%.*s/carried/%s/%" PRId64,
                              BC_STR_ARG(deal->id), property, us / 1000);
    event->occurred_us = us;
    event->source_recorded_us = us;
}

/* Which body a property's change becomes, and with which values. */
typedef bc_status fill_fn(const struct deal *deal, struct bc_event *event, const char *ours,
                          const struct hubspot_change *change);

static void note_stage(struct hubspot_run *run, struct bc_str stage)
{
    const struct hubspot_stage *known = hubspot_run_stage(run, stage);

    if (!known || !known->live)
        hubspot_tally_add(run, &run->notes.deleted, stage);
    if (!hubspot_map_find(&run->account->stages, stage))
        hubspot_tally_add(run, &run->notes.unmapped, stage);
}

/* What the deal's own property `parked_until` had at an instant. */
static struct bc_str own_parking(const struct deal *deal, int64_t us)
{
    struct bc_str ours = BC_STR("parked_until");
    struct bc_str theirs = hubspot_map_key(&deal->run->account->properties, ours);
    const struct hubspot_change *change = NULL;
    struct hubspot_history history = { 0 };

    if (theirs.len &&
        hubspot_history_read(&history, deal->record, theirs.at, deal->run->record, NULL) == BC_OK)
        change = hubspot_history_at(&history, us);
    return change ? hubspot_meaning(deal->run, ours, change->value) : (struct bc_str){ 0 };
}

/* The deal is parked, or no longer so, because it moved between pipelines. */
static bc_status emit_parking(const struct deal *deal, const struct bc_event *stage,
                              struct hubspot_move move)
{
    struct bc_event event = *stage;

    memset(event.value, 0, sizeof(event.value));
    event.body = BC_PROPERTY_CHANGED;
    event.id = hubspot_print(deal->run, "%.*s/parked", BC_STR_ARG(stage->id));
    event.value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("parked_until");
    event.value[BC_PROPERTY_CHANGED_VALUE].text =
        move.parks ? BC_STR(HUBSPOT_PARKED) : own_parking(deal, event.occurred_us);
    if (move.parks || move.back)
        return hubspot_version_emit(deal->run, &event, deal->err);
    return hubspot_version_withdraw(
        deal->run, &event, "by the account file, the deal changed no pipeline then", deal->err);
}

/* A change to a stage of a pipeline that is not read leaves the deal where it was, parked: it has
 * not failed there. */
static bc_status emit_stage(const struct deal *deal, struct bc_event *event,
                            const struct hubspot_change *change)
{
    const struct hubspot_history *stages = deal->stages;
    const struct hubspot_change *begun =
        deal->merge.is_new ? hubspot_history_at(stages, deal->merge.us) : NULL;
    struct hubspot_move move;
    bc_status rc;

    move = hubspot_pipelines_move(deal->run, stages, begun ? (size_t)(begun - stages->changes) : 0,
                                  (size_t)(change - stages->changes));
    rc = emit_parking(deal, event, move);
    if (rc < 0)
        return rc;
    if (move.away)
        return hubspot_version_withdraw(
            deal->run, event, "the account file does not have its pipeline read", deal->err);
    note_stage(deal->run, change->value);
    return hubspot_version_emit(deal->run, event, deal->err);
}

/* Emits a history: all of it, or what is the survivor's own and what it began with. */
static bc_status emit_history(const struct deal *deal, const struct hubspot_history *history,
                              enum bc_body body, const char *property, const char *ours,
                              fill_fn *fill)
{
    const struct hubspot_change *begun =
        deal->merge.is_new ? hubspot_history_at(history, deal->merge.us) : NULL;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < history->n; i++) {
        const struct hubspot_change *change = &history->changes[i];
        struct bc_event event = change_event(deal, body, property, change);

        if (change == begun)
            carry(deal, &event, property);
        else if (hubspot_merge_is_copy(&deal->merge, deal->run, deal->id, event.id, change->us))
            continue;
        rc = fill(deal, &event, ours, change);
        if (rc == BC_DONE)
            rc = BC_OK; /* nothing to record */
        else if (rc == BC_OK)
            rc = body == BC_STAGE_CHANGED ? emit_stage(deal, &event, change)
                                          : hubspot_version_emit(deal->run, &event, deal->err);
    }
    return rc;
}

static bool is_observed_source(const struct hubspot_account *account, struct bc_str how)
{
    for (size_t i = 0; i < account->observed_source_n; i++)
        if (bc_str_eq(account->observed_sources[i], how))
            return true;
    return false;
}

static bc_status fill_stage(const struct deal *deal, struct bc_event *event, const char *ours,
                            const struct hubspot_change *change)
{
    (void)ours;
    if (change->value.len == 0)
        return BC_DONE; /* our events cannot unset a stage */
    event->value[BC_STAGE_CHANGED_TO].text =
        hubspot_map_word(&deal->run->account->stages, change->value);
    return BC_OK;
}

static bc_status fill_first_stage(const struct deal *deal, struct bc_event *event, const char *ours,
                                  const struct hubspot_change *change)
{
    event->value[BC_STAGE_CHANGED_OBSERVED].yes = true;
    return fill_stage(deal, event, ours, change);
}

static bc_status fill_property(const struct deal *deal, struct bc_event *event, const char *ours,
                               const struct hubspot_change *change)
{
    struct bc_str name = bc_str_of(ours);

    event->value[BC_PROPERTY_CHANGED_NAME].text = name;
    event->value[BC_PROPERTY_CHANGED_VALUE].text = hubspot_meaning(deal->run, name, change->value);
    return BC_OK;
}

/* The words of the contract; another is `other`, with HubSpot's as the note. */
static bc_status fill_loss(const struct deal *deal, struct bc_event *event, const char *ours,
                           const struct hubspot_change *change)
{
    struct bc_str word = hubspot_map_word(&deal->run->account->loss_reasons, change->value);

    (void)ours;
    if (change->value.len == 0)
        return BC_DONE;
    event->value[BC_LOSS_RECORDED_REASON].text = bc_listed_reason(word) ? word : BC_STR("other");
    event->value[BC_LOSS_RECORDED_NOTE].text = change->value;
    return BC_OK;
}

/* The first stage is special: it may have been observed, not entered. */
static bc_status emit_stages(const struct deal *deal, struct hubspot_history *history)
{
    struct hubspot_history first = *history, rest = *history;
    bc_status rc;

    if (history->n == 0)
        return BC_OK;
    if (deal->merge.is_new) { /* what it began with was observed, whoever had put it there */
        const struct hubspot_change *begun = hubspot_history_at(history, deal->merge.us);

        first.n = begun ? (size_t)(begun - history->changes) + 1 : 0;
    } else {
        first.n = is_observed_source(deal->run->account, history->changes[0].how);
    }
    rest.changes += first.n;
    rest.n -= first.n;
    rc = emit_history(deal, &first, BC_STAGE_CHANGED, "dealstage", NULL, fill_first_stage);
    if (rc == BC_OK)
        rc = emit_history(deal, &rest, BC_STAGE_CHANGED, "dealstage", NULL, fill_stage);
    return rc;
}

/* When HubSpot stored the deal: `createdate`, which the record's own time follows, may be edited.
 */
static int64_t stored_us(const struct deal *deal)
{
    int64_t us = deal->created_us;

    (void)hubspot_instant(&us, hubspot_property(deal->record, "hs_createdate"));
    return us;
}

static bc_status stages(struct deal *deal)
{
    struct hubspot_notes *notes = &deal->run->notes;
    struct hubspot_history history;
    bc_status rc =
        hubspot_history_read(&history, deal->record, "dealstage", deal->run->record, deal->err);

    if (rc < 0)
        return rc;
    if (history.entry_n == 0 && hubspot_property(deal->record, "dealstage").len > 0)
        notes->bare++;
    if (hubspot_history_is_cut(&history, stored_us(deal)))
        notes->cut++;
    hubspot_witness_compare(deal->run, deal->record, deal->id, &history, stored_us(deal));
    deal->stages = &history;
    rc = emit_stages(deal, &history);
    deal->stages = NULL;
    if (rc == BC_OK && !json_is_true(json_object_get(deal->record, "archived")))
        rc = hubspot_deal_restored(deal->run, deal->id, &history, deal->err);
    return rc;
}

static bc_status properties(const struct deal *deal)
{
    const struct hubspot_map *map = &deal->run->account->properties;
    struct hubspot_history history;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < map->n; i++) {
        const char *name = map->pairs[i].from.at;

        if (hubspot_found_is(deal->run, map->pairs[i].from))
            continue;
        rc = hubspot_history_read(&history, deal->record, name, deal->run->record, deal->err);
        if (rc == BC_OK)
            rc = emit_history(deal, &history, BC_PROPERTY_CHANGED, name, map->pairs[i].to.at,
                              fill_property);
    }
    if (rc == BC_OK && deal->run->account->loss_reason) {
        const char *name = deal->run->account->loss_reason;

        rc = hubspot_history_read(&history, deal->record, name, deal->run->record, deal->err);
        if (rc == BC_OK)
            rc = emit_history(deal, &history, BC_LOSS_RECORDED,
                              hubspot_print(deal->run, "loss/%s", name).at, NULL, fill_loss);
    }
    return rc;
}

static bc_status creation(const struct deal *deal)
{
    bool later = deal->merge.is_new && deal->merge.us > deal->created_us;
    struct bc_event event = hubspot_event(BC_DEAL_CREATED, deal->id,
                                          later ? deal->merge.us : deal->created_us, deal->ref);

    event.id = hubspot_print(deal->run, "hubspot:deal/%.*s/created", BC_STR_ARG(deal->id));
    event.value[BC_DEAL_CREATED_OBSERVED].yes = deal->merge.is_new;
    return hubspot_emit(deal->run, &event, deal->err);
}

bc_status hubspot_deal_events(struct hubspot_run *run, const json_t *record, struct bc_err *err)
{
    struct deal deal = { .run = run, .record = record, .err = err };
    bc_status rc;

    bc_arena_reset(run->record);
    rc = hubspot_record_id(&deal.id, record, err);
    if (rc < 0)
        return rc;
    if (!hubspot_instant(&deal.created_us, hubspot_text(record, "createdAt")) &&
        !hubspot_instant(&deal.created_us, hubspot_property(record, "createdate")))
        return bc_err_set(err, BC_E_REMOTE, "deal %.*s: no time of creation", BC_STR_ARG(deal.id));
    if (!hubspot_deal_is_merged(record) && hubspot_pipelines_skip(run, record))
        return BC_OK;
    deal.ref = hubspot_print(run, "deal/%.*s", BC_STR_ARG(deal.id));
    rc = hubspot_merge_read(&deal.merge, run, record, deal.id, err);
    if (rc == BC_OK)
        rc = hubspot_merge_events(&deal.merge, run, deal.id, err);
    if (rc == BC_OK)
        rc = creation(&deal);
    if (rc == BC_OK)
        rc = stages(&deal);
    if (rc == BC_OK)
        rc = properties(&deal);
    if (rc == BC_OK)
        rc = hubspot_deal_present(run, record, err);
    run->notes.deals_read++;
    return rc < 0 ? bc_err_in(err, rc, "deal %.*s", BC_STR_ARG(deal.id)) : rc;
}
