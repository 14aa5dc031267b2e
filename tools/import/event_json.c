#include "tools/import/event_json.h"

#include "ledger/base/instant.h"
#include "tools/import/json.h"

#include <stdlib.h>

static const char digits_expected[] = "a whole number from 0 to 18446744073709551615";

/* The keys of the envelope less the bodies. */
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
    json_parser *parser;
    bc_arena *lists;
    enum bc_body body; /* of the event read last */
    /* Columns of the event read last; 0: not given. */
    uint32_t keys[KEY_N], body_column, fields[BC_FIELD_MAX + 1];
};

/* One line on its way. */
struct reading {
    event_reader *reader;
    struct bc_event event;
    const struct json_node *node, *end; /* the next, and behind the last */
    size_t *column;
    struct bc_err *err;
};

event_reader *event_reader_new(void)
{
    event_reader *reader = bc_calloc(1, sizeof(*reader));

    reader->parser = json_parser_new();
    reader->lists = bc_arena_new();
    return reader;
}

void event_reader_free(event_reader *reader)
{
    if (!reader)
        return;
    json_parser_free(reader->parser);
    bc_arena_free(reader->lists);
    free(reader);
}

/* 0, -0, 0.0, 0e5: no digit but 0 before an exponent. */
static bool is_zero(struct bc_str number)
{
    for (size_t i = 0; i < number.len && (number.at[i] | 0x20) != 'e'; i++)
        if (number.at[i] >= '1' && number.at[i] <= '9')
            return false;
    return true;
}

/* What stands for no value at all. `next` is the node behind. */
static bool is_absent(const struct json_node *node, const struct json_node *next,
                      const struct json_node *end)
{
    switch (node->type) {
    case JSON_NULL:
    case JSON_FALSE:
        return true;
    case JSON_STRING:
        return node->text.len == 0;
    case JSON_NUMBER:
        return is_zero(node->text);
    case JSON_ARRAY:
        return next == end || next->depth <= node->depth;
    case JSON_TRUE:
    case JSON_OBJECT:
        break;
    }
    return false;
}

/* Takes the next node if it is one of those; what is in it comes next. */
static bool take_absent(struct reading *r)
{
    if (!is_absent(r->node, r->node + 1, r->end))
        return false;
    r->node++;
    return true;
}

static bc_status wrong_type(struct reading *r, const struct json_node *node, const char *expected)
{
    *r->column = node->column;
    return bc_err_set(r->err, BC_E_INPUT, "%.*s is %s, expected %s",
                      (int)(node->key.len < 64 ? node->key.len : 64), node->key.at,
                      json_type_name(node->type), expected);
}

static bc_status read_text(struct reading *r, struct bc_str *out)
{
    if (take_absent(r))
        return BC_OK;
    if (r->node->type != JSON_STRING)
        return wrong_type(r, r->node, "a string");
    *out = (r->node++)->text;
    return BC_OK;
}

static bc_status read_time(struct reading *r, bool *set, int64_t *us)
{
    const struct json_node *node = r->node;
    struct bc_err inner;

    if (take_absent(r))
        return BC_OK;
    if (node->type != JSON_STRING)
        return wrong_type(r, node, "a timestamp as a string");
    if (bc_instant_parse(us, node->text, &inner) < 0) {
        *r->column = node->column;
        return bc_err_set(r->err, BC_E_INPUT, "%.*s: %s", BC_STR_ARG(node->key), inner.message);
    }
    *set = true;
    r->node++;
    return BC_OK;
}

static bc_status read_bool(struct reading *r, bool *out)
{
    if (take_absent(r))
        return BC_OK;
    if (r->node->type != JSON_TRUE)
        return wrong_type(r, r->node, "true or false");
    *out = true;
    r->node++;
    return BC_OK;
}

static bc_status read_list(struct reading *r, struct bc_value *out)
{
    const struct json_node *list = r->node, *node;
    struct bc_str *items;
    size_t n = 0;

    if (take_absent(r))
        return BC_OK;
    if (list->type != JSON_ARRAY)
        return wrong_type(r, list, "a list of strings");
    for (node = list + 1; node < r->end && node->depth > list->depth; node++) {
        if (node->type != JSON_STRING) {
            *r->column = node->column;
            return bc_err_set(r->err, BC_E_INPUT, "%.*s holds %s, expected strings only",
                              BC_STR_ARG(list->key), json_type_name(node->type));
        }
        n++;
    }
    items = bc_arena_alloc(r->reader->lists, n * sizeof(*items));
    for (size_t i = 0; i < n; i++)
        items[i] = list[1 + i].text;
    out->items = items;
    out->item_n = n;
    r->node = node;
    return BC_OK;
}

/* seq says nothing here, but has to be what it claims to be. */
static bc_status read_seq(struct reading *r)
{
    const struct json_node *node = r->node;
    uint64_t value = 0;

    if (take_absent(r))
        return BC_OK;
    if (node->type != JSON_STRING && node->type != JSON_NUMBER)
        return wrong_type(r, node, digits_expected);
    for (size_t i = 0; i < node->text.len; i++) {
        char c = node->text.at[i];

        if (c < '0' || c > '9' || __builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(c - '0'), &value)) {
            *r->column = node->column;
            return bc_err_set(r->err, BC_E_INPUT, "seq is %.*s, expected %s",
                              (int)(node->text.len < 64 ? node->text.len : 64), node->text.at,
                              digits_expected);
        }
    }
    r->node++;
    return BC_OK;
}

static bc_status unknown_key(struct reading *r, const char *where)
{
    *r->column = r->node->key_column;
    return bc_err_set(r->err, BC_E_INPUT, "unknown key \"%.*s\" in %s",
                      (int)(r->node->key.len < 64 ? r->node->key.len : 64), r->node->key.at, where);
}

static bc_status read_source(struct reading *r)
{
    struct bc_str *const texts[] = { &r->event.source_system, &r->event.source_ref,
                                     &r->event.source_how };
    const struct json_node *source = r->node;

    if (take_absent(r))
        return BC_OK;
    if (source->type != JSON_OBJECT)
        return wrong_type(r, source, "an object");
    r->node++;
    while (r->node < r->end && r->node->depth > source->depth) {
        bc_status rc;
        size_t i = 0;

        while (i < 3 && !bc_str_eq(r->node->key, source_names[i]))
            i++;
        rc = i < 3 ? read_text(r, texts[i]) : unknown_key(r, "source");
        if (rc < 0)
            return rc;
    }
    return BC_OK;
}

static bc_status read_field(struct reading *r, const struct bc_field *field, struct bc_value *out)
{
    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        return read_text(r, &out->text);
    case BC_BOOL:
        return read_bool(r, &out->yes);
    case BC_TIME:
        return read_time(r, &out->set, &out->us);
    case BC_LIST:
        break;
    }
    return read_list(r, out);
}

static bc_status read_body(struct reading *r, enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);
    const struct json_node *object = r->node;

    if (take_absent(r))
        return BC_OK;
    *r->column = object->column;
    if (r->event.body != BC_NO_BODY)
        return bc_err_set(r->err, BC_E_INPUT, "a second body, %s beside %s, expected exactly one",
                          schema->json_name, bc_schema(r->event.body)->json_name);
    if (object->type != JSON_OBJECT)
        return wrong_type(r, object, "an object");
    r->event.body = r->reader->body = body;
    r->reader->body_column = object->column;
    r->node++;
    while (r->node < r->end && r->node->depth > object->depth) {
        unsigned field = bc_field_of(body, r->node->key);
        bc_status rc;

        if (field == 0)
            return unknown_key(r, schema->json_name);
        r->reader->fields[field] = r->node->column;
        rc = read_field(r, &schema->field[field], &r->event.value[field]);
        if (rc < 0)
            return rc;
    }
    return BC_OK;
}

static enum key key_of(struct bc_str name)
{
    enum key key = ID;

    while (key < KEY_N && !bc_str_eq(name, key_names[key]))
        key++;
    return key;
}

static bc_status read_key(struct reading *r)
{
    enum key key = key_of(r->node->key);
    enum bc_body body;

    if (key < KEY_N)
        r->reader->keys[key] = r->node->column;
    switch (key) {
    case ID:
        return read_text(r, &r->event.id);
    case SEQ:
        return read_seq(r);
    case RECORDED_AT:
        return read_time(r, &r->event.has_recorded, &r->event.recorded_us);
    case OCCURRED_AT:
        return read_time(r, &r->event.has_occurred, &r->event.occurred_us);
    case SOURCE_RECORDED_AT:
        return read_time(r, &r->event.has_source_recorded, &r->event.source_recorded_us);
    case DEAL:
        return read_text(r, &r->event.deal);
    case ACTOR:
        return read_text(r, &r->event.actor);
    case SOURCE:
        return read_source(r);
    case KEY_N:
        break;
    }
    body = bc_body_of(r->node->key);
    return body == BC_NO_BODY ? unknown_key(r, "the event") : read_body(r, body);
}

bc_status event_reader_read(event_reader *reader, struct bc_event *out, size_t *column,
                            struct bc_str line, struct bc_err *err)
{
    struct reading r = { .reader = reader, .column = column, .err = err };
    struct bc_where where;
    size_t n;
    bc_status rc;

    bc_arena_reset(reader->lists);
    reader->body = BC_NO_BODY;
    memset(reader->keys, 0, sizeof(reader->keys));
    memset(reader->fields, 0, sizeof(reader->fields));
    reader->body_column = 0;
    rc = json_parse(reader->parser, &r.node, &n, column, line, err);
    if (rc < 0)
        return rc;
    r.end = r.node + n;
    if (r.node->type != JSON_OBJECT) {
        *column = r.node->column;
        return bc_err_set(err, BC_E_INPUT, "%s, expected an event as an object",
                          json_type_name(r.node->type));
    }
    for (r.node++; r.node < r.end;) {
        rc = read_key(&r);
        if (rc < 0)
            return rc;
    }
    rc = bc_event_check(&r.event, &where, err);
    if (rc < 0) {
        *column = event_reader_column(reader, where);
        return rc;
    }
    *out = r.event;
    return BC_OK;
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
