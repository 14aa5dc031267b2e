#include "tools/show/restated_figures.h"

#include "tools/show/diff.h"

#include <stdlib.h>

/* --- which --- */

static bool is_of(const struct bc_diff_row *row, const struct bc_given *given)
{
    if (given->red_line != (row->red_line != NULL))
        return false;
    if (given->red_line)
        return bc_str_eq(given->name, bc_str_of(row->red_line->name));
    return bc_str_eq(given->name, bc_str_of(row->metric->name)) &&
           bc_str_eq(given->slice, bc_str_of(row->slice));
}

/* A figure that differs nowhere is on both sides as it was given out. */
static bool same_row(struct bc_diff_row *out, const struct bc_given *given, const bc_rules *rules)
{
    *out = (struct bc_diff_row){ .from = given->figure, .to = given->figure };
    if (!given->red_line) {
        out->metric = bc_rules_metric(rules, given->name);
        out->slice = given->slice.at;
        return out->metric != NULL;
    }
    for (size_t i = 0; i < rules->red_line_n; i++)
        if (bc_str_eq(given->name, bc_str_of(rules->red_lines[i].name)))
            out->red_line = &rules->red_lines[i];
    return out->red_line != NULL;
}

/* One that the report's own rules do not have is compared by nobody, and left out. */
static void add(struct restated_figures *out, const struct restated *restated,
                const struct bc_given *given)
{
    for (size_t i = 0; i < restated->diff->n; i++)
        if (is_of(&restated->diff->rows[i], given)) {
            out->at[out->n++] = restated->diff->rows[i];
            out->differ++;
            return;
        }
    out->n += same_row(&out->at[out->n], given, restated->issued.rules);
}

/* Was the slice of this one there before it? */
static bool is_repeated(const struct bc_given *given, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!given[i].red_line && bc_str_eq(given[i].slice, given[at].slice))
            return true;
    return false;
}

void restated_figures_init(struct restated_figures *out, const struct restated *restated)
{
    const struct bc_given *given = restated->issued.given;
    const size_t n = restated->issued.given_n;

    *out = (struct restated_figures){ .at = bc_calloc(n + 1, sizeof(*out->at)) };
    for (size_t first = 0; first < n; first++) {
        if (given[first].red_line || is_repeated(given, first))
            continue;
        for (size_t i = first; i < n; i++)
            if (!given[i].red_line && bc_str_eq(given[i].slice, given[first].slice))
                add(out, restated, &given[i]);
    }
    for (size_t i = 0; i < n; i++)
        if (given[i].red_line)
            add(out, restated, &given[i]);
}

void restated_figures_release(struct restated_figures *figures)
{
    free(figures->at);
    *figures = (struct restated_figures){ 0 };
}

/* --- rows --- */

static void fill_figure(struct row *row, const void *source, size_t i)
{
    const struct bc_diff_row *of = &((const struct restated_figures *)source)->at[i];

    row_word(row, "group", of->metric ? of->slice : "red lines");
    row_bool(row, "differs", of->fields != 0);
    diff_figure_cells(row, of);
}

struct rows restated_figures_rows(const struct restated_figures *figures)
{
    return rows_of(fill_figure, figures, figures->n);
}

static void fill_one(struct row *row, const void *source, size_t i)
{
    (void)i;
    diff_figure_cells(row, source);
}

static void begin_cause(struct row *row, const struct bc_diff_row *of, const char *told)
{
    row_format(row, "group", "%s %s", of->metric ? of->metric->name : of->red_line->name,
               of->metric ? of->slice : "");
    row_word(row, "told", told);
    row_row(row, "figure", fill_one, of);
}

static bc_status take_causes(struct row_taker *taker, const struct bc_diff_row *of,
                             struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < of->part_n; i++) {
        begin_cause(taker->row, of, diff_cause_text(of->parts[i].cause));
        diff_cause_cells(taker->row, of, i);
        rc = row_take(taker, err);
    }
    if (rc < 0 || of->part_n < 2)
        return rc;
    begin_cause(taker->row, of, "together");
    diff_change_cells(taker->row, of);
    return row_take(taker, err);
}

static bc_status find_causes(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct restated_figures *figures = finder;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < figures->n; i++)
        rc = take_causes(taker, &figures->at[i], err);
    return rc;
}

struct rows restated_figures_causes(struct restated_figures *figures)
{
    return rows_found(find_causes, figures);
}
