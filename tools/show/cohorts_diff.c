#include "tools/show/cohorts_diff.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"
#include "tools/show/cohort_cells.h"
#include "tools/show/cohorts.h"
#include "tools/show/learning_cells.h"
#include "tools/show/sums_diff.h"

static void stake_cell(struct row *row, const char *key, const struct bc_sum_stake *stake)
{
    static const char *const words[] = { [BC_COHORT_ALREADY] = "already",
                                         [BC_COHORT_CONVERTED] = "converted",
                                         [BC_COHORT_FAILED] = "failed",
                                         [BC_COHORT_OPEN] = "open" };

    if (stake->in)
        row_word(row, key, words[bc_cohorts_diff_outcome(stake)]);
    else
        row_null(row, key);
}

static const char *const figure_names[] = { "n", "converted", "failed", "open" };
static const struct sums_kind kind = { figure_names, BC_COHORT_FIGURE_N, false, stake_cell };

static const struct bc_cohort_ask *asked(const struct cohorts_diff_shown *shown)
{
    return &shown->ask->of[BC_WAY_TO];
}

/* --- JSON --- */

static void fill_result(struct row *row, const void *source, size_t i)
{
    (void)i;
    cohort_cells_result(row, source, true);
}

static void add_result(struct row *row, const char *key, const struct bc_cohort *cohort)
{
    if (cohort)
        row_row(row, key, fill_result, cohort);
    else
        row_null(row, key);
}

static void add_row(struct row *row, const struct bc_cohorts_diff_row *of)
{
    add_result(row, "old", of->from);
    add_result(row, "new", of->to);
    sums_diff_cells(row, &kind, of->sums);
}

static void fill_all(struct row *row, const void *source, size_t i)
{
    const struct cohorts_diff_shown *shown = source;

    (void)i;
    add_row(row, &shown->diff->all);
}

static const struct bc_str *values_of(const struct bc_cohorts_diff_row *row)
{
    return row->to ? row->to->values : row->from->values;
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct cohorts_diff_shown *shown = source;
    const struct bc_cohorts_diff_row *of = &shown->diff->rows[i];

    learning_cells_list(row, "values", values_of(of), asked(shown)->by_n);
    add_row(row, of);
}

struct whole {
    const struct cohorts_diff_shown *shown;
    struct notes notes; /* of both sides */
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct whole *whole = source;
    const struct cohorts_diff_shown *shown = whole->shown;

    (void)i;
    diff_sides_cells(row, &shown->sides);
    row_word(row, "of", "cohorts");
    cohorts_asked_cells(row,
                        &(struct cohorts_shown){ .basis = shown->sides.to, .ask = asked(shown) });
    row_row(row, "all", fill_all, shown);
    row_rows(row, "rows", rows_of(fill_row, shown, shown->diff->n));
    notes_cells(row, &whole->notes);
}

static void show_json(const struct cmd_env *env, const struct cohorts_diff_shown *shown)
{
    struct whole whole = { .shown = shown };

    diff_sides_notes(&whole.notes, &shown->sides);
    print_json_of(env, fill, &whole);
    notes_release(&whole.notes);
}

/* --- lines: a figure of a row each --- */

/* Which row it is: in a CSV all, or values, which any text may be. */
static void line_cells(struct row *row, const struct cohorts_diff_shown *shown,
                       const struct bc_cohorts_diff_row *of)
{
    const bool all = of == &shown->diff->all;
    const size_t by_n = asked(shown)->by_n;
    const struct bc_str *values = all ? NULL : values_of(of);
    struct bc_buf *text;

    if (row_for_programs(row)) {
        row_word(row, "row", all ? "all" : "values");
        learning_cells_list(row, "values", values, all ? 0 : by_n);
        return;
    }
    text = row_make(row);
    if (all)
        bc_buf_add_str(text, BC_STR("all"));
    for (size_t i = 0; !all && i < by_n; i++) {
        bc_buf_add_str(text, i ? BC_STR(", ") : BC_STR(""));
        bc_buf_add_str(text, by_value_said(row->names, asked(shown)->by[i].text, values[i]));
    }
    row_made(row, "values");
    if (all)
        row_color(row, "bold");
}

static struct sums_beside rate_of(const struct bc_cohorts_diff_row *of)
{
    return (struct sums_beside){ .name = "rate",
                                 .kind = CELL_RATE,
                                 .from_there = of->from && of->from->n,
                                 .to_there = of->to && of->to->n,
                                 .from = of->from ? of->from->rate : 0,
                                 .to = of->to ? of->to->rate : 0 };
}

/* The figures of a row that differ, then its rate. */
static bc_status find_lines(struct row_taker *taker, const struct cohorts_diff_shown *shown,
                            const struct bc_cohorts_diff_row *of, struct bc_err *err)
{
    const struct sums_beside rate = rate_of(of);
    bc_status rc = BC_OK;

    for (size_t f = 0; rc == BC_OK && f < kind.n; f++) {
        if (!bc_sums_differ(of->sums, 1U << f))
            continue;
        line_cells(taker->row, shown, of);
        sums_diff_figure(taker->row, &kind, of->sums, f);
        rc = row_take(taker, err);
    }
    if (rc < 0 || !sums_beside_differs(&rate))
        return rc;
    line_cells(taker->row, shown, of);
    sums_beside_cells(taker->row, &rate);
    return row_take(taker, err);
}

static bc_status find_all_lines(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct cohorts_diff_shown *shown = *(const struct cohorts_diff_shown **)finder;
    bc_status rc = find_lines(taker, shown, &shown->diff->all, err);

    for (size_t i = 0; rc == BC_OK && i < shown->diff->n; i++)
        rc = find_lines(taker, shown, &shown->diff->rows[i], err);
    return rc;
}

static void show_csv(const struct cmd_env *env, const struct cohorts_diff_shown *shown)
{
    static const struct column own[] = { { .name = "row", .key = "row" },
                                         { .name = "values", .key = "values" } };
    struct column columns[SUMS_COLUMNS_MAX];

    print_csv_of(env->out, sums_diff_columns(columns, own, 2, true),
                 rows_found(find_all_lines, &shown));
}

static void show_table(const struct cmd_env *env, const struct cohorts_diff_shown *shown)
{
    static const struct column own[] = {
        { .name = "ROW", .key = "values", .fit = COLUMN_WRAP, .least = 8 }
    };
    struct column columns[SUMS_COLUMNS_MAX];
    const struct table_form form = { .columns = sums_diff_columns(columns, own, 1, false),
                                     .below = "causes" };
    const struct rows rows = rows_found(find_all_lines, &shown);
    const struct cohorts_shown as_asked = { .basis = shown->sides.to, .ask = asked(shown) };
    struct bc_err err;

    cohorts_print_head(env, &as_asked);
    if (shown->diff->n == 0 && !bc_sums_differ(shown->diff->all.sums, UINT32_MAX))
        fputs("no figure differs\n", env->out);
    (void)print_table(env, &form, &rows, &err);
    diff_sides_print(env, &shown->sides);
}

void cohorts_diff_show(const struct cmd_env *env, const struct cohorts_diff_shown *shown, bool json,
                       bool csv)
{
    (json ? show_json : csv ? show_csv : show_table)(env, shown);
}
