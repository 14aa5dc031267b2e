/* tools/import/csv/csv_map_condition.c - conditions on the cells of a row, out of a map. */
#include "tools/import/csv/csv_map_build.h"

static bc_status read_clause(struct csv_build *b, struct csv_clause *out,
                             const struct bc_yaml *node)
{
    static const struct bc_field_key keys[] = { { "not", 0, 0 }, { "empty", 0, 0 } };
    const struct bc_yaml *part[2] = { 0 };
    bool empty = false;
    bc_status rc;

    out->column = csv_build_column(b, node->key, node->key_at);
    if (node->kind != BC_YAML_MAP) {
        out->test = CSV_IN;
        return csv_build_words(b, &out->values, &out->n, node);
    }
    rc = bc_fields_take(&b->in, part, node, "a condition", keys, 2);
    if (rc < 0)
        return rc;
    if (!part[0] == !part[1])
        return bc_fields_fault(&b->in, node, "expected `not` or `empty`");
    if (part[0]) {
        out->test = CSV_NOT_IN;
        return csv_build_words(b, &out->values, &out->n, part[0]);
    }
    rc = bc_fields_bool(&b->in, &empty, part[1]);
    out->test = empty ? CSV_EMPTY : CSV_FILLED;
    return rc;
}

bc_status csv_build_conditions(struct csv_build *b, struct csv_conditions *out,
                               const struct bc_yaml *node)
{
    size_t n = 0, i = 0;
    const struct bc_yaml *one = bc_fields_members(node, &n);
    struct csv_condition *any = bc_arena_alloc(b->map->arena, (n + 1) * sizeof(*any));
    bc_status rc = BC_OK;

    for (; rc == BC_OK && i < n; i++, one = one->next) {
        struct csv_clause *clauses;

        rc = bc_fields_map(&b->in, one, "conditions", 1, CSV_COLUMN_MAX);
        if (rc < 0)
            return rc;
        clauses = bc_arena_alloc(b->map->arena, one->n * sizeof(*clauses));
        any[i].clauses = clauses;
        for (const struct bc_yaml *c = one->first; rc == BC_OK && c; c = c->next)
            rc = read_clause(b, &clauses[any[i].n++], c);
    }
    out->any = any;
    out->n = n;
    return rc;
}
