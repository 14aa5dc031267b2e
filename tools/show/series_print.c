#include "tools/show/series_print.h"

#include "tools/cli/text.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"

#include <stdlib.h>

/* --- table --- */

/* The reference whose rules depend on the date. */
static size_t marked_ref(const struct series *series)
{
    size_t ref = 0;

    while (!rules_ref_as_then(series->basis->refs[ref]))
        ref++;
    return ref;
}

/* A figure of a column at a date; an empty cell where its rules do not have it. */
static void add_figure(struct row *row, const struct series_printer *printer, size_t column,
                       size_t date)
{
    const struct series_column *at = &printer->columns.at[column];
    const struct bc_metric_rule *rule;
    size_t slice;
    const struct bc_cell *cell = series_column_cell(series_answer(printer->series, at->ref, date),
                                                    at, printer->value, &rule, &slice);

    if (cell)
        report_value(row, NULL, report_figure(rule), cell->has_value, cell->value);
    else
        row_word(row, NULL, "");
}

static void fill_date(struct row *row, const void *source, size_t date)
{
    const struct series_printer *printer = source;
    const struct series *series = printer->series;
    char day[BC_DAY_LEN];

    bc_day_print(day, series->days[date]);
    row_format(row, "date", "%s", day);
    if (printer->marks) {
        const struct series_answer *answer = series_answer(series, marked_ref(series), date);

        if (series->days[date] == series->plan.from || answer->rules_changed)
            row_word(row, "rules", answer->report->rules->version);
    }
    for (size_t i = 0; i < printer->columns.n; i++)
        add_figure(row, printer, i, date);
}

static void print_page(const struct series_printer *printer)
{
    size_t fixed = 1 + printer->marks, n = fixed + printer->columns.n;
    struct column *columns = bc_calloc(n, sizeof(*columns));
    struct bc_buf *names = bc_calloc(printer->columns.n, sizeof(*names));

    columns[0] = (struct column){ .name = "DATE", .key = "date" };
    if (printer->marks)
        columns[1] = (struct column){ .name = "RULES", .key = "rules", .stays = true };
    for (size_t i = 0; i < printer->columns.n; i++) {
        bc_buf_add_str(&names[i], bc_str_of(printer->columns.at[i].metric->name));
        if (printer->series->basis->ref_n > 1)
            bc_buf_printf(&names[i], " %s",
                          basis_label(printer->series->basis, printer->columns.at[i].ref));
        bc_buf_add_byte(&names[i], '\0');
        columns[fixed + i] = (struct column){ .name = names[i].at, .right = true };
    }
    print_table_of(printer->env, (struct columns){ columns, n },
                   rows_of(fill_date, printer, printer->series->n));
    for (size_t i = 0; i < printer->columns.n; i++)
        bc_buf_release(&names[i]);
    free(names);
    free(columns);
}

/* --- a table a value --- */

/* The values that deals have at some date of the pass, in byte order; the caller frees them. */
static struct bc_str *values_of(const struct series *series, size_t *n)
{
    struct bc_str *values;
    size_t most = 0, kept = 0;

    for (size_t i = 0; i < series->range_n; i++)
        most += series->ranges[i].by.split->n;
    values = bc_calloc(most + 1, sizeof(*values));
    for (size_t i = 0; i < series->range_n; i++)
        for (size_t value = 0; value < series->ranges[i].by.split->n; value++)
            values[kept++] = series->ranges[i].by.split->values[value];
    *n = bc_str_sort_once(values, kept);
    return values;
}

/* Whether a deal of a slice that is shown has the value at some date. */
static bool is_shown(const struct series_printer *printer)
{
    const struct series *series = printer->series;
    const struct bc_metric_rule *rule;
    size_t slice;

    for (size_t date = 0; date < series->n; date++)
        for (size_t i = 0; i < printer->columns.n; i++) {
            const struct series_column *column = &printer->columns.at[i];

            if (series_column_cell(series_answer(series, column->ref, date), column, printer->value,
                                   &rule, &slice))
                return true;
        }
    return false;
}

static void print_values(struct series_printer *printer)
{
    FILE *out = printer->env->out;
    size_t n;
    struct bc_str *values = values_of(printer->series, &n);

    for (size_t i = 0; i < n; i++) {
        printer->value = values[i];
        if (!is_shown(printer))
            continue;
        if (printer->begun)
            fputc('\n', out);
        printer->begun = true;
        text_put(out, printer->series->plan.by->text);
        fputc(' ', out);
        text_put(out,
                 by_value_said(printer->env->names, printer->series->plan.by->text, values[i]));
        fputc('\n', out);
        print_page(printer);
    }
    printer->value = (struct bc_str){ 0 };
    free(values);
}

static void print_pages(struct series_printer *printer)
{
    if (printer->series->plan.by)
        print_values(printer);
    else
        print_page(printer);
}

/* --- chart --- */

/* What the other columns leave of a terminal. */
static size_t chart_blocks(const struct cmd_env *env)
{
    enum { OTHERS = 60, LEAST = 12 };
    int blocks = env->width - OTHERS;

    if (env->width == 0 || blocks > CHART_MOST)
        return CHART_MOST;
    return blocks < LEAST ? LEAST : (size_t)blocks;
}

static void begin_charts(struct series_printer *printer)
{
    const struct series_plan *plan = &printer->series->plan;
    size_t n = step_count(&plan->step, plan->from, plan->to);

    printer->charts = bc_calloc(printer->columns.n, sizeof(*printer->charts));
    for (size_t i = 0; i < printer->columns.n; i++)
        printer->charts[i] = chart_begin(n, chart_blocks(printer->env));
}

static void add_points(struct series_printer *printer, size_t date)
{
    for (size_t i = 0; i < printer->columns.n; i++) {
        const struct series_column *column = &printer->columns.at[i];
        const struct bc_metric_rule *rule;
        size_t slice;
        const struct bc_cell *cell =
            series_column_cell(series_answer(printer->series, column->ref, date), column,
                               printer->value, &rule, &slice);
        bool there = cell && cell->has_value;

        chart_take(&printer->charts[i], (struct chart_point){ there, there ? cell->value : 0 });
    }
}

static void fill_chart(struct row *row, const void *source, size_t i)
{
    const struct series_printer *printer = source;
    const struct series_column *column = &printer->columns.at[i];
    const struct bc_metric_rule *rule = column->metric;
    const struct chart *chart = &printer->charts[i];
    const char *slice = printer->series->plan.slice;

    row_word(row, "name", rule->name);
    row_word(row, "slice", slice ? slice : column->rules->slices[rule->headline].name);
    report_value(row, "first", report_figure(rule), chart->first.there, chart->first.value);
    chart_add(row_make(row), chart);
    row_made(row, "blocks");
    report_value(row, "last", report_figure(rule), chart->last.there, chart->last.value);
    row_word(row, "rules", basis_label(printer->series->basis, column->ref));
}

static void print_chart(const struct series_printer *printer)
{
    const struct series *series = printer->series;
    char from[BC_DAY_LEN], to[BC_DAY_LEN];
    const struct column columns[] = { { .name = "METRIC", .key = "name" },
                                      { .name = "IN", .key = "slice", .leave = 1 },
                                      { .name = from, .key = "first", .right = true, .leave = 2 },
                                      { .name = "FROM LOW TO HIGH", .key = "blocks" },
                                      { .name = to, .key = "last", .right = true },
                                      { .name = "RULES", .key = "rules" } };

    bc_day_print(from, series->plan.from);
    bc_day_print(to, step_day(&series->plan.step, series->plan.from, series->next - 1));
    print_table_of(printer->env, (struct columns){ columns, series->basis->ref_n > 1 ? 6 : 5 },
                   rows_of(fill_chart, printer, printer->columns.n));
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
    *out = (struct series_printer){
        .env = env, .series = series, .form = form, .marks = series_varies(series)
    };
    if (form == SERIES_TABLE || form == SERIES_CHART)
        series_columns_choose(&out->columns, series);
    if (form == SERIES_CHART)
        begin_charts(out);
    if (form == SERIES_CSV)
        report_csv_head(env, series->basis->ref_n > 1 || out->marks, series->plan.by != NULL);
}

void series_printer_release(struct series_printer *printer)
{
    series_columns_release(&printer->columns);
    free(printer->charts);
    notes_release(&printer->last);
}

/* For programs: every answer of a date, in the order of the rules. */
static bc_status print_answers(struct series_printer *printer, size_t date, struct bc_err *err)
{
    struct series *series = printer->series;
    bool with_rules = series->basis->ref_n > 1 || printer->marks;
    char day[BC_DAY_LEN];

    bc_day_print(day, series->days[date]);
    for (size_t ref = 0; ref < series->basis->ref_n; ref++) {
        const struct series_answer *answer = series_answer(series, ref, date);
        const struct report_shown shown = { .basis = series->basis,
                                            .report = answer->report,
                                            .by = answer->by,
                                            .date = answer->date,
                                            .part = answer->part,
                                            .rules_changed = answer->rules_changed,
                                            .day = day };
        bc_status rc = series_use(series, ref, date, err);

        if (rc < 0)
            return rc;
        if (printer->form == SERIES_JSON) {
            if (!answer->by)
                bc_report_show(answer->report, answer->date);
            report_json(printer->env, &shown);
        } else {
            report_csv(printer->env, &shown, with_rules);
        }
    }
    return BC_OK;
}

/* Below a table or chart stands what the figures of its last date miss. */
static void note_last(struct series_printer *printer)
{
    const struct series *series = printer->series;
    size_t date = series->n - 1;
    char day[BC_DAY_LEN];

    notes_release(&printer->last);
    bc_day_print(day, series->days[date]);
    for (size_t ref = 0; ref < series->basis->ref_n; ref++) {
        const struct series_answer *answer = series_answer(series, ref, date);
        struct bc_buf when = { 0 };

        bc_buf_printf(&when, "on %s%s%s ", day, series->basis->ref_n > 1 ? " under " : "",
                      series->basis->ref_n > 1 ? basis_label(series->basis, ref) : "");
        bc_buf_add_byte(&when, '\0');
        report_note_unknown(&printer->last,
                            &(struct report_shown){ .report = answer->report,
                                                    .date = answer->date,
                                                    .part = answer->part },
                            when.at);
        bc_buf_release(&when);
    }
}

bc_status series_print_pass(struct series_printer *printer, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (printer->form == SERIES_TABLE || printer->form == SERIES_CHART)
        note_last(printer);
    if (printer->form == SERIES_TABLE)
        print_pages(printer);
    else
        for (size_t date = 0; rc == BC_OK && date < printer->series->n; date++) {
            if (printer->form == SERIES_CHART)
                add_points(printer, date);
            else
                rc = print_answers(printer, date, err);
        }
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
    notes_add_all(&printer->series->basis->notes, &printer->last);
    basis_print(printer->env, printer->series->basis, NULL);
}
