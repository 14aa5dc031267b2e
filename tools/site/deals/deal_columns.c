#include "tools/site/deals/deal_columns.h"

#include "tools/pages/page_cells.h"

#include <inttypes.h>

void deal_columns_stage(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "stage").len)
        page_cells_stage(out, row);
    else
        page_cells_put(out, row, "stage");
}

void deal_columns_deal(struct html_out *out, const struct row *row)
{
    page_cells_deal(out, row);
    html_out_put(out, "<span class=\"ph q\"><br>");
    deal_columns_stage(out, row);
    html_out_put(out, "</span>");
}

void deal_columns_state(struct html_out *out, const struct row *row)
{
    const struct cell *stalled = row_find(row, "stalled");
    const struct bc_str until = page_cells_text(row, "parkedUntil");

    if (stalled && stalled->kind == CELL_BOOL && stalled->yes) {
        page_cells_state(out, PAGE_RISK, BC_STR("stalled"));
    } else if (until.len) {
        html_out_put(out, "<span class=\"q\">parked until <span class=\"nb\">");
        html_out_text(out, until);
        html_out_put(out, "</span></span>");
    }
}

static void put_money(struct html_out *out, const struct row *row, const char *key)
{
    const struct bc_str currency = page_cells_text(row, "currency");
    const struct cell *money = row_find(row, key);

    page_cells_put(out, row, key);
    if (money && money->kind == CELL_AMOUNT &&
        !bc_str_eq(currency, bc_str_of(page_about(out)->rules->revenue.currency))) {
        html_out_put(out, " <span class=\"q\">");
        html_out_text(out, currency);
        html_out_put(out, "</span>");
    }
}

void deal_columns_amount(struct html_out *out, const struct row *row)
{
    put_money(out, row, "amount");
}

void deal_columns_mrr(struct html_out *out, const struct row *row)
{
    put_money(out, row, "mrr");
}

void deal_columns_findings(struct html_out *out, const struct row *row)
{
    const struct cell *findings = row_find(row, "findings");
    const bool none = !findings || findings->kind != CELL_COUNT || findings->count == 0;

    html_out_put(out, none ? "<span class=\"q2\">" : "");
    page_cells_put(out, row, "findings");
    html_out_put(out, none ? "</span>" : "");
}
