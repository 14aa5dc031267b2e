#include "tools/show/backtest.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct backtest_shown *shown = source;
    const struct bc_backtest_row *at = &shown->backtest->rows[i];

    revenue_month_cell(row, "month", at->month);
    if (at->known)
        row_amount(row, "forecast", at->forecast);
    else
        row_null(row, "forecast");
    row_amount(row, "outcome", at->outcome);
    if (at->known)
        row_amount(row, "error", at->forecast - at->outcome);
    else
        row_null(row, "error");
}

static struct rows all_rows(const struct backtest_shown *shown)
{
    return rows_of(fill_row, shown, shown->backtest->row_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct backtest_shown *shown = source;

    (void)i;
    basis_cells(row, shown->of.basis, shown->of.basis->question.as_of_us[0]);
    revenue_asked_cells(row, &shown->of);
    row_integer(row, "backtest", shown->horizon);
    row_rows(row, "rows", all_rows(shown));
    revenue_left_out_cells(row, &shown->of);
    notes_cells(row, &shown->of.basis->notes);
}

static void print_table_and_basis(const struct cmd_env *env, const struct backtest_shown *shown)
{
    static const struct column columns[] = { { "MONTH", "month", .dash = false },
                                             { "FORECAST", "forecast", .right = true },
                                             { "OUTCOME", "outcome", .right = true },
                                             { "ERROR", "error", .right = true } };
    const struct basis *basis = shown->of.basis;

    revenue_print_head(env, &shown->of);
    print_table_of(env, COLUMNS_OF(columns), all_rows(shown));
    fprintf(env->out,
            "\nFORECAST: FMRR as known %d months before the end of the month, where anything was "
            "known.\nOUTCOME: CMRR as known now.\n",
            (int)shown->horizon);
    revenue_print_left_out(env, &shown->of);
    basis_print(env, basis, &basis->as_of_us);
}

void backtest_show(const struct cmd_env *env, const struct backtest_shown *shown, bool json,
                   bool csv)
{
    static const struct column columns[] = { { "month", "month", .dash = false },
                                             { "forecast", "forecast", .right = true },
                                             { "outcome", "outcome", .right = true },
                                             { "error", "error", .right = true } };

    if (json)
        print_json_of(env, fill, shown);
    else if (csv)
        print_csv_of(env->out, COLUMNS_OF(columns), all_rows(shown));
    else
        print_table_and_basis(env, shown);
}
