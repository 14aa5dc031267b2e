/* tools/hubspot/pull.c
 *
 * A first run lists all deals with their histories. A later one searches for what changed since the
 * last, from an hour before that, since the search lags; and lists all deals as they are now,
 * without history: for the reconciliation, and because that shows whatever the search has missed.
 * Both list what is archived, since archiving changes no date that a search could find. */
#include "tools/hubspot/pull.h"

#include "ledger/base/instant.h"
#include "tools/hubspot/activity.h"
#include "tools/hubspot/deal.h"
#include "tools/hubspot/found.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/renewals.h"
#include "tools/hubspot/survey.h"
#include "tools/hubspot/witness.h"

#include <stdlib.h>

#define OVERLAP_US (3600 * BC_SECOND_US)

struct pull {
    struct hubspot_run *run;
    struct bc_buf present, history;      /* names of properties, each followed by a NUL */
    struct bc_buf whole;                 /* of a record that comes with its history */
    int64_t since_us;                    /* 0: everything */
    bc_string_table *changed, *archived; /* to be read with their history */
    bc_string_table *again;              /* moved while they were read */
    json_t *survivors;                   /* of merges, to be imported last */
};

static void wish(bc_string_table *ids, const json_t *record)
{
    struct bc_str id;

    if (hubspot_record_id(&id, record, NULL) == BC_OK)
        bc_string_table_add(ids, id);
}

/* A record with its history. */
static bc_status take_whole(void *payload, const json_t *record, struct bc_err *err)
{
    struct pull *pull = payload;
    struct hubspot_run *run = pull->run;
    struct bc_str id = { 0 };
    bc_status rc = hubspot_record_id(&id, record, err);

    bc_arena_reset(run->record);
    if (rc < 0)
        return rc;
    if (hubspot_deal_is_moving(run, record)) {
        if (bc_string_table_find(pull->again, id) == BC_WORD_NONE) {
            bool archived = json_is_true(json_object_get(record, "archived"));

            bc_string_table_add(pull->again, id);
            bc_string_table_add(archived ? pull->archived : pull->changed, id);
            return BC_OK;
        }
        run->notes.moving++;
    }
    if (hubspot_deal_is_merged(record)) {
        json_array_append_new(pull->survivors, json_deep_copy(record));
        return BC_OK;
    }
    return hubspot_deal_events(run, record, err);
}

/* A record as it is now: must more of it be read? */
static bc_status take_brief(void *payload, const json_t *record, struct bc_err *err)
{
    struct pull *pull = payload;
    struct hubspot_run *run = pull->run;
    bool archived = json_is_true(json_object_get(record, "archived"));
    const struct hubspot_index_deal *known;
    int64_t us = hubspot_modified(record);
    struct bc_str id = { 0 };
    bool news;
    bc_status rc = hubspot_record_id(&id, record, err);

    bc_arena_reset(run->record);
    if (rc < 0)
        return rc;
    known = hubspot_index_deal(run->known, id);
    news = us == 0 || us > run->read_us || us >= pull->since_us;
    if (!news && !hubspot_pipelines_skip(run, record)) /* it may have been in one that is read */
        news = !known || !known->own || known->gone != archived;
    if (news)
        wish(archived ? pull->archived : pull->changed, record);
    return hubspot_deal_present(run, record, err);
}

/* One that is not in the ledger yet is wanted again anyway. */
static void leave_unread(void *payload, struct bc_str id)
{
    const struct pull *pull = payload;
    const struct hubspot_index_deal *known = hubspot_index_deal(pull->run->known, id);

    if (known && known->own)
        hubspot_mark_hold(pull->run, HUBSPOT_SEEN_DEALS);
}

/* Reads the wanted deals, and those that moved meanwhile. */
static bc_status read_wished(struct pull *pull, struct bc_err *err)
{
    struct hubspot_run *run = pull->run;
    struct hubspot_want want = { .type = "deals",
                                 .properties = pull->whole.at,
                                 .history = pull->history.at,
                                 .take = take_whole,
                                 .unread = leave_unread,
                                 .payload = pull };
    bc_status rc = BC_OK;

    while (rc == BC_OK &&
           bc_string_table_count(pull->changed) + bc_string_table_count(pull->archived) > 2) {
        bc_string_table *changed = pull->changed, *archived = pull->archived;

        pull->changed = bc_string_table_new();
        pull->archived = bc_string_table_new();
        want.archived = false;
        hubspot_batch(run, &want, changed);
        want.archived = true;
        hubspot_batch(run, &want, archived);
        rc = http_run(run->client, err);
        bc_string_table_free(changed);
        bc_string_table_free(archived);
    }
    for (size_t i = 0; rc == BC_OK && i < json_array_size(pull->survivors); i++)
        rc = hubspot_deal_events(run, json_array_get(pull->survivors, i), err);
    return rc == BC_OK ? hubspot_portion(run, err) : rc;
}

static bc_status read_deals(struct pull *pull, struct bc_err *err)
{
    struct hubspot_run *run = pull->run;
    bool whole = pull->since_us == 0 && pull->history.len < HUBSPOT_QUERY_MAX &&
                 pull->whole.len < HUBSPOT_QUERY_MAX;
    struct hubspot_want want = { .type = "deals",
                                 .properties = whole ? pull->whole.at : pull->present.at,
                                 .history = whole ? pull->history.at : NULL,
                                 .take = whole ? take_whole : take_brief,
                                 .payload = pull };
    bc_status rc;

    hubspot_list(run, &want);
    want.archived = true;
    hubspot_list(run, &want);
    if (pull->since_us > 0)
        hubspot_search(run, "deals", pull->since_us, pull->changed,
                       &run->state.seen_us[HUBSPOT_SEEN_DEALS], NULL);
    rc = http_run(run->client, err);
    return rc < 0 ? rc : read_wished(pull, err);
}

/* Names of stages that occur in histories but in no pipeline: an audit may have them. */
static bc_status name_deleted(struct hubspot_run *run, struct bc_err *err)
{
    struct hubspot_tally *deleted = &run->notes.deleted;
    bc_status rc = deleted->n ? hubspot_survey_audits(run, err) : BC_OK;

    for (size_t i = 0; rc == BC_OK && i < deleted->n; i++) {
        const struct hubspot_stage *stage = hubspot_run_stage(run, deleted->at[i].text);

        bc_arena_reset(run->record);
        if (stage && stage->label.len)
            deleted->at[i].text =
                bc_arena_copy(run->keep, hubspot_print(run, "%.*s \"%.*s\"", BC_STR_ARG(stage->id),
                                                       BC_STR_ARG(stage->label)));
    }
    return rc;
}

/* Where the search begins; 0 where all is to be read. */
static int64_t since(const struct hubspot_pull *ask, int64_t seen_us)
{
    if (ask->since_asked)
        return ask->since_us > 0 ? ask->since_us : 1;
    return seen_us > OVERLAP_US ? seen_us - OVERLAP_US : 0;
}

static void pull_init(struct pull *pull, struct hubspot_run *run)
{
    *pull = (struct pull){ .run = run,
                           .changed = bc_string_table_new(),
                           .archived = bc_string_table_new(),
                           .again = bc_string_table_new(),
                           .survivors = json_array() };
    hubspot_deal_properties(run, &pull->history);
    bc_buf_add_str(&pull->present, bc_buf_str(&pull->history));
    hubspot_found_properties(run, &pull->present);
    bc_buf_add_str(&pull->present, BC_STR(",createdate,hs_createdate,hs_lastmodifieddate"));
    bc_buf_add_str(&pull->whole, bc_buf_str(&pull->present));
    hubspot_witness_properties(run, &pull->whole);
    bc_buf_add_byte(&pull->whole, '\0');
    bc_buf_add_byte(&pull->history, '\0');
    bc_buf_add_byte(&pull->present, '\0');
}

static void pull_release(struct pull *pull)
{
    bc_buf_release(&pull->present);
    bc_buf_release(&pull->whole);
    bc_buf_release(&pull->history);
    bc_string_table_free(pull->changed);
    bc_string_table_free(pull->archived);
    bc_string_table_free(pull->again);
    json_decref(pull->survivors);
}

/* From here on run->state says how far this run has got, and run->mark what the next may rely
 * on. */
static void begin(struct hubspot_run *run, const struct hubspot_pull *ask,
                  int64_t since_us[HUBSPOT_SEEN_N], int64_t (*elapsed_us)(void))
{
    const bool none[HUBSPOT_SEEN_N] = {
        [HUBSPOT_SEEN_DEALS] = hubspot_index_deals(run->known) == 0,
        [HUBSPOT_SEEN_MEETINGS] = !hubspot_index_any(run->known, "meeting"),
        [HUBSPOT_SEEN_EMAILS] = !hubspot_index_any(run->known, "email"),
        [HUBSPOT_SEEN_CALLS] = !hubspot_index_any(run->known, "call"),
    };
    struct hubspot_state *state = &run->state;
    bool same = memcmp(&state->account, &run->account->hash, sizeof(state->account)) == 0;

    if (!same) /* other properties or mappings: everything is read anew */
        memset(state->seen_us, 0, sizeof(state->seen_us));
    state->account = run->account->hash;
    state->there = true;
    run->read_us = state->seen_us[HUBSPOT_SEEN_DEALS];
    run->mark = (struct hubspot_mark){ .last = *state,
                                       .begun_us = elapsed_us ? elapsed_us() : 0,
                                       .elapsed_us = elapsed_us };
    for (size_t i = 0; i < HUBSPOT_SEEN_N; i++) {
        since_us[i] = since(ask, state->seen_us[i]);
        run->mark.first[i] = none[i] && since_us[i] == 0;
    }
}

bc_status hubspot_pull(struct hubspot_run *run, const struct hubspot_pull *ask,
                       int64_t (*elapsed_us)(void), struct bc_err *err)
{
    int64_t since_us[HUBSPOT_SEEN_N] = { 0 };
    struct pull pull;
    bc_status rc;

    begin(run, ask, since_us, elapsed_us);
    pull_init(&pull, run);
    pull.since_us = since_us[HUBSPOT_SEEN_DEALS];
    rc = read_deals(&pull, err);
    if (rc == BC_OK) {
        hubspot_mark_done(run, HUBSPOT_SEEN_DEALS);
        rc = hubspot_activities(run, since_us, err);
    }
    if (rc == BC_OK) {
        hubspot_mark_done(run, HUBSPOT_SEEN_MEETINGS);
        hubspot_mark_done(run, HUBSPOT_SEEN_EMAILS);
        hubspot_mark_done(run, HUBSPOT_SEEN_CALLS);
        rc = hubspot_renewals(run, err);
    }
    if (rc == BC_OK)
        rc = name_deleted(run, err);
    if (rc == BC_OK)
        run->state = run->mark.last;
    pull_release(&pull);
    return rc;
}
