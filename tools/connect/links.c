/* tools/connect/links.c - reads links.yaml. */
#include "tools/connect/ties.h"

enum { LINKS, PROPERTIES, KEY_N };
enum { LINKS_MAX = 100000, SYSTEMS_MAX = 100 };

static bc_status take_links(struct connect_links *out, const struct bc_fields *in,
                            const struct bc_yaml *map)
{
    struct bc_str *deals;
    bc_status rc;

    if (!map || bc_yaml_is_null(map))
        return BC_OK;
    rc = bc_fields_map(in, map, "links", 0, LINKS_MAX);
    if (rc < 0)
        return rc;
    out->deals = deals = bc_arena_alloc(out->arena, map->n * sizeof(*deals) + 1);
    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next) {
        const char *deal = "";

        if (!bc_yaml_is_null(one))
            rc = bc_fields_text(in, &deal, one);
        if (rc == BC_OK && one->key.len == 0)
            rc = bc_fields_key_fault(in, one, "expected the name of an object");
        if (rc == BC_OK) /* no key is there twice */
            deals[bc_string_table_add(out->objects, one->key) - 1] = bc_str_of(deal);
    }
    return rc;
}

static bc_status take_properties(struct connect_links *out, const struct bc_fields *in,
                                 const struct bc_yaml *map)
{
    struct connect_property *properties;
    bc_status rc = BC_OK;
    size_t n = 0;

    if (!map || bc_yaml_is_null(map))
        return BC_OK;
    rc = bc_fields_map(in, map, "properties", 0, SYSTEMS_MAX);
    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next)
        n += one->kind == BC_YAML_LIST ? one->n : 1;
    out->properties = properties = bc_arena_alloc(out->arena, n * sizeof(*properties) + 1);
    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next) {
        const struct bc_str *names = NULL;
        size_t name_n = 0;

        rc = bc_fields_texts(in, &names, &name_n, one, 1);
        for (size_t i = 0; rc == BC_OK && i < name_n; i++)
            properties[out->property_n++] = (struct connect_property){ one->key, names[i] };
    }
    return rc;
}

static bc_status parse(struct connect_links *out, struct bc_str text, const char *path,
                       struct bc_err *err)
{
    static const struct bc_field_key keys[KEY_N] = {
        [LINKS] = { "links", 0, 0 }, [PROPERTIES] = { "properties", 0, 0 }
    };
    const struct bc_yaml_source source = { path, text };
    const struct bc_fields in = { &source, out->arena, err };
    const struct bc_yaml *values[KEY_N] = { 0 }, *file = NULL;
    bc_status rc = bc_yaml_read(&file, out->arena, &source, err);

    if (rc == BC_OK)
        rc = bc_fields_take(&in, values, file, "links", keys, KEY_N);
    if (rc == BC_OK)
        rc = take_links(out, &in, values[LINKS]);
    if (rc == BC_OK)
        rc = take_properties(out, &in, values[PROPERTIES]);
    return rc;
}

bc_status connect_links_read(struct connect_links *out, const char *path, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = BC_OK;

    *out = (struct connect_links){ .objects = bc_string_table_new(), .arena = bc_arena_new() };
    if (path)
        rc = bc_yaml_load(&text, path, err);
    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_INPUT, "there is no file %s", path);
    if (rc == BC_OK && path)
        rc = parse(out, bc_buf_str(&text), path, err);
    out->hash = bc_hash_bytes(bc_buf_str(&text));
    bc_buf_release(&text);
    return rc;
}

void connect_links_release(struct connect_links *links)
{
    bc_string_table_free(links->objects);
    bc_arena_free(links->arena);
    *links = (struct connect_links){ 0 };
}

size_t connect_links_properties(const struct connect_links *links, struct bc_str system,
                                const struct bc_str **out, bc_arena *arena)
{
    struct bc_str *names = bc_arena_alloc(arena, links->property_n * sizeof(*names) + 1);
    size_t n = 0;

    for (size_t i = 0; i < links->property_n; i++)
        if (bc_str_eq(links->properties[i].system, system))
            names[n++] = links->properties[i].property;
    *out = names;
    return n;
}
