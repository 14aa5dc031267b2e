#include "tools/byhand/record_form.h"

#include "ledger/record/merkle.h"
#include "projections/yaml/fields.h"
#include "tools/byhand/record_words.h"

#include <stdlib.h>

struct reader {
    struct bc_fields in;
    const struct record_reading *reading;
    struct record_form *form;
    struct record_sheet *sheet;
    const char *deal, *actor; /* of the form */
};

/* What happened at one instant. */
struct moment {
    const char *at, *deal, *actor; /* as typed, or "" */
    size_t at_at;
    int64_t us;
    bool is_day; /* `at` is a date */
};

/* --- values --- */

/* A text of any length; "" where there is none. */
static bc_status read_text(const struct reader *reader, const char **out,
                           const struct bc_yaml *value, const char *what)
{
    *out = "";
    if (!value || bc_yaml_is_null(value))
        return BC_OK;
    if (value->kind != BC_YAML_SCALAR)
        return bc_fields_fault(&reader->in, value, "%s: expected a text", what);
    *out = value->text.at;
    return BC_OK;
}

/* A fault of a typed text is one of the form. */
static bc_status typed_wrong(const struct reader *reader, size_t at, bc_status rc)
{
    (void)rc;
    return bc_yaml_place(reader->in.source, at, BC_E_INPUT, reader->in.err);
}

static bc_status read_items(const struct reader *reader, struct bc_value *out,
                            const struct bc_yaml *list, const char *what)
{
    const char **texts = bc_arena_alloc(reader->in.arena, (list->n + 1) * sizeof(*texts));
    size_t n = 0;
    bc_status rc = BC_OK;

    for (const struct bc_yaml *item = list->first; rc == BC_OK && item; item = item->next) {
        rc = read_text(reader, &texts[n], item, what);
        n += texts[n][0] != '\0';
    }
    record_value_list(out, texts, n, reader->in.arena);
    return rc;
}

static bc_status read_value(const struct reader *reader, struct bc_value *out,
                            const struct bc_yaml *value, const struct bc_field *field)
{
    const char *text;
    bc_status rc;

    if (field->type == BC_LIST && value->kind == BC_YAML_LIST)
        return read_items(reader, out, value, field->json_name);
    rc = read_text(reader, &text, value, field->json_name);
    if (rc < 0)
        return rc;
    rc = record_value_read(out, field, text, reader->reading, reader->in.err);
    return rc < 0 ? typed_wrong(reader, value->at, rc) : BC_OK;
}

/* --- ids --- */

static void add_typed(struct bc_buf *out, const char *name, const struct bc_yaml *value)
{
    bc_buf_printf(out, "%s", name);
    bc_buf_add_byte(out, '=');
    for (const struct bc_yaml *item = value->first; item; item = item->next) {
        bc_buf_add_str(out, item->text);
        bc_buf_add_byte(out, ',');
    }
    bc_buf_add_str(out, value->text);
    bc_buf_add_byte(out, '\0');
}

static size_t count_id(const struct record_sheet *sheet, struct bc_str id)
{
    size_t n = 0;

    for (size_t i = 0; i < sheet->n; i++)
        n += bc_str_eq(sheet->events[i].id, id);
    return n;
}

/* "form:" and digits made of what was typed; of two that say the same, the second has another. */
static struct bc_str make_id(const struct reader *reader, struct bc_buf *typed)
{
    struct bc_str id = { 0 };
    struct bc_buf text = { 0 };

    do {
        const struct bc_hash hash = bc_hash_bytes(bc_buf_str(typed));

        text.len = 0;
        bc_buf_add_str(&text, BC_STR("form:"));
        for (size_t i = 0; i < 10; i++)
            bc_buf_printf(&text, "%02x", (unsigned char)hash.at[i]);
        id = bc_buf_str(&text);
        bc_buf_add_byte(typed, '+');
    } while (count_id(reader->sheet, id) > 0);
    id = bc_arena_copy(reader->in.arena, id);
    bc_buf_release(&text);
    return id;
}

/* --- one event --- */

/* An event as it is read: the map of its fields, or the one text of its only field that must be
 * given. */
struct entry {
    const struct moment *moment;
    const struct bc_yaml *value;
    enum bc_body body;
    const char *id;
    struct bc_buf typed;
    struct record_place place;
    struct bc_event event;
};

static struct entry begin_entry(const struct moment *moment, const struct bc_yaml *value,
                                enum bc_body body)
{
    return (struct entry){ .moment = moment,
                           .value = value,
                           .body = body,
                           .id = "",
                           .place.at = value->key.len ? value->key_at : value->at,
                           .event = record_event_by_hand(body) };
}

struct known_fields {
    enum bc_body body;
    unsigned numbers[BC_FIELD_MAX];
    size_t n; /* and "id" after them */
};

static struct known_fields known_fields(enum bc_body body)
{
    struct known_fields known = { .body = body };

    for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
        if (bc_schema(body)->field[number].name)
            known.numbers[known.n++] = number;
    return known;
}

static struct bc_str field_candidate(const void *of, size_t i)
{
    const struct known_fields *known = of;

    return i < known->n ? bc_str_of(bc_schema(known->body)->field[known->numbers[i]].json_name)
                        : BC_STR("id");
}

static bool same_name(const char *typed, const char *name)
{
    char one[RECORD_NAME_LEN], other[RECORD_NAME_LEN];

    record_kebab(one, typed);
    record_kebab(other, name);
    return strcmp(one, other) == 0;
}

static bc_status read_member(const struct reader *reader, struct entry *entry,
                             const struct bc_yaml *member)
{
    const struct known_fields known = known_fields(entry->body);
    const struct bc_schema *schema = bc_schema(entry->body);
    char what[64];

    if (bc_str_eq(member->key, BC_STR("id")))
        return read_text(reader, &entry->id, member, "id");
    for (size_t i = 0; i < known.n; i++) {
        const struct bc_field *field = &schema->field[known.numbers[i]];

        if (!same_name(member->key.at, field->name))
            continue;
        if (entry->place.field_at[known.numbers[i]])
            return bc_fields_key_fault(&reader->in, member, "\"%s\" is given twice",
                                       field->json_name);
        entry->place.field_at[known.numbers[i]] = member->at;
        if (!bc_yaml_is_null(member))
            add_typed(&entry->typed, field->json_name, member);
        return read_value(reader, &entry->event.value[known.numbers[i]], member, field);
    }
    snprintf(what, sizeof(what), "field of %s", schema->json_name);
    return bc_fields_unknown(&reader->in, member->key_at, member->key, what, field_candidate,
                             &known, known.n + 1);
}

static bc_status read_scalar(const struct reader *reader, struct entry *entry)
{
    const struct bc_schema *schema = bc_schema(entry->body);
    const struct known_fields known = known_fields(entry->body);
    unsigned only = 0, required = 0;

    for (size_t i = 0; i < known.n; i++)
        if (schema->field[known.numbers[i]].required) {
            only = known.numbers[i];
            required++;
        }
    if (required != 1)
        return bc_fields_fault(&reader->in, entry->value,
                               "%s: expected a map of its fields, like { %s: ... }, or {}",
                               schema->json_name, schema->field[known.numbers[0]].json_name);
    entry->place.field_at[only] = entry->value->at;
    add_typed(&entry->typed, schema->field[only].json_name, entry->value);
    return read_value(reader, &entry->event.value[only], entry->value, &schema->field[only]);
}

static void add_event(const struct reader *reader, struct entry *entry)
{
    const struct moment *moment = entry->moment;
    struct record_form *form = reader->form;

    entry->event.occurred_us = moment->us;
    entry->event.deal = bc_str_of(moment->deal);
    entry->event.actor = bc_str_of(moment->actor);
    bc_buf_printf(&entry->typed, "%s %s %s", bc_schema(entry->body)->json_name, moment->at,
                  moment->deal);
    entry->place.made_id = entry->id[0] == '\0';
    entry->event.id = entry->place.made_id ? make_id(reader, &entry->typed) : bc_str_of(entry->id);
    record_event_fill_in(&entry->event, moment->is_day, reader->in.arena);
    record_sheet_add(reader->sheet, &entry->event);
    BC_GROW(form->places, form->place_n, form->place_cap);
    form->places[form->place_n++] = entry->place;
}

static bc_status read_event(const struct reader *reader, const struct moment *moment,
                            enum bc_body body, const struct bc_yaml *value)
{
    struct entry entry = begin_entry(moment, value, body);
    bc_status rc = BC_OK;

    if (value->kind == BC_YAML_SCALAR)
        rc = read_scalar(reader, &entry);
    else if (value->kind == BC_YAML_LIST)
        rc = bc_fields_fault(&reader->in, value, "%s: a list in a list, expected its fields",
                             bc_schema(body)->json_name);
    for (const struct bc_yaml *member = value->first; rc == BC_OK && member; member = member->next)
        rc = read_member(reader, &entry, member);
    if (rc == BC_OK)
        add_event(reader, &entry);
    bc_buf_release(&entry.typed);
    return rc;
}

/* properties: { tier: A } is a propertyChanged with its name and value. */
static bc_status read_properties(const struct reader *reader, const struct moment *moment,
                                 const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(&reader->in, map, "properties", 0, SIZE_MAX);

    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next) {
        struct entry entry = begin_entry(moment, one, BC_PROPERTY_CHANGED);
        const char *text;

        if (bc_yaml_is_null(one))
            continue;
        rc = read_text(reader, &text, one, one->key.at);
        entry.place.field_at[BC_PROPERTY_CHANGED_NAME] = one->key_at;
        entry.place.field_at[BC_PROPERTY_CHANGED_VALUE] = one->at;
        entry.event.value[BC_PROPERTY_CHANGED_NAME].text = one->key;
        entry.event.value[BC_PROPERTY_CHANGED_VALUE].text = bc_str_of(text);
        add_typed(&entry.typed, one->key.at, one);
        if (rc == BC_OK)
            add_event(reader, &entry);
        bc_buf_release(&entry.typed);
    }
    return rc;
}

/* --- moments --- */

static const char *const moment_keys[] = { "at", "deal", "actor", "properties" };
#define MOMENT_KEYS (sizeof(moment_keys) / sizeof(moment_keys[0]))

static struct bc_str moment_candidate(const void *of, size_t i)
{
    (void)of;
    if (i < MOMENT_KEYS)
        return bc_str_of(moment_keys[i]);
    return bc_str_of(bc_schema((enum bc_body)(BC_DEAL_CREATED + i - MOMENT_KEYS))->json_name);
}

static const struct bc_yaml *member_of(const struct bc_yaml *map, const char *key)
{
    const struct bc_yaml *member = map->first;

    while (member && !bc_str_eq(member->key, bc_str_of(key)))
        member = member->next;
    return member;
}

static bc_status read_at(const struct reader *reader, struct moment *moment,
                         const struct bc_yaml *value)
{
    bc_status rc = read_text(reader, &moment->at, value, "at");

    moment->us = reader->reading->now_us;
    if (rc < 0 || !moment->at[0])
        return rc;
    rc =
        record_when_read(&moment->us, &moment->is_day, moment->at, reader->reading, reader->in.err);
    return rc < 0 ? typed_wrong(reader, value->at, rc) : BC_OK;
}

/* The values of one key of a moment: an event, or a list of them. */
static bc_status read_body(const struct reader *reader, const struct moment *moment,
                           const struct bc_yaml *value)
{
    enum bc_body body = record_body_of(value->key.at, NULL);
    bc_status rc = BC_OK;

    if (body == BC_NO_BODY)
        return bc_fields_unknown(&reader->in, value->key_at, value->key,
                                 "event, nor at, deal, actor or properties", moment_candidate, NULL,
                                 MOMENT_KEYS + BC_BODY_END - BC_DEAL_CREATED);
    if (value->kind != BC_YAML_LIST)
        return bc_yaml_is_null(value) ? BC_OK : read_event(reader, moment, body, value);
    for (const struct bc_yaml *one = value->first; rc == BC_OK && one; one = one->next)
        rc = read_event(reader, moment, body, one);
    return rc;
}

static bc_status read_moment(const struct reader *reader, const struct bc_yaml *map)
{
    struct moment moment = { .at = "", .deal = "", .actor = "" };
    bc_status rc = bc_fields_map(&reader->in, map, "a moment", 1, SIZE_MAX);

    if (rc == BC_OK)
        rc = read_at(reader, &moment, member_of(map, "at"));
    if (rc == BC_OK)
        rc = read_text(reader, &moment.deal, member_of(map, "deal"), "deal");
    if (rc == BC_OK)
        rc = read_text(reader, &moment.actor, member_of(map, "actor"), "actor");
    if (rc < 0)
        return rc;
    if (!moment.deal[0])
        moment.deal = reader->deal;
    if (!moment.actor[0])
        moment.actor = reader->actor;
    for (const struct bc_yaml *value = map->first; rc == BC_OK && value; value = value->next) {
        if (bc_str_eq(value->key, BC_STR("properties")))
            rc = bc_yaml_is_null(value) ? BC_OK : read_properties(reader, &moment, value);
        else if (!bc_str_eq(value->key, BC_STR("at")) && !bc_str_eq(value->key, BC_STR("deal")) &&
                 !bc_str_eq(value->key, BC_STR("actor")))
            rc = read_body(reader, &moment, value);
    }
    return rc;
}

/* --- the form --- */

static bc_status read_form(struct reader *reader, const struct bc_yaml *tree)
{
    static const struct bc_field_key keys[] = {
        { "deal", BC_EVERY_KIND, 0 },
        { "actor", BC_EVERY_KIND, 0 },
        { "events", BC_EVERY_KIND, BC_EVERY_KIND },
    };
    const struct bc_yaml *values[3];
    bc_status rc = bc_fields_take(&reader->in, values, tree, "the form", keys, 3);

    if (rc == BC_OK)
        rc = read_text(reader, &reader->deal, values[0], "deal");
    if (rc == BC_OK)
        rc = read_text(reader, &reader->actor, values[1], "actor");
    if (rc < 0)
        return rc;
    if (!reader->actor[0] && reader->form->actor)
        reader->actor = reader->form->actor;
    if (values[2]->kind != BC_YAML_LIST || values[2]->n == 0)
        return bc_fields_fault(&reader->in, values[2],
                               "events: expected a list of moments, \"- at: 2025-03-31\" and what "
                               "happened then");
    for (const struct bc_yaml *one = values[2]->first; rc == BC_OK && one; one = one->next)
        rc = read_moment(reader, one);
    if (rc == BC_OK && reader->sheet->n == 0)
        rc = bc_fields_fault(&reader->in, values[2], "events: nothing happened in them");
    return rc;
}

bc_status record_form_read(struct record_form *form, struct record_sheet *sheet,
                           const struct record_reading *in, struct bc_err *err)
{
    struct reader reader = { .in = { &form->source, in->arena, err },
                             .reading = in,
                             .form = form,
                             .sheet = sheet,
                             .deal = "",
                             .actor = "" };
    const struct bc_yaml *tree;
    bc_status rc = bc_yaml_read(&tree, in->arena, &form->source, err);

    return rc == BC_OK ? read_form(&reader, tree) : rc;
}

/* --- told before --- */

static void keep_times(struct bc_event *event, const struct bc_event *there, bc_arena *arena)
{
    const struct bc_schema *schema = bc_schema(event->body);

    event->occurred_us = there->occurred_us;
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
        if (!schema->field[number].name)
            continue;
        if (schema->field[number].type == BC_TIME)
            event->value[number] = there->value[number];
        if (schema->field[number].type == BC_DAY)
            event->value[number].text = bc_arena_copy(arena, there->value[number].text);
    }
}

bc_status record_form_settle(const struct record_form *form, struct record_sheet *sheet,
                             bc_log *log, bc_arena *arena, struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < sheet->n; i++) {
        struct bc_event there;
        uint64_t seq;

        if (!form->places[i].made_id)
            continue;
        rc = bc_log_find(log, sheet->events[i].id, &seq, err);
        if (rc != BC_OK)
            continue;
        bc_arena_reset(scratch);
        rc = bc_log_get(log, seq, &there, &bytes, scratch, err);
        if (rc == BC_OK && there.body == sheet->events[i].body)
            keep_times(&sheet->events[i], &there, arena);
    }
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc < 0 ? rc : BC_OK;
}
