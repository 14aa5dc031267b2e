/* tools/show/answer_print.c - one date of a report, for people. */
#include "tools/print/table.h"
#include "tools/show/answer.h"

#include <inttypes.h>

enum { NAMES_SHOWN = 5 }; /* stalled deals and campaigns; the rest is counted */

static void add_rate(struct bc_buf *out, const struct bc_cell *cell)
{
    bc_buf_printf(out, "%" PRIu64 " of %" PRIu64, cell->hit, cell->n);
    if (cell->has_value)
        bc_buf_printf(out, ", 95 %% interval %.1f to %.1f %%", 100 * cell->low, 100 * cell->high);
}

static void add_mean(struct bc_buf *out, const struct bc_metric_rule *rule,
                     const struct bc_cell *cell)
{
    bc_buf_printf(out, "n %" PRIu64, cell->n);
    if (cell->has_value)
        bc_buf_printf(out, ", median %.1f, p90 %.1f", cell->median, cell->p90);
    if (bc_rules_kind(rule)->closed && cell->closed_n)
        bc_buf_printf(out, ", closed %.1f (n %" PRIu64 ")", cell->closed_mean, cell->closed_n);
    if (cell->excluded)
        bc_buf_printf(out, ", %" PRIu64 " excluded", cell->excluded);
}

/* What a figure rests on, in a few words. */
static void add_ground(struct bc_buf *out, const struct bc_metric_rule *rule,
                       const struct bc_cell *cell)
{
    switch (bc_rules_kind(rule)->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        add_rate(out, cell);
        break;
    case BC_MEASURE_DAYS:
        add_mean(out, rule, cell);
        break;
    }
}

static void add_cell(struct table *table, size_t column, const struct bc_metric_rule *rule,
                     const struct bc_cell *cell)
{
    char value[ANSWER_VALUE_LEN];

    if (!cell->has_value) {
        table_null(table, column);
        return;
    }
    answer_value(value, rule, cell->value);
    table_format(table, column, "%s", value);
}

static void print_metrics(const struct cmd_env *env, const struct bc_report *report, size_t date,
                          const struct answer_part *part)
{
    struct table_column columns[BC_SLICE_MAX + 3] = { { .name = "METRIC" } };
    const bc_rules *rules = report->rules;
    size_t first = part->slice >= 0 ? (size_t)part->slice : 0;
    size_t end = part->slice >= 0 ? first + 1 : rules->slice_n, n = 1;
    struct bc_buf ground = { 0 };
    struct table *table;

    for (size_t slice = first; slice < end; slice++)
        columns[n++] = (struct table_column){ .name = rules->slices[slice].name, .right = true };
    columns[n++] = (struct table_column){ .name = "RESTS ON" };
    if (part->slice < 0)
        columns[n++] = (struct table_column){ .name = "IN" };
    table = table_new(columns, n);
    for (size_t m = 0; m < rules->metric_n; m++) {
        const struct bc_metric_rule *rule = &rules->metrics[m];
        size_t shown = part->slice >= 0 ? first : rule->headline;

        table_row(table);
        table_text(table, 0, bc_str_of(rule->name));
        for (size_t slice = first; slice < end; slice++) {
            add_cell(table, 1 + slice - first, rule, bc_report_cell(report, date, m, slice));
            if (slice == shown)
                table_color(table, 1 + slice - first, "bold");
        }
        ground.len = 0;
        add_ground(&ground, rule, bc_report_cell(report, date, m, shown));
        if (ground.len) {
            table_text(table, 1 + end - first, bc_buf_str(&ground));
            if (part->slice < 0)
                table_text(table, 2 + end - first, bc_str_of(rules->slices[shown].name));
        }
    }
    table_print(env, table);
    table_free(table);
    bc_buf_release(&ground);
}

/* The lists behind a metric, in the slice that is shown first. */
static void print_lists(const struct cmd_env *env, const struct bc_report *report, size_t date,
                        const struct answer_part *part)
{
    static const struct table_column columns[] = { { .name = "METRIC" },
                                                   { .name = "OF IT" },
                                                   { .name = "VALUE", .right = true } };
    struct table *table = table_new(columns, 3);

    for (size_t m = 0; m < report->rules->metric_n; m++) {
        const struct bc_metric_rule *rule = &report->rules->metrics[m];
        const struct bc_cell *cell = bc_report_cell(
            report, date, m, part->slice >= 0 ? (size_t)part->slice : rule->headline);

        for (size_t i = 0; i < cell->campaign_n; i++) {
            table_row(table);
            table_text(table, 0, bc_str_of(rule->name));
            table_text(table, 1, cell->campaigns[i].name);
            table_format(table, 2, "%" PRIu64 " of %" PRIu64, cell->campaigns[i].opened,
                         cell->campaigns[i].sent);
        }
        for (size_t i = 0; i < cell->stalled_n; i++) {
            table_row(table);
            table_text(table, 0, bc_str_of(rule->name));
            if (i == NAMES_SHOWN && cell->stalled_n > NAMES_SHOWN + 1) {
                table_format(table, 1, "and %zu more", cell->stalled_n - i);
                table_format(table, 2, "stalled");
                break;
            }
            table_text(table, 1, cell->stalled[i]);
            table_format(table, 2, "stalled");
        }
    }
    table_print(env, table);
    table_free(table);
}

static void add_state(struct table *table, size_t column, const struct bc_red_line_cell *cell)
{
    switch (cell->state) {
    case BC_LINE_OK:
        table_format(table, column, "ok");
        table_color(table, column, "green");
        break;
    case BC_BREACHED:
        table_format(table, column, "BREACHED");
        table_color(table, column, "red");
        break;
    case BC_WOULD_BREACH:
        table_format(table, column, "would breach");
        table_color(table, column, "yellow");
        break;
    case BC_NOT_ENOUGH_DATA:
        table_format(table, column, "not enough data");
        break;
    }
}

static void add_measure(struct table *table, size_t column, const struct bc_red_line_rule *rule,
                        bool there, double value)
{
    if (!there)
        table_null(table, column);
    else if (rule->conversion)
        table_format(table, column, "%.1f %%", 100 * value);
    else
        table_format(table, column, "%.0f", value);
}

static void print_red_lines(const struct cmd_env *env, const struct bc_report *report, size_t date)
{
    static const struct table_column columns[] = {
        { .name = "RED LINE" },
        { .name = "STATE" },
        { .name = "VALUE", .right = true },
        { .name = "BELOW", .right = true },
        { .name = "WORST", .right = true },
        { .name = "GUARD", .right = true },
        { .name = "IT SAYS" },
    };
    struct table *table = table_new(columns, sizeof(columns) / sizeof(columns[0]));

    for (size_t i = 0; i < report->rules->red_line_n; i++) {
        const struct bc_red_line_rule *rule = &report->rules->red_lines[i];
        const struct bc_red_line_cell *cell = bc_report_red_line(report, date, i);

        table_row(table);
        table_text(table, 0, bc_str_of(rule->name));
        add_state(table, 1, cell);
        add_measure(table, 2, rule, cell->has_value, cell->value);
        add_measure(table, 3, rule, true, cell->threshold);
        add_measure(table, 4, rule, cell->has_worst, cell->worst);
        table_format(table, 5, "%" PRIu64 " of %" PRIu64, cell->guard, cell->guard_needs);
        table_text(table, 6, bc_str_of(rule->says));
    }
    table_print(env, table);
    table_free(table);
}

static bool has_lists(const struct bc_report *report, size_t date)
{
    for (size_t m = 0; m < report->rules->metric_n; m++)
        for (size_t slice = 0; slice < report->rules->slice_n; slice++) {
            const struct bc_cell *cell = bc_report_cell(report, date, m, slice);

            if (cell->campaign_n || cell->stalled_n)
                return true;
        }
    return false;
}

void answer_print(const struct cmd_env *env, const struct bc_report *report, size_t date,
                  const struct answer_part *part)
{
    print_metrics(env, report, date, part);
    if (has_lists(report, date)) {
        fputc('\n', env->out);
        print_lists(env, report, date, part);
    }
    if (report->rules->red_line_n) {
        fputc('\n', env->out);
        print_red_lines(env, report, date);
    }
}
