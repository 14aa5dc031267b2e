#include "tools/show/side_by_side.h"

#include "tools/print/cell_text.h"
#include "tools/print/print_table.h"

#include <stdlib.h>

struct sides {
    const struct cmd_env *env;
    const struct basis *basis;
    struct bc_report *const *reports;
    const struct report_part *parts;
};

/* Prints a table with a column for each of the rules after `fixed` ones. */
static void print_rows(const struct sides *sides, const struct column *fixed, size_t fixed_n,
                       bool right, row_find_fn *find)
{
    size_t n = sides->basis->ref_n;
    struct column *columns = bc_calloc(fixed_n + n, sizeof(*columns));

    memcpy(columns, fixed, fixed_n * sizeof(*columns));
    for (size_t i = 0; i < n; i++)
        columns[fixed_n + i] =
            (struct column){ .name = basis_label(sides->basis, i), .right = right };
    print_table_of(sides->env, (struct columns){ columns, fixed_n + n }, rows_found(find, &sides));
    free(columns);
}

/* Is the part about this metric and slice? */
static bool shows(const struct report_part *part, size_t metric, size_t slice)
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

static void fill_metric(struct row *row, const struct sides *sides, const char *metric,
                        const char *slice)
{
    row_word(row, "name", metric);
    row_word(row, "slice", slice);
    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const struct bc_metric_rule *rule;
        const struct bc_cell *cell = find(sides, ref, metric, slice, &rule);

        if (cell)
            report_value(row, NULL, report_figure(rule), cell->has_value, cell->value);
        else
            row_word(row, NULL, "");
    }
}

/* What the rules before `ref` have was shown with them. */
static bool shown_before(const struct sides *sides, size_t ref, const char *metric,
                         const char *slice)
{
    const struct bc_metric_rule *rule;

    for (size_t i = 0; i < ref; i++)
        if (find(sides, i, metric, slice, &rule))
            return true;
    return false;
}

static bc_status find_metrics(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct sides *sides = *(const struct sides *const *)finder;
    bc_status rc = BC_OK;

    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const bc_rules *rules = sides->reports[ref]->rules;

        for (size_t m = 0; m < rules->metric_n; m++)
            for (size_t s = 0; rc == BC_OK && s < rules->slice_n; s++) {
                const char *metric = rules->metrics[m].name, *slice = rules->slices[s].name;

                if (!shows(&sides->parts[ref], m, s) || shown_before(sides, ref, metric, slice))
                    continue;
                fill_metric(taker->row, sides, metric, slice);
                rc = row_take(taker, err);
            }
    }
    return rc;
}

static int find_line(const bc_rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->red_line_n; i++)
        if (strcmp(rules->red_lines[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void fill_line(struct row *row, const struct sides *sides, const char *name)
{
    row_word(row, "name", name);
    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const struct bc_report *report = sides->reports[ref];
        int line = find_line(report->rules, name);
        const struct bc_red_line_cell *cell;
        struct bc_buf *text = row_make(row);

        if (line >= 0) {
            cell = bc_report_red_line(report, 0, (size_t)line);
            bc_buf_add_str(text, bc_str_of(bc_red_line_state_name(cell->state)));
            if (cell->has_value) {
                bc_buf_add_str(text, BC_STR(", "));
                cell_text_figure(text, report_line_figure(&report->rules->red_lines[line]),
                                 cell->value);
            }
        }
        row_made(row, NULL);
    }
}

static bc_status find_lines(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct sides *sides = *(const struct sides *const *)finder;
    bc_status rc = BC_OK;

    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const bc_rules *rules = sides->reports[ref]->rules;

        for (size_t i = 0; rc == BC_OK && i < rules->red_line_n; i++) {
            bool before = false;

            for (size_t other = 0; other < ref; other++)
                before |= find_line(sides->reports[other]->rules, rules->red_lines[i].name) >= 0;
            if (before)
                continue;
            fill_line(taker->row, sides, rules->red_lines[i].name);
            rc = row_take(taker, err);
        }
    }
    return rc;
}

void side_by_side_print(const struct cmd_env *env, const struct basis *basis,
                        struct bc_report *const *reports, const struct report_part *parts)
{
    static const struct column metrics[] = { { .name = "METRIC", .key = "name" },
                                             { .name = "IN", .key = "slice", .stays = true } };
    static const struct column lines[] = { { .name = "RED LINE", .key = "name" } };
    const struct sides sides = { env, basis, reports, parts };

    print_rows(&sides, metrics, 2, true, find_metrics);
    if (!parts[0].red_lines)
        return;
    fputc('\n', env->out);
    print_rows(&sides, lines, 1, false, find_lines);
}
