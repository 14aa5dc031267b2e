#include "tools/json/event_json.h"

#include "tools/json/event_member.h"
#include "tools/json/json.h"

#include <stdlib.h>

/* The keys of the envelope without the bodies. */
enum key { ID, SEQ, RECORDED_AT, OCCURRED_AT, SOURCE_RECORDED_AT, DEAL, ACTOR, SOURCE, KEY_N };

#define NAME(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const struct bc_str key_names[KEY_N] = {
    [ID] = NAME("id"),
    [SEQ] = NAME("seq"),
    [RECORDED_AT] = NAME("recordedAt"),
    [OCCURRED_AT] = NAME("occurredAt"),
    [SOURCE_RECORDED_AT] = NAME("sourceRecordedAt"),
    [DEAL] = NAME("deal"),
    [ACTOR] = NAME("actor"),
    [SOURCE] = NAME("source"),
};

static const struct bc_str source_names[] = { NAME("system"), NAME("ref"), NAME("how") };

struct event_reader {
    struct json_lines lines;
    json_parser *parser; /* for what is wrong */
    bc_arena *lists;
    enum bc_body body; /* of the event read last */
    /* Columns of the event read last; 0: not given. */
    uint32_t keys[KEY_N], body_column, fields[BC_FIELD_MAX + 1];
};

/* One line being read. */
struct reading {
    event_reader *reader;
    struct bc_event *event;
    struct event_member at;
};

event_reader *event_reader_new(void)
{
    event_reader *reader = bc_calloc(1, sizeof(*reader));

    json_lines_init(&reader->lines);
    reader->parser = json_parser_new();
    reader->lists = bc_arena_new();
    return reader;
}

void event_reader_free(event_reader *reader)
{
    if (!reader)
        return;
    json_lines_release(&reader->lines);
    json_parser_free(reader->parser);
    bc_arena_free(reader->lists);
    free(reader);
}

void event_reader_ahead(event_reader *reader, struct bc_str text)
{
    json_lines_ahead(&reader->lines, text);
}

static bc_status read_source(struct reading *r)
{
    struct bc_str *const texts[] = { &r->event->source_system, &r->event->source_ref,
                                     &r->event->source_how };
    uint64_t seen = 0;
    bool first = true;
    bc_status rc;

    if (!json_lines_take(r->at.lines, '{'))
        return event_member_absent_or(&r->at, "an object");
    while ((rc = event_member_next(&r->at, &first)) == BC_OK) {
        unsigned i = 0;

        while (i < 3 && !bc_str_eq(r->at.key, source_names[i]))
            i++;
        if (i == 3)
            return event_member_unknown(&r->at, "source");
        if (event_member_again(&seen, i))
            return event_member_no_json(&r->at);
        rc = event_member_text(&r->at, texts[i]);
        if (rc < 0)
            return rc;
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_field(struct reading *r, const struct bc_field *field, struct bc_value *out)
{
    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        return event_member_text(&r->at, &out->text);
    case BC_BOOL:
        return event_member_bool(&r->at, &out->yes);
    case BC_TIME:
        return event_member_time(&r->at, &out->set, &out->us);
    case BC_LIST:
        break;
    }
    return event_member_list(&r->at, out);
}

static bc_status read_fields(struct reading *r, enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);
    uint64_t seen = 0;
    bool first = true;
    bc_status rc;

    while ((rc = event_member_next(&r->at, &first)) == BC_OK) {
        unsigned field = bc_field_of(body, r->at.key);

        if (field == 0)
            return event_member_unknown(&r->at, schema->json_name);
        if (event_member_again(&seen, field))
            return event_member_no_json(&r->at);
        r->reader->fields[field] = r->at.column;
        rc = read_field(r, &schema->field[field], &r->event->value[field]);
        if (rc < 0)
            return rc;
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_body(struct reading *r, enum bc_body body)
{
    enum json_type type;
    bc_status rc = event_member_absent(&r->at, &type);

    if (rc != BC_DONE)
        return rc;
    *r->at.fault = r->at.column;
    if (r->event->body != BC_NO_BODY)
        return bc_err_set(r->at.err, BC_E_INPUT,
                          "a second body, %s beside %s, expected exactly one",
                          bc_schema(body)->json_name, bc_schema(r->event->body)->json_name);
    if (type != JSON_OBJECT)
        return event_member_wrong_type(&r->at, type, "an object");
    r->event->body = r->reader->body = body;
    r->reader->body_column = r->at.column;
    r->at.lines->token++;
    return read_fields(r, body);
}

static enum key key_of(struct bc_str name)
{
    enum key key = ID;

    while (key < KEY_N && !bc_str_eq(name, key_names[key]))
        key++;
    return key;
}

static bc_status read_key(struct reading *r, enum key key)
{
    struct bc_event *event = r->event;

    r->reader->keys[key] = r->at.column;
    switch (key) {
    case ID:
        return event_member_text(&r->at, &event->id);
    case SEQ:
        return event_member_seq(&r->at);
    case RECORDED_AT:
        return event_member_time(&r->at, &event->has_recorded, &event->recorded_us);
    case OCCURRED_AT:
        return event_member_time(&r->at, &event->has_occurred, &event->occurred_us);
    case SOURCE_RECORDED_AT:
        return event_member_time(&r->at, &event->has_source_recorded, &event->source_recorded_us);
    case DEAL:
        return event_member_text(&r->at, &event->deal);
    case ACTOR:
        return event_member_text(&r->at, &event->actor);
    case SOURCE:
    case KEY_N:
        break;
    }
    return read_source(r);
}

static bc_status read_envelope(struct reading *r)
{
    uint64_t seen = 0; /* keys by their number, which is below any body's, and bodies */
    bool first = true;
    enum json_type type;
    bc_status rc;

    _Static_assert((int)KEY_N <= (int)BC_DEAL_CREATED && BC_BODY_END <= 64, "one bit for each");
    if (!json_lines_take(r->at.lines, '{')) {
        if (!event_member_type(&type, &r->at))
            return event_member_no_json(&r->at);
        *r->at.fault = json_lines_column(r->at.lines);
        return bc_err_set(r->at.err, BC_E_INPUT, "%s, expected an event as an object",
                          json_type_name(type));
    }
    while ((rc = event_member_next(&r->at, &first)) == BC_OK) {
        enum key key = key_of(r->at.key);
        enum bc_body body = key < KEY_N ? BC_NO_BODY : bc_body_of(r->at.key);

        if (key == KEY_N && body == BC_NO_BODY)
            return event_member_unknown(&r->at, "the event");
        if (event_member_again(&seen, key < KEY_N ? (unsigned)key : (unsigned)body))
            return event_member_no_json(&r->at);
        rc = key < KEY_N ? read_key(r, key) : read_body(r, body);
        if (rc < 0)
            return rc;
    }
    if (rc < 0)
        return rc;
    return json_lines_done(r->at.lines) ? BC_OK : event_member_no_json(&r->at);
}

/* A fault in the JSON is reported before any other fault, wherever it is. */
static bc_status parse_fault(event_reader *reader, size_t *column, struct bc_str line,
                             struct bc_err *err)
{
    const struct json_node *nodes;
    size_t n, at;

    if (json_parse(reader->parser, &nodes, &n, &at, line, err) < 0)
        *column = at;
    return BC_E_INPUT;
}

bc_status event_reader_read(event_reader *reader, struct bc_event *out, size_t *column,
                            struct bc_str line, struct bc_err *err)
{
    struct event_member at = {
        .lines = &reader->lines, .lists = reader->lists, .fault = column, .err = err
    };
    struct reading r = { .reader = reader, .event = out, .at = at };
    struct bc_where where;
    bc_status rc;

    bc_arena_reset(reader->lists);
    reader->body = BC_NO_BODY;
    memset(reader->keys, 0, sizeof(reader->keys));
    memset(reader->fields, 0, sizeof(reader->fields));
    reader->body_column = 0;
    *out = (struct bc_event){ .sound = true }; /* the strings of valid JSON are */
    if (line.len > JSON_LEN_MAX || !json_lines_begin(&reader->lines, line))
        rc = event_member_no_json(&r.at);
    else
        rc = read_envelope(&r);
    if (rc < 0)
        return parse_fault(reader, column, line, err);
    rc = bc_event_check(out, &where, err);
    if (rc < 0)
        *column = event_reader_column(reader, where);
    return rc;
}

size_t event_reader_column(const event_reader *reader, struct bc_where where)
{
    enum key key = key_of(bc_str_of(where.part));
    uint32_t column = 0;

    if (key < KEY_N)
        column = reader->keys[key];
    else if (reader->body != BC_NO_BODY &&
             strcmp(where.part, bc_schema(reader->body)->json_name) == 0)
        column = where.field ? reader->fields[where.field] : reader->body_column;
    return column ? column : 1;
}
