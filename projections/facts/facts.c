#include "projections/facts/facts.h"

#include "ledger/record/merkle.h"
#include "projections/facts/listed.h"

#include <assert.h>

#include <endian.h>

enum { WORD_LEN = 8 };

struct bc_id128 bc_id128_of(struct bc_str text)
{
    struct bc_hash hash = bc_hash_bytes(text);
    struct bc_id128 id;

    memcpy(&id, hash.at, sizeof(id));
    id.half[0] = le64toh(id.half[0]);
    id.half[1] = le64toh(id.half[1]);
    return id;
}

/* A pivot is about red lines; rules, reports, experiments, what is published, reviews and roles are
 * about all deals, whatever deal the event carries. */
static bool is_about_none(const struct bc_event *event)
{
    static const bool about_none[BC_BODY_END] = {
        [BC_PIVOT_DECIDED] = true,      [BC_RULES_PUBLISHED] = true,      [BC_REPORT_ISSUED] = true,
        [BC_EXPERIMENT_STARTED] = true, [BC_EXPERIMENT_CONCLUDED] = true, [BC_ICP_PUBLISHED] = true,
        [BC_PLAYBOOK_PUBLISHED] = true, [BC_REVIEW_HELD] = true,          [BC_ROLE_ASSIGNED] = true,
    };

    return about_none[event->body];
}

struct bc_str bc_fact_owner(const struct bc_event *event)
{
    return is_about_none(event) ? (struct bc_str){ 0 } : event->deal;
}

/* Where the facts of one event go. */
struct filing {
    struct bc_buf *out;
    const struct bc_event *event;
    uint64_t seq;
    bc_string_table *strings;
};

static void put_words(struct bc_buf *out, const uint64_t *words, size_t n)
{
    char *at = bc_buf_room(out, n * WORD_LEN);

    for (size_t i = 0; i < n; i++) {
        uint64_t stored = htole64(words[i]);

        memcpy(at + i * WORD_LEN, &stored, sizeof(stored));
    }
    out->len += n * WORD_LEN;
}

static uint64_t second_word(uint64_t seq, bool has_source_recorded, uint32_t value)
{
    const uint64_t mark = has_source_recorded ? UINT64_C(1) << BC_FACT_VALUE_BITS : 0;

    return seq << BC_FACT_SEQ_SHIFT | mark | value;
}

void bc_fact_put(struct bc_buf *out, const struct bc_event *event, uint64_t seq, uint8_t kind,
                 uint32_t value, const uint64_t *more, size_t n)
{
    const uint64_t head[] = { (uint64_t)event->occurred_us << BC_FACT_KIND_BITS | (uint64_t)kind,
                              second_word(seq, event->has_source_recorded, value),
                              (uint64_t)event->source_recorded_us };

    assert(kind && seq < BC_SEQ_MAX);
    put_words(out, head, event->has_source_recorded ? 3 : 2);
    put_words(out, more, n);
}

static void put(const struct filing *filing, enum bc_fact_kind kind, uint32_t value,
                const uint64_t *more, size_t n)
{
    bc_fact_put(filing->out, filing->event, filing->seq, kind, value, more, n);
}

static void put_mark(const struct filing *filing, enum bc_fact_kind kind, uint32_t value)
{
    put(filing, kind, value, NULL, 0);
}

static uint32_t word_of(const struct filing *filing, struct bc_str text)
{
    return bc_string_table_add(filing->strings, text);
}

static void put_meeting(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;
    const struct bc_id128 id = bc_id128_of(value[BC_MEETING_LOGGED_MEETING].text);
    const uint64_t type = word_of(filing, value[BC_MEETING_LOGGED_TYPE].text);
    const uint64_t outcome = word_of(filing, value[BC_MEETING_LOGGED_OUTCOME].text);
    const uint64_t more[] = { id.half[0], id.half[1],
                              (uint64_t)value[BC_MEETING_LOGGED_STARTS_AT].us,
                              type | outcome << 32 };

    put(filing, BC_FACT_MEETING, 0, more, 4);
}

static void put_stage(const struct filing *filing, struct bc_str stage, bool observed)
{
    put_mark(filing, observed ? BC_FACT_STAGE_OBSERVED : BC_FACT_STAGE, word_of(filing, stage));
}

/* What the source believed of the stage before is kept for the audit. */
static void put_change(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;
    struct bc_str from = value[BC_STAGE_CHANGED_FROM].text;

    put_stage(filing, value[BC_STAGE_CHANGED_TO].text, value[BC_STAGE_CHANGED_OBSERVED].yes);
    if (from.len)
        put_mark(filing, BC_FACT_FROM, word_of(filing, from));
}

static void put_creation(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;
    struct bc_str stage = value[BC_DEAL_CREATED_STAGE].text;
    struct bc_str type = value[BC_DEAL_CREATED_DEAL_TYPE].text;

    if (stage.len)
        put_stage(filing, stage, value[BC_DEAL_CREATED_OBSERVED].yes);
    if (type.len)
        put_mark(filing, BC_FACT_DEAL_TYPE, word_of(filing, type));
    put_mark(filing, BC_FACT_CREATED, value[BC_DEAL_CREATED_OBSERVED].yes);
}

static uint32_t day_value(struct bc_str text)
{
    int32_t day;

    if (text.len == 0)
        return BC_VALUE_UNSET;
    return bc_day_parse(&day, text) ? (uint32_t)(day - BC_DAY_MIN) + BC_VALUE_OF_DAY
                                    : BC_VALUE_BAD_DAY;
}

static void put_id(const struct filing *filing, enum bc_fact_kind kind, uint32_t value,
                   struct bc_str text)
{
    const struct bc_id128 id = bc_id128_of(text);

    put(filing, kind, value, id.half, 2);
}

static void put_property(const struct filing *filing)
{
    struct bc_str name = filing->event->value[BC_PROPERTY_CHANGED_NAME].text;
    struct bc_str value = filing->event->value[BC_PROPERTY_CHANGED_VALUE].text;

    if (bc_str_eq(name, BC_STR("deal_type"))) {
        put_mark(filing, BC_FACT_DEAL_TYPE, word_of(filing, value));
    } else if (bc_str_eq(name, BC_STR("contract_start"))) {
        put_mark(filing, BC_FACT_CONTRACT_START, day_value(value));
    } else if (bc_str_eq(name, BC_STR("contract_end"))) {
        put_mark(filing, BC_FACT_CONTRACT_END, day_value(value));
    } else if (bc_str_eq(name, BC_STR("parked_until"))) {
        put_mark(filing, BC_FACT_PARKED_UNTIL, day_value(value));
    } else if (bc_str_eq(name, BC_STR("mrr"))) {
        put_mark(filing, BC_FACT_MRR, value.len != 0);
    } else if (bc_str_eq(name, BC_STR("renews"))) {
        if (value.len)
            put_id(filing, BC_FACT_RENEWS, 1, value);
        else
            put_mark(filing, BC_FACT_RENEWS, 0);
    } else if (bc_listed_property_meant(name)) {
        put_mark(filing, BC_FACT_MISNAMED, word_of(filing, name));
    }
}

/* A merge of a deal into itself is ignored. */
static void put_merge(const struct filing *filing)
{
    if (!bc_str_eq(filing->event->value[BC_DEAL_MERGED_INTO].text, filing->event->deal))
        put_mark(filing, BC_FACT_MERGED, 0);
}

static void put_rules(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;
    const uint64_t effective = (uint64_t)value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].us;

    put(filing, BC_FACT_RULES, word_of(filing, value[BC_RULES_PUBLISHED_VERSION].text), &effective,
        1);
}

/* The facts of bodies of which only that they came is read. */
static const enum bc_fact_kind marks[BC_BODY_END] = {
    [BC_DEAL_DELETED] = BC_FACT_DELETED,
    [BC_DEAL_RESTORED] = BC_FACT_RESTORED,
    [BC_SERVICE_ENDED] = BC_FACT_SERVICE_ENDED,
    [BC_REPORT_ISSUED] = BC_FACT_REPORT,
    [BC_QUALIFICATION_RECORDED] = BC_FACT_QUALIFIED,
    [BC_LEARNING_RECORDED] = BC_FACT_LEARNING,
    [BC_AGREEMENT_SIGNED] = BC_FACT_SIGNED,
    [BC_ORDER_PLACED] = BC_FACT_ORDERED,
    [BC_HANDOFF_OPENED] = BC_FACT_HANDED,
    [BC_HANDOFF_ACCEPTED] = BC_FACT_HANDED,
    [BC_OUTREACH_ATTEMPTED] = BC_FACT_ACTIVITY,
    [BC_EMAIL_REPLIED] = BC_FACT_ACTIVITY,
    [BC_PRICING_REQUESTED] = BC_FACT_ACTIVITY,
    [BC_AGREEMENT_SENT] = BC_FACT_ACTIVITY,
    [BC_AGREEMENT_DECLINED] = BC_FACT_ACTIVITY,
    [BC_SERVICE_STARTED] = BC_FACT_ACTIVITY,
    [BC_HEALTH_RECORDED] = BC_FACT_ACTIVITY,
    [BC_RENEWAL_INTENT_RECORDED] = BC_FACT_ACTIVITY,
};

static void put_email(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;

    put_id(filing, BC_FACT_EMAIL_SENT, word_of(filing, value[BC_EMAIL_SENT_CAMPAIGN].text),
           value[BC_EMAIL_SENT_EMAIL].text);
}

static void put_pivot(const struct filing *filing)
{
    const struct bc_value *value = filing->event->value;

    put_mark(filing, value[BC_PIVOT_DECIDED_STAY].yes ? BC_FACT_STAY : BC_FACT_PIVOT,
             word_of(filing, value[BC_PIVOT_DECIDED_RED_LINE].text));
}

/* The reason itself may be a sentence that somebody typed: it stays in the log. */
static void put_loss(const struct filing *filing)
{
    put_mark(filing, BC_FACT_LOSS,
             !bc_listed_reason(filing->event->value[BC_LOSS_RECORDED_REASON].text));
}

/* That it is dated after it was recorded. */
static void put_ahead(const struct filing *filing)
{
    const struct bc_event *event = filing->event;

    if (event->has_recorded && event->occurred_us > event->recorded_us && event->body)
        put_mark(filing, BC_FACT_AHEAD, 0);
}

static void put_open(const struct filing *filing)
{
    put_id(filing, BC_FACT_EMAIL_OPENED, 0, filing->event->value[BC_EMAIL_OPENED_EMAIL].text);
}

/* What makes facts of more than that it came; no metric and no finding reads the other bodies. */
static void (*const makers[BC_BODY_END])(const struct filing *filing) = {
    [BC_DEAL_CREATED] = put_creation,     [BC_STAGE_CHANGED] = put_change,
    [BC_PROPERTY_CHANGED] = put_property, [BC_DEAL_MERGED] = put_merge,
    [BC_MEETING_LOGGED] = put_meeting,    [BC_EMAIL_SENT] = put_email,
    [BC_EMAIL_OPENED] = put_open,         [BC_PIVOT_DECIDED] = put_pivot,
    [BC_RULES_PUBLISHED] = put_rules,     [BC_LOSS_RECORDED] = put_loss,
};

void bc_facts_add(struct bc_buf *out, const struct bc_event *event, uint64_t seq,
                  bc_string_table *strings)
{
    const struct filing filing = { out, event, seq, strings };

    if (event->deal.len == 0 && !is_about_none(event))
        return; /* about no deal: ignored */
    put_ahead(&filing);
    if (makers[event->body])
        makers[event->body](&filing);
    else if (marks[event->body])
        put_mark(&filing, marks[event->body], 0);
}

void bc_facts_add_retraction(struct bc_buf *out, const struct bc_fact *retraction)
{
    const struct bc_event event = { .occurred_us = retraction->occurred_us,
                                    .has_source_recorded = retraction->has_source_recorded,
                                    .source_recorded_us = retraction->source_recorded_us };
    const struct filing filing = { .out = out, .event = &event, .seq = retraction->seq };

    put(&filing, BC_FACT_RETRACTED, 0, &retraction->target_seq, 1);
}

const uint8_t bc_fact_rest[BC_FACT_KIND_END] = {
    [BC_FACT_MEETING] = 4, [BC_FACT_EMAIL_SENT] = 2, [BC_FACT_EMAIL_OPENED] = 2,
    [BC_FACT_RULES] = 1,   [BC_FACT_RETRACTED] = 1,  [BC_FACT_REPLY] = 2,
};

const uint8_t bc_fact_each[BC_FACT_KIND_END] = {
    [BC_FACT_RENEWS] = 2,        [BC_FACT_PROPERTY] = 1,     [BC_FACT_LEAD] = 1,
    [BC_FACT_QUALIFICATION] = 1, [BC_FACT_ATTEMPT] = 1,      [BC_FACT_EXPERIMENT] = 1,
    [BC_FACT_CONCLUSION] = 1,    [BC_FACT_ENROLMENT] = 1,    [BC_FACT_ICP] = 1,
    [BC_FACT_PLAYBOOK] = 1,      [BC_FACT_LOST_BECAUSE] = 1, [BC_FACT_LESSON] = 1,
    [BC_FACT_ARTIFACT] = 1,      [BC_FACT_HEALTH] = 1,       [BC_FACT_INTENT] = 1,
    [BC_FACT_REVIEW] = 1,        [BC_FACT_ROLE] = 1,         [BC_FACT_ACTION_DECIDED] = 1,
    [BC_FACT_ACTION_CLOSED] = 1,
};

const bool bc_fact_value_is_word[BC_FACT_KIND_END] = {
    [BC_FACT_STAGE] = true, [BC_FACT_STAGE_OBSERVED] = true, [BC_FACT_DEAL_TYPE] = true,
    [BC_FACT_STAY] = true,  [BC_FACT_EMAIL_SENT] = true,     [BC_FACT_PIVOT] = true,
    [BC_FACT_RULES] = true, [BC_FACT_FROM] = true,           [BC_FACT_MISNAMED] = true,
};

bool bc_fact_take(struct bc_fact *out, struct bc_str *bytes)
{
    struct bc_fact_at fact;

    if (!bc_fact_step(&fact, bytes))
        return false;
    *out = (struct bc_fact){ .occurred_us = fact.occurred_us,
                             .seq = fact.seq,
                             .kind = (enum bc_fact_kind)fact.kind,
                             .value = fact.value,
                             .has_source_recorded = fact.has_source_recorded };
    if (fact.has_source_recorded)
        out->source_recorded_us = bc_fact_source_recorded(&fact);
    if (fact.kind == BC_FACT_RETRACTED)
        out->target_seq = bc_fact_target(&fact);
    else if (fact.kind == BC_FACT_RULES)
        out->effective_us = bc_fact_effective(&fact);
    else if (bc_fact_rest[fact.kind] || (fact.kind == BC_FACT_RENEWS && fact.value))
        out->id = bc_fact_id(&fact);
    if (fact.kind == BC_FACT_MEETING) {
        out->starts_us = bc_fact_starts(&fact);
        out->type = bc_fact_type(&fact);
        out->outcome = bc_fact_outcome(&fact);
    }
    return true;
}

static void set_word(char *at, size_t i, uint64_t word)
{
    uint64_t stored = htole64(word);

    memcpy(at + i * WORD_LEN, &stored, sizeof(stored));
}

void bc_facts_renumber(char *facts, size_t len, const uint32_t *numbers)
{
    struct bc_str left = { facts, len };
    struct bc_fact fact;

    for (char *at = facts; bc_fact_take(&fact, &left); at = facts + (len - left.len)) {
        if (bc_fact_value_is_word[fact.kind])
            set_word(at, 1, second_word(fact.seq, fact.has_source_recorded, numbers[fact.value]));
        else if (fact.kind == BC_FACT_MEETING)
            set_word(at, 5 + (size_t)fact.has_source_recorded,
                     numbers[fact.type] | (uint64_t)numbers[fact.outcome] << 32);
    }
}
