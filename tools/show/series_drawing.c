#include "tools/show/series_drawing.h"

#include "tools/cli/text.h"
#include "tools/show/drawing.h"

#include <stdlib.h>

enum axis_kind series_drawing_kind(const struct bc_metric_rule *metric)
{
    switch (bc_rules_kind(metric)->measure) {
    case BC_MEASURE_COUNT:
        return AXIS_COUNT;
    case BC_MEASURE_RATE:
        return AXIS_RATE;
    case BC_MEASURE_DAYS:
        return AXIS_DAYS;
    }
    return AXIS_COUNT;
}

bc_status series_drawing_init(struct series_drawing *out, const struct series *series,
                              struct bc_err *err)
{
    const struct series_plan *plan = &series->plan;

    *out = (struct series_drawing){ .series = series };
    if (series->basis->ref_n > LINES_MAX)
        return bc_err_set(err, BC_E_USAGE, "--svg draws at most %d rules, and %zu are given",
                          LINES_MAX, series->basis->ref_n);
    series_columns_choose(&out->columns, series);
    out->day_n = step_count(&plan->step, plan->from, plan->to);
    out->days = bc_calloc(out->day_n + 1, sizeof(*out->days));
    out->points = bc_calloc(out->columns.n * out->day_n + 1, sizeof(*out->points));
    return BC_OK;
}

void series_drawing_release(struct series_drawing *drawing)
{
    series_columns_release(&drawing->columns);
    free(drawing->points);
    free(drawing->days);
}

static struct lines_point point_of(const struct bc_cell *cell)
{
    if (!cell)
        return (struct lines_point){ 0 };
    return (struct lines_point){ .there = cell->has_value,
                                 .value = cell->value,
                                 .low = cell->low,
                                 .high = cell->high,
                                 .n = cell->n };
}

void series_drawing_pass(struct series_drawing *drawing)
{
    const struct series *series = drawing->series;

    for (size_t date = 0; date < series->n; date++, drawing->taken++) {
        drawing->days[drawing->taken] = series->days[date];
        for (size_t i = 0; i < drawing->columns.n; i++) {
            const struct series_column *column = &drawing->columns.at[i];
            const struct bc_metric_rule *rule;
            size_t slice;

            drawing->points[i * drawing->day_n + drawing->taken] =
                point_of(series_column_cell(series_answer(series, column->ref, date), column,
                                            (struct bc_str){ 0 }, &rule, &slice));
        }
    }
}

/* --- the drawing --- */

struct panels {
    struct lines_panel *at;
    struct bc_buf *titles, *labels; /* of each column */
    size_t n;
};

/* Columns of one metric are lines of one panel, as long as they are measured alike. */
static struct lines_panel *panel_of(struct panels *panels, struct bc_str title, enum axis_kind kind)
{
    for (size_t i = 0; i < panels->n; i++)
        if (bc_str_eq(panels->at[i].title, title) && panels->at[i].kind == kind &&
            panels->at[i].line_n < LINES_MAX)
            return &panels->at[i];
    panels->at[panels->n] = (struct lines_panel){ .title = title, .kind = kind };
    return &panels->at[panels->n++];
}

static void add_column(struct panels *panels, const struct series_drawing *drawing, size_t i)
{
    const struct series *series = drawing->series;
    const struct series_column *column = &drawing->columns.at[i];
    const char *slice = series->plan.slice;
    struct lines_panel *panel;

    bc_buf_printf(&panels->titles[i], "%s, slice %s", column->metric->name,
                  slice ? slice : column->rules->slices[column->metric->headline].name);
    if (series->basis->ref_n > 1)
        bc_buf_printf(&panels->labels[i], "%s", basis_label(series->basis, column->ref));
    panel = panel_of(panels, bc_buf_str(&panels->titles[i]), series_drawing_kind(column->metric));
    panel->labels[panel->line_n] = bc_buf_str(&panels->labels[i]);
    panel->points[panel->line_n++] = &drawing->points[i * drawing->day_n];
}

static void draw(struct bc_buf *out, struct sheet_place place, const struct series_drawing *drawing,
                 const struct panels *panels)
{
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 };
    char from[BC_DAY_LEN], to[BC_DAY_LEN];

    bc_day_print(from, drawing->days[0]);
    bc_day_print(to, drawing->days[drawing->taken - 1]);
    bc_buf_printf(&title, "%zu date%s, %s to %s", drawing->taken, text_plural(drawing->taken), from,
                  to);
    drawing_lines_basis(&lines, place, drawing->series->basis, NULL);
    drawing_lines_end(&lines);
    lines_draw(out, &(struct lines){ .place = place,
                                     .title = bc_buf_str(&title),
                                     .days = drawing->days,
                                     .day_n = drawing->taken,
                                     .panels = panels->at,
                                     .panel_n = panels->n,
                                     .notes = lines.at,
                                     .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
}

void series_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct series_drawing *drawing = of;
    const size_t n = drawing->columns.n + 1;
    struct panels panels = { .at = bc_calloc(n, sizeof(*panels.at)),
                             .titles = bc_calloc(n, sizeof(*panels.titles)),
                             .labels = bc_calloc(n, sizeof(*panels.labels)) };

    for (size_t i = 0; i < drawing->columns.n; i++)
        add_column(&panels, drawing, i);
    draw(out, place, drawing, &panels);
    for (size_t i = 0; i < drawing->columns.n; i++) {
        bc_buf_release(&panels.titles[i]);
        bc_buf_release(&panels.labels[i]);
    }
    free(panels.at);
    free(panels.titles);
    free(panels.labels);
}
