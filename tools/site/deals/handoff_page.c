/* tools/site/deals/handoff_page.c - how far the hand-off of deals that were won is. */
#include "tools/pages/handoff_table.h"
#include "tools/pages/page_ends.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/paged.h"

#include <inttypes.h>

static void put_form(struct call_page *call)
{
    static const struct form_choice which[] = {
        { "", "all that were won" },
        { "1", "those that wait" },
    };

    if (!form_begin(call, "Which deals"))
        return;
    form_choices(call, "pending", "Deals", which, sizeof(which) / sizeof(which[0]));
    form_field(call, "days", "Won in the last days", "365");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

static void put_deals(struct call_page *call, const struct row *answer)
{
    struct paged paged = { .all = call_rows(answer, "deals"), .key = "page" };

    paged_read(&paged, call);
    if (paged.all.n == 0 && row_find(answer, "n")->count == 0) {
        html_out_put(&call->out, "<p class=\"empty\">No deal was won then. <code>backcast record "
                                 "agreementSigned</code> and the like tell of the steps.</p>\n");
        return;
    }
    handoff_table_put(&call->out, paged_rows(&paged));
    paged_put(call, &paged);
}

bc_status handoff_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "steps", "Steps", "Steps", { 0 } },
        { "deals", "Deals", "Deals", { 0 } },
    };
    const struct row *answer = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "handoff", NULL, err);

    if (rc != BC_OK)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Hand-off", bc_buf_str(&lead), places, 2);
    document_section(
        &call->out, &places[0],
        BC_STR("Of the deals that were won, how many have done each step, and how long "
               "after the win."),
        true);
    put_form(call);
    html_out_put(&call->out, "<p class=\"sum\"><span><b>%" PRIu64 "</b> won</span></p>\n",
                 row_find(answer, "n")->count);
    handoff_table_put_steps(&call->out, call_rows(answer, "steps"));
    document_section_end(&call->out);
    document_section(&call->out, &places[1], BC_STR("Who waits longest comes first."), false);
    put_deals(call, answer);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
