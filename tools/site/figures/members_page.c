/* tools/site/figures/members_page.c - the members with a contract; with `list=MEMBER` the deals of
 * one. */
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/figures/figure_pages.h"
#include "tools/site/figures/listed.h"

static void put_member(struct html_out *out, const struct row *row)
{
    const struct bc_str member = page_cells_text(row, "member");
    const bool linked = document_link(out, "members", &(struct document_pair){ "list", member }, 1);

    html_out_text(out, member);
    document_link_end(out, linked);
}

static void put_state(struct html_out *out, const struct row *row)
{
    const struct bc_str state = page_cells_text(row, "state");

    page_cells_state(out,
                     bc_str_eq(state, BC_STR("overdue"))  ? PAGE_OFF
                     : bc_str_eq(state, BC_STR("active")) ? PAGE_FINE
                                                          : PAGE_KNOW,
                     state);
    html_out_put(out, "<span class=\"ph q\"><br>until ");
    page_cells_put(out, row, "end");
    html_out_put(out, "</span>");
}

static void put_health(struct html_out *out, const struct row *row)
{
    const struct bc_str health = page_cells_text(row, "health");

    if (bc_str_eq(health, BC_STR("red")))
        page_cells_state(out, PAGE_OFF, health);
    else if (bc_str_eq(health, BC_STR("yellow")))
        page_cells_state(out, PAGE_RISK, health);
    else if (bc_str_eq(health, BC_STR("green")))
        page_cells_state(out, PAGE_FINE, health);
    else
        page_cells_put(out, row, "health");
}

bc_status members_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = { { "members", "Members", "Members", { 0 } },
                                                    { "listed", "Its deals", "Deals", { 0 } } };
    static const struct column columns[] = {
        { .name = "Member", .about = true, .draw = put_member },
        { .name = "State", .draw = put_state },
        { .name = "Revenue of\nthis month", .key = "mrr", .right = true },
        { .name = "Until", .key = "end", .class = "nb", .leave = 1 },
        { .name = "Since", .key = "start", .class = "nb", .leave = 1 },
        { .name = "Deals", .key = "deals", .right = true, .leave = 1 },
        { .name = "Health", .draw = put_health },
        { .name = "Intent", .key = "intent", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };
    const struct bc_str list = call_param(call, "list");
    const struct row *answer;
    struct bc_buf lead = { 0 };
    bc_status rc =
        call_ask(&answer, call, CALL_ALL,
                 (const char *[]){ "members", call_option(call, "--list=", "list"), NULL }, err);

    if (rc < 0)
        return rc;
    bc_buf_add_str(&lead, labels_slice(page_cells_text(answer, "slice")));
    bc_buf_printf(&lead, ", in %.*s; deals in another currency, in nothing: ",
                  BC_STR_ARG(page_cells_text(answer, "currency")));
    page_cells_add(&lead, answer, "otherCurrency");
    call_page_begin(call, "Members", bc_buf_str(&lead), places, 1 + (list.len > 0));
    document_section(&call->out, &places[0],
                     BC_STR("Companies with a contract, and deals without a "
                            "company."),
                     true);
    if (call_rows(answer, "rows").n == 0)
        document_empty(&call->out, "No member has a contract.");
    print_html_of(&call->out, &table, call_rows(answer, "rows"));
    document_section_end(&call->out);
    if (list.len) {
        document_section(&call->out, &places[1], list, false);
        listed_deals(&call->out, row_find(answer, "deals"));
        document_section_end(&call->out);
    }
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
