#include "tools/show/revenue_drawing.h"

#include "tools/draw/stacks.h"
#include "tools/show/drawing.h"

#include <stdlib.h>

static double amount(bc_int128 millionths)
{
    return (double)millionths / (double)BC_AMOUNT_ONE;
}

static struct stacks_column column_of(const struct bc_revenue_row *row, struct bc_buf *label)
{
    struct stacks_column column = { .mark = amount(row->fmrr) };

    revenue_month_add(label, row->month);
    column.label = bc_buf_str(label);
    for (size_t i = 0; i < BC_REVENUE_FIGURE_N; i++)
        column.layers[i] = amount(row->of[i]);
    return column;
}

static void add_sum(struct bc_buf *out, const struct revenue_shown *shown)
{
    const struct bc_revenue *revenue = shown->revenue;
    const double rho = (double)revenue->rho.share_n / (double)revenue->rho.share_of;
    const double eta = (double)revenue->eta.share_n / (double)revenue->eta.share_of;

    bc_buf_printf(out, "FMRR = CMRR + %.4g renewal + %.4g new. The next 6 months: ", rho, eta);
    axis_value_add(out, AXIS_AMOUNT, amount(revenue->fmrr6), false);
}

static bool any_below(const struct bc_revenue *revenue)
{
    for (size_t i = 0; i < revenue->row_n; i++)
        for (size_t f = 0; f < BC_REVENUE_FIGURE_N; f++)
            if (revenue->rows[i].of[f] < 0)
                return true;
    return false;
}

static void draw(struct bc_buf *out, struct sheet_place place, const struct revenue_shown *shown,
                 const struct stacks_column *columns)
{
    const bc_rules *rules = shown->basis->rules;
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 }, sum = { 0 };

    bc_buf_printf(&title, "Revenue by month in %s, slice %s", rules->revenue.currency,
                  rules->slices[shown->ask->slice].name);
    add_sum(&sum, shown);
    if (any_below(shown->revenue))
        bc_buf_printf(drawing_lines_add(&lines), "What is below 0 is not drawn.");
    drawing_lines_basis(&lines, place, shown->basis, &shown->basis->as_of_us);
    drawing_lines_end(&lines);
    stacks_draw(out, &(struct stacks){ .place = place,
                                       .title = bc_buf_str(&title),
                                       .sum = bc_buf_str(&sum),
                                       .kind = AXIS_AMOUNT,
                                       .layers = { [BC_CMRR] = BC_STR("CMRR"),
                                                   [BC_RENEWAL_MRR] = BC_STR("open renewals"),
                                                   [BC_NEW_MRR] = BC_STR("open new business"),
                                                   [BC_OTHER_MRR] = BC_STR("open, other") },
                                       .mark = BC_STR("FMRR"),
                                       .columns = columns,
                                       .n = shown->revenue->row_n,
                                       .notes = lines.at,
                                       .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
    bc_buf_release(&sum);
}

void revenue_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct revenue_shown *shown = of;
    const struct bc_revenue *revenue = shown->revenue;
    struct stacks_column *columns = bc_calloc(revenue->row_n, sizeof(*columns));
    struct bc_buf *labels = bc_calloc(revenue->row_n, sizeof(*labels));

    for (size_t i = 0; i < revenue->row_n; i++)
        columns[i] = column_of(&revenue->rows[i], &labels[i]);
    draw(out, place, shown, columns);
    for (size_t i = 0; i < revenue->row_n; i++)
        bc_buf_release(&labels[i]);
    free(labels);
    free(columns);
}
