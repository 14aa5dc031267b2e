/* tools/import/csv/csv_map_condition.c - conditions on the cells of a row, out of a map. */
#include "tools/import/csv/csv_map_build.h"

enum { MOST = 3 }; /* clauses that a column may make */

/* `any`, `all` of a list of conditions, and `not` of one or of several: or false, and a column of
 * that name is meant. */
static bool is_group(enum csv_test *out, const struct bc_yaml *node)
{
    size_t n = 0;
    const struct bc_yaml *first = bc_fields_members(node, &n);

    if (n == 0 || first->kind != BC_YAML_MAP)
        return false;
    *out = bc_str_eq(node->key, BC_STR("not"))   ? CSV_NONE
           : bc_str_eq(node->key, BC_STR("any")) ? CSV_ANY
                                                 : CSV_ALL;
    return *out == CSV_NONE ||
           (node->kind == BC_YAML_LIST && (*out == CSV_ANY || bc_str_eq(node->key, BC_STR("all"))));
}

static bc_status read_group(struct csv_build *b, struct csv_clause *out, enum csv_test test,
                            const struct bc_yaml *node)
{
    struct csv_conditions *of = bc_arena_alloc(b->map->arena, sizeof(*of));

    *out = (struct csv_clause){ .test = test, .of = of };
    return csv_build_conditions(b, of, node);
}

/* What is asked of a cell: all of it must hold. */
static bc_status read_column(struct csv_build *b, struct csv_condition *out,
                             struct csv_clause *clauses, const struct bc_yaml *node)
{
    static const struct bc_field_key keys[MOST] = { { "not", 0, 0 },
                                                    { "empty", 0, 0 },
                                                    { "matches", 0, 0 } };
    static const enum csv_test tests[MOST] = { CSV_NOT_IN, CSV_FILLED, CSV_MATCHES };
    const struct bc_yaml *part[MOST] = { 0 };
    size_t column = csv_build_column(b, node->key, node->key_at);
    bc_status rc;

    if (node->kind != BC_YAML_MAP) {
        struct csv_clause *clause = &clauses[out->n++];

        *clause = (struct csv_clause){ .column = column, .test = CSV_IN };
        return csv_build_words(b, &clause->values, &clause->n, node);
    }
    rc = bc_fields_take(&b->in, part, node, "a condition", keys, MOST);
    if (rc == BC_OK && !part[0] && !part[1] && !part[2])
        return bc_fields_fault(&b->in, node, "expected `not`, `empty` or `matches`");
    for (size_t i = 0; rc == BC_OK && i < MOST; i++) {
        struct csv_clause *clause = &clauses[out->n];
        bool empty = false;

        if (!part[i])
            continue;
        out->n++;
        *clause = (struct csv_clause){ .column = column, .test = tests[i] };
        if (tests[i] != CSV_FILLED) {
            rc = csv_build_words(b, &clause->values, &clause->n, part[i]);
            continue;
        }
        rc = bc_fields_bool(&b->in, &empty, part[i]);
        clause->test = empty ? CSV_EMPTY : CSV_FILLED;
    }
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
        clauses = bc_arena_alloc(b->map->arena, one->n * MOST * sizeof(*clauses));
        any[i].clauses = clauses;
        for (const struct bc_yaml *c = one->first; rc == BC_OK && c; c = c->next) {
            enum csv_test test;

            rc = is_group(&test, c) ? read_group(b, &clauses[any[i].n++], test, c)
                                    : read_column(b, &any[i], clauses, c);
        }
    }
    out->any = any;
    out->n = n;
    return rc;
}
