#include "tools/show/stage_list.h"

#include "tools/show/learning_cells.h"

#include <stdlib.h>

void stage_list_cell(struct row *row, const char *key, const bc_rules *rules, bc_stage_set set)
{
    struct bc_str *ids = row_alloc(row, (rules->stage_n + 1) * sizeof(*ids));
    size_t n = 0;

    for (size_t i = 0; i < rules->stage_n; i++)
        if (set >> i & 1)
            ids[n++] = bc_str_of(rules->stages[i].id);
    qsort(ids, n, sizeof(*ids), bc_str_order);
    learning_cells_list(row, key, ids, n);
}

void stage_list_add(struct bc_buf *out, const bc_rules *rules, bc_stage_set set)
{
    const char *before = "";

    for (size_t i = 0; i < rules->stage_n; i++)
        if (set >> i & 1) {
            bc_buf_printf(out, "%s%s", before, rules->stages[i].id);
            before = ",";
        }
}
