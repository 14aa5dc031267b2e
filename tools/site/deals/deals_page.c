/* tools/site/deals/deals_page.c - all deals that are there, or some of them, a hundred a page. */
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/site/deals/deal_columns.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/deals/deals_asked.h"

#include <inttypes.h>

static const struct deals_usual usual = { .size = 100, .sort = NULL, .within = NULL };

/* A heading that sorts by its column, at first in this direction. */
#define HEADING(column, heading, first)                                                            \
    static void head_##column(struct html_out *out, const struct row *row)                         \
    {                                                                                              \
        (void)row;                                                                                 \
        deals_asked_put_heading(out, #column, heading, first);                                     \
    }
HEADING(name, "Deal", "")
HEADING(stage, "Stage", "")
HEADING(days, "Days there", "-")
HEADING(age, "Age", "-")
HEADING(amount, "Amount", "-")
HEADING(last, "Last activity", "-")
HEADING(next, "Next meeting", "")
HEADING(findings, "Findings", "-")
HEADING(owner, "Owner", "")
#undef HEADING

static void put_deals(struct call_page *call, const struct row *deals)
{
    static const struct column columns[] = {
        { .name = "", .about = true, .draw = deal_columns_deal, .draw_heading = head_name },
        { .name = "", .leave = 1, .draw = deal_columns_stage, .draw_heading = head_stage },
        { .name = "", .key = "days", .right = true, .draw_heading = head_days },
        { .name = "State", .draw = deal_columns_state },
        { .name = "", .key = "age", .right = true, .leave = 3, .draw_heading = head_age },
        { .name = "",
          .right = true,
          .leave = 1,
          .draw = deal_columns_amount,
          .draw_heading = head_amount },
        { .name = "", .leave = 1, .draw = page_cells_last_done, .draw_heading = head_last },
        { .name = "", .leave = 2, .draw = page_cells_next_meeting, .draw_heading = head_next },
        { .name = "",
          .right = true,
          .leave = 2,
          .draw = deal_columns_findings,
          .draw_heading = head_findings },
        { .name = "",
          .key = "owner",
          .leave = 3,
          .shows = COLUMN_PERSON,
          .draw_heading = head_owner },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .all = true };

    print_html_of(&call->out, &table, call_rows(deals, "rows"));
}

static void put_none(struct call_page *call, size_t n)
{
    if (n)
        document_empty(&call->out, "There are no more deals.");
    else if (deals_asked_filtered(call))
        document_empty(&call->out, "No deal fits.");
    else
        html_out_put(&call->out,
                     "<p class=\"empty\">No deal is there yet. <code>backcast record "
                     "deal</code> and <code>backcast import</code> tell of some.</p>\n");
}

bc_status deals_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = { { "deals", "Deals", "Deals", { 0 } } };
    struct bc_buf lead = { 0 };
    struct deals_asked asked;
    const struct row *deals = NULL;
    size_t n;
    bc_status rc = deals_asked_read(&asked, call, &usual, err);

    if (rc == BC_OK)
        rc = call_ask(&deals, call, CALL_ALL, asked.words, err);
    if (rc < 0)
        return rc;
    n = row_find(deals, "n")->count;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    bc_buf_printf(&lead, ": %zu deal%s%s", n, n == 1 ? "" : "s",
                  !deals_asked_filtered(call) ? ""
                  : n == 1                    ? " fits"
                                              : " fit");
    call_page_begin(call, "Deals", bc_buf_str(&lead), places, 1);
    document_section(&call->out, &places[0],
                     BC_STR("There at that date, and not deleted or merged. By stage, who is there "
                            "longest first, or by the column that you choose."),
                     true);
    deals_asked_put_form(call, &usual);
    if (call_rows(deals, "rows").n == 0)
        put_none(call, n);
    put_deals(call, deals);
    deals_asked_put_pager(call, &asked, n);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
