/* tools/import/csv/csv_map_event.c - which events a map makes of a row. */
#include "projections/yaml/yaml_text.h"
#include "tools/import/csv/csv_map_build.h"

static bc_status read_source(struct csv_build *b, struct csv_about *out, const struct bc_yaml *node)
{
    static const struct bc_field_key keys[] = { { "system", 0, 0 },
                                                { "ref", 0, 0 },
                                                { "how", 0, 0 } };
    struct csv_text *const texts[] = { &out->system, &out->ref, &out->how };
    const struct bc_yaml *part[3] = { 0 };
    bc_status rc = bc_fields_take(&b->in, part, node, "a source", keys, 3);

    for (size_t i = 0; rc == BC_OK && i < 3; i++)
        if (part[i])
            rc = csv_build_text(b, texts[i], part[i]);
    return rc;
}

/* One deal, or a list of them. */
static bc_status read_deal(struct csv_build *b, struct csv_about *out, const struct bc_yaml *node)
{
    static const struct bc_field_key keys[] = { { "list", 0, BC_EVERY_KIND }, { "split", 0, 0 } };
    const struct bc_yaml *part[2] = { 0 };
    bc_status rc;

    out->split = 0;
    if (node->kind != BC_YAML_MAP)
        return csv_build_text(b, &out->deal, node);
    rc = bc_fields_take(&b->in, part, node, "deals", keys, 2);
    return rc == BC_OK ? csv_build_list(b, &out->deal, &out->split, part[0], part[1]) : rc;
}

bc_status csv_build_about(struct csv_build *b, struct csv_about *out, const struct bc_yaml *deal,
                          const struct bc_yaml *actor, const struct bc_yaml *source,
                          const struct bc_yaml *time, const struct bc_yaml *source_recorded)
{
    bc_status rc = BC_OK;

    if (deal)
        rc = read_deal(b, out, deal);
    if (rc == BC_OK && actor)
        rc = csv_build_text(b, &out->actor, actor);
    if (rc == BC_OK && source)
        rc = read_source(b, out, source);
    if (rc == BC_OK && time)
        rc = csv_build_time(b, &out->time, time);
    if (rc == BC_OK && source_recorded) {
        out->source_recorded = out->time;
        rc = csv_build_time(b, &out->source_recorded, source_recorded);
        if (rc == BC_OK)
            rc = csv_build_time_check(b, &out->source_recorded, source_recorded, false);
    }
    return rc;
}

static struct bc_str field_name(const void *of, size_t i)
{
    const struct bc_schema *schema = of;

    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        if (schema->field[f].name && i-- == 0)
            return bc_str_of(schema->field[f].json_name);
    return (struct bc_str){ 0 };
}

static bc_status read_fields(struct csv_build *b, struct csv_rule *rule, const struct bc_yaml *node)
{
    const struct bc_schema *schema = bc_schema(rule->body);
    size_t field_n = 0;

    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        field_n += schema->field[f].name != NULL;
    if (node->kind != BC_YAML_MAP && !bc_yaml_is_null(node))
        return bc_fields_fault(&b->in, node, "expected the event's fields: { field: text }");
    for (const struct bc_yaml *value = node->first; value; value = value->next) {
        unsigned field = bc_field_of(rule->body, value->key);
        bc_status rc;

        if (!field)
            return bc_fields_unknown(&b->in, value->key_at, value->key, "field of this event",
                                     field_name, schema, field_n);
        rc = csv_build_value(b, &rule->value[field], schema->field[field].type, value);
        if (rc == BC_OK && rule->value[field].kind == CSV_EACH && rule->each)
            rc = bc_fields_key_fault(&b->in, value, "a second list: of which is an event each?");
        if (rc < 0)
            return rc;
        if (rule->value[field].kind == CSV_EACH)
            rule->each = field;
    }
    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        if (schema->field[f].required && rule->value[f].kind == CSV_NOTHING)
            return bc_fields_key_fault(&b->in, node, "%s needs its field `%s`", schema->json_name,
                                       schema->field[f].json_name);
    if (schema->needs_deal && rule->about.deal.n == 0)
        return bc_fields_key_fault(&b->in, node, "%s needs a `deal`", schema->json_name);
    return BC_OK;
}

/* The property that a rule always sets, or nothing. */
static struct bc_str constant_name(const struct csv_rule *rule)
{
    const struct csv_value *name = &rule->value[BC_PROPERTY_CHANGED_NAME];

    if (rule->body != BC_PROPERTY_CHANGED || name->kind != CSV_TEXT || name->text.n != 1 ||
        name->text.pieces[0].column != CSV_NO_COLUMN)
        return (struct bc_str){ 0 };
    return name->text.pieces[0].text;
}

static bc_status read_label(struct csv_build *b, struct csv_rule *rule, const struct bc_yaml *id,
                            const struct bc_yaml *node)
{
    struct bc_str property = constant_name(rule);
    struct bc_buf label = { 0 };
    bc_status rc = BC_OK;

    bc_buf_add_str(&label, bc_str_of(bc_schema(rule->body)->json_name));
    if (property.len > 0)
        bc_buf_printf(&label, ":%.*s", BC_STR_ARG(property));
    rule->label = bc_arena_copy(b->map->arena, bc_buf_str(&label)).at;
    bc_buf_release(&label);
    if (id)
        rc = bc_fields_text(&b->in, &rule->label, id);
    for (const struct csv_rule *other = b->map->rules; rc == BC_OK && other < rule; other++) {
        if (strcmp(other->label, rule->label) != 0)
            continue;
        if (id)
            return bc_fields_fault(&b->in, id, "another event of the map has this id");
        return bc_fields_key_fault(
            &b->in, node, "a second event of the map is \"%s\"; give it an `id` of its own",
            rule->label);
    }
    return rc;
}

enum {
    E_TIME,
    E_WHEN,
    E_CHANGES,
    E_ID,
    E_DEAL,
    E_ACTOR,
    E_SOURCE,
    E_RECORDED,
    E_EMPTY,
    E_NO_DAY,
    E_ONCE,
    E_N
};
static const char *const event_keys[E_N] = {
    "time",  "when",   "changes_only", "id", "deal", "actor", "source", "source_recorded",
    "empty", "no_day", "once",
};

/* What is done with a property's value that is empty, or no date. */
static bc_status read_odd_values(struct csv_build *b, struct csv_rule *rule,
                                 const struct bc_yaml *empty, const struct bc_yaml *no_day)
{
    static const char *const empties[] = { "unset", "skip" };
    static const char *const no_days[] = { "error", "keep", "skip" };
    unsigned word = 0;
    bc_status rc = BC_OK;

    if (rule->body != BC_PROPERTY_CHANGED && (empty || no_day))
        return bc_fields_key_fault(&b->in, empty ? empty : no_day,
                                   "only propertyChanged has a value that may be so");
    if (empty) {
        rc = bc_fields_word(&b->in, &word, empty, "way with an empty cell", empties, 2);
        rule->skip_empty = word == 1;
    }
    if (rc == BC_OK && no_day) {
        rc = bc_fields_word(&b->in, &word, no_day, "way with a value that is no date", no_days, 3);
        rule->no_day = (enum csv_no_day)word;
    }
    return rc;
}

static struct bc_str body_name(const void *of, size_t i)
{
    (void)of;
    return bc_str_of(i < E_N ? event_keys[i]
                             : bc_schema(BC_DEAL_CREATED + (enum bc_body)(i - E_N))->json_name);
}

/* Separates the event's body, whose key is its name, from the other keys. */
static bc_status split_event(struct csv_build *b, const struct bc_yaml **part,
                             const struct bc_yaml **fields, enum bc_body *body,
                             const struct bc_yaml *node)
{
    for (const struct bc_yaml *value = node->first; value; value = value->next) {
        size_t key = 0;

        while (key < E_N && !bc_str_eq(bc_str_of(event_keys[key]), value->key))
            key++;
        if (key < E_N) {
            part[key] = value;
            continue;
        }
        if (*fields)
            return bc_fields_key_fault(&b->in, value, "one entry makes one event");
        *body = bc_body_of(value->key);
        *fields = value;
        if (*body == BC_NO_BODY)
            return bc_fields_unknown(&b->in, value->key_at, value->key, "event, or key of one",
                                     body_name, NULL, E_N + BC_BODY_END - BC_DEAL_CREATED);
    }
    if (node->kind != BC_YAML_MAP || !*fields)
        return bc_fields_fault(&b->in, node, "expected an event, as `stageChanged: { to: … }`");
    return BC_OK;
}

static bc_status read_event(struct csv_build *b, struct csv_rule *rule, const struct bc_yaml *node)
{
    const struct bc_yaml *part[E_N] = { 0 }, *fields = NULL;
    const struct csv_value *value = &rule->value[BC_PROPERTY_CHANGED_VALUE];
    bc_status rc = split_event(b, part, &fields, &rule->body, node);

    rule->about = b->about;
    if (rc == BC_OK)
        rc = csv_build_about(b, &rule->about, part[E_DEAL], part[E_ACTOR], part[E_SOURCE],
                             part[E_TIME], part[E_RECORDED]);
    if (rc == BC_OK)
        rc = csv_build_time_check(b, &rule->about.time, part[E_TIME] ? part[E_TIME] : node, false);
    if (rc == BC_OK)
        rc = read_fields(b, rule, fields);
    /* A value of the map's own may be empty: then it unsets. */
    rule->skip_empty = rule->body == BC_PROPERTY_CHANGED &&
                       (value->kind == CSV_DAY || csv_text_column(&value->text) != CSV_NO_COLUMN);
    if (rc == BC_OK)
        rc = read_odd_values(b, rule, part[E_EMPTY], part[E_NO_DAY]);
    rule->conditional = part[E_WHEN] != NULL;
    if (rc == BC_OK && part[E_WHEN])
        rc = csv_build_conditions(b, &rule->when, part[E_WHEN]);
    if (rc == BC_OK && part[E_CHANGES])
        rc = bc_fields_bool(&b->in, &rule->changes_only, part[E_CHANGES]);
    if (rc == BC_OK && part[E_ONCE])
        rc = bc_fields_bool(&b->in, &rule->once, part[E_ONCE]);
    if (rc == BC_OK)
        rc = read_label(b, rule, part[E_ID], fields);
    return rc;
}

enum {
    P_NAME,
    P_CROSSWALK,
    P_EMPTY,
    P_CHANGES,
    P_WHEN,
    P_TIME,
    P_DAY,
    P_FORMATS,
    P_ZONE,
    P_EMPTY_AS,
    P_NO_DAY,
    P_ONCE,
    P_DECIMAL,
    P_N
};

/* What a property's cell says: a word, or a date where one of `day`, `formats`, `zone` stands. */
static bc_status read_property_value(struct csv_build *b, struct csv_value *value,
                                     const struct bc_yaml *const *part, const struct bc_yaml *node)
{
    struct csv_piece *piece = bc_arena_alloc(b->map->arena, sizeof(*piece));
    bool day = part[P_DAY] || part[P_FORMATS] || part[P_ZONE];
    bc_status rc = BC_OK;

    piece->column = csv_build_column(b, node->key, node->key_at);
    *value = (struct csv_value){ .kind = CSV_TEXT, .text = { piece, 1 } };
    if (part[P_DAY] && !bc_str_eq(part[P_DAY]->text, node->key))
        return bc_fields_fault(&b->in, part[P_DAY], "expected the property's own column, \"%.*s\"",
                               BC_STR_ARG(node->key));
    if ((day || part[P_DECIMAL]) && part[P_CROSSWALK])
        return bc_fields_key_fault(&b->in, part[P_CROSSWALK], "a %s has no crosswalk",
                                   day ? "date" : "number");
    if (day && part[P_DECIMAL])
        return bc_fields_key_fault(&b->in, part[P_DECIMAL], "a date is no number");
    if (part[P_DECIMAL])
        rc = csv_build_decimal(b, &value->decimal, part[P_DECIMAL]);
    if (rc == BC_OK && part[P_CROSSWALK])
        rc = csv_build_crosswalk_of(b, &value->crosswalk, part[P_CROSSWALK], false);
    if (rc == BC_OK && day)
        return csv_build_day(b, value, piece->column,
                             (const struct bc_yaml *[CSV_DAY_PARTS]){ part[P_FORMATS], part[P_ZONE],
                                                                      part[P_EMPTY_AS] },
                             node);
    if (rc == BC_OK && part[P_EMPTY_AS])
        rc = csv_build_words(b, &value->time.empty_as, &value->time.empty_n, part[P_EMPTY_AS]);
    return rc;
}

/* A line of `properties` is short for an event. */
static bc_status read_property(struct csv_build *b, struct csv_rule *rule,
                               const struct bc_yaml *node)
{
    static const struct bc_field_key keys[P_N] = {
        { "name", 0, BC_EVERY_KIND },
        { "crosswalk", 0, 0 },
        { "empty", 0, 0 },
        { "changes_only", 0, 0 },
        { "when", 0, 0 },
        { "time", 0, 0 },
        { "day", 0, 0 },
        { "formats", 0, 0 },
        { "zone", 0, 0 },
        { "empty_as", 0, 0 },
        { "no_day", 0, 0 },
        { "once", 0, 0 },
        { "decimal", 0, 0 },
    };
    const struct bc_yaml *part[P_N] = { 0 };
    bc_status rc = BC_OK;

    rule->body = BC_PROPERTY_CHANGED;
    rule->property = rule->skip_empty = true;
    rule->about = b->about;
    if (node->kind == BC_YAML_SCALAR)
        part[P_NAME] = node;
    else
        rc = bc_fields_take(&b->in, part, node, "a property", keys, P_N);
    if (rc == BC_OK)
        rc = csv_build_value(b, &rule->value[BC_PROPERTY_CHANGED_NAME], BC_TEXT, part[P_NAME]);
    if (rc == BC_OK && constant_name(rule).len == 0)
        rc = bc_fields_fault(&b->in, part[P_NAME], "expected the name of a property");
    if (rc == BC_OK)
        rc = read_property_value(b, &rule->value[BC_PROPERTY_CHANGED_VALUE], part, node);
    if (rc == BC_OK)
        rc = read_odd_values(b, rule, part[P_EMPTY], part[P_NO_DAY]);
    if (rc == BC_OK && part[P_CHANGES])
        rc = bc_fields_bool(&b->in, &rule->changes_only, part[P_CHANGES]);
    if (rc == BC_OK && part[P_ONCE])
        rc = bc_fields_bool(&b->in, &rule->once, part[P_ONCE]);
    rule->conditional = part[P_WHEN] != NULL;
    if (rc == BC_OK && part[P_WHEN])
        rc = csv_build_conditions(b, &rule->when, part[P_WHEN]);
    if (rc == BC_OK)
        rc = csv_build_about(b, &rule->about, NULL, NULL, NULL, part[P_TIME], NULL);
    if (rc == BC_OK)
        rc = csv_build_time_check(b, &rule->about.time, part[P_TIME] ? part[P_TIME] : node, false);
    if (rc == BC_OK && rule->about.deal.n == 0)
        rc = bc_fields_key_fault(&b->in, node, "a property needs a `deal`");
    return rc == BC_OK ? read_label(b, rule, NULL, node) : rc;
}

bc_status csv_build_events(struct csv_build *b, const struct bc_yaml *events,
                           const struct bc_yaml *properties)
{
    csv_map *map = b->map;
    size_t n = (events ? events->n : 0) + (properties ? properties->n : 0);
    bc_status rc = BC_OK;

    if (events && events->kind != BC_YAML_LIST)
        return bc_fields_fault(&b->in, events, "expected a list of events");
    if (properties && properties->kind != BC_YAML_MAP)
        return bc_fields_fault(&b->in, properties, "expected { column: property }");
    map->has_events = events && events->n > 0;
    map->rules = bc_arena_alloc(map->arena, (n + 1) * sizeof(*map->rules));
    for (const struct bc_yaml *node = events ? events->first : NULL; rc == BC_OK && node;
         node = node->next)
        rc = read_event(b, &map->rules[map->rule_n++], node);
    for (const struct bc_yaml *node = properties ? properties->first : NULL; rc == BC_OK && node;
         node = node->next)
        rc = read_property(b, &map->rules[map->rule_n++], node);
    return rc;
}
