#include "tools/export/ocel_model.h"

#include "ledger/base/instant.h"
#include "tools/export/activity.h"

#include <assert.h>
#include <stdlib.h>

static const char *const words[OCEL_OBJECT_N] = {
    [OCEL_DEAL] = "deal",           [OCEL_MEMBER] = "member", [OCEL_MEETING] = "meeting",
    [OCEL_AGREEMENT] = "agreement", [OCEL_ORDER] = "order",   [OCEL_EXPERIMENT] = "experiment",
};

/* Bodies that name an object beside the deal: the field with its id, which is number 1 in each of
 * them, whether the other fields are the object's attributes, and the state that it has from then
 * on. */
static const struct named {
    enum bc_body body;
    enum ocel_object type;
    bool fields;
    const char *state;
} nameds[] = {
    { BC_MEETING_LOGGED, OCEL_MEETING, true, NULL },
    { BC_AGREEMENT_SENT, OCEL_AGREEMENT, true, "sent" },
    { BC_AGREEMENT_SIGNED, OCEL_AGREEMENT, true, "signed" },
    { BC_AGREEMENT_DECLINED, OCEL_AGREEMENT, true, "declined" },
    { BC_ORDER_PLACED, OCEL_ORDER, true, NULL },
    { BC_EXPERIMENT_STARTED, OCEL_EXPERIMENT, true, NULL },
    { BC_EXPERIMENT_CONCLUDED, OCEL_EXPERIMENT, true, NULL },
    { BC_DEAL_ENROLLED, OCEL_EXPERIMENT, false, NULL },
};
enum { NAMED_N = sizeof(nameds) / sizeof(nameds[0]), ID_FIELD = 1 };

/* What every event has besides the fields of its body. */
static const struct {
    const char *name, *type;
} envelope[] = {
    { "eventKind", "string" }, { "eventStage", "string" },     { "actor", "string" },
    { "recordedAt", "time" },  { "sourceRecordedAt", "time" }, { "sourceSystem", "string" },
    { "sourceRef", "string" }, { "sourceHow", "string" },
};

const char *ocel_object_word(enum ocel_object type)
{
    return words[type];
}

void ocel_object_id(struct bc_buf *out, enum ocel_object type, struct bc_str id)
{
    out->len = 0;
    bc_buf_add_str(out, bc_str_of(words[type]));
    bc_buf_add_byte(out, ':');
    bc_buf_add_str(out, id);
}

/* --- types --- */

static const char *type_of(const struct bc_field *field)
{
    return field->type == BC_TIME ? "time" : field->type == BC_BOOL ? "boolean" : "string";
}

static size_t add_column(struct ocel_column *out, size_t n, const char *name, const char *type)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(out[i].name, bc_str_of(name)))
            return n;
    assert(n < OCEL_COLUMN_MAX);
    out[n] = (struct ocel_column){ bc_str_of(name), type };
    return n + 1;
}

size_t ocel_object_columns(struct ocel_column *out, enum ocel_object type)
{
    size_t n = add_column(out, 0, "id", "string");

    if (type == OCEL_DEAL)
        n = add_column(out, n, "stage", "string");
    for (size_t i = 0; i < NAMED_N; i++) {
        const struct bc_schema *schema = bc_schema(nameds[i].body);

        if (nameds[i].type != type || !nameds[i].fields)
            continue;
        if (nameds[i].state)
            n = add_column(out, n, "state", "string");
        for (unsigned f = ID_FIELD + 1; f < schema->field_end; f++)
            if (schema->field[f].name)
                n = add_column(out, n, schema->field[f].json_name, type_of(&schema->field[f]));
    }
    return n;
}

/* Lists of ids are texts with a `;` between, beside the relations; others are left out. */
static bool is_joined(enum bc_body body)
{
    return body == BC_REVIEW_HELD;
}

size_t ocel_event_columns(struct ocel_column *out, enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);
    size_t n = 0;

    for (size_t i = 0; i < sizeof(envelope) / sizeof(envelope[0]); i++)
        n = add_column(out, n, envelope[i].name, envelope[i].type);
    for (unsigned f = 1; f < schema->field_end; f++)
        if (schema->field[f].name && (schema->field[f].type != BC_LIST || is_joined(body)))
            n = add_column(out, n, schema->field[f].json_name, type_of(&schema->field[f]));
    return n;
}

/* --- an event --- */

static void relate(struct ocel_facts *out, enum ocel_object type, struct bc_str id,
                   const char *qualifier)
{
    if (id.len == 0)
        return;
    BC_GROW(out->relations, out->relation_n, out->relation_cap);
    out->relations[out->relation_n++] = (struct ocel_relation){ type, id, qualifier };
}

static void tell(struct ocel_facts *out, enum ocel_object type, struct bc_str id,
                 struct bc_str name, struct bc_str value)
{
    BC_GROW(out->told, out->told_n, out->told_cap);
    out->told[out->told_n++] = (struct ocel_told){ type, id, name, value };
}

static void tell_filled(struct ocel_facts *out, enum ocel_object type, struct bc_str id,
                        const char *name, struct bc_str value)
{
    if (value.len > 0)
        tell(out, type, id, bc_str_of(name), value);
}

static void add_value(struct ocel_facts *out, const char *name, struct bc_str text)
{
    if (text.len == 0)
        return;
    BC_GROW(out->values, out->value_n, out->value_cap);
    out->values[out->value_n++] = (struct ocel_value){ bc_str_of(name), text };
}

static struct bc_str time_text(struct ocel_facts *out, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    return bc_arena_copy(out->arena, bc_str_of(text));
}

static struct bc_str field_text(struct ocel_facts *out, const struct bc_field *field,
                                const struct bc_value *value)
{
    if (field->type == BC_BOOL)
        return value->yes ? BC_STR("true") : (struct bc_str){ 0 };
    if (field->type == BC_TIME)
        return value->set ? time_text(out, value->us) : (struct bc_str){ 0 };
    return value->text;
}

static struct bc_str property_name(struct ocel_facts *out, struct bc_str name)
{
    static const struct bc_str mark = { "property:", sizeof("property:") - 1 };
    struct bc_buf whole = { 0 };
    struct bc_str kept;

    if (!bc_str_eq(name, BC_STR("id")) && !bc_str_eq(name, BC_STR("stage")) &&
        !bc_str_begins(name, mark))
        return name;
    bc_buf_add_str(&whole, mark);
    bc_buf_add_str(&whole, name);
    kept = bc_arena_copy(out->arena, bc_buf_str(&whole));
    bc_buf_release(&whole);
    return kept;
}

static void take_property(struct ocel_facts *out, const struct bc_event *event)
{
    const struct bc_str name = event->value[BC_PROPERTY_CHANGED_NAME].text;
    const struct bc_str value = event->value[BC_PROPERTY_CHANGED_VALUE].text;

    tell(out, OCEL_DEAL, event->deal, property_name(out, name), value);
    if (bc_str_eq(name, BC_STR("company")))
        relate(out, OCEL_MEMBER, value, "company");
    else if (bc_str_eq(name, BC_STR("renews")))
        relate(out, OCEL_DEAL, value, "renews");
}

static void take_creation(struct ocel_facts *out, const struct bc_event *event)
{
    static const struct {
        unsigned field;
        const char *property;
    } set[] = {
        { BC_DEAL_CREATED_NAME, "deal_name" },
        { BC_DEAL_CREATED_DEAL_TYPE, "deal_type" },
        { BC_DEAL_CREATED_OWNER, "owner" },
    };

    for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
        tell_filled(out, OCEL_DEAL, event->deal, set[i].property, event->value[set[i].field].text);
}

/* What is about the object that the body names. */
static void take_named(struct ocel_facts *out, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);
    const struct bc_str id = event->value[ID_FIELD].text;

    for (size_t i = 0; i < NAMED_N; i++) {
        const struct named *named = &nameds[i];

        if (named->body != event->body || id.len == 0)
            continue;
        relate(out, named->type, id, words[named->type]);
        if (named->state)
            tell_filled(out, named->type, id, "state", bc_str_of(named->state));
        for (unsigned f = ID_FIELD + 1; named->fields && f < schema->field_end; f++)
            if (schema->field[f].name)
                tell_filled(out, named->type, id, schema->field[f].json_name,
                            field_text(out, &schema->field[f], &event->value[f]));
    }
}

/* Each once: a relation is there or is not. */
static void take_reviewed(struct ocel_facts *out, const struct bc_value *list)
{
    struct bc_str *once = bc_arena_alloc(out->arena, list->item_n * sizeof(*once));
    size_t n = list->item_n;

    if (n > 0)
        memcpy(once, list->items, n * sizeof(*once));
    n = bc_str_sort_once(once, n);
    for (size_t i = 0; i < n; i++)
        relate(out, OCEL_EXPERIMENT, once[i], "reviewed");
}

static void take_relations(struct ocel_facts *out, const bc_rules *rules,
                           const struct bc_event *event)
{
    relate(out, OCEL_DEAL, event->deal, "deal");
    if (event->deal.len > 0)
        tell_filled(out, OCEL_DEAL, event->deal, "stage", activity_stage(rules, event));
    if (event->body == BC_DEAL_CREATED)
        take_creation(out, event);
    else if (event->body == BC_PROPERTY_CHANGED)
        take_property(out, event);
    else if (event->body == BC_DEAL_MERGED)
        relate(out, OCEL_DEAL, event->value[BC_DEAL_MERGED_INTO].text, "into");
    else if (event->body == BC_REVIEW_HELD)
        take_reviewed(out, &event->value[BC_REVIEW_HELD_EXPERIMENTS]);
    take_named(out, event);
}

/* As one text, unless that would be another list. */
static void add_list(struct ocel_facts *out, const char *name, const struct bc_value *list)
{
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < list->item_n; i++) {
        if (list->items[i].len > 0 && memchr(list->items[i].at, ';', list->items[i].len)) {
            out->lists++;
            text.len = 0;
            break;
        }
        if (i > 0)
            bc_buf_add_byte(&text, ';');
        bc_buf_add_str(&text, list->items[i]);
    }
    if (text.len > 0)
        add_value(out, name, bc_arena_copy(out->arena, bc_buf_str(&text)));
    bc_buf_release(&text);
}

static void take_values(struct ocel_facts *out, const bc_rules *rules, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);

    add_value(out, "eventKind", bc_str_of(schema->json_name));
    add_value(out, "eventStage", activity_stage(rules, event));
    add_value(out, "actor", event->actor);
    add_value(out, "recordedAt", time_text(out, event->recorded_us));
    if (event->has_source_recorded)
        add_value(out, "sourceRecordedAt", time_text(out, event->source_recorded_us));
    add_value(out, "sourceSystem", event->source_system);
    add_value(out, "sourceRef", event->source_ref);
    add_value(out, "sourceHow", event->source_how);
    for (unsigned f = 1; f < schema->field_end; f++) {
        if (!schema->field[f].name)
            continue;
        if (schema->field[f].type != BC_LIST)
            add_value(out, schema->field[f].json_name,
                      field_text(out, &schema->field[f], &event->value[f]));
        else if (is_joined(event->body))
            add_list(out, schema->field[f].json_name, &event->value[f]);
        else
            out->lists += event->value[f].item_n > 0;
    }
}

void ocel_facts_take(struct ocel_facts *out, const bc_rules *rules, const struct bc_event *event)
{
    if (!out->arena)
        out->arena = bc_arena_new();
    bc_arena_reset(out->arena);
    out->relation_n = out->told_n = out->value_n = out->lists = 0;
    take_relations(out, rules, event);
    take_values(out, rules, event);
}

void ocel_facts_release(struct ocel_facts *facts)
{
    free(facts->relations);
    free(facts->told);
    free(facts->values);
    bc_arena_free(facts->arena);
    *facts = (struct ocel_facts){ 0 };
}
