/* tools/hubspot/index.c */
#include "tools/hubspot/index.h"

#include "projections/facts/string_table.h"

#include <stdlib.h>

struct hubspot_index {
    bc_string_table *ids; /* of deals: string i + 1 is deal i */
    struct hubspot_index_deal *deals;
    size_t deal_n, deal_cap;
    bc_string_table *mrr_ids; /* of deals of any source: string i + 1 is that of mrrs[i] */
    struct hubspot_index_mrr *mrrs;
    size_t mrr_n, mrr_cap;
    bc_string_table *ties; /* "meeting 77 123" */
    bc_string_table *held; /* of meetings, e-mails, orders: string i + 1 is held_at[i] */
    struct hubspot_index_tie *held_at;
    size_t held_n, held_cap;
    bc_string_table *acts; /* ids of their events: string i is acts_at[i - 1] */
    struct hubspot_index_act *acts_at;
    size_t act_n, act_cap;
    bc_string_table *changes; /* ids of changes of stage and property, as first recorded */
    struct hubspot_index_version *versions; /* by string of `changes` */
    size_t version_n, version_cap;
    bc_arena *texts;
    struct bc_buf scratch;
};

hubspot_index *hubspot_index_new(void)
{
    hubspot_index *known = bc_calloc(1, sizeof(*known));

    known->ids = bc_string_table_new();
    known->mrr_ids = bc_string_table_new();
    known->ties = bc_string_table_new();
    known->held = bc_string_table_new();
    known->acts = bc_string_table_new();
    known->changes = bc_string_table_new();
    known->texts = bc_arena_new();
    return known;
}

void hubspot_index_free(hubspot_index *known)
{
    if (!known)
        return;
    bc_string_table_free(known->ids);
    bc_string_table_free(known->mrr_ids);
    bc_string_table_free(known->ties);
    bc_string_table_free(known->held);
    bc_string_table_free(known->acts);
    bc_string_table_free(known->changes);
    free(known->held_at);
    free(known->acts_at);
    bc_arena_free(known->texts);
    bc_buf_release(&known->scratch);
    free(known->versions);
    free(known->mrrs);
    free(known->deals);
    free(known);
}

static struct hubspot_index_deal *deal_of(hubspot_index *known, struct bc_str id)
{
    size_t i = bc_string_table_add(known->ids, id) - 1;

    if (known->deal_n == i) {
        BC_GROW(known->deals, known->deal_n, known->deal_cap);
        known->deals[i] =
            (struct hubspot_index_deal){ .id = bc_string_table_text(known->ids, (uint32_t)i + 1),
                                         .changed_us = INT64_MAX };
        known->deal_n++;
    }
    return &known->deals[i];
}

static void tie(hubspot_index *known, const char *what, struct bc_str object, struct bc_str deal)
{
    known->scratch.len = 0;
    bc_buf_printf(&known->scratch, "%s %.*s %.*s", what, BC_STR_ARG(object), BC_STR_ARG(deal));
    bc_string_table_add(known->ties, bc_buf_str(&known->scratch));
    known->scratch.len = 0;
    bc_buf_printf(&known->scratch, "%s", what);
    bc_string_table_add(known->ties, bc_buf_str(&known->scratch));
}

static struct hubspot_index_tie *held(hubspot_index *known, const char *what, struct bc_str object,
                                      struct bc_str deal)
{
    size_t i;

    known->scratch.len = 0;
    bc_buf_printf(&known->scratch, "%s %.*s %.*s", what, BC_STR_ARG(object), BC_STR_ARG(deal));
    i = bc_string_table_add(known->held, bc_buf_str(&known->scratch)) - 1;
    if (i == known->held_n) {
        BC_GROW(known->held_at, known->held_n, known->held_cap);
        known->held_at[known->held_n++] =
            (struct hubspot_index_tie){ what, bc_arena_copy(known->texts, object),
                                        bc_arena_copy(known->texts, deal), 0 };
    }
    return &known->held_at[i];
}

/* An event about an object of a deal. `what`: the kind; `word`: what the event says of it. */
static void act(hubspot_index *known, const char *what, const char *word, struct bc_str object,
                const struct bc_event *event)
{
    struct hubspot_index_tie *of = held(known, what, object, event->deal);
    size_t i = bc_string_table_add(known->acts, event->id) - 1;

    tie(known, word, object, event->deal);
    if (i < known->act_n)
        return;
    BC_GROW(known->acts_at, known->act_n, known->act_cap);
    known->acts_at[known->act_n++] =
        (struct hubspot_index_act){ bc_string_table_text(known->acts, (uint32_t)i + 1), 0,
                                    of->first };
    of->first = i + 1;
}

static void add_meeting(hubspot_index *known, const struct bc_event *event)
{
    static const char call[] = HUBSPOT_CALL_ID;
    struct bc_str id = event->value[BC_MEETING_LOGGED_MEETING].text;
    size_t skip = sizeof(call) - 1;

    if (id.len > skip && memcmp(id.at, call, skip) == 0)
        act(known, "call", "call", (struct bc_str){ id.at + skip, id.len - skip }, event);
    else
        act(known, "meeting", "meeting", id, event);
}

/* "<id>/retracted", "<id>/retracted/<n>" */
static void retracted(hubspot_index *known, struct bc_str id)
{
    static const char part[] = "/retracted";
    const char *at = id.len ? memmem(id.at, id.len, part, strlen(part)) : NULL;
    unsigned nth = 0;
    uint32_t word;

    if (!at)
        return;
    word = bc_string_table_find(known->acts, (struct bc_str){ id.at, (size_t)(at - id.at) });
    for (at += strlen(part); at < id.at + id.len; at++)
        if (*at >= '0' && *at <= '9')
            nth = nth * 10 + (unsigned)(*at - '0');
    nth = nth ? nth : 1;
    if (word != BC_WORD_NONE && word > 0 && nth > known->acts_at[word - 1].turns)
        known->acts_at[word - 1].turns = nth;
}

/* Parts of an id, counted from 0: "hubspot:deal" is the first. */
enum { WORD_PART = 2, NAME_PART = 3, AS_PART_LEAST = 5 };

static size_t count_parts(struct bc_str id)
{
    size_t n = 1;

    for (size_t i = 0; i < id.len; i++)
        n += id.at[i] == '/';
    return n;
}

/* What stands before part `at`, less the slash between. */
static struct bc_str before_part(struct bc_str id, size_t at)
{
    for (size_t i = 0; i < id.len; i++)
        if (id.at[i] == '/' && --at == 0)
            return (struct bc_str){ id.at, i };
    return id;
}

static struct bc_str part_of(struct bc_str id, size_t at)
{
    size_t begin = before_part(id, at).len + 1, end = before_part(id, at + 1).len;

    return begin < end ? (struct bc_str){ id.at + begin, end - begin } : (struct bc_str){ 0 };
}

/* Is it "hubspot:deal/<deal>/<word>/<property>/..."? A property may have the word as its name, and
 * then a number follows, which no property's name begins with: "hubspot:deal/9/<word>/<ms>/...". */
static bool has_word(struct bc_str id, struct bc_str word)
{
    struct bc_str name = part_of(id, NAME_PART);

    return bc_str_eq(part_of(id, WORD_PART), word) && name.len > 0 &&
           !(name.at[0] >= '0' && name.at[0] <= '9');
}

/* "<id>/as/<value>/<n>" is another version of <id>, "<id>/found/<property>/<ms>/<value>" of
 * "<id>/found/<property>", and "<id>/tied/<property>/..." likewise. A property may be called "as":
 * the shortest <id> has AS_PART_LEAST parts. */
static struct bc_str first_id(struct bc_str id)
{
    size_t n = count_parts(id);

    if (has_word(id, BC_STR("found")) || has_word(id, BC_STR("tied")))
        return before_part(id, NAME_PART + 1);
    if (n >= AS_PART_LEAST + 3 && bc_str_eq(part_of(id, n - 3), BC_STR("as")))
        return before_part(id, n - 3);
    return id;
}

struct bc_str hubspot_index_value(const struct bc_event *event)
{
    if (event->body == BC_STAGE_CHANGED)
        return event->value[BC_STAGE_CHANGED_TO].text;
    if (event->body == BC_PROPERTY_CHANGED)
        return event->value[BC_PROPERTY_CHANGED_VALUE].text;
    if (event->body == BC_LOSS_RECORDED)
        return event->value[BC_LOSS_RECORDED_REASON].text;
    return (struct bc_str){ 0 };
}

static void add_version(hubspot_index *known, const struct bc_event *event)
{
    struct bc_str first = first_id(event->id);
    uint32_t word = bc_string_table_add(known->changes, first);
    struct hubspot_index_version *version;

    while (known->version_n <= word) {
        BC_GROW(known->versions, known->version_n, known->version_cap);
        known->versions[known->version_n++] = (struct hubspot_index_version){ 0 };
    }
    version = &known->versions[word];
    if (bc_str_eq(version->id, event->id))
        return;
    version->later_n += version->id.len != 0;
    version->id = first.len == event->id.len ? bc_string_table_text(known->changes, word)
                                             : bc_arena_copy(known->texts, event->id);
    version->value = bc_arena_copy(known->texts, hubspot_index_value(event));
    version->retracted = false;
}

/* A retraction of our own; those of people stay as they are. */
static void add_retraction(hubspot_index *known, const struct bc_event *event)
{
    struct bc_str target = event->value[BC_RETRACTED_EVENT].text;
    uint32_t word = bc_string_table_find(known->changes, first_id(target));

    if (word != BC_WORD_NONE && word < known->version_n &&
        bc_str_eq(known->versions[word].id, target))
        known->versions[word].retracted = true;
}

static void add_property(hubspot_index *known, struct hubspot_index_deal *deal,
                         const struct bc_event *event)
{
    add_version(known, event);
    if (bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("company")))
        deal->company = bc_arena_copy(known->texts, event->value[BC_PROPERTY_CHANGED_VALUE].text);
}

static struct hubspot_index_mrr *mrr_of(const hubspot_index *known, struct bc_str deal)
{
    uint32_t word = deal.len ? bc_string_table_find(known->mrr_ids, deal) : BC_WORD_NONE;

    return word == BC_WORD_NONE ? NULL : &known->mrrs[word - 1];
}

/* The value of `mrr`, which no fold has: reconciliation compares it. */
static void see_mrr(hubspot_index *known, const struct bc_event *event)
{
    struct hubspot_index_mrr *mrr = mrr_of(known, event->deal);

    if (mrr && event->body == BC_RETRACTED &&
        bc_str_eq(event->value[BC_RETRACTED_EVENT].text, mrr->id))
        mrr->id.len = 0;
    if (event->body != BC_PROPERTY_CHANGED || event->deal.len == 0 ||
        (mrr && event->occurred_us < mrr->us) ||
        !bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("mrr")))
        return;
    if (!mrr) {
        bc_string_table_add(known->mrr_ids, event->deal);
        BC_GROW(known->mrrs, known->mrr_n, known->mrr_cap);
        mrr = &known->mrrs[known->mrr_n++];
    }
    mrr->value = bc_arena_copy(known->texts, event->value[BC_PROPERTY_CHANGED_VALUE].text);
    mrr->id = bc_arena_copy(known->texts, event->id);
    mrr->us = event->occurred_us;
}

void hubspot_index_add(hubspot_index *known, const struct bc_event *event)
{
    const struct bc_value *value = event->value;
    struct hubspot_index_deal *deal;

    see_mrr(known, event);
    if (!bc_str_eq(event->source_system, BC_STR(HUBSPOT_SYSTEM)) || event->deal.len == 0)
        return;
    deal = deal_of(known, event->deal);
    deal->carried |= has_word(event->id, BC_STR("carried"));
    if (event->body == BC_DEAL_MERGED)
        return;
    if ((event->body == BC_STAGE_CHANGED || event->body == BC_LOSS_RECORDED ||
         event->body == BC_PROPERTY_CHANGED) &&
        event->occurred_us < deal->changed_us)
        deal->changed_us = event->occurred_us;
    if (event->body == BC_DEAL_DELETED || event->body == BC_DEAL_RESTORED) {
        deal->gone = event->body == BC_DEAL_DELETED;
        deal->gone_us = event->occurred_us;
    } else if (event->body == BC_STAGE_CHANGED || event->body == BC_LOSS_RECORDED) {
        deal->own = true;
        add_version(known, event);
    } else if (event->body == BC_PROPERTY_CHANGED) {
        deal->own = true;
        add_property(known, deal, event);
    } else if (event->body == BC_MEETING_LOGGED) {
        add_meeting(known, event);
    } else if (event->body == BC_EMAIL_SENT) {
        act(known, "email", "email", value[BC_EMAIL_SENT_EMAIL].text, event);
    } else if (event->body == BC_EMAIL_OPENED) {
        act(known, "email", "opened", value[BC_EMAIL_OPENED_EMAIL].text, event);
    } else if (event->body == BC_EMAIL_REPLIED) {
        act(known, "email", "replied", value[BC_EMAIL_REPLIED_EMAIL].text, event);
    } else if (event->body == BC_ORDER_PLACED) {
        act(known, "order", "order", value[BC_ORDER_PLACED_ORDER].text, event);
    } else if (event->body == BC_RETRACTED) {
        deal->own = true;
        add_retraction(known, event);
        retracted(known, event->id);
    } else {
        deal->own = true;
    }
}

bc_status hubspot_index_read(hubspot_index **out, bc_log *log, struct bc_err *err)
{
    uint64_t size = bc_log_head(log)->size;
    hubspot_index *known = hubspot_index_new();
    const struct bc_event *event = NULL;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            hubspot_index_add(known, event);
    }
    bc_cursor_free(cursor);
    if (rc < 0) {
        hubspot_index_free(known);
        return rc;
    }
    *out = known;
    return BC_OK;
}

size_t hubspot_index_deals(const hubspot_index *known)
{
    return known->deal_n;
}

const struct hubspot_index_deal *hubspot_index_deal_at(const hubspot_index *known, size_t i)
{
    return i < known->deal_n ? &known->deals[i] : NULL;
}

const struct hubspot_index_deal *hubspot_index_deal(const hubspot_index *known, struct bc_str id)
{
    uint32_t word = id.len ? bc_string_table_find(known->ids, id) : BC_WORD_NONE;

    return word == BC_WORD_NONE ? NULL : &known->deals[word - 1];
}

const struct hubspot_index_mrr *hubspot_index_mrr(const hubspot_index *known, struct bc_str deal)
{
    return mrr_of(known, deal);
}

bool hubspot_index_tie(const hubspot_index *known, const char *what, struct bc_str object,
                       struct bc_str deal)
{
    struct bc_buf key = { 0 };
    bool found;

    bc_buf_printf(&key, "%s %.*s %.*s", what, BC_STR_ARG(object), BC_STR_ARG(deal));
    found = bc_string_table_find(known->ties, bc_buf_str(&key)) != BC_WORD_NONE;
    bc_buf_release(&key);
    return found;
}

size_t hubspot_index_ties(const hubspot_index *known)
{
    return known->held_n;
}

const struct hubspot_index_tie *hubspot_index_tie_at(const hubspot_index *known, size_t i)
{
    return &known->held_at[i];
}

const struct hubspot_index_act *hubspot_index_act_at(const hubspot_index *known, size_t at)
{
    return &known->acts_at[at - 1];
}

bool hubspot_index_untied(const hubspot_index *known, const char *what, struct bc_str object,
                          struct bc_str deal)
{
    struct bc_buf key = { 0 };
    uint32_t word;

    bc_buf_printf(&key, "%s %.*s %.*s", what, BC_STR_ARG(object), BC_STR_ARG(deal));
    word = bc_string_table_find(known->held, bc_buf_str(&key));
    bc_buf_release(&key);
    if (word == BC_WORD_NONE || word == 0)
        return false;
    return known->acts_at[known->held_at[word - 1].first - 1].turns % 2 == 1;
}

bool hubspot_index_any(const hubspot_index *known, const char *what)
{
    return bc_string_table_find(known->ties, bc_str_of(what)) != BC_WORD_NONE;
}

bool hubspot_index_change(const hubspot_index *known, struct bc_str id)
{
    return bc_string_table_find(known->changes, id) != BC_WORD_NONE;
}

const struct hubspot_index_version *hubspot_index_version(const hubspot_index *known,
                                                          struct bc_str id)
{
    uint32_t word = bc_string_table_find(known->changes, id);

    if (word == BC_WORD_NONE || word >= known->version_n || known->versions[word].id.len == 0)
        return NULL;
    return &known->versions[word];
}
