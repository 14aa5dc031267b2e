#include "tools/show/series_columns.h"

#include <stdlib.h>

/* The column of a metric of this name under a reference, or a new one. */
static struct series_column *column_of(struct series_columns *columns, struct bc_str name,
                                       size_t ref)
{
    for (size_t i = 0; i < columns->n; i++) {
        struct series_column *column = &columns->at[i];

        if (column->ref == ref && bc_str_eq(bc_str_of(column->metric->name), name))
            return column;
    }
    BC_GROW(columns->at, columns->n, columns->cap);
    return &columns->at[columns->n++];
}

static void add_columns(struct series_columns *columns, const struct series *series,
                        struct bc_str name)
{
    for (size_t i = 0; i < series->used_n; i++) {
        const struct series_used *used = &series->used[i];
        const struct bc_metric_rule *metric = bc_rules_metric(used->rules, name);

        if (metric)
            *column_of(columns, name, used->ref) =
                (struct series_column){ metric, used->rules, used->ref };
    }
}

void series_columns_choose(struct series_columns *out, const struct series *series)
{
    for (size_t i = 0; i < series->used_n; i++) {
        const bc_rules *rules = series->used[i].rules;
        struct report_part part;

        report_part_init(&part, rules, series->plan.metrics, NULL);
        for (size_t m = 0; m < report_metric_n(&part, rules); m++)
            add_columns(out, series, bc_str_of(rules->metrics[report_metric(&part, m)].name));
        report_part_release(&part);
    }
}

void series_columns_release(struct series_columns *columns)
{
    free(columns->at);
    *columns = (struct series_columns){ 0 };
}

/* The report of a value that a deal of the slice has at the date. */
static bool find_value(const struct series_answer *answer, size_t slice, struct bc_str value,
                       const struct bc_report **report)
{
    const struct bc_report_split *split = answer->by->split;
    size_t at;

    if (!bc_report_split_find(split, value, &at) ||
        !(bc_report_split_slices(split, answer->date, at) >> slice & 1))
        return false;
    *report = split->reports[at];
    return true;
}

const struct bc_cell *series_column_cell(const struct series_answer *answer,
                                         const struct series_column *column, struct bc_str value,
                                         const struct bc_metric_rule **rule, size_t *slice)
{
    const struct bc_report *report = answer->report;
    const bc_rules *rules = report->rules;

    *rule = bc_rules_metric(rules, bc_str_of(column->metric->name));
    if (!*rule)
        return NULL;
    *slice = answer->part->slice >= 0 ? (size_t)answer->part->slice : (*rule)->headline;
    if (*slice == rules->slice_n)
        return NULL;
    if (answer->by && !find_value(answer, *slice, value, &report))
        return NULL;
    return bc_report_cell(report, answer->date, (size_t)(*rule - rules->metrics), *slice);
}
