#include "tools/show/series_print.h"

#include "tools/cli/text.h"
#include "tools/print/table.h"

#include <stdlib.h>

/* --- columns --- */

static bool has_column(const struct series_printer *printer, const char *metric, size_t ref)
{
    for (size_t i = 0; i < printer->column_n; i++)
        if (printer->columns[i].ref == ref && strcmp(printer->columns[i].metric, metric) == 0)
            return true;
    return false;
}

static void add_column(struct series_printer *printer, const char *metric, size_t ref)
{
    if (has_column(printer, metric, ref))
        return;
    BC_GROW(printer->columns, printer->column_n, printer->column_cap);
    printer->columns[printer->column_n++] = (struct series_column){ metric, ref };
}

/* A metric stands in a column of its own under each reference whose rules ever have it. */
static void add_columns(struct series_printer *printer, const char *metric)
{
    const struct series *series = printer->series;

    for (size_t i = 0; i < series->used_n; i++)
        if (bc_rules_metric(series->used[i].rules, bc_str_of(metric)))
            add_column(printer, metric, series->used[i].ref);
}

static void choose_columns(struct series_printer *printer)
{
    const struct series *series = printer->series;

    for (size_t i = 0; i < series->used_n; i++) {
        const bc_rules *rules = series->used[i].rules;
        struct answer_part part;

        answer_part_init(&part, rules, series->plan.metrics, NULL);
        for (size_t m = 0; m < answer_metric_n(&part, rules); m++)
            add_columns(printer, rules->metrics[answer_metric(&part, m)].name);
        answer_part_release(&part);
    }
}

/* The metric of a column at a date and the slice that is shown, or NULL: not under these rules. */
static const struct bc_cell *find_cell(const struct series_answer *answer,
                                       const struct series_column *column,
                                       const struct bc_metric_rule **rule, size_t *slice)
{
    const bc_rules *rules = answer->report->rules;

    *rule = bc_rules_metric(rules, bc_str_of(column->metric));
    if (!*rule)
        return NULL;
    *slice = answer->part->slice >= 0 ? (size_t)answer->part->slice : (*rule)->headline;
    if (*slice == rules->slice_n)
        return NULL;
    return bc_report_cell(answer->report, answer->date, (size_t)(*rule - rules->metrics), *slice);
}

/* --- table --- */

/* The reference whose rules depend on the date. */
static size_t marked_ref(const struct series *series)
{
    size_t ref = 0;

    while (!rules_ref_as_then(series->asked->refs[ref]))
        ref++;
    return ref;
}

static void begin_page(struct series_printer *printer)
{
    size_t fixed = 1 + printer->marks, n = fixed + printer->column_n;
    struct table_column *columns = bc_calloc(n, sizeof(*columns));
    struct bc_buf *names = bc_calloc(printer->column_n, sizeof(*names));

    columns[0].name = "DATE";
    columns[fixed - 1].name = printer->marks ? "RULES" : columns[0].name;
    for (size_t i = 0; i < printer->column_n; i++) {
        bc_buf_add_str(&names[i], bc_str_of(printer->columns[i].metric));
        if (printer->series->asked->ref_n > 1)
            bc_buf_printf(&names[i], " %s",
                          asked_label(printer->series->asked, printer->columns[i].ref));
        bc_buf_add_byte(&names[i], '\0');
        columns[fixed + i] = (struct table_column){ .name = names[i].at, .right = true };
    }
    printer->table = table_new(columns, n);
    for (size_t i = 0; i < printer->column_n; i++)
        bc_buf_release(&names[i]);
    free(names);
    free(columns);
}

static void mark_rules(struct series_printer *printer, size_t date, bool first)
{
    const struct series *series = printer->series;
    const struct series_answer *answer = series_answer(series, marked_ref(series), date);

    if (first || answer->rules_changed)
        table_text(printer->table, 1, bc_str_of(answer->report->rules->version));
}

static void add_row(struct series_printer *printer, size_t date, const char *day)
{
    const struct series *series = printer->series;
    size_t fixed = 1 + printer->marks;

    table_row(printer->table);
    table_text(printer->table, 0, bc_str_of(day));
    if (printer->marks)
        mark_rules(printer, date, series->days[date] == series->plan.from);
    for (size_t i = 0; i < printer->column_n; i++) {
        const struct bc_metric_rule *rule;
        size_t slice;
        const struct bc_cell *cell = find_cell(series_answer(series, printer->columns[i].ref, date),
                                               &printer->columns[i], &rule, &slice);
        char value[ANSWER_VALUE_LEN];

        if (cell && cell->has_value) {
            answer_value(value, rule, cell->value);
            table_format(printer->table, fixed + i, "%s", value);
        } else if (cell) {
            table_null(printer->table, fixed + i);
        }
    }
}

static void print_page(struct series_printer *printer)
{
    table_print(printer->env, printer->table);
    table_free(printer->table);
    printer->table = NULL;
}

/* --- chart --- */

static void begin_charts(struct series_printer *printer)
{
    const struct series_plan *plan = &printer->series->plan;
    size_t n = step_count(&plan->step, plan->from, plan->to);

    printer->charts = bc_calloc(printer->column_n, sizeof(*printer->charts));
    for (size_t i = 0; i < printer->column_n; i++)
        printer->charts[i] = chart_begin(n, CHART_MOST);
}

static void add_points(struct series_printer *printer, size_t date)
{
    for (size_t i = 0; i < printer->column_n; i++) {
        const struct series_column *column = &printer->columns[i];
        const struct bc_metric_rule *rule;
        size_t slice;
        const struct bc_cell *cell =
            find_cell(series_answer(printer->series, column->ref, date), column, &rule, &slice);
        bool there = cell && cell->has_value;

        chart_take(&printer->charts[i], (struct chart_point){ there, there ? cell->value : 0 });
    }
}

/* What the metric of a column is under the last rules that have it. */
static void find_last(const struct series_printer *printer, const struct series_column *column,
                      const struct bc_metric_rule **rule, const char **slice)
{
    const struct series *series = printer->series;

    for (size_t i = 0; i < series->used_n; i++) {
        const bc_rules *rules = series->used[i].rules;
        const struct bc_metric_rule *found = bc_rules_metric(rules, bc_str_of(column->metric));

        if (series->used[i].ref != column->ref || !found)
            continue;
        *rule = found;
        *slice = series->plan.slice ? series->plan.slice : rules->slices[found->headline].name;
    }
}

static void add_end(struct table *table, size_t at, const struct bc_metric_rule *rule,
                    const struct chart_point *point)
{
    char value[ANSWER_VALUE_LEN];

    if (!point->there) {
        table_null(table, at);
        return;
    }
    answer_value(value, rule, point->value);
    table_format(table, at, "%s", value);
}

static void add_chart_row(const struct series_printer *printer, struct table *table, size_t column)
{
    const struct asked *asked = printer->series->asked;
    const struct chart *chart = &printer->charts[column];
    const struct bc_metric_rule *rule = NULL;
    struct bc_buf blocks = { 0 };
    const char *slice = NULL;

    find_last(printer, &printer->columns[column], &rule, &slice);
    table_row(table);
    table_text(table, 0, bc_str_of(rule->name));
    table_text(table, 1, bc_str_of(slice));
    add_end(table, 2, rule, &chart->first);
    chart_add(&blocks, chart);
    table_text(table, 3, bc_buf_str(&blocks));
    add_end(table, 4, rule, &chart->last);
    if (asked->ref_n > 1)
        table_text(table, 5, bc_str_of(asked_label(asked, printer->columns[column].ref)));
    bc_buf_release(&blocks);
}

static void print_chart(const struct series_printer *printer)
{
    const struct series *series = printer->series;
    char from[BC_DAY_LEN], to[BC_DAY_LEN];
    struct table *table;

    bc_day_print(from, series->plan.from);
    bc_day_print(to, step_day(&series->plan.step, series->plan.from, series->next - 1));
    table = table_new((const struct table_column[]){ { .name = "METRIC" },
                                                     { .name = "IN" },
                                                     { .name = from, .right = true },
                                                     { .name = "FROM LOW TO HIGH" },
                                                     { .name = to, .right = true },
                                                     { .name = "RULES" } },
                      series->asked->ref_n > 1 ? 6 : 5);
    for (size_t i = 0; i < printer->column_n; i++)
        add_chart_row(printer, table, i);
    table_print(printer->env, table);
    table_free(table);
}

/* Below a table or chart: from which date on which rules were in force. */
static void print_changes(const struct series_printer *printer)
{
    const struct series *series = printer->series;
    size_t ref = marked_ref(series);
    char day[BC_DAY_LEN];

    fputc('\n', printer->env->out);
    for (size_t i = 0; i < series->used_n; i++) {
        if (series->used[i].ref != ref)
            continue;
        bc_day_print(day, series->used[i].from);
        fprintf(printer->env->out, "from %s under the rules ", day);
        text_put(printer->env->out, bc_str_of(series->used[i].rules->version));
        fputc('\n', printer->env->out);
    }
}

/* --- all of it --- */

void series_printer_init(struct series_printer *out, const struct cmd_env *env,
                         struct series *series, enum series_form form)
{
    *out = (struct series_printer){ .env = env,
                                    .series = series,
                                    .form = form,
                                    .marks = series_varies(series),
                                    .json = json_out_begin(env->out) };
    if (form == SERIES_TABLE || form == SERIES_CHART)
        choose_columns(out);
    if (form == SERIES_CHART)
        begin_charts(out);
    if (form == SERIES_CSV)
        fputs(series->asked->ref_n > 1 || out->marks ? "date,metric,slice,value,n,rules\n"
                                                     : "date,metric,slice,value,n\n",
              env->out);
}

void series_printer_release(struct series_printer *printer)
{
    json_out_release(&printer->json);
    table_free(printer->table);
    free(printer->columns);
    free(printer->charts);
}

/* What programs read: every answer of a date, in the order of the rules. */
static bc_status print_answers(struct series_printer *printer, size_t date, const char *day,
                               struct bc_err *err)
{
    struct series *series = printer->series;
    bool with_rules = series->asked->ref_n > 1 || printer->marks;

    for (size_t ref = 0; ref < series->asked->ref_n; ref++) {
        const struct series_answer *answer = series_answer(series, ref, date);
        struct answer_part part = *answer->part;
        bc_status rc = series_use(series, ref, date, err);

        if (rc < 0)
            return rc;
        part.rules_changed = answer->rules_changed;
        if (printer->form == SERIES_JSON) {
            bc_report_show(answer->report, answer->date);
            answer_json(&printer->json, series->asked, answer->report, answer->date, &part);
        } else {
            answer_csv(printer->env, answer->report, answer->date, day, &part, with_rules);
        }
    }
    return BC_OK;
}

bc_status series_print_pass(struct series_printer *printer, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (printer->form == SERIES_TABLE)
        begin_page(printer);
    for (size_t date = 0; rc == BC_OK && date < printer->series->n; date++) {
        char day[BC_DAY_LEN];

        bc_day_print(day, printer->series->days[date]);
        if (printer->form == SERIES_TABLE)
            add_row(printer, date, day);
        else if (printer->form == SERIES_CHART)
            add_points(printer, date);
        else
            rc = print_answers(printer, date, day, err);
    }
    if (printer->form == SERIES_TABLE)
        print_page(printer);
    return rc == BC_OK ? cmd_written(printer->env, err) : rc;
}

void series_print_end(struct series_printer *printer)
{
    if (printer->form == SERIES_CSV || printer->form == SERIES_JSON)
        return;
    if (printer->form == SERIES_CHART)
        print_chart(printer);
    if (printer->marks)
        print_changes(printer);
    asked_print(printer->env, printer->series->asked, NULL);
}
