/* Writes the wire format itself, in the one order in which equal contents are equal bytes.
 *
 *     content   id  occurred_at  source_recorded_at  deal  actor  source{...}  body{...}  unknown
 *     text      tag  length  bytes            message   tag  length  its fields, then its unknown
 *
 * A message's length precedes it, so nested messages are measured first; then there is room for
 * everything, and each byte is written once. */
#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "ledger/record/wire.h"

enum {
    TAG_MOST = 2,
    VARINT_MOST = 10,
    TIME_MOST = TAG_MOST + 1 + 2 * (1 + VARINT_MOST),
    /* The size of what lies between the texts of the envelope: tags and lengths of id, deal, actor,
     * source and body, and two times. */
    ENVELOPE_MOST = 5 * (TAG_MOST + VARINT_MOST) + 2 * TIME_MOST,
};

static size_t varint_size(uint64_t value)
{
    return (size_t)(70 - __builtin_clzll(value | 1)) / 7;
}

static char *put_varint(char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (char)(value | 0x80);
    *at++ = (char)value;
    return at;
}

static char *put_tag(char *at, uint32_t field, enum wire wire)
{
    return put_varint(at, (uint64_t)field << 3 | (uint64_t)wire);
}

static char *put_raw(char *at, struct bc_str bytes)
{
    if (bytes.len)
        memcpy(at, bytes.at, bytes.len);
    return at + bytes.len;
}

static size_t bytes_size(size_t len)
{
    return 1 + varint_size(len) + len; /* within a message the field numbers are below 16 */
}

static char *put_bytes(char *at, uint32_t field, struct bc_str bytes)
{
    at = put_tag(at, field, WIRE_BYTES);
    at = put_varint(at, bytes.len);
    return put_raw(at, bytes);
}

static size_t text_size(struct bc_str text)
{
    return text.len ? bytes_size(text.len) : 0;
}

static char *put_text(char *at, uint32_t field, struct bc_str text)
{
    return text.len ? put_bytes(at, field, text) : at;
}

static size_t time_size(int64_t us)
{
    const uint64_t seconds = (uint64_t)us / BC_SECOND_US, rest = (uint64_t)us % BC_SECOND_US;

    return 2 + (seconds ? 1 + varint_size(seconds) : 0) + (rest ? 1 + varint_size(rest * 1000) : 0);
}

static char *put_time(char *at, uint32_t field, int64_t us)
{
    const uint64_t seconds = (uint64_t)us / BC_SECOND_US, rest = (uint64_t)us % BC_SECOND_US;
    char *begin;

    at = put_tag(at, field, WIRE_BYTES);
    begin = at++; /* the length, which is one byte */
    if (seconds)
        at = put_varint(put_tag(at, F_SECONDS, WIRE_VARINT), seconds);
    if (rest)
        at = put_varint(put_tag(at, F_NANOS, WIRE_VARINT), rest * 1000);
    *begin = (char)(at - begin - 1);
    return at;
}

static size_t source_size(const struct bc_event *event)
{
    return text_size(event->source_system) + text_size(event->source_ref) +
           text_size(event->source_how) + event->source_unknown.len;
}

static char *put_source(char *at, const struct bc_event *event, size_t size)
{
    at = put_varint(put_tag(at, F_SOURCE, WIRE_BYTES), size);
    at = put_text(at, F_SOURCE_SYSTEM, event->source_system);
    at = put_text(at, F_SOURCE_REF, event->source_ref);
    at = put_text(at, F_SOURCE_HOW, event->source_how);
    return put_raw(at, event->source_unknown);
}

static size_t value_size(enum bc_type type, const struct bc_value *value)
{
    size_t size = 0;

    switch (type) {
    case BC_TEXT:
    case BC_DAY:
        return text_size(value->text);
    case BC_BOOL:
        return value->yes ? 2 : 0;
    case BC_TIME:
        return value->set ? time_size(value->us) : 0;
    case BC_LIST:
        for (size_t i = 0; i < value->item_n; i++)
            size += bytes_size(value->items[i].len);
        break;
    }
    return size;
}

static char *put_value(char *at, uint32_t field, enum bc_type type, const struct bc_value *value)
{
    switch (type) {
    case BC_TEXT:
    case BC_DAY:
        return put_text(at, field, value->text);
    case BC_BOOL:
        return value->yes ? put_varint(put_tag(at, field, WIRE_VARINT), 1) : at;
    case BC_TIME:
        return value->set ? put_time(at, field, value->us) : at;
    case BC_LIST:
        for (size_t i = 0; i < value->item_n; i++)
            at = put_bytes(at, field, value->items[i]);
        break;
    }
    return at;
}

static size_t body_size(const struct bc_event *event, const struct bc_schema *schema)
{
    size_t size = event->body_unknown.len;

    for (unsigned i = 1; i < schema->field_end; i++)
        if (schema->field[i].name)
            size += value_size(schema->field[i].type, &event->value[i]);
    return size;
}

static char *put_body(char *at, const struct bc_event *event, const struct bc_schema *schema,
                      size_t size)
{
    at = put_varint(put_tag(at, (uint32_t)event->body, WIRE_BYTES), size);
    for (unsigned i = 1; i < schema->field_end; i++)
        if (schema->field[i].name)
            at = put_value(at, i, schema->field[i].type, &event->value[i]);
    return put_raw(at, event->body_unknown);
}

void bc_encode_content(struct bc_buf *out, const struct bc_event *event)
{
    const struct bc_schema *schema = event->body == BC_NO_BODY ? NULL : bc_schema(event->body);
    const size_t source = source_size(event), body = schema ? body_size(event, schema) : 0;
    char *at = bc_buf_room(out, ENVELOPE_MOST + event->id.len + event->deal.len + event->actor.len +
                                    source + body + event->unknown.len);

    at = put_text(at, F_ID, event->id);
    at = put_time(at, F_OCCURRED_AT, event->occurred_us);
    if (event->has_source_recorded)
        at = put_time(at, F_SOURCE_RECORDED_AT, event->source_recorded_us);
    at = put_text(at, F_DEAL, event->deal);
    at = put_text(at, F_ACTOR, event->actor);
    if (source)
        at = put_source(at, event, source);
    if (schema)
        at = put_body(at, event, schema, body);
    at = put_raw(at, event->unknown);
    out->len = (size_t)(at - out->at);
}

void bc_encode_prefix(struct bc_buf *out, uint64_t seq, int64_t recorded_us)
{
    char *at = bc_buf_room(out, TAG_MOST + VARINT_MOST + TIME_MOST);

    at = put_varint(put_tag(at, F_SEQ, WIRE_VARINT), seq);
    at = put_time(at, F_RECORDED_AT, recorded_us);
    out->len = (size_t)(at - out->at);
}

void bc_varint_add(struct bc_buf *out, uint64_t value)
{
    char *at = bc_buf_room(out, VARINT_MOST);

    out->len += (size_t)(put_varint(at, value) - at);
}
