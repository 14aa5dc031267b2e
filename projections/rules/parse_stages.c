/* projections/rules/parse_stages.c - stages, their ids and the moves between them. */
#include "projections/rules/parse.h"
#include "projections/yaml/yaml_text.h"

#include <stdio.h>
#include <stdlib.h>

enum { K_LABEL, K_KIND, K_START, K_NEXT, K_CRM_IDS, K_LEAVES_QUALIFIED, K_DEAL_TYPES, K_N };

static const struct bc_field_key keys[K_N] = {
    [K_LABEL] = { "label", BC_EVERY_KIND, 0 },
    [K_KIND] = { "kind", BC_EVERY_KIND, BC_EVERY_KIND },
    [K_START] = { "start", BC_EVERY_KIND, 0 },
    [K_NEXT] = { "next", BC_EVERY_KIND, 0 },
    [K_CRM_IDS] = { "crm_ids", BC_EVERY_KIND, 0 },
    [K_LEAVES_QUALIFIED] = { "leaves_qualified", 1U << BC_STAGE_OPEN, 0 },
    [K_DEAL_TYPES] = { "deal_types", BC_EVERY_KIND, 0 },
};

static bc_status parse_stage(const struct bc_fields *in, bc_rules *rules, int index,
                             const struct bc_yaml *value)
{
    struct bc_stage *stage = &rules->stages[index];
    const struct bc_yaml *part[K_N];
    unsigned kind = BC_STAGE_OPEN;
    char what[320], kind_name[32];

    snprintf(what, sizeof(what), "stage \"%s\"", stage->id);
    stage->label = stage->id;
    stage->leaves_qualified = bc_leaves_qualified_usually(stage->id);
    bc_status rc = bc_fields_take(in, part, value, what, keys, K_N);
    if (rc == BC_OK && part[K_LABEL])
        rc = bc_fields_text(in, &stage->label, part[K_LABEL]);
    if (rc == BC_OK)
        rc = bc_fields_word(in, &kind, part[K_KIND], "kind of stage", bc_stage_kind_words, 4);
    snprintf(kind_name, sizeof(kind_name), "kind: %s", bc_stage_kind_words[kind]);
    if (rc == BC_OK)
        rc = bc_fields_kind(in, part, value, what, kind_name, 1U << kind, keys, K_N);
    if (rc == BC_OK && part[K_START])
        rc = bc_fields_bool(in, &stage->start, part[K_START]);
    if (rc == BC_OK && part[K_NEXT])
        rc = bc_parse_stage_set(in, &stage->next, rules, part[K_NEXT], 0);
    if (rc == BC_OK && part[K_CRM_IDS])
        rc = bc_fields_texts(in, &stage->crm_ids, &stage->crm_id_n, part[K_CRM_IDS], 0);
    if (rc == BC_OK && part[K_LEAVES_QUALIFIED])
        rc = bc_fields_bool(in, &stage->leaves_qualified, part[K_LEAVES_QUALIFIED]);
    if (rc == BC_OK && part[K_DEAL_TYPES])
        rc = bc_fields_texts(in, &stage->deal_types, &stage->deal_type_n, part[K_DEAL_TYPES], 1);
    if (rc != BC_OK)
        return rc;
    stage->kind = (enum bc_stage_kind)kind;
    if (stage->kind == BC_STAGE_WON)
        rules->won |= UINT64_C(1) << index;
    if (stage->kind == BC_STAGE_LOST)
        rules->lost |= UINT64_C(1) << index;
    return BC_OK;
}

/* An id, and the place where the file gives it to a stage. */
struct claim {
    struct bc_stage_id id;
    size_t at;
};

static int by_id(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    int order = bc_str_cmp(a->id.id, b->id.id);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

static const struct bc_yaml *crm_ids_of(const struct bc_yaml *stage)
{
    const struct bc_yaml *value = stage->first;

    while (value && !bc_str_eq(value->key, bc_str_of(keys[K_CRM_IDS].name)))
        value = value->next;
    return value;
}

static size_t claim_ids(struct claim *claims, const bc_rules *rules, const struct bc_yaml *map)
{
    const struct bc_yaml *value = map->first;
    size_t n = 0, members;

    for (int i = 0; value; i++, value = value->next) {
        const struct bc_stage *stage = &rules->stages[i];
        const struct bc_yaml *list = crm_ids_of(value);
        const struct bc_yaml *member = list ? bc_fields_members(list, &members) : NULL;
        claims[n++] = (struct claim){ { bc_str_of(stage->id), i }, value->key_at };
        for (size_t k = 0; member && k < stage->crm_id_n; k++, member = member->next)
            claims[n++] = (struct claim){ { stage->crm_ids[k], i }, member->at };
    }
    return n;
}

/* Makes the sorted ids. A stage may list its own id among the CRM's; two stages may not share one.
 */
static bc_status index_ids(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    size_t n = rules->stage_n;
    bc_status rc = BC_OK;

    for (size_t i = 0; i < rules->stage_n; i++)
        n += rules->stages[i].crm_id_n;
    struct claim *claims = bc_reallocarray(NULL, n, sizeof(*claims));
    struct bc_stage_id *ids = bc_arena_alloc(in->arena, n * sizeof(*ids));
    n = claim_ids(claims, rules, map);
    qsort(claims, n, sizeof(*claims), by_id);
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        const struct bc_stage_id *id = &claims[i].id;
        const struct bc_stage_id *before = rules->stage_id_n ? &ids[rules->stage_id_n - 1] : NULL;
        if (rules->stage_id_n == 0 || !bc_str_eq(before->id, id->id))
            ids[rules->stage_id_n++] = *id;
        else if (before->stage != id->stage)
            rc = bc_yaml_fault(in->source, claims[i].at, in->err,
                               "\"%.*s\" already means the stage \"%s\"",
                               BC_STR_ARG(bc_yaml_clip(id->id)), rules->stages[before->stage].id);
    }
    free(claims);
    rules->stage_ids = ids;
    return rc;
}

bc_status bc_parse_stages(const struct bc_fields *in, bc_rules *rules, const struct bc_yaml *map)
{
    bc_status rc = bc_fields_map(in, map, "stages", 1, BC_STAGE_MAX);

    if (rc != BC_OK)
        return rc;
    for (const struct bc_yaml *value = map->first; value; value = value->next) {
        rc = bc_fields_name(in, &rules->stages[rules->stage_n++].id, value);
        if (rc != BC_OK)
            return rc;
    }
    const struct bc_yaml *value = map->first;
    for (int i = 0; value; i++, value = value->next) {
        rc = parse_stage(in, rules, i, value);
        if (rc != BC_OK)
            return rc;
    }
    return index_ids(in, rules, map);
}
