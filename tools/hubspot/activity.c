/* tools/hubspot/activity.c - which objects to read, and for which deals. */
#include "tools/hubspot/activity.h"

#include "ledger/base/search.h"
#include "tools/hubspot/gone.h"
#include "tools/hubspot/quiet.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/record.h"

#include <inttypes.h>
#include <stdlib.h>

struct tie {
    uint32_t object; /* word */
    struct bc_str deal;
    bool primary;
};

/* One kind of objects. */
struct kind {
    struct hubspot_run *run;
    const char *word; /* in `known` */
    bc_string_table *objects, *changed, *wanted;
    bc_string_table *given;  /* of the wanted ones */
    bc_string_table *unread; /* deals whose ties are not known */
    struct tie *ties;        /* sorted by object once all are there */
    size_t n, cap;
    enum hubspot_kind kind;
    bool whole;        /* those already known are read again */
    bool unsearchable; /* what changed is not known: as `whole` */
};

static const struct {
    const char *word, *properties, *history;
    int seen; /* index among the state's instants, or -1 */
    bc_status (*events)(struct hubspot_run *run, const json_t *record, struct bc_str id,
                        struct bc_str deal, struct bc_err *err);
} how[HUBSPOT_KIND_N] = {
    [HUBSPOT_MEETINGS] = { "meeting",
                           "hs_meeting_outcome,hs_meeting_start_time,hs_timestamp,hs_activity_type,"
                           "hs_lastmodifieddate",
                           "hs_meeting_outcome,hs_meeting_start_time,hs_activity_type",
                           HUBSPOT_SEEN_MEETINGS, hubspot_meeting_events },
    [HUBSPOT_EMAILS] = { "email",
                         "hs_timestamp,hs_email_direction,hs_email_status,hs_email_open_count,"
                         "hs_email_reply_count,hs_lastmodifieddate",
                         "hs_email_open_count,hs_email_reply_count", HUBSPOT_SEEN_EMAILS,
                         hubspot_email_events },
    [HUBSPOT_CALLS] = { "call",
                        "hs_call_disposition,hs_timestamp,hs_activity_type,hs_lastmodifieddate",
                        "hs_call_disposition,hs_timestamp,hs_activity_type", HUBSPOT_SEEN_CALLS,
                        hubspot_call_events },
    [HUBSPOT_COMPANIES] = { "company", NULL, NULL, -1, NULL },
    [HUBSPOT_ORDERS] = { "order", "hs_createdate", NULL, -1, hubspot_order_events },
};

/* To the deal, or there again. */
static bool is_new(const struct kind *kind, struct bc_str object, struct bc_str deal)
{
    const struct hubspot_run *run = kind->run;

    return hubspot_index_tie(run->known, kind->word, object, deal)
               ? hubspot_index_untied(run->known, kind->word, object, deal)
               : !hubspot_quiet_has(run, kind->word, object, deal);
}

static bc_status take_tie(void *payload, struct bc_str deal, struct bc_str object,
                          const json_t *types, struct bc_err *err)
{
    struct kind *kind = payload;
    uint32_t word = bc_string_table_add(kind->objects, object);

    (void)err;
    BC_GROW(kind->ties, kind->n, kind->cap);
    kind->ties[kind->n++] =
        (struct tie){ word, bc_arena_copy(kind->run->keep, deal), hubspot_tie_is_primary(types) };
    if (how[kind->kind].properties && (kind->whole || is_new(kind, object, deal)))
        bc_string_table_add(kind->wanted, object);
    return BC_OK;
}

static int tie_cmp(const void *a, const void *b)
{
    const struct tie *left = a, *right = b;

    if (left->object != right->object)
        return left->object < right->object ? -1 : 1;
    return bc_str_cmp(left->deal, right->deal);
}

static const struct tie *first_tie(const struct kind *kind, uint32_t object)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, kind->n, kind->ties[at].object < object);
    return kind->ties + at;
}

/* What it was when it was read last. */
static void keep_quiet(const struct kind *kind, const struct tie *tie)
{
    struct bc_str object = bc_string_table_text(kind->objects, tie->object);

    if (hubspot_quiet_has(kind->run, kind->word, object, tie->deal))
        hubspot_quiet_keep(kind->run, kind->word, object, tie->deal);
}

static bc_status take_object(void *payload, const json_t *record, struct bc_err *err)
{
    struct kind *kind = payload;
    struct hubspot_run *run = kind->run;
    int64_t us = hubspot_modified(record);
    int seen = how[kind->kind].seen;
    const struct tie *tie, *end = kind->ties + kind->n;
    struct bc_str id = { 0 };
    uint32_t word;
    bc_status rc;

    bc_arena_reset(run->record);
    rc = hubspot_record_id(&id, record, err);
    word = rc == BC_OK ? bc_string_table_find(kind->objects, id) : BC_WORD_NONE;
    if (word == BC_WORD_NONE)
        return rc; /* not requested */
    bc_string_table_add(kind->given, id);
    if (kind->whole && us > run->state.seen_us[seen]) /* else the search says how far it got */
        run->state.seen_us[seen] = us;
    if (kind->kind == HUBSPOT_MEETINGS)
        hubspot_meeting_note(run, record);
    if (kind->kind == HUBSPOT_CALLS)
        hubspot_call_note(run, record);
    run->notes.meetings += kind->kind == HUBSPOT_MEETINGS;
    run->notes.emails += kind->kind == HUBSPOT_EMAILS;
    run->notes.orders += kind->kind == HUBSPOT_ORDERS;
    run->notes.calls += kind->kind == HUBSPOT_CALLS;
    for (tie = first_tie(kind, word); rc == BC_OK && tie < end && tie->object == word; tie++) {
        uint64_t emitted = run->emitted, undated = run->notes.emails_undated;

        rc = how[kind->kind].events(run, record, id, tie->deal, err);
        if (run->emitted == emitted)
            hubspot_quiet_add(run, kind->word, id, tie->deal, run->notes.emails_undated > undated);
    }
    if (rc < 0)
        bc_err_in(err, rc, "%s %.*s", how[kind->kind].word, BC_STR_ARG(id));
    return rc;
}

/* One that is not in the ledger yet is wanted again anyway. */
static void leave_unread(void *payload, struct bc_str id)
{
    const struct kind *kind = payload;
    uint32_t word = bc_string_table_find(kind->objects, id);
    int seen = how[kind->kind].seen;

    for (const struct tie *tie = first_tie(kind, word);
         seen >= 0 && tie < kind->ties + kind->n && tie->object == word; tie++) {
        if (!is_new(kind, id, tie->deal))
            hubspot_mark_hold(kind->run, (size_t)seen);
        keep_quiet(kind, tie);
    }
}

/* Of what changed, only what is tied to a deal matters. */
static void want_changed(struct kind *kind)
{
    const bc_string_table *changed = kind->unsearchable ? kind->objects : kind->changed;

    for (uint32_t i = 1; i < bc_string_table_count(changed); i++) {
        struct bc_str id = bc_string_table_text(changed, i);

        if (bc_string_table_find(kind->objects, id) != BC_WORD_NONE)
            bc_string_table_add(kind->wanted, id);
    }
}

/* Of what is not read; the rest says anew what it is. */
static void keep_unwanted(const struct kind *kind)
{
    for (size_t i = 0; i < kind->n; i++)
        if (bc_string_table_find(kind->wanted,
                                 bc_string_table_text(kind->objects, kind->ties[i].object)) ==
            BC_WORD_NONE)
            keep_quiet(kind, &kind->ties[i]);
}

/* The property of the account file that belongs to a kind, or NULL. */
static const char *special(const struct hubspot_account *account, enum hubspot_kind kind)
{
    if (kind == HUBSPOT_EMAILS)
        return account->email_campaign;
    return kind == HUBSPOT_ORDERS ? account->order_url : NULL;
}

static void read_wanted(struct kind *kind)
{
    struct hubspot_run *run = kind->run;
    const char *more = special(run->account, kind->kind);
    struct hubspot_want want = { .type = hubspot_kind_name[kind->kind],
                                 .properties = how[kind->kind].properties,
                                 .history = how[kind->kind].history,
                                 .take = take_object,
                                 .unread = leave_unread,
                                 .payload = kind };
    struct bc_buf names = { 0 };

    if (!want.properties)
        return;
    if (kind->n > 1)
        qsort(kind->ties, kind->n, sizeof(*kind->ties), tie_cmp);
    want_changed(kind);
    keep_unwanted(kind);
    if (how[kind->kind].seen >= 0 && bc_string_table_count(kind->unread) > 1)
        hubspot_mark_hold(run, (size_t)how[kind->kind].seen); /* what changed may be theirs */
    bc_buf_printf(&names, "%s%s%s", want.properties, more ? "," : "", more ? more : "");
    want.properties = bc_arena_copy(run->keep, bc_buf_str(&names)).at;
    bc_buf_release(&names);
    hubspot_batch(run, &want, kind->wanted);
}

static bool is_in(const bc_string_table *texts, struct bc_str text)
{
    return bc_string_table_find(texts, text) != BC_WORD_NONE;
}

/* A deal that is archived, merged or not visible has no list to compare with. */
static bool is_compared(const struct kind *kind, struct bc_str deal)
{
    const struct hubspot_run *run = kind->run;
    uint32_t word = bc_string_table_find(run->present_ids, deal);

    return word != BC_WORD_NONE && word > 0 && !run->present[word - 1].archived &&
           !is_in(kind->unread, deal);
}

static enum hubspot_tied is_tied(void *payload, const struct hubspot_index_tie *known)
{
    const struct kind *kind = payload;
    uint32_t object = bc_string_table_find(kind->objects, known->object);

    if (object != BC_WORD_NONE)
        for (const struct tie *tie = first_tie(kind, object);
             tie < kind->ties + kind->n && tie->object == object; tie++)
            if (bc_str_eq(tie->deal, known->deal))
                return HUBSPOT_TIED;
    return is_compared(kind, known->deal) ? HUBSPOT_UNTIED : HUBSPOT_TIE_UNKNOWN;
}

static enum hubspot_tied counts_not(void *payload, const struct hubspot_index_tie *known)
{
    (void)payload;
    (void)known;
    return HUBSPOT_UNTIED;
}

/* What HubSpot ties to its deal no more; and calls, where the account file does not count them. */
static bc_status retract_gone(struct hubspot_run *run, struct kind kinds[HUBSPOT_KIND_N],
                              struct bc_err *err)
{
    struct hubspot_gone ask = { .tied = is_tied,
                                .why = "HubSpot does not tie it to the deal any more",
                                .n = &run->notes.untied };
    bc_status rc = BC_OK;

    for (int i = 0; rc == BC_OK && i < HUBSPOT_KIND_N; i++) {
        ask.word = how[i].word;
        ask.payload = &kinds[i];
        if (run->account->read[i] && how[i].properties)
            rc = hubspot_gone(run, &ask, err);
    }
    if (rc < 0 || run->account->read[HUBSPOT_CALLS])
        return rc;
    ask = (struct hubspot_gone){ .word = how[HUBSPOT_CALLS].word,
                                 .tied = counts_not,
                                 .why = "the account file does not count calls as meetings",
                                 .n = &run->notes.calls_dropped };
    return hubspot_gone(run, &ask, err);
}

static int company_cmp(const void *a, const void *b)
{
    const struct tie *left = a, *right = b;
    int order = bc_str_cmp(left->deal, right->deal);

    if (order == 0)
        order = (int)right->primary - (int)left->primary;
    return order ? order : (left->object > right->object) - (left->object < right->object);
}

/* A deal's company: the primary one, else the one that it had, else the first in the list. */
static struct bc_str company_of(const struct kind *kind, const struct tie *ties, size_t n,
                                struct bc_str had)
{
    for (size_t i = 0; !ties[0].primary && i < n; i++)
        if (bc_str_eq(bc_string_table_text(kind->objects, ties[i].object), had))
            return had;
    return bc_string_table_text(kind->objects, ties[0].object);
}

/* HubSpot does not say since when it is the deal's: since now. */
static bc_status take_companies(struct kind *kind, struct bc_err *err)
{
    struct hubspot_run *run = kind->run;
    bc_status rc = BC_OK;
    size_t n;

    if (kind->n > 1)
        qsort(kind->ties, kind->n, sizeof(*kind->ties), company_cmp);
    for (size_t i = 0; rc == BC_OK && i < kind->n; i += n) {
        struct bc_str deal = kind->ties[i].deal, had = { 0 }, company;
        const struct hubspot_index_deal *known = hubspot_index_deal(run->known, deal);
        struct bc_event event;

        bc_arena_reset(run->record);
        for (n = 1; i + n < kind->n && bc_str_eq(kind->ties[i + n].deal, deal);)
            n++;
        if (known)
            had = known->company;
        company = company_of(kind, &kind->ties[i], n, had);
        if (bc_str_eq(company, had))
            continue;
        event = hubspot_event(BC_PROPERTY_CHANGED, deal, run->now_us,
                              hubspot_print(run, "deal/%.*s", BC_STR_ARG(deal)));
        event.id = hubspot_print(run, "hubspot:deal/%.*s/company/%" PRId64 "/%.*s",
                                 BC_STR_ARG(deal), run->now_us / 1000, BC_STR_ARG(company));
        event.value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("company");
        event.value[BC_PROPERTY_CHANGED_VALUE].text = company;
        rc = hubspot_emit(run, &event, err);
    }
    return rc;
}

/* For the reconciliation: what HubSpot has now. */
static void keep_listed(const struct kind *kind)
{
    struct hubspot_run *run = kind->run;
    struct bc_buf key = { 0 };

    for (size_t i = 0; i < kind->n; i++) {
        struct bc_str object = bc_string_table_text(kind->objects, kind->ties[i].object);
        struct bc_str deal = kind->ties[i].deal;

        if (!is_compared(kind, deal))
            continue;
        BC_GROW(run->listed, run->listed_n, run->listed_cap);
        run->listed[run->listed_n++] =
            (struct hubspot_listed){ kind->word, bc_arena_copy(run->keep, object), deal,
                                     hubspot_quiet_is(run, kind->word, object, deal),
                                     is_in(kind->wanted, object) && !is_in(kind->given, object) };
    }
    for (uint32_t i = 1; i < bc_string_table_count(kind->unread); i++) {
        key.len = 0;
        hubspot_unlisted_key(&key, kind->word, bc_string_table_text(kind->unread, i));
        bc_string_table_add(run->unlisted, bc_buf_str(&key));
    }
    bc_buf_release(&key);
}

static void kind_init(struct kind *kind, struct hubspot_run *run, enum hubspot_kind which)
{
    *kind = (struct kind){ .run = run,
                           .kind = which,
                           .word = how[which].word,
                           .objects = bc_string_table_new(),
                           .changed = bc_string_table_new(),
                           .wanted = bc_string_table_new(),
                           .given = bc_string_table_new(),
                           .unread = bc_string_table_new() };
}

static void kind_release(struct kind *kind)
{
    bc_string_table_free(kind->objects);
    bc_string_table_free(kind->changed);
    bc_string_table_free(kind->wanted);
    bc_string_table_free(kind->given);
    bc_string_table_free(kind->unread);
    free(kind->ties);
}

static void ask_kind(struct kind *kind, const bc_string_table *deals, int64_t since_us)
{
    struct hubspot_run *run = kind->run;
    const char *name = hubspot_kind_name[kind->kind];

    kind->whole = how[kind->kind].seen >= 0 && since_us == 0;
    hubspot_ties(run, name, deals, take_tie, kind, kind->unread);
    if (since_us > 0 &&
        (hubspot_index_any(run->known, kind->word) || bc_string_table_count(run->quiet_was) > 1))
        hubspot_search(run, name, since_us, kind->changed,
                       &run->state.seen_us[how[kind->kind].seen], &kind->unsearchable);
}

bc_status hubspot_activities(struct hubspot_run *run, const int64_t since_us[HUBSPOT_SEEN_N],
                             struct bc_err *err)
{
    struct kind kinds[HUBSPOT_KIND_N];
    bc_string_table *deals = bc_string_table_new(), *all = bc_string_table_new();
    bc_status rc;

    bc_arena_reset(run->record);
    for (size_t i = 0; i < run->present_n; i++) {
        bc_string_table_add(all, run->present[i].id); /* what an archived one had before counts */
        if (!run->present[i].archived)
            bc_string_table_add(deals, run->present[i].id);
    }
    for (int i = 0; i < HUBSPOT_KIND_N; i++) {
        kind_init(&kinds[i], run, (enum hubspot_kind)i);
        if (run->account->read[i])
            ask_kind(&kinds[i], i == HUBSPOT_COMPANIES ? deals : all,
                     how[i].seen < 0 ? 0 : since_us[how[i].seen]);
    }
    rc = http_run(run->client, err);
    for (int i = 0; rc == BC_OK && i < HUBSPOT_KIND_N; i++)
        if (run->account->read[i])
            read_wanted(&kinds[i]);
    if (rc == BC_OK)
        rc = retract_gone(run, kinds, err);
    if (rc == BC_OK)
        rc = take_companies(&kinds[HUBSPOT_COMPANIES], err);
    if (rc == BC_OK)
        rc = hubspot_portion(run, err);
    if (rc == BC_OK)
        rc = http_run(run->client, err);
    for (int i = 0; rc == BC_OK && i < HUBSPOT_KIND_N; i++)
        if (how[i].seen >= 0 && run->account->read[i])
            keep_listed(&kinds[i]);
    for (int i = 0; i < HUBSPOT_KIND_N; i++)
        kind_release(&kinds[i]);
    bc_string_table_free(deals);
    bc_string_table_free(all);
    return rc;
}
