#include "tools/show/cohort_cells.h"

#include "ledger/base/amount.h"
#include "tools/show/learning_cells.h"

#include <stdlib.h>

void cohort_cells_figure(struct row *row, const char *key, enum cell_kind kind, bool there,
                         double value)
{
    row_figure(row, key, there ? kind : CELL_NULL, value);
}

void cohort_cells_amount(struct row *row, const char *key, bool there, int64_t millionths)
{
    char text[BC_AMOUNT_LEN];

    if (!there) {
        row_null(row, key);
        return;
    }
    bc_amount_print(text, millionths);
    row_format(row, key, "%s", text);
}

void cohort_cells_result(struct row *row, const struct bc_cohort *cohort, bool watched)
{
    const bool any = cohort->n > 0;
    const bool resolved = watched && cohort->converted + cohort->failed > 0;
    const bool days = watched && cohort->converted > 0;

    row_count(row, "n", cohort->n);
    row_count(row, "converted", cohort->converted);
    row_count(row, "failed", cohort->failed);
    row_count(row, "open", cohort->open);
    row_count(row, "already", cohort->already);
    cohort_cells_figure(row, "rate", CELL_RATE, any, cohort->rate);
    cohort_cells_figure(row, "low", CELL_RATE, any, cohort->low);
    cohort_cells_figure(row, "high", CELL_RATE, any, cohort->high);
    cohort_cells_figure(row, "resolvedRate", CELL_RATE, resolved, cohort->resolved_rate);
    cohort_cells_figure(row, "resolvedLow", CELL_RATE, resolved, cohort->resolved_low);
    cohort_cells_figure(row, "resolvedHigh", CELL_RATE, resolved, cohort->resolved_high);
    cohort_cells_figure(row, "meanDays", CELL_DAYS, days, cohort->mean_days);
    cohort_cells_figure(row, "medianDays", CELL_DAYS, days, cohort->median_days);
    cohort_cells_figure(row, "p90Days", CELL_DAYS, days, cohort->p90_days);
}

void cohort_cells_left_out(struct row *row, const struct bc_cohorts *cohorts)
{
    row_count(row, "immature", cohorts->immature);
    row_count(row, "excluded", cohorts->excluded);
    row_count(row, "gone", cohorts->gone);
}

void cohort_cells_window(struct row *row, const struct bc_cohort_ask *ask)
{
    learning_cells_since(row, ask->since_us);
    if (ask->mature == BC_NOT_MATURE)
        row_null(row, "mature");
    else
        row_count(row, "mature", (uint64_t)ask->mature);
}
