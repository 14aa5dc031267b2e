/* projections/rules/parse.c - the file as a whole; version, zone, properties, slices. */
#include "projections/rules/parse.h"

#include "projections/yaml/yaml_text.h"

#include <stdio.h>

enum {
    K_VERSION,
    K_TIMEZONE,
    K_STAGES,
    K_PROPERTIES,
    K_SLICES,
    K_METRICS,
    K_RED_LINES,
    K_LEARNING,
    K_REVENUE,
    K_N
};

static const struct bc_field_key keys[K_N] = {
    [K_VERSION] = { "version", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_TIMEZONE] = { "timezone", BC_EVERY_KIND, 0 },
    [K_STAGES] = { "stages", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_PROPERTIES] = { "properties", BC_EVERY_KIND, 0 },
    [K_SLICES] = { "slices", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_METRICS] = { "metrics", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_RED_LINES] = { "red_lines", BC_EVERY_KIND, 0 },
    [K_LEARNING] = { "learning", BC_EVERY_KIND, 0 },
    [K_REVENUE] = { "revenue", BC_EVERY_KIND, 0 },
};

/* In --rules, versions are named with commas between, beside words with a meaning of their own. */
static bc_status parse_version(const struct bc_fields *in, bc_rules *rules,
                               const struct bc_yaml *value)
{
    bc_status rc = bc_fields_text(in, &rules->version, value);

    if (rc != BC_OK)
        return rc;
    if (bc_str_eq(value->text, BC_STR("latest")) || bc_str_eq(value->text, BC_STR("as-then")))
        return bc_fields_fault(in, value, "\"%s\" cannot name a version, it has another meaning",
                               rules->version);
    if (memchr(value->text.at, ',', value->text.len))
        return bc_fields_fault(in, value, "a comma in \"%s\", expected a version name without",
                               rules->version);
    return BC_OK;
}

static bc_status parse_timezone(const struct bc_fields *in, bc_rules *rules,
                                const struct bc_yaml *value)
{
    bc_status rc = BC_OK;

    rules->timezone = "UTC";
    if (value)
        rc = bc_fields_text(in, &rules->timezone, value);
    if (rc != BC_OK)
        return rc;
    rc = bc_zone_open(&rules->zone, bc_str_of(rules->timezone), in->err);
    return rc < 0 && value ? bc_yaml_place(in->source, value->at, rc, in->err) : rc;
}

static void add_property(bc_rules *rules, const char *name, enum bc_time_mode mode)
{
    enum bc_property known = bc_property_of(bc_str_of(name));

    rules->properties[rules->property_n++] = (struct bc_property_rule){ name, mode };
    if (known != BC_P_N)
        rules->mode[known] = mode;
}

static bool has_property(const struct bc_yaml *map, const char *name)
{
    const struct bc_yaml *value = map ? map->first : NULL;

    while (value && !bc_str_eq(value->key, bc_str_of(name)))
        value = value->next;
    return value != NULL;
}

static bc_status parse_properties(const struct bc_fields *in, bc_rules *rules,
                                  const struct bc_yaml *map)
{
    bc_status rc = map ? bc_fields_map(in, map, "properties", 0, BC_PROPERTY_MAX) : BC_OK;

    if (rc != BC_OK)
        return rc;
    rules->properties = bc_arena_alloc(in->arena, ((map ? map->n : 0) + BC_KNOWN_PROPERTY_N) *
                                                      sizeof(*rules->properties));
    for (const struct bc_yaml *value = map ? map->first : NULL; value; value = value->next) {
        const char *name;
        unsigned mode;
        rc = bc_fields_name(in, &name, value);
        if (rc == BC_OK)
            rc = bc_fields_word(in, &mode, value, "time mode", bc_time_mode_words, 3);
        if (rc != BC_OK)
            return rc;
        add_property(rules, name, (enum bc_time_mode)mode);
    }
    for (size_t i = 0; i < BC_KNOWN_PROPERTY_N; i++) {
        if (!has_property(map, bc_known_properties[i].name))
            add_property(rules, bc_known_properties[i].name, bc_known_properties[i].mode);
    }
    return BC_OK;
}

static bc_status parse_slices(const struct bc_fields *in, bc_rules *rules,
                              const struct bc_yaml *map)
{
    static const struct bc_field_key slice_keys[] = { { "deal_type", BC_EVERY_KIND, 0 } };
    bc_status rc = bc_fields_map(in, map, "slices", 1, BC_SLICE_MAX);

    if (rc != BC_OK)
        return rc;
    for (const struct bc_yaml *value = map->first; value; value = value->next) {
        struct bc_slice *slice = &rules->slices[rules->slice_n];
        const struct bc_yaml *deal_type;
        char what[320];
        rc = bc_fields_name(in, &slice->name, value);
        if (rc != BC_OK)
            return rc;
        snprintf(what, sizeof(what), "slice \"%s\"", slice->name);
        rc = bc_fields_take(in, &deal_type, value, what, slice_keys, 1);
        if (rc == BC_OK && deal_type)
            rc = bc_fields_texts(in, &slice->deal_types, &slice->deal_type_n, deal_type, 1);
        if (rc != BC_OK)
            return rc;
        rules->slice_n++;
    }
    return BC_OK;
}

static bc_status parse_file(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *root)
{
    const struct bc_yaml *part[K_N];
    bc_status rc = bc_fields_take(in, part, root, "the file", keys, K_N);

    if (rc == BC_OK)
        rc = parse_version(in, rules, part[K_VERSION]);
    if (rc == BC_OK)
        rc = parse_timezone(in, rules, part[K_TIMEZONE]);
    if (rc == BC_OK)
        rc = bc_parse_stages(in, rules, part[K_STAGES]);
    if (rc == BC_OK)
        rc = parse_properties(in, rules, part[K_PROPERTIES]);
    if (rc == BC_OK)
        rc = parse_slices(in, rules, part[K_SLICES]);
    if (rc == BC_OK)
        rc = bc_parse_metrics(in, rules, part[K_METRICS]);
    if (rc == BC_OK && part[K_RED_LINES])
        rc = bc_parse_red_lines(in, rules, part[K_RED_LINES]);
    if (rc == BC_OK)
        rc = bc_parse_learning(in, rules, part[K_LEARNING]);
    if (rc == BC_OK)
        rc = bc_parse_revenue(in, rules, part[K_REVENUE]);
    return rc;
}

bc_status bc_rules_parse(bc_rules **out, struct bc_str yaml, const char *path, struct bc_err *err)
{
    const struct bc_yaml_source source = { path, yaml };
    bc_arena *scratch = bc_arena_new(), *arena = bc_arena_new();
    bc_rules *rules = bc_arena_alloc(arena, sizeof(*rules));
    const struct bc_fields in = { &source, arena, err };
    const struct bc_yaml *root;

    rules->arena = arena;
    bc_status rc = bc_yaml_read(&root, scratch, &source, err);
    if (rc == BC_OK)
        rc = parse_file(&in, rules, root);
    bc_arena_free(scratch);
    if (rc == BC_OK)
        *out = rules;
    else
        bc_rules_free(rules);
    return rc;
}
