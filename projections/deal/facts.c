#include "projections/deal/facts.h"

#include "ledger/base/instant.h"
#include "ledger/merkle.h"

#include <assert.h>

#include <endian.h>

enum { KIND_BITS = 6, VALUE_BITS = 24, WORD_LEN = 8 };

struct bc_id128 bc_id128_of(struct bc_str text)
{
    struct bc_hash hash = bc_hash_bytes(text);
    struct bc_id128 id;

    memcpy(&id, hash.at, sizeof(id));
    id.half[0] = le64toh(id.half[0]);
    id.half[1] = le64toh(id.half[1]);
    return id;
}

int bc_id128_cmp(struct bc_id128 a, struct bc_id128 b)
{
    if (a.half[0] != b.half[0])
        return a.half[0] < b.half[0] ? -1 : 1;
    return (a.half[1] > b.half[1]) - (a.half[1] < b.half[1]);
}

/* A pivot is about red lines, rules and reports are about all deals, whatever deal the event
 * carries. */
static bool is_about_none(const struct bc_event *event)
{
    return event->body == BC_PIVOT_DECIDED || event->body == BC_RULES_PUBLISHED ||
           event->body == BC_REPORT_ISSUED;
}

struct bc_str bc_fact_owner(const struct bc_event *event)
{
    return is_about_none(event) ? (struct bc_str){ 0 } : event->deal;
}

static void add_word(struct bc_buf *out, uint64_t word)
{
    uint64_t stored = htole64(word);

    bc_buf_add(out, &stored, sizeof(stored));
}

/* The words that every fact begins with. */
static void begin(struct bc_buf *out, const struct bc_event *event, enum bc_fact_kind kind,
                  uint32_t value)
{
    assert(event->seq < BC_SEQ_MAX);
    add_word(out, (uint64_t)event->occurred_us << KIND_BITS | (uint64_t)kind << 1 |
                      event->has_source_recorded);
    add_word(out, event->seq << VALUE_BITS | value);
    if (event->has_source_recorded)
        add_word(out, (uint64_t)event->source_recorded_us);
}

static void add_id(struct bc_buf *out, struct bc_str text)
{
    struct bc_id128 id = bc_id128_of(text);

    add_word(out, id.half[0]);
    add_word(out, id.half[1]);
}

static void add_meeting(struct bc_buf *out, const struct bc_event *event, bc_words *words)
{
    const struct bc_value *value = event->value;
    uint64_t type = bc_words_add(words, value[BC_MEETING_LOGGED_TYPE].text);
    uint64_t outcome = bc_words_add(words, value[BC_MEETING_LOGGED_OUTCOME].text);

    begin(out, event, BC_FACT_MEETING, 0);
    add_id(out, value[BC_MEETING_LOGGED_MEETING].text);
    add_word(out, (uint64_t)value[BC_MEETING_LOGGED_STARTS_AT].us);
    add_word(out, type | outcome << 32);
}

static void add_stage(struct bc_buf *out, const struct bc_event *event, struct bc_str stage,
                      bool observed, bc_words *words)
{
    begin(out, event, observed ? BC_FACT_STAGE_OBSERVED : BC_FACT_STAGE,
          bc_words_add(words, stage));
}

static void add_creation(struct bc_buf *out, const struct bc_event *event, bc_words *words)
{
    struct bc_str stage = event->value[BC_DEAL_CREATED_STAGE].text;
    struct bc_str type = event->value[BC_DEAL_CREATED_DEAL_TYPE].text;

    if (stage.len)
        add_stage(out, event, stage, event->value[BC_DEAL_CREATED_OBSERVED].yes, words);
    if (type.len)
        begin(out, event, BC_FACT_DEAL_TYPE, bc_words_add(words, type));
    begin(out, event, BC_FACT_CREATED, event->value[BC_DEAL_CREATED_OBSERVED].yes);
}

static uint32_t day_value(struct bc_str text)
{
    int32_t day;

    if (text.len == 0)
        return BC_VALUE_UNSET;
    return bc_day_parse(&day, text) ? (uint32_t)day + BC_VALUE_OF_DAY : BC_VALUE_BAD_DAY;
}

static void add_property(struct bc_buf *out, const struct bc_event *event, bc_words *words)
{
    struct bc_str name = event->value[BC_PROPERTY_CHANGED_NAME].text;
    struct bc_str value = event->value[BC_PROPERTY_CHANGED_VALUE].text;

    if (bc_str_eq(name, BC_STR("deal_type"))) {
        begin(out, event, BC_FACT_DEAL_TYPE, bc_words_add(words, value));
    } else if (bc_str_eq(name, BC_STR("contract_start"))) {
        begin(out, event, BC_FACT_CONTRACT_START, day_value(value));
    } else if (bc_str_eq(name, BC_STR("contract_end"))) {
        begin(out, event, BC_FACT_CONTRACT_END, day_value(value));
    } else if (bc_str_eq(name, BC_STR("parked_until"))) {
        begin(out, event, BC_FACT_PARKED_UNTIL, day_value(value));
    } else if (bc_str_eq(name, BC_STR("mrr"))) {
        begin(out, event, BC_FACT_MRR, value.len != 0);
    } else if (bc_str_eq(name, BC_STR("renews"))) {
        begin(out, event, BC_FACT_RENEWS, value.len != 0);
        if (value.len)
            add_id(out, value);
    }
}

/* A merge that names the deal itself counts for nothing. */
static void add_merge(struct bc_buf *out, const struct bc_event *event)
{
    if (!bc_str_eq(event->value[BC_DEAL_MERGED_INTO].text, event->deal))
        begin(out, event, BC_FACT_MERGED, 0);
}

static void add_email(struct bc_buf *out, const struct bc_event *event, enum bc_fact_kind kind,
                      struct bc_str email, uint32_t campaign)
{
    begin(out, event, kind, campaign);
    add_id(out, email);
}

static void add_rules(struct bc_buf *out, const struct bc_event *event, bc_words *words)
{
    begin(out, event, BC_FACT_RULES,
          bc_words_add(words, event->value[BC_RULES_PUBLISHED_VERSION].text));
    add_word(out, (uint64_t)event->value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].us);
}

/* The fact of a body of which only that it came is read. */
static enum bc_fact_kind mark_of(enum bc_body body)
{
    switch (body) {
    case BC_DEAL_DELETED:
        return BC_FACT_DELETED;
    case BC_DEAL_RESTORED:
        return BC_FACT_RESTORED;
    case BC_SERVICE_ENDED:
        return BC_FACT_SERVICE_ENDED;
    case BC_LOSS_RECORDED:
        return BC_FACT_LOSS;
    case BC_REPORT_ISSUED:
        return BC_FACT_REPORT;
    case BC_QUALIFICATION_RECORDED:
        return BC_FACT_QUALIFIED;
    case BC_LEARNING_RECORDED:
        return BC_FACT_LEARNING;
    case BC_AGREEMENT_SIGNED:
        return BC_FACT_SIGNED;
    case BC_ORDER_PLACED:
        return BC_FACT_ORDERED;
    default:
        return BC_FACT_HANDED;
    }
}

void bc_facts_add(struct bc_buf *out, const struct bc_event *event, bc_words *words)
{
    const struct bc_value *value = event->value;

    if (event->deal.len == 0 && !is_about_none(event))
        return; /* about no deal: counts for nothing */
    switch (event->body) {
    case BC_DEAL_CREATED:
        add_creation(out, event, words);
        break;
    case BC_STAGE_CHANGED:
        add_stage(out, event, value[BC_STAGE_CHANGED_TO].text, value[BC_STAGE_CHANGED_OBSERVED].yes,
                  words);
        break;
    case BC_PROPERTY_CHANGED:
        add_property(out, event, words);
        break;
    case BC_DEAL_MERGED:
        add_merge(out, event);
        break;
    case BC_MEETING_LOGGED:
        add_meeting(out, event, words);
        break;
    case BC_EMAIL_SENT:
        add_email(out, event, BC_FACT_EMAIL_SENT, value[BC_EMAIL_SENT_EMAIL].text,
                  bc_words_add(words, value[BC_EMAIL_SENT_CAMPAIGN].text));
        break;
    case BC_EMAIL_OPENED:
        add_email(out, event, BC_FACT_EMAIL_OPENED, value[BC_EMAIL_OPENED_EMAIL].text, 0);
        break;
    case BC_PIVOT_DECIDED:
        begin(out, event, BC_FACT_PIVOT,
              bc_words_add(words, value[BC_PIVOT_DECIDED_RED_LINE].text));
        break;
    case BC_RULES_PUBLISHED:
        add_rules(out, event, words);
        break;
    case BC_DEAL_DELETED:
    case BC_DEAL_RESTORED:
    case BC_SERVICE_ENDED:
    case BC_LOSS_RECORDED:
    case BC_REPORT_ISSUED:
    case BC_QUALIFICATION_RECORDED:
    case BC_LEARNING_RECORDED:
    case BC_AGREEMENT_SIGNED:
    case BC_ORDER_PLACED:
    case BC_HANDOFF_OPENED:
    case BC_HANDOFF_ACCEPTED:
        begin(out, event, mark_of(event->body), 0);
        break;
    case BC_NO_BODY:
    case BC_LEAD_CAPTURED:
    case BC_OUTREACH_ATTEMPTED:
    case BC_EMAIL_REPLIED:
    case BC_EXPERIMENT_STARTED:
    case BC_EXPERIMENT_CONCLUDED:
    case BC_DEAL_ENROLLED:
    case BC_ICP_PUBLISHED:
    case BC_PLAYBOOK_PUBLISHED:
    case BC_PRICING_REQUESTED:
    case BC_ARTIFACT_LINKED:
    case BC_AGREEMENT_SENT:
    case BC_AGREEMENT_DECLINED:
    case BC_SERVICE_STARTED:
    case BC_HEALTH_RECORDED:
    case BC_RENEWAL_INTENT_RECORDED:
    case BC_REVIEW_HELD:
    case BC_RETRACTED:
    case BC_BODY_END:
        break; /* no metric and no finding reads them */
    }
}

void bc_facts_add_retraction(struct bc_buf *out, const struct bc_event *event, uint64_t target_seq)
{
    begin(out, event, BC_FACT_RETRACTED, 0);
    add_word(out, target_seq);
}

static uint64_t word_at(struct bc_str bytes, size_t i)
{
    uint64_t word;

    memcpy(&word, bytes.at + i * WORD_LEN, sizeof(word));
    return le64toh(word);
}

/* How many words a fact has behind its first two. */
static size_t extra_words(const struct bc_fact *fact)
{
    size_t n = fact->has_source_recorded;

    switch (fact->kind) {
    case BC_FACT_MEETING:
        return n + 4;
    case BC_FACT_EMAIL_SENT:
    case BC_FACT_EMAIL_OPENED:
        return n + 2;
    case BC_FACT_RENEWS:
        return n + (fact->value ? 2 : 0);
    case BC_FACT_RULES:
    case BC_FACT_RETRACTED:
        return n + 1;
    default:
        return n;
    }
}

bool bc_fact_take(struct bc_fact *out, struct bc_str *bytes)
{
    uint64_t first, second;
    size_t n, i = 2;

    if (bytes->len < 2 * (size_t)WORD_LEN)
        return false;
    first = word_at(*bytes, 0);
    second = word_at(*bytes, 1);
    *out = (struct bc_fact){ .occurred_us = (int64_t)(first >> KIND_BITS),
                             .kind = (enum bc_fact_kind)(first >> 1 & 31),
                             .has_source_recorded = first & 1,
                             .seq = second >> VALUE_BITS,
                             .value = second & ((1u << VALUE_BITS) - 1) };
    n = 2 + extra_words(out);
    if (out->kind == 0 || out->kind >= BC_FACT_KIND_END || bytes->len < n * WORD_LEN)
        return false;
    if (out->has_source_recorded)
        out->source_recorded_us = (int64_t)word_at(*bytes, i++);
    if (out->kind == BC_FACT_RETRACTED) {
        out->target_seq = word_at(*bytes, i);
    } else if (out->kind == BC_FACT_RULES) {
        out->effective_us = (int64_t)word_at(*bytes, i);
    } else if (i < n) {
        out->id = (struct bc_id128){ { word_at(*bytes, i), word_at(*bytes, i + 1) } };
        if (out->kind == BC_FACT_MEETING) {
            out->starts_us = (int64_t)word_at(*bytes, i + 2);
            out->type = (uint32_t)word_at(*bytes, i + 3);
            out->outcome = (uint32_t)(word_at(*bytes, i + 3) >> 32);
        }
    }
    bytes->at += n * WORD_LEN;
    bytes->len -= n * WORD_LEN;
    return true;
}

static bool value_is_word(enum bc_fact_kind kind)
{
    return kind == BC_FACT_STAGE || kind == BC_FACT_STAGE_OBSERVED || kind == BC_FACT_DEAL_TYPE ||
           kind == BC_FACT_EMAIL_SENT || kind == BC_FACT_PIVOT || kind == BC_FACT_RULES;
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
        if (value_is_word(fact.kind))
            set_word(at, 1, fact.seq << VALUE_BITS | numbers[fact.value]);
        else if (fact.kind == BC_FACT_MEETING)
            set_word(at, 5 + (size_t)fact.has_source_recorded,
                     numbers[fact.type] | (uint64_t)numbers[fact.outcome] << 32);
    }
}

uint64_t bc_facts_sum(struct bc_str facts)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < facts.len / WORD_LEN; i++)
        sum += word_at(facts, i);
    return sum;
}
