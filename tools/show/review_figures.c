/* tools/show/review_figures.c - of a review, the figures and the red lines. */
#include "tools/print/chart.h"
#include "tools/print/print_table.h"
#include "tools/show/report.h"
#include "tools/show/review_part.h"
#include "tools/show/section.h"

#include <math.h>

#define LEAST_CHANGE 0.05 /* with one decimal it would be 0.0 */

/* --- figures --- */

static const struct bc_cell *cell_at(const struct review_shown *shown, size_t metric, size_t date)
{
    const struct bc_report *report = shown->review->figures.report;

    return bc_report_cell(report, date, metric,
                          bc_review_slice(shown->ask, &report->rules->metrics[metric]));
}

/* One figure at a date. */
static void value_at(struct row *row, const char *key, const struct review_shown *shown,
                     size_t metric, size_t date)
{
    const struct bc_cell *cell = cell_at(shown, metric, date);

    report_value(row, key, report_figure(&shown->basis->rules->metrics[metric]), cell->has_value,
                 cell->value);
}

struct line {
    const struct review_shown *shown;
    size_t metric;
};

static void fill_week(struct row *row, const void *source, size_t i)
{
    const struct line *line = source;

    value_at(row, NULL, line->shown, line->metric, line->shown->review->figures.line[i]);
}

/* How much it became since then: rates in points. */
static void change_cell(struct row *row, const struct review_shown *shown, size_t metric)
{
    const struct bc_review_figures *figures = &shown->review->figures;
    const struct bc_cell *now = cell_at(shown, metric, figures->now);
    const struct bc_cell *then = cell_at(shown, metric, figures->then);
    const enum cell_kind kind = report_figure(&shown->basis->rules->metrics[metric]);
    const double change = (now->value - then->value) * (kind == CELL_RATE ? 100 : 1);

    if (!now->has_value || !then->has_value)
        row_null(row, "change");
    else if (fabs(change) < LEAST_CHANGE)
        row_word(row, "change", "0");
    else if (kind == CELL_NUMBER)
        row_format(row, "change", "%+.0f", change);
    else
        row_format(row, "change", "%+.1f%s", change, kind == CELL_RATE ? " pt" : " d");
}

static void fill_figure(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_review_figures *figures = &shown->review->figures;
    const bc_rules *rules = shown->basis->rules;
    const struct bc_metric_rule *rule = &rules->metrics[i];
    const struct bc_kind *kind = bc_rules_kind(rule);
    const struct bc_cell *now = cell_at(shown, i, figures->now);
    struct line *line = row_alloc(row, sizeof(*line));

    *line = (struct line){ shown, i };
    row_word(row, "name", rule->name);
    row_word(row, "slice", rules->slices[bc_review_slice(shown->ask, rule)].name);
    value_at(row, "now", shown, i, figures->now);
    value_at(row, "then", shown, i, figures->then);
    value_at(row, "weeks4", shown, i, figures->weeks4);
    value_at(row, "weeks13", shown, i, figures->weeks13);
    row_rows(row, "line", rows_of(fill_week, line, BC_REVIEW_WEEKS));
    row_count(row, "n", now->n);
    if (kind->measure == BC_MEASURE_RATE) {
        row_count(row, kind->hit, now->hit);
        report_value(row, "low", CELL_RATE, now->has_value, now->low);
        report_value(row, "high", CELL_RATE, now->has_value, now->high);
    }
    if (kind->measure == BC_MEASURE_DAYS) {
        report_value(row, "median", CELL_DAYS, now->has_value, now->median);
        report_value(row, "p90", CELL_DAYS, now->has_value, now->p90);
    }
    row_word(row, "unit", report_unit(rule));
    if (row_for_pages(row))
        change_cell(row, shown, i);
}

/* The days of the 13 weeks, "03-29". */
static void week_cells(struct row *row, const struct review_shown *shown)
{
    const struct bc_review_figures *figures = &shown->review->figures;
    struct bc_str *days = row_make_texts(row, "weeks", BC_REVIEW_WEEKS);

    for (size_t week = 0; week < BC_REVIEW_WEEKS; week++) {
        char *day = row_alloc(row, BC_DAY_LEN);

        bc_day_print(day, bc_zone_day(shown->basis->rules->zone,
                                      figures->report->as_of_us[figures->line[week]]));
        days[week] = bc_str_of(day + sizeof("2026-") - 1);
    }
}

void review_part_figures_cells(struct row *row, const struct review_shown *shown)
{
    if (row_for_pages(row))
        week_cells(row, shown);
    row_rows(row, "figures", rows_of(fill_figure, shown, shown->basis->rules->metric_n));
}

static void fill_told(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_review_figures *figures = &shown->review->figures;
    struct chart chart = chart_begin(BC_REVIEW_WEEKS, BC_REVIEW_WEEKS);

    fill_figure(row, source, i);
    change_cell(row, shown, i);
    for (size_t week = 0; week < BC_REVIEW_WEEKS; week++) {
        const struct bc_cell *cell = cell_at(shown, i, figures->line[week]);

        chart_take(&chart, (struct chart_point){ cell->has_value, cell->value });
    }
    chart_add(row_make(row), &chart);
    row_made(row, "chart");
}

/* Below, since both have no room side by side: what rates and means rest on. */
static bc_status find_grounds(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct review_shown *shown = *(const struct review_shown *const *)finder;
    const bc_rules *rules = shown->basis->rules;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < rules->metric_n; i++) {
        if (report_figure(&rules->metrics[i]) == CELL_NUMBER)
            continue;
        row_word(taker->row, "name", rules->metrics[i].name);
        report_ground_add(row_make(taker->row), &rules->metrics[i],
                          cell_at(shown, i, shown->review->figures.now));
        row_made(taker->row, "ground");
        rc = row_take(taker, err);
    }
    return rc;
}

void review_part_figures(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "METRIC", .key = "name" },
        { .name = "NOW", .key = "now", .right = true },
        { .name = "CHANGE", .key = "change", .right = true },
        { .name = "4 W AGO", .key = "weeks4", .right = true },
        { .name = "13 W AGO", .key = "weeks13", .right = true },
        { .name = "13 WEEKS", .key = "chart" },
        { .name = "IN", .key = "slice" },
    };
    static const struct column grounds[] = {
        { .name = "METRIC", .key = "name" },
        { .name = "RESTS ON", .key = "ground", .fit = COLUMN_WRAP },
    };

    section_format(env, "Figures", "change since %s, of rates in points", shown->since);
    print_table_of(env, COLUMNS_OF(columns),
                   rows_of(fill_told, shown, shown->basis->rules->metric_n));
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(grounds), rows_found(find_grounds, &shown));
}

/* --- red lines --- */

static const struct bc_red_line_cell *line_now(const struct review_shown *shown, size_t line)
{
    return bc_report_red_line(shown->review->figures.report, shown->review->figures.now, line);
}

static uint64_t to_guard(const struct bc_red_line_cell *cell)
{
    return cell->guard < cell->guard_needs ? cell->guard_needs - cell->guard : 0;
}

static void fill_red_line(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_red_line_rule *rule = &shown->basis->rules->red_lines[i];
    const struct bc_red_line_cell *cell = line_now(shown, i);

    report_line_cells(row, rule, cell);
    row_count(row, "toGuard", to_guard(cell));
    if (row_for_people(row))
        report_line_told(row, rule, cell);
}

static struct rows red_lines_of(const struct review_shown *shown)
{
    return rows_of(fill_red_line, shown, shown->basis->rules->red_line_n);
}

void review_part_red_lines_cells(struct row *row, const struct review_shown *shown)
{
    row_rows(row, "redLines", red_lines_of(shown));
}

void review_part_red_lines(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "RED LINE", .key = "name" },
        { .name = "STATE", .key = "stateShown" },
        { .name = "VALUE", .key = "value", .right = true },
        { .name = "BELOW", .key = "threshold", .right = true },
        { .name = "WORST", .key = "worst", .right = true },
        { .name = "GUARD", .key = "guardShown", .right = true },
        { .name = "TO GO", .key = "toGuard", .right = true },
    };

    section_format(env, "Red lines", "since the last pivot");
    if (shown->basis->rules->red_line_n == 0)
        fputs("these rules have none\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), red_lines_of(shown));
}
