/* tools/show/report_print.c - one date of a report, for people. */
#include "tools/print/print_table.h"
#include "tools/show/labels.h"
#include "tools/show/report.h"

#include <inttypes.h>

enum { NAMES_SHOWN = 5 }; /* stalled deals; the rest is counted. Campaigns are few: all are shown */

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

void report_ground_add(struct bc_buf *out, const struct bc_metric_rule *rule,
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

/* The slices that have a column: first <= slice < end. */
static size_t first_slice(const struct report_shown *shown)
{
    return shown->part->slice >= 0 ? (size_t)shown->part->slice : 0;
}

static size_t end_slice(const struct report_shown *shown)
{
    return shown->part->slice >= 0 ? (size_t)shown->part->slice + 1 : shown->report->rules->slice_n;
}

/* The slice that is shown first. */
static size_t slice_shown(const struct report_shown *shown, const struct bc_metric_rule *rule)
{
    return shown->part->slice >= 0 ? (size_t)shown->part->slice : rule->headline;
}

/* A line a metric: its value in each slice, and what the value rests on in the slice shown first.
 */
static void fill_metric(struct row *row, const void *source, size_t m)
{
    const struct report_shown *shown = source;
    const bc_rules *rules = shown->report->rules;
    const struct bc_metric_rule *rule = &rules->metrics[m];
    size_t first = first_slice(shown), end = end_slice(shown), bold = slice_shown(shown, rule);
    struct bc_buf *ground;

    row_word(row, "name", rule->name);
    for (size_t slice = first; slice < end; slice++) {
        const struct bc_cell *cell = bc_report_cell(shown->report, shown->date, m, slice);

        report_value(row, NULL, report_figure(rule), cell->has_value, cell->value);
        if (slice == bold)
            row_color(row, "bold");
    }
    ground = row_make(row);
    report_ground_add(ground, rule, bc_report_cell(shown->report, shown->date, m, bold));
    if (ground->len == 0)
        return;
    row_made(row, "ground");
    row_word(row, "in", rules->slices[bold].name);
}

static void print_metrics(const struct cmd_env *env, const struct report_shown *shown)
{
    struct column columns[BC_SLICE_MAX + 3] = { { .name = "METRIC", .key = "name" } };
    const bc_rules *rules = shown->report->rules;
    size_t n = 1;

    for (size_t slice = first_slice(shown); slice < end_slice(shown); slice++)
        columns[n++] = (struct column){ .name = rules->slices[slice].name, .right = true };
    columns[n++] =
        (struct column){ .name = "RESTS ON", .key = "ground", .fit = COLUMN_WRAP, .least = 20 };
    if (shown->part->slice < 0)
        columns[n++] = (struct column){ .name = "IN", .key = "in" };
    print_table_of(env, (struct columns){ columns, n },
                   rows_of(fill_metric, shown, rules->metric_n));
}

/* --- the lists of a metric, in the slice shown first --- */

static void add_stalled(struct row *row, struct bc_str deal)
{
    row_text(row, "of", deal);
    row_text(row, "deal", deal);
}

static bc_status list_one(struct row_taker *taker, const struct bc_metric_rule *rule,
                          const struct bc_cell *cell, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < cell->campaign_n; i++) {
        row_word(taker->row, "name", rule->name);
        row_text(taker->row, "of", cell->campaigns[i].name);
        row_format(taker->row, "value", "%" PRIu64 " of %" PRIu64, cell->campaigns[i].opened,
                   cell->campaigns[i].sent);
        rc = row_take(taker, err);
    }
    for (size_t i = 0; rc == BC_OK && i < cell->stalled_n; i++) {
        bool last = i == NAMES_SHOWN && cell->stalled_n > NAMES_SHOWN + 1;

        row_word(taker->row, "name", rule->name);
        if (last)
            row_format(taker->row, "of", "and %zu more (metrics --json)", cell->stalled_n - i);
        else
            add_stalled(taker->row, cell->stalled[i]);
        row_word(taker->row, "value", "stalled");
        rc = row_take(taker, err);
        if (last)
            break;
    }
    return rc;
}

/* Of a metric, the cell whose lists are shown. */
static const struct bc_cell *list_cell(const struct report_shown *shown, size_t m)
{
    return bc_report_cell(shown->report, shown->date, m,
                          slice_shown(shown, &shown->report->rules->metrics[m]));
}

static bc_status find_lists(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct report_shown *shown = *(const struct report_shown *const *)finder;
    bc_status rc = BC_OK;

    for (size_t m = 0; rc == BC_OK && m < shown->report->rules->metric_n; m++)
        rc = list_one(taker, &shown->report->rules->metrics[m], list_cell(shown, m), err);
    return rc;
}

static void print_lists(const struct cmd_env *env, const struct report_shown *shown)
{
    static const struct column columns[] = {
        { .name = "METRIC", .key = "name" },
        { .name = "OF IT", .key = "of", .fit = COLUMN_MIDDLE },
        COLUMN_NAME_OF("deal"),
        { .name = "VALUE", .key = "value", .right = true },
    };

    print_table_of(env, COLUMNS_OF(columns), rows_found(find_lists, &shown));
}

/* --- red lines --- */

void report_state_told(struct row *row, enum bc_red_line_state state)
{
    static const char *const colors[] = {
        [BC_LINE_OK] = "green",
        [BC_BREACHED] = "red",
        [BC_WOULD_BREACH] = "yellow",
        [BC_NOT_ENOUGH_DATA] = NULL,
    };

    row_text(row, "stateShown", labels_state(bc_str_of(bc_red_line_state_name(state))));
    row_color(row, colors[state]);
}

void report_line_told(struct row *row, const struct bc_red_line_rule *rule,
                      const struct bc_red_line_cell *cell)
{
    if (!rule->conversion)
        row_null(row, "worst");
    report_state_told(row, cell->state);
    row_format(row, "guardShown", "%" PRIu64 " of %" PRIu64, cell->guard, cell->guard_needs);
    row_word(row, "says", rule->says);
}

static void fill_line(struct row *row, const void *source, size_t i)
{
    const struct report_shown *shown = source;
    const struct bc_red_line_rule *rule = &shown->report->rules->red_lines[i];
    const struct bc_red_line_cell *cell = bc_report_red_line(shown->report, shown->date, i);

    report_line_cells(row, rule, cell);
    report_line_told(row, rule, cell);
}

static void print_red_lines(const struct cmd_env *env, const struct report_shown *shown)
{
    static const struct column columns[] = {
        { .name = "RED LINE", .key = "name" },
        { .name = "STATE", .key = "stateShown" },
        { .name = "VALUE", .key = "value", .right = true },
        { .name = "BELOW", .key = "threshold", .right = true },
        { .name = "WORST", .key = "worst", .right = true, .begins = true },
        { .name = "GUARD", .key = "guardShown", .right = true },
        { .name = "IT SAYS", .key = "says", .fit = COLUMN_WRAP },
    };

    print_table_of(env, COLUMNS_OF(columns),
                   rows_of(fill_line, shown, shown->report->rules->red_line_n));
}

static bool has_lists(const struct report_shown *shown)
{
    for (size_t m = 0; m < shown->report->rules->metric_n; m++) {
        const struct bc_cell *cell = list_cell(shown, m);

        if (cell->campaign_n || cell->stalled_n)
            return true;
    }
    return false;
}

void report_print(const struct cmd_env *env, const struct report_shown *shown)
{
    print_metrics(env, shown);
    if (has_lists(shown)) {
        fputc('\n', env->out);
        print_lists(env, shown);
    }
    if (shown->report->rules->red_line_n) {
        fputc('\n', env->out);
        print_red_lines(env, shown);
    }
}
