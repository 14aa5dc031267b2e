#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "tools/json/event_json.h"
#include "tools/json/json.h"

#include <inttypes.h>
#include <stdio.h>

/* A member brings its comma, unless it is the object's first. */
static void add_key(struct bc_buf *out, struct bc_str name)
{
    char *at = bc_buf_room(out, name.len + 4), *begin = at;

    if (at[-1] != '{')
        *at++ = ',';
    *at++ = '"';
    memcpy(at, name.at, name.len);
    at += name.len;
    *at++ = '"';
    *at++ = ':';
    out->len += (size_t)(at - begin);
}

static void add_text(struct bc_buf *out, struct bc_str name, struct bc_str text)
{
    if (text.len == 0)
        return;
    add_key(out, name);
    json_add_string(out, text);
}

static void add_time(struct bc_buf *out, struct bc_str name, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print_short(text, us);
    add_text(out, name, bc_str_of(text));
}

static void add_list(struct bc_buf *out, struct bc_str name, const struct bc_value *list)
{
    if (list->item_n == 0)
        return;
    add_key(out, name);
    bc_buf_add_byte(out, '[');
    for (size_t i = 0; i < list->item_n; i++) {
        if (i > 0)
            bc_buf_add_byte(out, ',');
        json_add_string(out, list->items[i]);
    }
    bc_buf_add_byte(out, ']');
}

static void add_fields(struct bc_buf *out, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);

    bc_buf_add_byte(out, '{');
    for (unsigned i = 1; i < schema->field_end; i++) {
        const struct bc_field *field = &schema->field[i];
        const struct bc_value *value = &event->value[i];
        const struct bc_str name = { field->json_name, field->json_len };

        if (!field->name)
            continue;
        switch (field->type) {
        case BC_TEXT:
        case BC_DAY:
            add_text(out, name, value->text);
            break;
        case BC_BOOL:
            if (value->yes) {
                add_key(out, name);
                bc_buf_add(out, "true", 4);
            }
            break;
        case BC_TIME:
            if (value->set)
                add_time(out, name, value->us);
            break;
        case BC_LIST:
            add_list(out, name, value);
            break;
        }
    }
    bc_buf_add_byte(out, '}');
}

static void add_body(struct bc_buf *out, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);

    add_key(out, (struct bc_str){ schema->json_name, schema->json_len });
    add_fields(out, event);
}

static void add_source(struct bc_buf *out, const struct bc_event *event)
{
    if (event->source_system.len + event->source_ref.len + event->source_how.len == 0)
        return;
    add_key(out, BC_STR("source"));
    bc_buf_add_byte(out, '{');
    add_text(out, BC_STR("system"), event->source_system);
    add_text(out, BC_STR("ref"), event->source_ref);
    add_text(out, BC_STR("how"), event->source_how);
    bc_buf_add_byte(out, '}');
}

/* How many encoded fields these are. */
static size_t count_fields(struct bc_str left)
{
    static const size_t fixed[8] = { [1] = 8, [5] = 4 }; /* by kind of field */
    size_t n = 0;

    while (left.len > 0) {
        uint64_t tag = 0, number = 0;
        size_t len = bc_varint_get(&tag, left);

        left = (struct bc_str){ left.at + len, left.len - len };
        len = fixed[tag & 7];
        if (len == 0)
            len = bc_varint_get(&number, left);
        if ((tag & 7) == 2)
            len += (size_t)number;
        n++;
        if (len == 0 || len > left.len) /* incomplete; the codec never returns one */
            break;
        left = (struct bc_str){ left.at + len, left.len - len };
    }
    return n;
}

size_t event_json_add(struct bc_buf *out, const struct bc_event *event)
{
    char seq[24];

    bc_buf_add_byte(out, '{');
    add_text(out, BC_STR("id"), event->id);
    if (event->seq) {
        (void)snprintf(seq, sizeof(seq), "%" PRIu64, event->seq);
        add_text(out, BC_STR("seq"), bc_str_of(seq));
    }
    if (event->seq || event->has_recorded)
        add_time(out, BC_STR("recordedAt"), event->recorded_us);
    if (event->has_occurred)
        add_time(out, BC_STR("occurredAt"), event->occurred_us);
    if (event->has_source_recorded)
        add_time(out, BC_STR("sourceRecordedAt"), event->source_recorded_us);
    add_text(out, BC_STR("deal"), event->deal);
    add_text(out, BC_STR("actor"), event->actor);
    add_source(out, event);
    if (event->body != BC_NO_BODY)
        add_body(out, event);
    bc_buf_add_byte(out, '}');
    return count_fields(event->unknown) + count_fields(event->source_unknown) +
           count_fields(event->body_unknown);
}

size_t event_json_body_add(struct bc_buf *out, const struct bc_event *event)
{
    add_fields(out, event);
    return count_fields(event->body_unknown);
}
