/* Writes the wire format itself, in the one order in which equal contents are equal bytes. */
#include "ledger/base/instant.h"
#include "ledger/codec.h"
#include "ledger/wire.h"

void bc_varint_add(struct bc_buf *out, uint64_t value)
{
    char *at = bc_buf_room(out, 10);
    size_t n = 0;

    for (; value >= 0x80; value >>= 7)
        at[n++] = (char)(value | 0x80);
    at[n++] = (char)value;
    out->len += n;
}

static void add_tag(struct bc_buf *out, uint32_t field, enum wire wire)
{
    bc_varint_add(out, (uint64_t)field << 3 | (uint64_t)wire);
}

static void add_bytes(struct bc_buf *out, uint32_t field, struct bc_str bytes)
{
    add_tag(out, field, WIRE_BYTES);
    bc_varint_add(out, bytes.len);
    bc_buf_add_str(out, bytes);
}

static void add_text(struct bc_buf *out, uint32_t field, struct bc_str text)
{
    if (text.len)
        add_bytes(out, field, text);
}

static void add_time(struct bc_buf *out, uint32_t field, int64_t us)
{
    char room[24];
    struct bc_buf inner = { .at = room, .cap = sizeof(room) };
    uint64_t seconds = (uint64_t)(us / BC_SECOND_US), nanos = (uint64_t)(us % BC_SECOND_US) * 1000;

    if (seconds) {
        add_tag(&inner, F_SECONDS, WIRE_VARINT);
        bc_varint_add(&inner, seconds);
    }
    if (nanos) {
        add_tag(&inner, F_NANOS, WIRE_VARINT);
        bc_varint_add(&inner, nanos);
    }
    add_bytes(out, field, bc_buf_str(&inner));
}

/* Opens a message whose length is not known yet; message_end puts it in front. */
static size_t message_begin(struct bc_buf *out, uint32_t field)
{
    add_tag(out, field, WIRE_BYTES);
    return out->len;
}

static void message_end(struct bc_buf *out, size_t begin)
{
    char room[10];
    struct bc_buf prefix = { .at = room, .cap = sizeof(room) };
    size_t len = out->len - begin;

    bc_varint_add(&prefix, len);
    (void)bc_buf_room(out, prefix.len);
    if (len)
        memmove(out->at + begin + prefix.len, out->at + begin, len);
    memcpy(out->at + begin, prefix.at, prefix.len);
    out->len += prefix.len;
}

static void add_source(struct bc_buf *out, const struct bc_event *event)
{
    size_t begin;

    if (event->source_system.len + event->source_ref.len + event->source_how.len +
            event->source_unknown.len ==
        0)
        return;
    begin = message_begin(out, F_SOURCE);
    add_text(out, F_SOURCE_SYSTEM, event->source_system);
    add_text(out, F_SOURCE_REF, event->source_ref);
    add_text(out, F_SOURCE_HOW, event->source_how);
    bc_buf_add_str(out, event->source_unknown);
    message_end(out, begin);
}

static void add_body(struct bc_buf *out, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);
    size_t begin = message_begin(out, (uint32_t)event->body);

    for (unsigned i = 1; i <= BC_FIELD_MAX; i++) {
        const struct bc_value *value = &event->value[i];

        if (!schema->field[i].name)
            continue;
        switch (schema->field[i].type) {
        case BC_TEXT:
        case BC_DAY:
            add_text(out, i, value->text);
            break;
        case BC_BOOL:
            if (value->yes) {
                add_tag(out, i, WIRE_VARINT);
                bc_varint_add(out, 1);
            }
            break;
        case BC_TIME:
            if (value->set)
                add_time(out, i, value->us);
            break;
        case BC_LIST:
            for (size_t item = 0; item < value->item_n; item++)
                add_bytes(out, i, value->items[item]);
            break;
        }
    }
    bc_buf_add_str(out, event->body_unknown);
    message_end(out, begin);
}

void bc_encode_content(struct bc_buf *out, const struct bc_event *event)
{
    add_text(out, F_ID, event->id);
    add_time(out, F_OCCURRED_AT, event->occurred_us);
    if (event->has_source_recorded)
        add_time(out, F_SOURCE_RECORDED_AT, event->source_recorded_us);
    add_text(out, F_DEAL, event->deal);
    add_text(out, F_ACTOR, event->actor);
    add_source(out, event);
    if (event->body != BC_NO_BODY)
        add_body(out, event);
    bc_buf_add_str(out, event->unknown);
}

void bc_encode_prefix(struct bc_buf *out, uint64_t seq, int64_t recorded_us)
{
    add_tag(out, F_SEQ, WIRE_VARINT);
    bc_varint_add(out, seq);
    add_time(out, F_RECORDED_AT, recorded_us);
}
