/* tools/site/deals/timeline_page.c - many deals under one time axis, with a table of them. */
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/site/deals/deal_columns.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/deals/deals_asked.h"

#include <inttypes.h>

/* Those that are open, or were within a quarter; the oldest first. */
static const struct deals_usual usual = { .size = 50, .sort = "-age", .within = "90" };

enum { BARS, DEALS, PLACE_N };
static const struct document_place places[PLACE_N] = {
    [BARS] = { "bars", "Visits", "Visits", { 0 } },
    [DEALS] = { "deals", "Deals", "Deals", { 0 } },
};

/* --- the table --- */

static void put_deals(struct call_page *call, struct rows deals)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = deal_columns_deal },
        { .name = "Age", .key = "age", .right = true, .leave = 2 },
        { .name = "Stage", .leave = 1, .draw = deal_columns_stage },
        { .name = "Days there", .key = "days", .right = true },
        { .name = "State", .draw = deal_columns_state },
        { .name = "Owner", .key = "owner", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .all = true };

    print_html_of(&call->out, &table, deals);
}

/* --- the page --- */

static void put_sections(struct call_page *call, const struct deals_asked *asked,
                         const struct row *answer, struct bc_str drawing, size_t left)
{
    const struct rows deals = call_rows(answer, "rows");
    const size_t n = row_find(answer, "n")->count;

    document_section(&call->out, &places[BARS],
                     BC_STR("Where each deal was, and when. Those that are open, or have been in "
                            "another stage for 90 days at most, unless you ask for others."),
                     true);
    deals_asked_put_form(call, &usual);
    if (n == 0 && left)
        document_empty(&call->out, "No deal fits that was open so lately.");
    else if (n == 0)
        html_out_put(&call->out, "<p class=\"empty\">No deal fits. <code>backcast record deal"
                                 "</code> tells of one.</p>\n");
    else if (deals.n == 0)
        document_empty(&call->out, "There are no more deals.");
    else
        html_out_drawing(&call->out, drawing);
    deals_asked_put_pager(call, asked, n);
    deals_asked_put_left_out(call, &usual, left);
    document_section_end(&call->out);
    document_section(&call->out, &places[DEALS], BC_STR("The same, in the same order."), false);
    put_deals(call, deals);
    document_section_end(&call->out);
}

bc_status timeline_page(struct call_page *call, struct bc_err *err)
{
    struct bc_buf lead = { 0 }, drawing = { 0 };
    struct deals_asked asked;
    const struct row *answer = NULL;
    size_t n, left = 0;
    bc_status rc = deals_asked_read(&asked, call, &usual, err);

    if (rc == BC_OK)
        rc = call_ask_drawn(&answer, &drawing, call, CALL_ALL, asked.words, err);
    if (rc == BC_OK)
        rc = deals_asked_left_out(&left, call, &asked, row_find(answer, "n")->count, err);
    if (rc < 0) {
        bc_buf_release(&drawing);
        return rc;
    }
    n = row_find(answer, "n")->count;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    bc_buf_printf(&lead, ": %zu deal%s", n, n == 1 ? "" : "s");
    call_page_begin(call, "Timeline", bc_buf_str(&lead), places, PLACE_N);
    put_sections(call, &asked, answer, bc_buf_str(&drawing), left);
    call_page_end(call);
    bc_buf_release(&drawing);
    bc_buf_release(&lead);
    return BC_OK;
}
