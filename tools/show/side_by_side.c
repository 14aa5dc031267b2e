#include "tools/show/side_by_side.h"

#include "tools/print/table.h"

#include <stdlib.h>

struct sides {
    const struct cmd_env *env;
    const struct asked *asked;
    struct bc_report *const *reports;
    const struct answer_part *parts;
};

/* A table with a column for each of the rules behind `fixed` ones. */
static struct table *new_table(const struct sides *sides, const char *const *names, size_t fixed,
                               bool right)
{
    size_t n = sides->asked->ref_n;
    struct table_column *columns = bc_calloc(fixed + n, sizeof(*columns));
    struct table *table;

    for (size_t i = 0; i < fixed; i++)
        columns[i].name = names[i];
    for (size_t i = 0; i < n; i++)
        columns[fixed + i] =
            (struct table_column){ .name = asked_label(sides->asked, i), .right = right };
    table = table_new(columns, fixed + n);
    free(columns);
    return table;
}

/* Is the part about this metric and slice? */
static bool shows(const struct answer_part *part, size_t metric, size_t slice)
{
    bool found = part->metrics == NULL;

    for (size_t i = 0; !found && i < part->metric_n; i++)
        found = part->metrics[i] == metric;
    return found && (part->slice < 0 || (size_t)part->slice == slice);
}

/* The cell of a metric and slice under one of the rules, or NULL. */
static const struct bc_cell *find(const struct sides *sides, size_t ref, const char *metric,
                                  const char *slice, const struct bc_metric_rule **rule)
{
    const struct bc_report *report = sides->reports[ref];
    int index = bc_rules_slice(report->rules, bc_str_of(slice));

    *rule = bc_rules_metric(report->rules, bc_str_of(metric));
    if (!*rule || index < 0)
        return NULL;
    return bc_report_cell(report, 0, (size_t)(*rule - report->rules->metrics), (size_t)index);
}

static void add_row(const struct sides *sides, struct table *table, const char *metric,
                    const char *slice)
{
    table_row(table);
    table_text(table, 0, bc_str_of(metric));
    table_text(table, 1, bc_str_of(slice));
    for (size_t ref = 0; ref < sides->asked->ref_n; ref++) {
        const struct bc_metric_rule *rule;
        const struct bc_cell *cell = find(sides, ref, metric, slice, &rule);
        char value[ANSWER_VALUE_LEN];

        if (!cell)
            continue;
        if (!cell->has_value) {
            table_null(table, 2 + ref);
            continue;
        }
        answer_value(value, rule, cell->value);
        table_format(table, 2 + ref, "%s", value);
    }
}

/* What the rules in front of `ref` have was shown with them. */
static bool shown_before(const struct sides *sides, size_t ref, const char *metric,
                         const char *slice)
{
    const struct bc_metric_rule *rule;

    for (size_t i = 0; i < ref; i++)
        if (find(sides, i, metric, slice, &rule))
            return true;
    return false;
}

static void print_metrics(const struct sides *sides)
{
    static const char *const names[] = { "METRIC", "IN" };
    struct table *table = new_table(sides, names, 2, true);

    for (size_t ref = 0; ref < sides->asked->ref_n; ref++) {
        const bc_rules *rules = sides->reports[ref]->rules;

        for (size_t m = 0; m < rules->metric_n; m++)
            for (size_t s = 0; s < rules->slice_n; s++)
                if (shows(&sides->parts[ref], m, s) &&
                    !shown_before(sides, ref, rules->metrics[m].name, rules->slices[s].name))
                    add_row(sides, table, rules->metrics[m].name, rules->slices[s].name);
    }
    table_print(sides->env, table);
    table_free(table);
}

static int find_line(const bc_rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->red_line_n; i++)
        if (strcmp(rules->red_lines[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void add_line_row(const struct sides *sides, struct table *table, const char *name)
{
    table_row(table);
    table_text(table, 0, bc_str_of(name));
    for (size_t ref = 0; ref < sides->asked->ref_n; ref++) {
        const struct bc_report *report = sides->reports[ref];
        int line = find_line(report->rules, name);
        const struct bc_red_line_cell *cell;
        struct bc_buf text = { 0 };

        if (line < 0)
            continue;
        cell = bc_report_red_line(report, 0, (size_t)line);
        bc_buf_add_str(&text, bc_str_of(bc_red_line_state_name(cell->state)));
        if (cell->has_value && report->rules->red_lines[line].conversion)
            bc_buf_printf(&text, ", %.1f %%", 100 * cell->value);
        else if (cell->has_value)
            bc_buf_printf(&text, ", %.0f", cell->value);
        table_text(table, 1 + ref, bc_buf_str(&text));
        bc_buf_release(&text);
    }
}

static void print_red_lines(const struct sides *sides)
{
    static const char *const names[] = { "RED LINE" };
    struct table *table = new_table(sides, names, 1, false);

    for (size_t ref = 0; ref < sides->asked->ref_n; ref++) {
        const bc_rules *rules = sides->reports[ref]->rules;

        for (size_t i = 0; i < rules->red_line_n; i++) {
            bool before = false;

            for (size_t other = 0; other < ref; other++)
                before |= find_line(sides->reports[other]->rules, rules->red_lines[i].name) >= 0;
            if (!before)
                add_line_row(sides, table, rules->red_lines[i].name);
        }
    }
    fputc('\n', sides->env->out);
    table_print(sides->env, table);
    table_free(table);
}

void side_by_side_print(const struct cmd_env *env, const struct asked *asked,
                        struct bc_report *const *reports, const struct answer_part *parts)
{
    const struct sides sides = { env, asked, reports, parts };

    print_metrics(&sides);
    if (parts[0].red_lines)
        print_red_lines(&sides);
}
