/* tools/connect/links.c - reads links.yaml. */
#include "projections/yaml/yaml_text.h"
#include "tools/connect/ties.h"

#include <stdlib.h>

enum { LINKS, PROPERTIES, KEY_N };
enum { LINKS_MAX = 100000, SYSTEMS_MAX = 100 };

/* A system is "dropbox_sign" in the ledger, and its command "dropbox-sign". */
static struct bc_str system_of(bc_arena *arena, struct bc_str text)
{
    const struct bc_str kept = bc_arena_copy(arena, text);
    char *at = (char *)(uintptr_t)kept.at;

    for (size_t i = 0; i < text.len && at[i] != ':'; i++)
        if (at[i] == '-')
            at[i] = '_';
    return kept;
}

/* "dropbox-sign:request/r1" */
static struct bc_str object_of(bc_arena *arena, struct bc_str key)
{
    return key.len && memchr(key.at, ':', key.len) ? system_of(arena, key) : key;
}

/* In small letters; freed by the caller. */
static struct bc_str fold(struct bc_str text)
{
    char *at = bc_strdup(text);

    for (size_t i = 0; i < text.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] - 'A' + 'a');
    return (struct bc_str){ at, text.len };
}

static bc_status take_link(struct connect_links *out, const struct bc_fields *in,
                           const struct bc_yaml *one)
{
    struct connect_link link = { .at = one->key_at };
    const char *deal = "";
    struct bc_str folded;
    uint32_t number, word;
    bc_status rc = bc_yaml_is_null(one) ? BC_OK : bc_fields_text(in, &deal, one);

    if (rc < 0)
        return rc;
    if (one->key.len == 0)
        return bc_fields_key_fault(in, one, "expected the name of an object");
    number = bc_string_table_add(out->objects, object_of(out->arena, one->key));
    if (number <= out->n)
        return bc_fields_key_fault(in, one, "the same object as in line %zu",
                                   bc_yaml_line(&out->source, out->at[number - 1].at));
    link.deal = bc_str_of(deal);
    out->at[out->n++] = link;
    folded = fold(bc_string_table_text(out->objects, number));
    word = bc_string_table_add(out->folded, folded);
    if (!out->exact[word - 1]) /* of several the first */
        out->exact[word - 1] = number;
    free((char *)(uintptr_t)folded.at);
    return BC_OK;
}

static bc_status take_links(struct connect_links *out, const struct bc_fields *in,
                            const struct bc_yaml *map)
{
    bc_status rc;

    if (!map || bc_yaml_is_null(map))
        return BC_OK;
    rc = bc_fields_map(in, map, "links", 0, LINKS_MAX);
    if (rc < 0)
        return rc;
    out->at = bc_arena_alloc(out->arena, map->n * sizeof(*out->at) + 1);
    out->exact = bc_arena_alloc(out->arena, map->n * sizeof(*out->exact) + 1);
    memset(out->exact, 0, map->n * sizeof(*out->exact));
    for (const struct bc_yaml *one = map->first; rc == BC_OK && one; one = one->next)
        rc = take_link(out, in, one);
    return rc;
}

struct connect_link *connect_links_find(const struct connect_links *links, struct bc_str object)
{
    uint32_t number = connect_number(links->objects, object);

    if (!number && object.len) {
        const struct bc_str folded = fold(object);
        const uint32_t word = connect_number(links->folded, folded);

        number = word ? links->exact[word - 1] : 0;
        free((char *)(uintptr_t)folded.at);
    }
    return number ? &links->at[number - 1] : NULL;
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
            properties[out->property_n++] =
                (struct connect_property){ system_of(out->arena, one->key), names[i] };
    }
    return rc;
}

static bc_status parse(struct connect_links *out, struct bc_str text, const char *path,
                       struct bc_err *err)
{
    static const struct bc_field_key keys[KEY_N] = {
        [LINKS] = { "links", 0, 0 }, [PROPERTIES] = { "properties", 0, 0 }
    };
    const struct bc_fields in = { &out->source, out->arena, err };
    const struct bc_yaml *values[KEY_N] = { 0 }, *file = NULL;
    bc_status rc;

    out->source = (struct bc_yaml_source){ path, bc_arena_copy(out->arena, text) };
    rc = bc_yaml_read_keys(&file, out->arena, &out->source, err);

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

    *out = (struct connect_links){ .objects = bc_string_table_new(),
                                   .folded = bc_string_table_new(),
                                   .arena = bc_arena_new() };
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
    bc_string_table_free(links->folded);
    bc_arena_free(links->arena);
    *links = (struct connect_links){ 0 };
}

/* As YAML, in quotes. */
static void add_quoted(struct bc_buf *out, struct bc_str text)
{
    struct bc_buf printed = { 0 };

    bc_yaml_print_text(&printed, text);
    if (printed.len && printed.at[0] == '"')
        bc_buf_add_str(out, bc_buf_str(&printed));
    else
        bc_buf_printf(out, "\"%.*s\"", BC_STR_ARG(bc_buf_str(&printed)));
    bc_buf_release(&printed);
}

void connect_links_line(struct bc_buf *out, struct bc_str source, struct bc_str object,
                        struct bc_str address)
{
    struct bc_buf name = { 0 };

    for (size_t i = 0; i < source.len && source.at[i] != '/'; i++)
        bc_buf_add(&name, source.at[i] == '-' ? "_" : source.at + i, 1);
    bc_buf_printf(&name, ":%.*s", BC_STR_ARG(object));
    bc_buf_add_str(out, BC_STR("  "));
    add_quoted(out, bc_buf_str(&name));
    bc_buf_add_str(out, BC_STR(": \"DEAL\""));
    if (address.len)
        bc_buf_printf(out, "  # %.*s", BC_STR_ARG(address));
    bc_buf_release(&name);
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
