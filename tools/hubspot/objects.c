/* tools/hubspot/objects.c - meetings and calls, e-mails and orders as events. */
#include "tools/hubspot/activity.h"
#include "tools/hubspot/history.h"
#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

/* The state of a meeting at one time. */
struct meeting {
    int64_t starts_us; /* < 0: not known */
    struct bc_str outcome, type;
};

enum { OUTCOME, START, TYPE, PART_N };

/* What is a meeting in the ledger. */
struct kind {
    const char *word;          /* in ids */
    const char *prefix;        /* of the meeting's id in the ledger: ids are a kind's own */
    const char *parts[PART_N]; /* properties */
    const char *open;          /* an outcome that is none yet; NULL: no such */
};
static const struct kind meetings = { "meeting",
                                      "",
                                      { "hs_meeting_outcome", "hs_meeting_start_time",
                                        "hs_activity_type" },
                                      "SCHEDULED" };
static const struct kind calls = {
    "call", HUBSPOT_CALL_ID, { "hs_call_disposition", "hs_timestamp", "hs_activity_type" }, NULL
};

/* One of them, for one deal. */
struct held {
    const struct kind *kind;
    const json_t *record;
    struct bc_str id, deal;
    struct hubspot_history histories[PART_N];
};

static struct bc_str lower(struct hubspot_run *run, struct bc_str text)
{
    char *copy = bc_arena_alloc(run->record, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        copy[i] = (char)tolower((unsigned char)text.at[i]);
    return (struct bc_str){ copy, text.len };
}

/* The outcome in the words of the contract: HubSpot's own are those of meetings, in capitals. */
static struct bc_str outcome_of(struct hubspot_run *run, const struct kind *kind,
                                struct bc_str value)
{
    const struct hubspot_pair *pair =
        kind == &calls ? hubspot_map_find(&run->account->call_outcomes, value) : NULL;

    return pair ? pair->to : lower(run, value);
}

static bool present_start(int64_t *us, const struct kind *kind, const json_t *record)
{
    return hubspot_instant(us, hubspot_property(record, kind->parts[START])) ||
           hubspot_instant(us, hubspot_property(record, "hs_timestamp"));
}

/* The value of a part at an instant. A part without history has always been as it is; before the
 * first entry of a start, that entry counts. */
static struct bc_str part_at(const struct held *held, size_t part, int64_t us)
{
    const struct hubspot_history *history = &held->histories[part];
    const struct hubspot_change *change;

    if (history->entry_n == 0)
        return hubspot_property(held->record, held->kind->parts[part]);
    change = hubspot_history_at(history, us);
    if (!change && part == START && history->n > 0)
        change = &history->changes[0];
    return change ? change->value : (struct bc_str){ 0 };
}

static struct meeting meeting_at(struct hubspot_run *run, const struct held *held, int64_t us)
{
    struct meeting meeting = { .starts_us = -1 };

    if (!hubspot_instant(&meeting.starts_us, part_at(held, START, us)) &&
        !present_start(&meeting.starts_us, held->kind, held->record))
        meeting.starts_us = -1;
    meeting.outcome = outcome_of(run, held->kind, part_at(held, OUTCOME, us));
    meeting.type = hubspot_map_word(&run->account->meeting_types, part_at(held, TYPE, us));
    return meeting;
}

static bool same_meeting(const struct meeting *a, const struct meeting *b)
{
    return a->starts_us == b->starts_us && bc_str_eq(a->outcome, b->outcome) &&
           bc_str_eq(a->type, b->type);
}

static bc_status emit_meeting(struct hubspot_run *run, const struct held *held,
                              const struct meeting *meeting, int64_t us,
                              const struct hubspot_change *by, struct bc_err *err)
{
    const struct kind *kind = held->kind;
    struct bc_event event =
        hubspot_event(BC_MEETING_LOGGED, held->deal, us,
                      hubspot_print(run, "%s/%.*s", kind->word, BC_STR_ARG(held->id)));
    struct bc_str all = hubspot_print(run, "%" PRId64 " %.*s %.*s", meeting->starts_us,
                                      BC_STR_ARG(meeting->outcome), BC_STR_ARG(meeting->type));
    struct bc_buf name = { 0 };

    bc_buf_printf(&name, "hubspot:%s/%.*s/deal/%.*s/%" PRId64 "/", kind->word, BC_STR_ARG(held->id),
                  BC_STR_ARG(held->deal), us / 1000);
    hubspot_id_add(&name, all);
    event.id = bc_arena_copy(run->record, bc_buf_str(&name));
    bc_buf_release(&name);
    event.value[BC_MEETING_LOGGED_MEETING].text =
        hubspot_print(run, "%s%.*s", kind->prefix, BC_STR_ARG(held->id));
    event.value[BC_MEETING_LOGGED_STARTS_AT].set = true;
    event.value[BC_MEETING_LOGGED_STARTS_AT].us = meeting->starts_us;
    event.value[BC_MEETING_LOGGED_OUTCOME].text = meeting->outcome;
    event.value[BC_MEETING_LOGGED_TYPE].text = meeting->type;
    if (by) {
        event.actor = by->who;
        event.source_how = by->how;
        event.has_source_recorded = true;
        event.source_recorded_us = us;
    }
    return hubspot_emit(run, &event, err);
}

static int change_cmp(const void *a, const void *b)
{
    const struct hubspot_change *left = *(const struct hubspot_change *const *)a;
    const struct hubspot_change *right = *(const struct hubspot_change *const *)b;

    return left->us < right->us ? -1 : left->us > right->us;
}

/* The changes of all parts, by time. */
static size_t all_changes(struct hubspot_run *run, const struct hubspot_change ***out,
                          const struct hubspot_history *histories)
{
    size_t n = 0, at = 0;

    for (size_t i = 0; i < PART_N; i++)
        n += histories[i].n;
    *out = bc_arena_alloc(run->record, (n + 1) * sizeof(**out));
    for (size_t i = 0; i < PART_N; i++)
        for (size_t c = 0; c < histories[i].n; c++)
            (*out)[at++] = &histories[i].changes[c];
    if (n > 1)
        qsort(*out, n, sizeof(**out), change_cmp);
    return n;
}

static bc_status emit_versions(struct hubspot_run *run, struct held *held, struct bc_err *err)
{
    const struct hubspot_change **changes = NULL;
    struct meeting last = { .starts_us = -1 };
    bc_status rc = BC_OK;
    size_t n;

    for (size_t i = 0; rc == BC_OK && i < PART_N; i++)
        rc = hubspot_history_read(&held->histories[i], held->record, held->kind->parts[i],
                                  run->record, err);
    if (rc < 0)
        return rc;
    n = all_changes(run, &changes, held->histories);
    if (n == 0) {
        int64_t us = hubspot_modified(held->record);

        last = meeting_at(run, held, us);
        return us == 0 || last.starts_us < 0 ? BC_OK
                                             : emit_meeting(run, held, &last, us, NULL, err);
    }
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct meeting meeting;

        if (i + 1 < n && changes[i + 1]->us == changes[i]->us)
            continue; /* one instant, one version */
        meeting = meeting_at(run, held, changes[i]->us);
        if (meeting.starts_us < 0 || same_meeting(&meeting, &last))
            continue;
        last = meeting;
        rc = emit_meeting(run, held, &meeting, changes[i]->us, changes[i], err);
    }
    return rc;
}

bc_status hubspot_meeting_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                                 struct bc_str deal, struct bc_err *err)
{
    return emit_versions(run, &(struct held){ &meetings, record, id, deal, { { 0 } } }, err);
}

bc_status hubspot_call_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                              struct bc_str deal, struct bc_err *err)
{
    return emit_versions(run, &(struct held){ &calls, record, id, deal, { { 0 } } }, err);
}

static void note(const struct hubspot_run *run, struct hubspot_meeting_notes *notes,
                 const struct kind *kind, const json_t *record)
{
    const json_t *history = json_object_get(record, "propertiesWithHistory");
    struct bc_str outcome = hubspot_property(record, kind->parts[OUTCOME]);
    int64_t starts_us = 0;
    bool has_history = false;

    for (size_t i = 0; i < PART_N; i++)
        has_history |= json_array_size(json_object_get(history, kind->parts[i])) > 0;
    notes->undated += !has_history;
    if (present_start(&starts_us, kind, record) && starts_us < run->now_us &&
        (outcome.len == 0 || (kind->open && bc_str_eq(outcome, bc_str_of(kind->open)))))
        notes->open++;
}

void hubspot_meeting_note(struct hubspot_run *run, const json_t *record)
{
    note(run, &run->notes.of_meetings, &meetings, record);
}

void hubspot_call_note(struct hubspot_run *run, const json_t *record)
{
    note(run, &run->notes.of_calls, &calls, record);
}

static bool was_sent(const json_t *record)
{
    struct bc_str direction = hubspot_property(record, "hs_email_direction");
    struct bc_str status = hubspot_property(record, "hs_email_status");

    return (direction.len == 0 || bc_str_eq(direction, BC_STR("EMAIL"))) &&
           (status.len == 0 || bc_str_eq(status, BC_STR("SENT")) ||
            bc_str_eq(status, BC_STR("BOUNCED")));
}

/* An e-mail that was sent, for one deal. */
struct sent {
    const json_t *record;
    struct bc_str id, deal;
    int64_t us;
};

/* A counter says that it happened, not when. The latest possible time: when the counter is first
 * above 0, else now. If it is above 0 from the sending on, it was not tracked from the start. */
static bc_status emit_counted(struct hubspot_run *run, const struct sent *sent, const char *counter,
                              enum bc_body body, const char *word, struct bc_err *err)
{
    const json_t *record = sent->record;
    struct bc_str id = sent->id, deal = sent->deal;
    struct bc_event event =
        hubspot_event(body, deal, run->now_us, hubspot_print(run, "email/%.*s", BC_STR_ARG(id)));
    struct hubspot_history history;
    bc_status rc = hubspot_history_read(&history, record, counter, run->record, err);
    size_t i = 0;

    if (rc < 0)
        return rc;
    while (i < history.n && hubspot_count(history.changes[i].value) == 0)
        i++;
    if (i == history.n && hubspot_count(hubspot_property(record, counter)) == 0)
        return BC_OK;
    if (hubspot_index_tie(run->known, word, id, deal))
        return BC_OK;
    if (i < history.n && history.changes[i].us > sent->us)
        event.occurred_us = history.changes[i].us;
    else
        run->notes.opens_counted++;
    event.id = hubspot_print(run, "hubspot:email/%.*s/deal/%.*s/%s", BC_STR_ARG(id),
                             BC_STR_ARG(deal), word);
    event.source_how = bc_str_of(counter);
    _Static_assert((int)BC_EMAIL_OPENED_EMAIL == (int)BC_EMAIL_REPLIED_EMAIL &&
                       (int)BC_EMAIL_OPENED_COUNTED == (int)BC_EMAIL_REPLIED_COUNTED,
                   "an open and a reply have the same fields");
    event.value[BC_EMAIL_OPENED_EMAIL].text = id;
    event.value[BC_EMAIL_OPENED_COUNTED].yes = true;
    return hubspot_emit(run, &event, err);
}

bc_status hubspot_email_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                               struct bc_str deal, struct bc_err *err)
{
    struct bc_event event =
        hubspot_event(BC_EMAIL_SENT, deal, 0, hubspot_print(run, "email/%.*s", BC_STR_ARG(id)));
    struct sent sent = { .record = record, .id = id, .deal = deal };
    bc_status rc;

    if (!was_sent(record))
        return BC_OK;
    if (!hubspot_instant(&event.occurred_us, hubspot_property(record, "hs_timestamp"))) {
        run->notes.emails_undated++;
        return BC_OK;
    }
    event.id =
        hubspot_print(run, "hubspot:email/%.*s/deal/%.*s/sent", BC_STR_ARG(id), BC_STR_ARG(deal));
    event.value[BC_EMAIL_SENT_EMAIL].text = id;
    if (run->account->email_campaign)
        event.value[BC_EMAIL_SENT_CAMPAIGN].text =
            hubspot_property(record, run->account->email_campaign);
    sent.us = event.occurred_us;
    rc = hubspot_emit(run, &event, err);
    if (rc == BC_OK)
        rc = emit_counted(run, &sent, "hs_email_open_count", BC_EMAIL_OPENED, "opened", err);
    if (rc == BC_OK)
        rc = emit_counted(run, &sent, "hs_email_reply_count", BC_EMAIL_REPLIED, "replied", err);
    return rc;
}

bc_status hubspot_order_events(struct hubspot_run *run, const json_t *record, struct bc_str id,
                               struct bc_str deal, struct bc_err *err)
{
    struct bc_event event =
        hubspot_event(BC_ORDER_PLACED, deal, 0, hubspot_print(run, "order/%.*s", BC_STR_ARG(id)));

    if (!hubspot_instant(&event.occurred_us, hubspot_property(record, "hs_createdate")) &&
        !hubspot_instant(&event.occurred_us, hubspot_text(record, "createdAt")))
        return bc_err_set(err, BC_E_REMOTE, "no time of creation");
    event.id = hubspot_print(run, "hubspot:order/%.*s/deal/%.*s", BC_STR_ARG(id), BC_STR_ARG(deal));
    event.value[BC_ORDER_PLACED_ORDER].text = id;
    if (run->account->order_url)
        event.value[BC_ORDER_PLACED_CONFIGURATOR_URL].text =
            hubspot_property(record, run->account->order_url);
    return hubspot_emit(run, &event, err);
}
