#include "tools/show/called.h"

#include "tools/print/print_table.h"
#include "tools/show/rule_labels.h"

#include <stdlib.h>

struct called {
    const char *name;
    struct bc_buf label;
};

typedef void add_label_fn(struct bc_buf *out, const bc_rules *rules, struct bc_str name);

/* The next of the list, if it has another label than its name: 1, else 0. */
static size_t look_up(struct called *out, const bc_rules *rules, const char *name,
                      add_label_fn *add)
{
    out->name = name;
    out->label.len = 0;
    add(&out->label, rules, bc_str_of(name));
    return !bc_str_eq(bc_buf_str(&out->label), bc_str_of(name));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct called *called = source;

    row_word(row, "name", called[i].name);
    row_text(row, "called", bc_buf_str(&called[i].label));
}

void called_print(const struct cmd_env *env, const bc_rules *rules)
{
    static const struct column columns[] = {
        { .name = "METRIC, RED LINE", .key = "name" },
        { .name = "ON PAGES, IN DRAWINGS", .key = "called", .fit = COLUMN_WRAP },
    };
    const size_t most = rules->metric_n + rules->red_line_n + 1; /* one is looked up beyond */
    struct called *called = bc_calloc(most, sizeof(*called));
    size_t n = 0;

    for (size_t i = 0; i < rules->metric_n; i++)
        n += look_up(&called[n], rules, rules->metrics[i].name, rule_labels_metric_add);
    for (size_t i = 0; i < rules->red_line_n; i++)
        n += look_up(&called[n], rules, rules->red_lines[i].name, rule_labels_red_line_add);
    if (n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(columns), rows_of(fill, called, n));
    }
    for (size_t i = 0; i < most; i++)
        bc_buf_release(&called[i].label);
    free(called);
}
