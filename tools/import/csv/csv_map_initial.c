/* tools/import/csv/csv_map_initial.c - the stage before a deal's first change, out of a map. */
#include "tools/import/csv/csv_map_build.h"

/* The one event of the map that changes stages, or NULL: there is none, or another. */
static const struct csv_rule *sole_change(const csv_map *map)
{
    const struct csv_rule *found = NULL;
    size_t n = 0;

    for (size_t i = 0; i < map->rule_n; i++) {
        if (map->rules[i].body != BC_STAGE_CHANGED)
            continue;
        found = &map->rules[i];
        n++;
    }
    return n == 1 ? found : NULL;
}

static bc_status read_from(struct csv_build *b, struct csv_rule *out, const struct csv_rule *change,
                           const struct bc_yaml *from, const struct bc_yaml *node)
{
    struct csv_value *value = &out->value[BC_STAGE_CHANGED_TO];
    bc_status rc = BC_OK;

    if (from)
        rc = csv_build_value(b, value, BC_TEXT, from);
    else
        *value = change->value[BC_STAGE_CHANGED_FROM];
    if (rc == BC_OK && (value->kind != CSV_TEXT || csv_text_column(&value->text) == CSV_NO_COLUMN))
        return bc_fields_fault(&b->in, from ? from : node,
                               "expected the stage before a change: `from: \"{column}\"`, or "
                               "{ column, crosswalk }");
    return rc;
}

/* Where nothing says when the deal came there it was found there, as the change came. */
static bc_status read_at(struct csv_build *b, struct csv_rule *out, const struct bc_yaml *at)
{
    static const struct csv_piece yes = { .text = { "true", 4 }, .column = CSV_NO_COLUMN };
    bc_status rc;

    if (!at || (at->kind == BC_YAML_SCALAR && bc_str_eq(at->text, BC_STR("first")))) {
        out->value[BC_STAGE_CHANGED_OBSERVED] =
            (struct csv_value){ .kind = CSV_TEXT, .text = { &yes, 1 } };
        return BC_OK;
    }
    out->about.time = b->about.time;
    rc = csv_build_time(b, &out->about.time, at);
    return rc == BC_OK ? csv_build_time_check(b, &out->about.time, at, false) : rc;
}

static bc_status read_initial(struct csv_build *b, struct csv_rule *out,
                              const struct csv_rule *change, const struct bc_yaml *node)
{
    static const struct bc_field_key keys[] = { { "from", 0, 0 }, { "at", 0, 0 } };
    const struct bc_yaml *part[2] = { 0 };
    bc_status rc = bc_fields_take(&b->in, part, node, "the stage before", keys, 2);

    if (rc < 0)
        return rc;
    if (!change)
        return bc_fields_key_fault(&b->in, node, "`initial` needs one `stageChanged` in `events`");
    *out = (struct csv_rule){ .label = "initial",
                              .body = BC_STAGE_CHANGED,
                              .about = change->about,
                              .conditional = change->conditional,
                              .when = change->when,
                              .initial = true };
    rc = read_from(b, out, change, part[0], node);
    return rc == BC_OK ? read_at(b, out, part[1]) : rc;
}

bc_status csv_build_initial(struct csv_build *b, const struct bc_yaml *node)
{
    csv_map *map = b->map;
    const struct csv_rule *change = sole_change(map);
    struct csv_rule *rules;
    bc_status rc;

    if (!node)
        return BC_OK;
    rules = bc_arena_alloc(map->arena, (map->rule_n + 1) * sizeof(*rules));
    rc = read_initial(b, &rules[0], change, node);
    for (size_t i = 0; rc == BC_OK && i < map->rule_n; i++) {
        rules[i + 1] = map->rules[i];
        if (change == &map->rules[i])
            map->change = &rules[i + 1];
        if (strcmp(rules[i + 1].label, "initial") == 0)
            rc = bc_fields_key_fault(&b->in, node, "another event of the map has the id `initial`");
    }
    if (rc < 0)
        return rc;
    map->rules = rules;
    map->rule_n++;
    return BC_OK;
}
