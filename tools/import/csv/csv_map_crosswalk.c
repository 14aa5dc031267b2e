/* tools/import/csv/csv_map_crosswalk.c - the source's words and ours, out of a map. */
#include "tools/import/csv/csv_map_build.h"

#include <assert.h>
#include <stdlib.h>

static int pair_cmp(const void *a, const void *b)
{
    return bc_str_cmp(((const struct csv_pair *)a)->from, ((const struct csv_pair *)b)->from);
}

const struct bc_str *csv_crosswalk_find(const struct csv_crosswalk *crosswalk, struct bc_str word)
{
    const struct csv_pair key = { .from = word };
    const struct csv_pair *found =
        bsearch(&key, crosswalk->pairs, crosswalk->n, sizeof(key), pair_cmp);

    return found ? &found->to : NULL;
}

bool csv_crosswalk_lacks(const struct csv_crosswalk *crosswalk, struct bc_str word)
{
    return crosswalk->unmapped == CSV_UNMAPPED_ERROR && word.len > 0 &&
           !csv_crosswalk_find(crosswalk, word);
}

static bc_status read_word(struct csv_build *b, struct csv_crosswalk *out, struct bc_str from,
                           const struct bc_yaml *to)
{
    if (to->kind != BC_YAML_SCALAR)
        return bc_fields_fault(&b->in, to, "expected a word");
    out->pairs[out->n].from = from;
    if (!bc_yaml_is_null(to))
        out->pairs[out->n].to = to->text;
    out->n++;
    return BC_OK;
}

/* The second column's words under one of the first's. */
static bc_status read_nested(struct csv_build *b, struct csv_crosswalk *out,
                             const struct bc_yaml *under)
{
    bc_status rc = BC_OK;

    if (under->kind != BC_YAML_MAP)
        return bc_fields_fault(&b->in, under,
                               "expected { the second column's word: ours }, as the others have");
    for (const struct bc_yaml *to = under->first; rc == BC_OK && to; to = to->next) {
        struct bc_buf both = { 0 };

        bc_buf_add_str(&both, under->key);
        bc_buf_add_byte(&both, '\0');
        bc_buf_add_str(&both, to->key);
        rc = read_word(b, out, bc_arena_copy(b->map->arena, bc_buf_str(&both)), to);
        bc_buf_release(&both);
    }
    return rc;
}

static bc_status read_values(struct csv_build *b, struct csv_crosswalk *out,
                             const struct bc_yaml *values)
{
    bc_status rc = BC_OK;
    size_t n = 0;

    if (values->kind != BC_YAML_MAP)
        return bc_fields_fault(&b->in, values, "expected { the source's word: ours }");
    for (const struct bc_yaml *to = values->first; to; to = to->next)
        n += to->kind == BC_YAML_MAP ? to->n : 1;
    out->pairs = bc_arena_alloc(b->map->arena, (n + 1) * sizeof(*out->pairs));
    out->of_two = values->first && values->first->kind == BC_YAML_MAP;
    for (const struct bc_yaml *to = values->first; rc == BC_OK && to; to = to->next)
        rc = out->of_two ? read_nested(b, out, to) : read_word(b, out, to->key, to);
    if (out->n > 1)
        qsort(out->pairs, out->n, sizeof(*out->pairs), pair_cmp);
    return rc;
}

static bc_status read_crosswalk(struct csv_build *b, struct csv_crosswalk *out,
                                const struct bc_yaml *node)
{
    static const struct bc_field_key keys[] = { { "values", 0, BC_EVERY_KIND },
                                                { "unmapped", 0, 0 } };
    static const char *const words[] = { "error", "keep", "skip" };
    const struct bc_yaml *part[2] = { 0 };
    unsigned unmapped = CSV_UNMAPPED_ERROR;
    bc_status rc = bc_fields_name(&b->in, &out->name, node);

    if (rc == BC_OK)
        rc = bc_fields_take(&b->in, part, node, "a crosswalk", keys, 2);
    if (rc == BC_OK && part[1])
        rc = bc_fields_word(&b->in, &unmapped, part[1], "way with other words", words, 3);
    if (rc < 0)
        return rc;
    assert(part[0]); /* which has to be there */
    out->unmapped = (enum csv_unmapped)unmapped;
    rc = read_values(b, out, part[0]);
    if (rc == BC_OK && out->of_two && unmapped == CSV_UNMAPPED_KEEP)
        rc = bc_fields_fault(&b->in, part[1], "of two columns there is no one word to keep");
    return rc;
}

bc_status csv_build_crosswalks(struct csv_build *b, const struct bc_yaml *node)
{
    struct csv_crosswalk *crosswalks =
        bc_arena_alloc(b->map->arena, (node->n + 1) * sizeof(*crosswalks));
    bc_status rc = bc_fields_map(&b->in, node, "crosswalks", 0, 256);

    b->map->crosswalks = crosswalks;
    for (const struct bc_yaml *one = node->first; rc == BC_OK && one; one = one->next)
        rc = read_crosswalk(b, &crosswalks[b->map->crosswalk_n++], one);
    return rc;
}

bc_status csv_build_crosswalk_of(struct csv_build *b, const struct csv_crosswalk **out,
                                 const struct bc_yaml *node, bool of_two)
{
    for (size_t i = 0; node->kind == BC_YAML_SCALAR && i < b->map->crosswalk_n; i++) {
        const struct csv_crosswalk *crosswalk = &b->map->crosswalks[i];

        if (!bc_str_eq(bc_str_of(crosswalk->name), node->text))
            continue;
        *out = crosswalk;
        if (crosswalk->of_two == of_two)
            return BC_OK;
        return bc_fields_fault(&b->in, node,
                               of_two ? "this crosswalk is of one column: its `values` are not "
                                        "nested"
                                      : "this crosswalk is of two columns: `columns: [a, b]`");
    }
    return bc_fields_fault(&b->in, node, "no crosswalk of that name in `crosswalks`");
}
