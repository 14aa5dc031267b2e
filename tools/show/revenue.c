#include "tools/show/revenue.h"

#include "tools/cli/text.h"
#include "tools/print/cell_text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>

/* --- rows --- */

void revenue_month_add(struct bc_buf *out, int32_t month)
{
    bc_buf_printf(out, "%04d-%02d", month / 12, month % 12 + 1);
}

void revenue_month_cell(struct row *row, const char *key, int32_t month)
{
    revenue_month_add(row_make(row), month);
    row_made(row, key);
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct revenue_shown *shown = source;
    const struct bc_revenue_row *at = &shown->revenue->rows[i];

    revenue_month_cell(row, "month", at->month);
    row_amount(row, "cmrr", at->of[BC_CMRR]);
    row_amount(row, "renewalMrr", at->of[BC_RENEWAL_MRR]);
    row_amount(row, "newMrr", at->of[BC_NEW_MRR]);
    row_amount(row, "otherMrr", at->of[BC_OTHER_MRR]);
    row_amount(row, "fmrr", at->fmrr);
}

static struct rows all_rows(const struct revenue_shown *shown)
{
    return rows_of(fill_row, shown, shown->revenue->row_n);
}

static void rate_cell(struct row *row, const char *key, bool there, double rate)
{
    row_figure(row, key, there ? CELL_RATE : CELL_NULL, rate);
}

static double share(uint64_t n, uint64_t of)
{
    return (double)n / (double)of;
}

/* --- JSON --- */

static void fill_weight(struct row *row, const void *source, size_t i)
{
    const struct bc_revenue_weight *weight = source;

    (void)i;
    row_figure(row, "value", CELL_RATE, share(weight->share_n, weight->share_of));
    row_bool(row, "measured", weight->measured);
    row_count(row, "n", weight->n);
    row_count(row, "converted", weight->converted);
    rate_cell(row, "low", weight->n > 0, weight->low);
    rate_cell(row, "high", weight->n > 0, weight->high);
}

static void fill_renewal(struct row *row, const void *source, size_t i)
{
    const struct revenue_shown *shown = source;
    const struct bc_renewal *renewal = &shown->revenue->renewal;
    const uint64_t retained = renewal->of[BC_RENEWAL_RETAINED];
    const uint64_t with_overdue = retained + renewal->of[BC_RENEWAL_OVERDUE];
    const double target = shown->basis->rules->revenue.renewal_target;
    const bool any = renewal->n > 0;

    (void)i;
    row_count(row, "n", renewal->n);
    row_count(row, "retained", retained);
    row_count(row, "overdue", renewal->of[BC_RENEWAL_OVERDUE]);
    row_count(row, "churned", renewal->of[BC_RENEWAL_CHURNED]);
    row_count(row, "withoutCompany", renewal->without_company);
    rate_cell(row, "rate", any, any ? share(retained, renewal->n) : 0);
    rate_cell(row, "low", any, renewal->low);
    rate_cell(row, "high", any, renewal->high);
    rate_cell(row, "rateWithOverdue", any, any ? share(with_overdue, renewal->n) : 0);
    rate_cell(row, "lowWithOverdue", any, renewal->low_with_overdue);
    rate_cell(row, "highWithOverdue", any, renewal->high_with_overdue);
    row_figure(row, "target", CELL_RATE, target);
    if (any)
        row_bool(row, "met", share(retained, renewal->n) >= target);
    else
        row_null(row, "met");
}

void revenue_asked_cells(struct row *row, const struct revenue_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    revenue_month_cell(row, "from", shown->ask->from);
    revenue_month_cell(row, "to", shown->ask->to);
    row_word(row, "currency", shown->basis->rules->revenue.currency);
}

void revenue_left_out_cells(struct row *row, const struct revenue_shown *shown)
{
    const struct bc_revenue *revenue = shown->revenue;

    row_count(row, "otherCurrency", revenue->other_currency);
    row_count(row, "withoutValue", revenue->without_value);
    row_count(row, "withoutInterval", revenue->without_interval);
    if (shown->ask->list.what != BC_LIST_NONE)
        row_texts(row, "deals", revenue->deals, revenue->deal_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct revenue_shown *shown = source;
    const struct bc_revenue *revenue = shown->revenue;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    revenue_asked_cells(row, shown);
    row_row(row, "rho", fill_weight, &revenue->rho);
    row_row(row, "eta", fill_weight, &revenue->eta);
    row_rows(row, "rows", all_rows(shown));
    row_amount(row, "fmrr6", revenue->fmrr6);
    row_row(row, "renewal6", fill_renewal, shown);
    revenue_left_out_cells(row, shown);
    notes_cells(row, &shown->basis->notes);
}

void revenue_show_json(const struct cmd_env *env, const struct revenue_shown *shown)
{
    print_json_of(env, fill, shown);
}

/* --- CSV, tables --- */

void revenue_show_csv(const struct cmd_env *env, const struct revenue_shown *shown)
{
    static const struct column columns[] = {
        { "month", "month", .dash = false },           { "cmrr", "cmrr", .right = true },
        { "renewalMrr", "renewalMrr", .right = true }, { "newMrr", "newMrr", .right = true },
        { "otherMrr", "otherMrr", .right = true },     { "fmrr", "fmrr", .right = true },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), all_rows(shown));
}

static void print_weight(const struct cmd_env *env, const char *name,
                         const struct bc_revenue_weight *weight)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%s is %.4g %s", name, share(weight->share_n, weight->share_of),
                  weight->measured ? "as measured"
                  : weight->few    ? "since fewer than 5 closed"
                                   : "by the rules");
    bc_buf_printf(&text, ": %" PRIu64 " of %" PRIu64 " that closed in 365 days were won",
                  weight->converted, weight->n);
    if (weight->n)
        bc_buf_printf(&text, " (%.1f to %.1f %%)", 100 * weight->low, 100 * weight->high);
    paragraph_print(env, 0, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void print_renewal(const struct cmd_env *env, const struct revenue_shown *shown)
{
    const struct bc_renewal *renewal = &shown->revenue->renewal;
    const uint64_t retained = renewal->of[BC_RENEWAL_RETAINED];

    paragraph_legend(env,
                     "Renewal_6: of %" PRIu64 " active 6 months ago %" PRIu64 " retained, %" PRIu64
                     " overdue, %" PRIu64 " churned",
                     renewal->n, retained, renewal->of[BC_RENEWAL_OVERDUE],
                     renewal->of[BC_RENEWAL_CHURNED]);
    if (renewal->n)
        paragraph_legend(
            env, "  %.1f %% (%.1f to %.1f %%), with the overdue %.1f %%; the target is %g %%",
            100 * share(retained, renewal->n), 100 * renewal->low, 100 * renewal->high,
            100 * share(retained + renewal->of[BC_RENEWAL_OVERDUE], renewal->n),
            100 * shown->basis->rules->revenue.renewal_target);
    if (renewal->without_company)
        paragraph_legend(env, "  without a company, each by itself: %" PRIu64,
                         renewal->without_company);
}

static void print_count(const struct cmd_env *env, const char *what, uint64_t n)
{
    if (n)
        paragraph_legend(env, "%s: %" PRIu64, what, n);
}

void revenue_print_left_out(const struct cmd_env *env, const struct revenue_shown *shown)
{
    const struct bc_revenue *revenue = shown->revenue;

    print_count(env, "in another currency, in nothing else", revenue->other_currency);
    print_count(env, "without a value, worth nothing here", revenue->without_value);
    print_count(env, "open, without an interval, in no month", revenue->without_interval);
    if (shown->ask->list.what != BC_LIST_NONE)
        learning_cells_deals(env, revenue->deals, revenue->deal_n);
}

/* As a cell has it. */
static void print_six(const struct cmd_env *env, const struct revenue_shown *shown)
{
    const struct cell cell = { .kind = CELL_AMOUNT, .millionths = &shown->revenue->fmrr6 };
    struct bc_buf text = { 0 };

    cell_text_add(&text, &cell, NULL);
    fprintf(env->out, "\nFMRR_6, the next 6 months: %.*s\n", BC_STR_ARG(bc_buf_str(&text)));
    bc_buf_release(&text);
}

void revenue_print_head(const struct cmd_env *env, const struct revenue_shown *shown)
{
    fputs("amounts in ", env->out);
    text_put(env->out, bc_str_of(shown->basis->rules->revenue.currency));
    fprintf(env->out, ", rounded; slice %s\n\n",
            shown->basis->rules->slices[shown->ask->slice].name);
}

void revenue_show(const struct cmd_env *env, const struct revenue_shown *shown)
{
    static const struct column columns[] = {
        { "MONTH", "month", .dash = false },        { "CMRR", "cmrr", .right = true },
        { "RENEWAL", "renewalMrr", .right = true }, { "NEW", "newMrr", .right = true },
        { "OTHER", "otherMrr", .right = true },     { "FMRR", "fmrr", .right = true },
    };
    const struct bc_revenue *revenue = shown->revenue;

    revenue_print_head(env, shown);
    print_table_of(env, COLUMNS_OF(columns), all_rows(shown));
    fputc('\n', env->out);
    paragraph_print(env, 0,
                    BC_STR("CMRR: contracts of won deals. RENEWAL, NEW, OTHER: what is open, for "
                           "the days to come."));
    fputs("FMRR: CMRR + rho RENEWAL + eta NEW.\n", env->out);
    print_weight(env, "rho", &revenue->rho);
    print_weight(env, "eta", &revenue->eta);
    print_six(env, shown);
    print_renewal(env, shown);
    revenue_print_left_out(env, shown);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
