#include "tools/show/revenue_diff.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/revenue.h"
#include "tools/show/sums_diff.h"

static const char *const figure_names[] = { "cmrr", "renewalMrr", "newMrr" };

/* The figures that a deal is in. */
static void fill_stake(struct row *row, const void *source, size_t i)
{
    const struct bc_sum_stake *stake = source;

    (void)i;
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++)
        if (stake->in >> f & 1)
            row_amount(row, figure_names[f], stake->of[f]);
}

static void stake_cell(struct row *row, const char *key, const struct bc_sum_stake *stake)
{
    if (stake->in)
        row_row(row, key, fill_stake, stake);
    else
        row_null(row, key);
}

static const struct sums_kind kind = { figure_names, BC_REVENUE_DIFF_FIGURES, true, stake_cell };

/* --- JSON --- */

static void fill_month(struct row *row, const void *source, size_t i)
{
    const struct bc_revenue_row *month = source;

    (void)i;
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++)
        row_amount(row, figure_names[f], month->of[f]);
    row_amount(row, "fmrr", month->fmrr);
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct bc_revenue_diff_row *of = &((const struct bc_revenue_diff *)source)->rows[i];

    revenue_month_cell(row, "month", of->to->month);
    row_row(row, "old", fill_month, of->from);
    row_row(row, "new", fill_month, of->to);
    sums_diff_cells(row, &kind, of->sums);
}

struct whole {
    const struct revenue_diff_shown *shown;
    struct notes notes; /* of both sides */
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct whole *whole = source;
    const struct revenue_diff_shown *shown = whole->shown;

    (void)i;
    diff_sides_cells(row, &shown->sides);
    row_word(row, "of", "revenue");
    revenue_asked_cells(row, &(struct revenue_shown){ .basis = shown->sides.to,
                                                      .ask = &shown->ask->of[BC_WAY_TO] });
    row_rows(row, "rows", rows_of(fill_row, shown->diff, shown->diff->n));
    notes_cells(row, &whole->notes);
}

static void show_json(const struct cmd_env *env, const struct revenue_diff_shown *shown)
{
    struct whole whole = { .shown = shown };

    diff_sides_notes(&whole.notes, &shown->sides);
    print_json_of(env, fill, &whole);
    notes_release(&whole.notes);
}

/* --- lines: a figure of a month each --- */

static bc_status find_month(struct row_taker *taker, const struct bc_revenue_diff_row *of,
                            struct bc_err *err)
{
    const struct sums_beside fmrr = { .name = "fmrr",
                                      .kind = CELL_AMOUNT,
                                      .from_there = true,
                                      .to_there = true,
                                      .from_amount = of->from->fmrr,
                                      .to_amount = of->to->fmrr };
    bc_status rc = BC_OK;

    for (size_t f = 0; rc == BC_OK && f < kind.n; f++) {
        if (!bc_sums_differ(of->sums, 1U << f))
            continue;
        revenue_month_cell(taker->row, "month", of->to->month);
        sums_diff_figure(taker->row, &kind, of->sums, f);
        rc = row_take(taker, err);
    }
    if (rc < 0 || !sums_beside_differs(&fmrr))
        return rc;
    revenue_month_cell(taker->row, "month", of->to->month);
    sums_beside_cells(taker->row, &fmrr);
    return row_take(taker, err);
}

static bc_status find_lines(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct bc_revenue_diff *diff = *(const struct bc_revenue_diff **)finder;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < diff->n; i++)
        rc = find_month(taker, &diff->rows[i], err);
    return rc;
}

static void show_csv(const struct cmd_env *env, const struct revenue_diff_shown *shown)
{
    static const struct column own[] = { { .name = "month", .key = "month" } };
    const struct bc_revenue_diff *diff = shown->diff;
    struct column columns[SUMS_COLUMNS_MAX];

    print_csv_of(env->out, sums_diff_columns(columns, own, 1, true), rows_found(find_lines, &diff));
}

static void show_table(const struct cmd_env *env, const struct revenue_diff_shown *shown)
{
    static const struct column own[] = { { .name = "MONTH", .key = "month" } };
    struct column columns[SUMS_COLUMNS_MAX];
    const struct table_form form = { .columns = sums_diff_columns(columns, own, 1, false),
                                     .below = "causes" };
    const struct bc_revenue_diff *diff = shown->diff;
    const struct rows rows = rows_found(find_lines, &diff);
    struct bc_err err;

    revenue_print_head(env, &(struct revenue_shown){ .basis = shown->sides.to,
                                                     .ask = &shown->ask->of[BC_WAY_TO] });
    if (diff->n == 0)
        fputs("no figure differs\n", env->out);
    (void)print_table(env, &form, &rows, &err);
    diff_sides_print(env, &shown->sides);
}

void revenue_diff_show(const struct cmd_env *env, const struct revenue_diff_shown *shown, bool json,
                       bool csv)
{
    (json ? show_json : csv ? show_csv : show_table)(env, shown);
}
