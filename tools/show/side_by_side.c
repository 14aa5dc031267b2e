#include "tools/show/side_by_side.h"

#include "tools/print/cell_text.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"
#include "tools/show/labels.h"

#include <stdlib.h>

/* Prints a table with a column for each of the rules after `fixed` ones. */
static void print_rows(const struct cmd_env *env, const struct sides *sides,
                       const struct column *fixed, size_t fixed_n, bool right, row_find_fn *find)
{
    size_t n = sides->basis->ref_n;
    struct column *columns = bc_calloc(fixed_n + n, sizeof(*columns));

    memcpy(columns, fixed, fixed_n * sizeof(*columns));
    for (size_t i = 0; i < n; i++)
        columns[fixed_n + i] =
            (struct column){ .name = basis_label(sides->basis, i), .right = right };
    print_table_of(env, (struct columns){ columns, fixed_n + n }, rows_found(find, &sides));
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

static void fill_line(struct row *row, const struct sides *sides, const char *name)
{
    row_word(row, "name", name);
    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const struct bc_report *report = sides->reports[ref];
        int line = bc_rules_red_line(report->rules, bc_str_of(name));
        const struct bc_red_line_cell *cell;
        struct bc_buf *text = row_make(row);

        if (line >= 0) {
            cell = bc_report_red_line(report, 0, (size_t)line);
            bc_buf_add_str(text, labels_state(bc_str_of(bc_red_line_state_name(cell->state))));
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
                before |= bc_rules_red_line(sides->reports[other]->rules,
                                            bc_str_of(rules->red_lines[i].name)) >= 0;
            if (before)
                continue;
            fill_line(taker->row, sides, rules->red_lines[i].name);
            rc = row_take(taker, err);
        }
    }
    return rc;
}

/* --- split by a key --- */

/* A figure of a value; NULL: no deal of the slice has it under these rules. */
static const struct bc_cell *find_of(const struct sides *sides, size_t ref, const char *metric,
                                     const char *slice, struct bc_str value,
                                     const struct bc_metric_rule **rule)
{
    const bc_rules *rules = sides->reports[ref]->rules;
    const struct bc_report_split *split = sides->by[ref].split;
    const int at = bc_rules_slice(rules, bc_str_of(slice));
    size_t i;

    *rule = bc_rules_metric(rules, bc_str_of(metric));
    if (!*rule || at < 0 || !bc_report_split_find(split, value, &i) ||
        !(bc_report_split_slices(split, 0, i) >> at & 1))
        return NULL;
    return bc_report_cell(split->reports[i], 0, (size_t)(*rule - rules->metrics), (size_t)at);
}

static void fill_value(struct row *row, const struct sides *sides, const char *metric,
                       const char *slice, struct bc_str value)
{
    row_word(row, "name", metric);
    row_word(row, "slice", slice);
    row_text(row, "told", by_value_said(row->names, sides->by->by.text, value));
    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const struct bc_metric_rule *rule;
        const struct bc_cell *cell = find_of(sides, ref, metric, slice, value, &rule);

        if (cell)
            report_value(row, NULL, report_figure(rule), cell->has_value, cell->value);
        else
            row_word(row, NULL, "");
    }
}

/* The values that deals of a slice have under any of the rules, in byte order; the caller frees
 * them. */
static struct bc_str *values_of(const struct sides *sides, const char *metric, const char *slice,
                                size_t *n)
{
    const struct bc_metric_rule *rule;
    struct bc_str *values;
    size_t most = 0, kept = 0;

    for (size_t ref = 0; ref < sides->basis->ref_n; ref++)
        most += sides->by[ref].split->n;
    values = bc_calloc(most + 1, sizeof(*values));
    for (size_t ref = 0; ref < sides->basis->ref_n; ref++)
        for (size_t i = 0; i < sides->by[ref].split->n; i++)
            if (find_of(sides, ref, metric, slice, sides->by[ref].split->values[i], &rule))
                values[kept++] = sides->by[ref].split->values[i];
    *n = bc_str_sort_once(values, kept);
    return values;
}

/* The headline slice under some of the rules, or the one that was asked for. */
static bool is_headline(const struct sides *sides, size_t ref, size_t metric, size_t slice)
{
    return sides->parts[ref].slice >= 0 ||
           sides->reports[ref]->rules->metrics[metric].headline == slice;
}

static bool headed_before(const struct sides *sides, size_t ref, const char *metric,
                          const char *slice)
{
    for (size_t i = 0; i < ref; i++) {
        const bc_rules *rules = sides->reports[i]->rules;
        const struct bc_metric_rule *rule = bc_rules_metric(rules, bc_str_of(metric));
        const int at = bc_rules_slice(rules, bc_str_of(slice));

        if (rule && at >= 0 && is_headline(sides, i, (size_t)(rule - rules->metrics), (size_t)at))
            return true;
    }
    return false;
}

static bc_status find_values(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct sides *sides = *(const struct sides *const *)finder;
    bc_status rc = BC_OK;

    for (size_t ref = 0; ref < sides->basis->ref_n; ref++) {
        const bc_rules *rules = sides->reports[ref]->rules;

        for (size_t i = 0; rc == BC_OK && i < rules->metric_n * rules->slice_n; i++) {
            const size_t m = i / rules->slice_n, s = i % rules->slice_n;
            const char *metric = rules->metrics[m].name, *slice = rules->slices[s].name;
            struct bc_str *values;
            size_t n;

            if (!shows(&sides->parts[ref], m, s) || !is_headline(sides, ref, m, s) ||
                headed_before(sides, ref, metric, slice))
                continue;
            values = values_of(sides, metric, slice, &n);
            for (size_t value = 0; rc == BC_OK && value < n; value++) {
                fill_value(taker->row, sides, metric, slice, values[value]);
                rc = row_take(taker, err);
            }
            free(values);
        }
    }
    return rc;
}

static void print_by(const struct cmd_env *env, const struct sides *sides)
{
    const struct column fixed[] = {
        { .name = "METRIC", .key = "name" },
        { .name = "IN", .key = "slice", .stays = true },
        { .name = sides->by[0].by.text.at, .key = "told", .fit = COLUMN_MIDDLE },
    };

    print_rows(env, sides, fixed, 3, true, find_values);
}

void side_by_side_print(const struct cmd_env *env, const struct sides *sides)
{
    static const struct column metrics[] = { { .name = "METRIC", .key = "name" },
                                             { .name = "IN", .key = "slice", .stays = true } };
    static const struct column lines[] = { { .name = "RED LINE", .key = "name" } };

    if (sides->by) {
        print_by(env, sides);
        return;
    }
    print_rows(env, sides, metrics, 2, true, find_metrics);
    if (!sides->parts[0].red_lines)
        return;
    fputc('\n', env->out);
    print_rows(env, sides, lines, 1, false, find_lines);
}
