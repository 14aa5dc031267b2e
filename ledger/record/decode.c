/* Reads the wire format itself: flat messages take few lines, and texts stay where they are. A test
 * compares every body with what protobuf-c makes of it. */
#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "ledger/record/wire.h"

size_t bc_varint_get(uint64_t *out, struct bc_str bytes)
{
    uint64_t value = 0;

    if (bytes.len > 0 && !(bytes.at[0] & 0x80)) { /* most are short */
        *out = (uint8_t)bytes.at[0];
        return 1;
    }
    for (size_t i = 0; i < bytes.len && i < 10; i++) {
        uint8_t byte = (uint8_t)bytes.at[i];

        if (i == 9 && byte > 1)
            return 0;
        value |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (!(byte & 0x80)) {
            *out = value;
            return i + 1;
        }
    }
    return 0;
}

/* One field as found on the wire: `number` is its varint or fixed value, `bytes` its bytes. */
struct item {
    uint32_t field;
    enum wire wire;
    uint64_t number;
    struct bc_str bytes;
    struct bc_str whole; /* tag and value, as they are */
};

struct reader {
    const char *base; /* of the whole event, for positions */
    struct bc_str left;
    struct bc_err *err;
};

static bc_status malformed(const struct reader *reader, const char *what)
{
    return bc_err_set(reader->err, BC_E_INPUT, "byte %zu: %s, expected an encoded event",
                      (size_t)(reader->left.at - reader->base) + 1, what);
}

static void advance(struct reader *reader, size_t n)
{
    reader->left.at += n;
    reader->left.len -= n;
}

static bc_status read_value(struct reader *reader, struct item *item)
{
    size_t n = 0;

    switch (item->wire) {
    case WIRE_VARINT:
        n = bc_varint_get(&item->number, reader->left);
        if (n == 0)
            return malformed(reader, "a number that does not end");
        break;
    case WIRE_FIXED64:
    case WIRE_FIXED32:
        n = item->wire == WIRE_FIXED64 ? 8 : 4;
        if (reader->left.len < n)
            return malformed(reader, "a number is cut off");
        break;
    case WIRE_BYTES:
        n = bc_varint_get(&item->number, reader->left);
        if (n == 0 || item->number > reader->left.len - n)
            return malformed(reader, "a length that reaches past the end");
        item->bytes = (struct bc_str){ reader->left.at + n, (size_t)item->number };
        n += (size_t)item->number;
        break;
    }
    advance(reader, n);
    return BC_OK;
}

/* BC_DONE at the end of the message. */
static bc_status read_item(struct reader *reader, struct item *out)
{
    const char *begin = reader->left.at;
    uint64_t tag;
    size_t n;
    bc_status rc;

    if (reader->left.len == 0)
        return BC_DONE;
    n = bc_varint_get(&tag, reader->left);
    if (n == 0 || tag >> 3 == 0 || tag >> 3 > 0x1fffffff)
        return malformed(reader, "no field number");
    *out = (struct item){ .field = (uint32_t)(tag >> 3), .wire = (enum wire)(tag & 7) };
    if (out->wire != WIRE_VARINT && out->wire != WIRE_FIXED64 && out->wire != WIRE_BYTES &&
        out->wire != WIRE_FIXED32)
        return malformed(reader, "an unknown kind of field");
    advance(reader, n);
    rc = read_value(reader, out);
    out->whole = (struct bc_str){ begin, (size_t)(reader->left.at - begin) };
    return rc;
}

/* A field of a message may occur once. */
static bc_status once(const struct reader *reader, uint64_t *seen, const struct item *item,
                      enum wire wire)
{
    if (item->wire != wire)
        return malformed(reader, "a field of another type");
    if (*seen & UINT64_C(1) << item->field)
        return malformed(reader, "a field that occurs twice");
    *seen |= UINT64_C(1) << item->field;
    return BC_OK;
}

/* Unknown fields of one message, collected: a view while they are adjacent, else a copy with room
 * to grow, since any number of them can be scattered over a message. */
struct unknown {
    struct bc_str fields;
    char *copy; /* NULL: still a view */
    size_t cap;
};

static void keep_unknown(struct unknown *unknown, struct bc_str whole, bc_arena *arena)
{
    struct bc_str *fields = &unknown->fields;

    if (fields->len == 0) {
        *fields = whole;
        return;
    }
    if (!unknown->copy && fields->at + fields->len == whole.at) {
        fields->len += whole.len;
        return;
    }
    if (!unknown->copy || unknown->cap - fields->len < whole.len) {
        unknown->cap = 2 * (fields->len + whole.len);
        unknown->copy = bc_arena_alloc(arena, unknown->cap);
        memcpy(unknown->copy, fields->at, fields->len);
        fields->at = unknown->copy;
    }
    memcpy(unknown->copy + fields->len, whole.at, whole.len);
    fields->len += whole.len;
}

/* google.protobuf.Timestamp; what lies past the microsecond is cut off. */
static bc_status read_time(const struct reader *outer, struct bc_str bytes, int64_t *out_us)
{
    struct reader reader = { outer->base, bytes, outer->err };
    int64_t seconds = 0, nanos = 0;
    uint64_t seen = 0;
    struct item item;
    bc_status rc;

    while ((rc = read_item(&reader, &item)) == BC_OK) {
        if (item.field != F_SECONDS && item.field != F_NANOS)
            return malformed(&reader, "an unknown field in a timestamp");
        rc = once(&reader, &seen, &item, WIRE_VARINT);
        if (rc < 0)
            return rc;
        if (item.field == F_SECONDS)
            seconds = (int64_t)item.number;
        else
            nanos = (int64_t)item.number;
    }
    if (rc < 0)
        return rc;
    if (seconds < 0 || seconds > BC_INSTANT_MAX / BC_SECOND_US || nanos < 0 || nanos > 999999999)
        return malformed(&reader, "a timestamp outside the years 1970 to 9999");
    *out_us = seconds * BC_SECOND_US + nanos / 1000;
    return BC_OK;
}

static bc_status read_source(const struct reader *outer, struct bc_str bytes, bc_arena *arena,
                             struct bc_event *out)
{
    struct reader reader = { outer->base, bytes, outer->err };
    struct bc_str *const texts[] = { NULL, &out->source_system, &out->source_ref,
                                     &out->source_how };
    struct unknown unknown = { 0 };
    uint64_t seen = 0;
    struct item item;
    bc_status rc;

    while ((rc = read_item(&reader, &item)) == BC_OK) {
        if (item.field > F_SOURCE_HOW) {
            keep_unknown(&unknown, item.whole, arena);
            continue;
        }
        rc = once(&reader, &seen, &item, WIRE_BYTES);
        if (rc < 0)
            return rc;
        *texts[item.field] = item.bytes;
    }
    out->source_unknown = unknown.fields;
    return rc < 0 ? rc : BC_OK;
}

/* Adds one text to a list. Lists are short and rare, so a new array each time will do. */
static void add_to_list(struct bc_value *value, struct bc_str text, bc_arena *arena)
{
    size_t n = value->item_n;
    struct bc_str *items;

    if ((n & (n - 1)) == 0) { /* full at each power of two */
        items = bc_arena_alloc(arena, (n ? 2 * n : 1) * sizeof(*items));
        if (n)
            memcpy(items, value->items, n * sizeof(*items));
    } else {
        items = (struct bc_str *)(uintptr_t)value->items;
    }
    items[n] = text;
    value->items = items;
    value->item_n = n + 1;
}

static bc_status read_field(struct reader *reader, uint64_t *seen, const struct bc_field *field,
                            const struct item *item, bc_arena *arena, struct bc_value *out)
{
    bc_status rc;

    if (field->type == BC_LIST) {
        if (item->wire != WIRE_BYTES)
            return malformed(reader, "a field of another type");
        add_to_list(out, item->bytes, arena);
        return BC_OK;
    }
    rc = once(reader, seen, item, field->type == BC_BOOL ? WIRE_VARINT : WIRE_BYTES);
    if (rc < 0)
        return rc;
    switch (field->type) {
    case BC_BOOL:
        out->yes = item->number != 0;
        break;
    case BC_TIME:
        out->set = true;
        return read_time(reader, item->bytes, &out->us);
    case BC_TEXT:
    case BC_DAY:
    case BC_LIST:
        out->text = item->bytes;
        break;
    }
    return BC_OK;
}

static bc_status read_body(const struct reader *outer, struct bc_str bytes, bc_arena *arena,
                           struct bc_event *out)
{
    struct reader reader = { outer->base, bytes, outer->err };
    const struct bc_schema *schema = bc_schema(out->body);
    struct unknown unknown = { 0 };
    uint64_t seen = 0;
    struct item item;
    bc_status rc;

    while ((rc = read_item(&reader, &item)) == BC_OK) {
        if (item.field > BC_FIELD_MAX || !schema->field[item.field].name) {
            keep_unknown(&unknown, item.whole, arena);
            continue;
        }
        rc = read_field(&reader, &seen, &schema->field[item.field], &item, arena,
                        &out->value[item.field]);
        if (rc < 0)
            return rc;
    }
    out->body_unknown = unknown.fields;
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_envelope_field(const struct reader *reader, const struct item *item,
                                     bc_arena *arena, struct bc_event *out)
{
    switch (item->field) {
    case F_SEQ:
        out->seq = item->number;
        break;
    case F_RECORDED_AT:
        out->has_recorded = true;
        return read_time(reader, item->bytes, &out->recorded_us);
    case F_ID:
        out->id = item->bytes;
        break;
    case F_OCCURRED_AT:
        out->has_occurred = true;
        return read_time(reader, item->bytes, &out->occurred_us);
    case F_SOURCE_RECORDED_AT:
        out->has_source_recorded = true;
        return read_time(reader, item->bytes, &out->source_recorded_us);
    case F_DEAL:
        out->deal = item->bytes;
        break;
    case F_ACTOR:
        out->actor = item->bytes;
        break;
    case F_SOURCE:
        return read_source(reader, item->bytes, arena, out);
    default:
        if (out->body != BC_NO_BODY)
            return malformed(reader, "a second body");
        out->body = (enum bc_body)item->field;
        return read_body(reader, item->bytes, arena, out);
    }
    return BC_OK;
}

bc_status bc_decode(struct bc_event *out, struct bc_str bytes, bc_arena *arena, struct bc_err *err)
{
    struct reader reader = { bytes.at, bytes, err };
    struct bc_event event = { 0 };
    struct unknown unknown = { 0 };
    uint64_t seen = 0;
    struct item item;
    bc_status rc;

    while ((rc = read_item(&reader, &item)) == BC_OK) {
        if (item.field > F_SOURCE && (item.field < BC_DEAL_CREATED || item.field >= BC_BODY_END)) {
            keep_unknown(&unknown, item.whole, arena);
            continue;
        }
        rc = once(&reader, &seen, &item, item.field == F_SEQ ? WIRE_VARINT : WIRE_BYTES);
        if (rc == BC_OK)
            rc = read_envelope_field(&reader, &item, arena, &event);
        if (rc < 0)
            return rc;
    }
    if (rc < 0)
        return rc;
    event.unknown = unknown.fields;
    *out = event;
    return BC_OK;
}

bool bc_decode_prefix(struct bc_str *content, uint64_t *seq, int64_t *recorded_us,
                      struct bc_str stored)
{
    struct reader reader = { stored.at, stored, NULL };
    struct item item;

    if (read_item(&reader, &item) != BC_OK || item.field != F_SEQ || item.wire != WIRE_VARINT)
        return false;
    *seq = item.number;
    if (read_item(&reader, &item) != BC_OK || item.field != F_RECORDED_AT ||
        item.wire != WIRE_BYTES || read_time(&reader, item.bytes, recorded_us) != BC_OK)
        return false;
    *content = reader.left;
    return true;
}
