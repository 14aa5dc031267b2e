#include "projections/facts/learning.h"

#include <assert.h>
#include <stdlib.h>

enum {
    WORD_LEN = 8,
    TEXT_MAX = 8,    /* texts of a fact */
    LONG_TEXT = 255, /* from here on four bytes of length follow */
    LONG_LEN = 4,
    FIELD_END = 0, /* no field has this number */
    ACTOR = 254,   /* of the event, not of the body */
    DEAL = 255,
};

/* What is kept of a body: its fields, in this order. */
static const struct kept {
    enum bc_learning_kind kind;
    uint8_t fields[TEXT_MAX];
    bool alone; /* also of an event about no deal */
} kept_of[BC_BODY_END] = {
    [BC_PROPERTY_CHANGED] = { BC_FACT_PROPERTY, { 1, 2 }, false },
    [BC_LEAD_CAPTURED] = { BC_FACT_LEAD, { 1, 2 }, true },
    [BC_QUALIFICATION_RECORDED] = { BC_FACT_QUALIFICATION, { 1, 2, 3, 4 }, false },
    [BC_OUTREACH_ATTEMPTED] = { BC_FACT_ATTEMPT, { 1 }, false },
    [BC_EXPERIMENT_STARTED] = { BC_FACT_EXPERIMENT, { 1, 2, 3, 4, 5, 6, 7, 8 }, true },
    [BC_EXPERIMENT_CONCLUDED] = { BC_FACT_CONCLUSION, { 1, 2, 3, DEAL, ACTOR }, true },
    [BC_DEAL_ENROLLED] = { BC_FACT_ENROLMENT, { 1, 2 }, false },
    [BC_ICP_PUBLISHED] = { BC_FACT_ICP, { 1, 3, ACTOR }, true },
    [BC_PLAYBOOK_PUBLISHED] = { BC_FACT_PLAYBOOK, { 1, 3, ACTOR }, true },
    [BC_LOSS_RECORDED] = { BC_FACT_LOST_BECAUSE, { 1, 3 }, false },
    [BC_LEARNING_RECORDED] = { BC_FACT_LESSON, { 1, 2, ACTOR }, true },
    [BC_ARTIFACT_LINKED] = { BC_FACT_ARTIFACT, { 1 }, false },
    [BC_AGREEMENT_SIGNED] = { BC_FACT_AGREED, { FIELD_END }, false },
    [BC_ORDER_STARTED] = { BC_FACT_ORDER_STARTED, { FIELD_END }, false },
    [BC_ORDER_PLACED] = { BC_FACT_ORDER_PLACED, { FIELD_END }, false },
    [BC_HANDOFF_OPENED] = { BC_FACT_HANDOFF_OPENED, { FIELD_END }, false },
    [BC_HANDOFF_ACCEPTED] = { BC_FACT_HANDOFF_ACCEPTED, { FIELD_END }, false },
    [BC_SERVICE_STARTED] = { BC_FACT_SERVICE_STARTED, { FIELD_END }, false },
    [BC_HEALTH_RECORDED] = { BC_FACT_HEALTH, { 1, 3, 4 }, false },
    [BC_RENEWAL_INTENT_RECORDED] = { BC_FACT_INTENT, { 1 }, false },
    [BC_REVIEW_HELD] = { BC_FACT_REVIEW, { ACTOR }, true },
    [BC_ROLE_ASSIGNED] = { BC_FACT_ROLE, { 1, 2, 3 }, true },
    [BC_ACTION_DECIDED] = { BC_FACT_ACTION_DECIDED, { 1, 2, 3, 4 }, true },
    [BC_ACTION_CLOSED] = { BC_FACT_ACTION_CLOSED, { 1, 2 }, true },
};

static struct bc_str text_of(const struct bc_event *event, uint8_t field)
{
    if (field == ACTOR)
        return event->actor;
    if (field == DEAL)
        return event->deal;
    return event->value[field].yes ? BC_STR("1") : event->value[field].text;
}

static size_t stored_len(struct bc_str text)
{
    return text.len < LONG_TEXT ? 1 + text.len : 1 + LONG_LEN + text.len;
}

/* Texts into words that are zero. */
static void fill(char *at, const struct bc_str *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct bc_str text = texts[i];

        if (text.len < LONG_TEXT) {
            *at++ = (char)text.len;
        } else {
            *at++ = (char)LONG_TEXT;
            for (int byte = 0; byte < LONG_LEN; byte++)
                *at++ = (char)(text.len >> (8 * byte));
        }
        if (text.len)
            memcpy(at, text.at, text.len);
        at += text.len;
    }
}

static void put(struct bc_buf *out, const struct bc_event *event, uint64_t seq,
                enum bc_learning_kind kind, const struct bc_str *texts, size_t n)
{
    uint64_t few[16] = { 0 }, *words = few;
    size_t len = 0, word_n;

    while (n && texts[n - 1].len == 0)
        n--;
    for (size_t i = 0; i < n; i++)
        len += stored_len(texts[i]);
    word_n = (len + WORD_LEN - 1) / WORD_LEN;
    assert(word_n < (size_t)1 << BC_FACT_VALUE_BITS); /* an event has far fewer bytes */
    if (word_n > sizeof(few) / sizeof(few[0]))
        words = bc_calloc(word_n, sizeof(*words));
    fill((char *)words, texts, n);
    for (size_t i = 0; i < word_n; i++)
        words[i] = le64toh(words[i]); /* stored as they are */
    bc_fact_put(out, event, seq, (uint8_t)kind, (uint32_t)word_n, words, word_n);
    if (words != few)
        free(words);
}

static void put_property(struct bc_buf *out, const struct bc_event *event, uint64_t seq,
                         struct bc_str name, unsigned field)
{
    const struct bc_str texts[] = { name, event->value[field].text };

    if (texts[1].len) /* what a creation leaves empty it does not set */
        put(out, event, seq, BC_FACT_PROPERTY, texts, 2);
}

static void put_reply(struct bc_buf *out, const struct bc_event *event, uint64_t seq)
{
    const struct bc_id128 id = bc_id128_of(event->value[BC_EMAIL_REPLIED_EMAIL].text);

    bc_fact_put(out, event, seq, BC_FACT_REPLY, 0, id.half, 2);
}

void bc_learning_add(struct bc_buf *out, const struct bc_event *event, uint64_t seq)
{
    const struct kept *kept = &kept_of[event->body];
    struct bc_str texts[TEXT_MAX];
    size_t n = 0;

    if (event->body == BC_DEAL_CREATED) {
        put_property(out, event, seq, BC_STR("deal_name"), BC_DEAL_CREATED_NAME);
        put_property(out, event, seq, BC_STR("deal_type"), BC_DEAL_CREATED_DEAL_TYPE);
        put_property(out, event, seq, BC_STR("owner"), BC_DEAL_CREATED_OWNER);
    } else if (event->body == BC_EMAIL_REPLIED && event->deal.len) {
        put_reply(out, event, seq);
    } else if (kept->kind && (event->deal.len || kept->alone)) {
        for (; n < TEXT_MAX && kept->fields[n] != FIELD_END; n++)
            texts[n] = text_of(event, kept->fields[n]);
        put(out, event, seq, kept->kind, texts, n);
    }
}

struct bc_str bc_learning_text(const struct bc_fact_at *fact, size_t i)
{
    const size_t words = (size_t)bc_fact_each[fact->kind] * fact->value;
    struct bc_str left = { fact->rest, words * WORD_LEN };

    for (;; i--) {
        size_t len, head = 1;

        if (left.len == 0)
            return (struct bc_str){ 0 };
        len = (uint8_t)left.at[0];
        if (len == LONG_TEXT && left.len > LONG_LEN) {
            len = 0;
            for (int byte = 0; byte < LONG_LEN; byte++)
                len |= (size_t)(uint8_t)left.at[1 + byte] << (8 * byte);
            head += LONG_LEN;
        }
        if (len > left.len - head)
            return (struct bc_str){ 0 }; /* damaged: the sum over all facts tells */
        if (i == 0)
            return (struct bc_str){ left.at + head, len };
        left.at += head + len;
        left.len -= head + len;
    }
}
