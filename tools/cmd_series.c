/* tools/cmd_series.c - the metrics at each of many dates. */
#include "tools/answer.h"
#include "tools/chart.h"
#include "tools/dates.h"
#include "tools/table.h"

#include <stdlib.h>

enum {
    DATES_A_PASS = 4096, /* so that memory is bounded however many dates are asked */
    CHART_MOST = 60,     /* blocks */
};

struct args {
    struct ask ask;
    const char *from, *to, *every, *slice;
    struct opt_list metrics;
    bool json, csv, chart;
};

/* A series under way. */
struct series {
    const struct cmd_env *env;
    struct asked asked;
    struct answer_part part;
    struct step step;
    int32_t from, to; /* days */
    int64_t next;     /* the how-many-th date is next */
    struct json_out json;
    struct table *table;
    struct chart_point *points; /* [date][metric], of a chart */
    size_t point_n, point_cap;
};

/* The dates of the next pass; 0: there are no more. */
static size_t next_days(struct series *series, int32_t *days)
{
    size_t n = 0;

    for (; n < DATES_A_PASS; n++, series->next++) {
        int64_t day = step_day(&series->step, series->from, series->next);

        if (day > series->to)
            break;
        days[n] = (int32_t)day;
    }
    return n;
}

static size_t slice_of(const struct series *series, size_t metric)
{
    return series->part.slice >= 0 ? (size_t)series->part.slice
                                   : series->asked.rules->metrics[metric].headline;
}

static void add_row(struct series *series, const struct bc_report *report, size_t date,
                    const char *day)
{
    table_row(series->table);
    table_text(series->table, 0, bc_str_of(day));
    for (size_t i = 0; i < answer_metric_n(&series->part, report->rules); i++) {
        size_t metric = answer_metric(&series->part, i);
        const struct bc_cell *cell = bc_report_cell(report, date, metric, slice_of(series, metric));
        char value[ANSWER_VALUE_LEN];

        if (cell->has_value) {
            answer_value(value, &report->rules->metrics[metric], cell->value);
            table_format(series->table, i + 1, "%s", value);
        } else {
            table_null(series->table, i + 1);
        }
    }
}

static void add_points(struct series *series, const struct bc_report *report, size_t date)
{
    for (size_t i = 0; i < answer_metric_n(&series->part, report->rules); i++) {
        size_t metric = answer_metric(&series->part, i);
        const struct bc_cell *cell = bc_report_cell(report, date, metric, slice_of(series, metric));

        BC_GROW(series->points, series->point_n, series->point_cap);
        series->points[series->point_n++] = (struct chart_point){ cell->has_value, cell->value };
    }
}

static bc_status print_pass(struct series *series, const struct args *args,
                            const struct bc_report *report, const int32_t *days, struct bc_err *err)
{
    for (size_t date = 0; date < report->date_n; date++) {
        char day[BC_DAY_LEN];

        bc_day_print(day, days[date]);
        if (args->json)
            answer_json(&series->json, &series->asked, report, date, &series->part);
        else if (args->csv)
            answer_csv(series->env, report, date, day, &series->part);
        else if (args->chart)
            add_points(series, report, date);
        else
            add_row(series, report, date, day);
    }
    return cmd_written(series->env, err);
}

static bc_status pass(struct series *series, const struct args *args, const int32_t *days, size_t n,
                      struct bc_err *err)
{
    const struct bc_report_options options = { .lists = args->json };
    int64_t *as_of_us = bc_reallocarray(NULL, n, sizeof(*as_of_us));
    struct bc_report *report = NULL;
    bc_status rc;

    for (size_t i = 0; i < n; i++)
        as_of_us[i] = bc_zone_day_end(series->asked.rules->zone, days[i]);
    series->asked.question.as_of_us = as_of_us;
    series->asked.question.date_n = n;
    rc = bc_report_make(&report, series->asked.timelines, &series->asked.question, &options, err);
    if (rc == BC_OK)
        rc = print_pass(series, args, report, days, err);
    bc_report_free(report);
    free(as_of_us);
    return rc;
}

static void begin_table(struct series *series)
{
    const bc_rules *rules = series->asked.rules;
    size_t n = answer_metric_n(&series->part, rules);
    struct table_column *columns = bc_calloc(n + 1, sizeof(*columns));

    columns[0].name = "DATE";
    for (size_t i = 0; i < n; i++)
        columns[i + 1] =
            (struct table_column){ rules->metrics[answer_metric(&series->part, i)].name, true,
                                   false };
    series->table = table_new(columns, n + 1);
    free(columns);
}

static void add_chart_row(struct series *series, struct table *table,
                          const struct chart_point *points, size_t n, size_t metric)
{
    const bc_rules *rules = series->asked.rules;
    const struct bc_metric_rule *rule = &rules->metrics[metric];
    struct bc_buf blocks = { 0 };
    char value[ANSWER_VALUE_LEN];

    table_row(table);
    table_text(table, 0, bc_str_of(rule->name));
    table_text(table, 1, bc_str_of(rules->slices[slice_of(series, metric)].name));
    for (size_t end = 0; end < 2; end++) {
        const struct chart_point *point = &points[end ? n - 1 : 0];

        if (point->there) {
            answer_value(value, rule, point->value);
            table_format(table, end ? 4 : 2, "%s", value);
        } else {
            table_null(table, end ? 4 : 2);
        }
    }
    chart_add(&blocks, points, n, CHART_MOST);
    table_text(table, 3, bc_buf_str(&blocks));
    bc_buf_release(&blocks);
}

static void print_chart(struct series *series)
{
    size_t metric_n = answer_metric_n(&series->part, series->asked.rules);
    size_t n = metric_n ? series->point_n / metric_n : 0;
    struct chart_point *points = bc_reallocarray(NULL, n, sizeof(*points));
    char from[BC_DAY_LEN], to[BC_DAY_LEN];
    struct table *table;

    bc_day_print(from, series->from);
    bc_day_print(to, (int32_t)step_day(&series->step, series->from, series->next - 1));
    table = table_new((const struct table_column[]){ { .name = "METRIC" },
                                                     { .name = "IN" },
                                                     { .name = from, .right = true },
                                                     { .name = "FROM LOW TO HIGH" },
                                                     { .name = to, .right = true } },
                      5);
    for (size_t i = 0; i < metric_n; i++) {
        for (size_t date = 0; date < n; date++)
            points[date] = series->points[date * metric_n + i];
        add_chart_row(series, table, points, n, answer_metric(&series->part, i));
    }
    table_print(series->env, table);
    table_free(table);
    free(points);
}

static bc_status run(struct series *series, const struct args *args, struct bc_err *err)
{
    int32_t *days = bc_reallocarray(NULL, DATES_A_PASS, sizeof(*days));
    bc_status rc = BC_OK;
    size_t n;

    if (args->csv)
        fputs("date,metric,slice,value,n\n", series->env->out);
    if (!args->json && !args->csv && !args->chart)
        begin_table(series);
    while (rc == BC_OK && (n = next_days(series, days)) > 0)
        rc = pass(series, args, days, n, err);
    free(days);
    if (rc < 0 || args->json || args->csv)
        return rc;
    if (args->chart)
        print_chart(series);
    else
        table_print(series->env, series->table);
    asked_print(series->env, &series->asked, NULL);
    return BC_OK;
}

/* A series goes by days; a time of day has no place in it. */
static bc_status read_day(int32_t *out, const char *name, const char *text, struct series *series,
                          struct bc_err *err)
{
    struct when when;
    bc_status rc = asked_when(&when, &series->asked, series->env, text, err);

    if (rc < 0)
        return rc;
    if (!when.is_day)
        return bc_err_set(err, BC_E_USAGE, "--%s '%s' is no date, expected such as 2025-03-31",
                          name, text);
    *out = when.day;
    return BC_OK;
}

static int by_index(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;

    return (left > right) - (left < right);
}

/* The metrics asked for, each once, in the order of the rules. */
static bc_status choose_metrics(size_t **out, struct series *series, const struct opt_list *names,
                                struct bc_err *err)
{
    size_t *metrics, n = 0;

    if (names->n == 0)
        return BC_OK;
    *out = metrics = bc_reallocarray(NULL, names->n, sizeof(*metrics));
    for (size_t i = 0; i < names->n; i++) {
        bc_status rc = asked_metric(&metrics[i], &series->asked, names->items[i], err);

        if (rc < 0)
            return rc;
    }
    qsort(metrics, names->n, sizeof(*metrics), by_index);
    for (size_t i = 0; i < names->n; i++)
        if (n == 0 || metrics[n - 1] != metrics[i])
            metrics[n++] = metrics[i];
    series->part.metrics = metrics;
    series->part.metric_n = n;
    series->part.red_lines = false;
    return BC_OK;
}

static bc_status prepare(struct series *series, const struct args *args, size_t **metrics,
                         struct bc_err *err)
{
    size_t slice = 0;
    bc_status rc = step_parse(&series->step, args->every, err);

    if (rc == BC_OK && args->json + args->csv + args->chart > 1)
        rc = bc_err_set(err, BC_E_USAGE, "--json, --csv and --chart do not go together");
    if (rc == BC_OK)
        rc = asked_open(&series->asked, series->env, &args->ask, err);
    if (rc == BC_OK)
        rc = read_day(&series->from, "from", args->from, series, err);
    if (rc == BC_OK)
        rc = read_day(&series->to, "to", args->to, series, err);
    if (rc == BC_OK && series->from > series->to)
        rc = bc_err_set(err, BC_E_USAGE, "--from lies behind --to");
    if (rc == BC_OK)
        rc = choose_metrics(metrics, series, &args->metrics, err);
    if (rc == BC_OK && args->slice) {
        rc = asked_slice(&slice, &series->asked, args->slice, err);
        series->part.slice = (int)slice;
    }
    return rc;
}

int cmd_series(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = {
        "backcast series --from 2024-01-07 --to 2024-12-29 --metric sqd --metric sqd_net_new",
        "backcast series --from -1y --every 1w --chart",
        "backcast series --from 2015-01-04 --to 2024-12-29 --csv", NULL
    };
    static const struct opt_page page = { "backcast series",
                                          "Prints the metrics at each of many dates.", examples };
    struct args args = { .every = "1w" };
    const struct opt opts[] = {
        { "from", "DATE", .text = &args.from, .help = "the first date", .required = true },
        { "to", "DATE", .text = &args.to,
          .help = "the last date, if a step falls on it (default: today)" },
        { "every", "STEP", .text = &args.every, .help = "1d, 1w, 1m, 3m, 1y (default: 1w)" },
        { "metric", "METRIC", .list = &args.metrics, .help = "only this metric" },
        { "slice", "SLICE", .text = &args.slice, .help = "only this slice" },
        ASK_OPTIONS(&args.ask),
        { "chart", NULL, .flag = &args.chart, .help = "draw a small chart a metric" },
        { "csv", NULL, .flag = &args.csv, .help = "print date,metric,slice,value,n" },
        { "json", NULL, .flag = &args.json, .help = "print for programs: one date a line" },
        { 0 },
    };
    struct series series = { .env = env,
                             .part = { .slice = -1, .red_lines = true },
                             .json = json_out_begin(env->out) };
    struct bc_err err = { 0 };
    size_t *metrics = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = prepare(&series, &args, &metrics, &err);
    if (rc == BC_OK)
        rc = run(&series, &args, &err);
    asked_close(&series.asked);
    table_free(series.table);
    json_out_release(&series.json);
    free(series.points);
    free(metrics);
    opt_list_release(&args.metrics);
    return cmd_exit(env, rc, &err);
}
