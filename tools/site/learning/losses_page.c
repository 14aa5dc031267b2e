/* tools/site/learning/losses_page.c - why deals were lost, from where, and which to ask again. */
#include "tools/pages/loss_table.h"
#include "tools/pages/page_ends.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/paged.h"

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Which losses"))
        return;
    form_field(call, "days", "Days", "365");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

static void put_losses(struct call_page *call, const struct row *losses)
{
    struct ask_with_behind listed;

    put_form(call);
    ask_with_links(&listed, call, "losses");
    loss_table_put(&call->out, losses);
    call->about.behind = NULL;
    if (row_find(losses, "n")->count == 0)
        html_out_put(&call->out, "<p class=\"empty\">No deal was lost. "
                                 "<code>backcast record lossRecorded</code> says why one "
                                 "was.</p>\n");
}

static void put_again(struct call_page *call, const struct row *losses)
{
    struct paged paged = { .all = call_rows(losses, "reengage"), .key = "page" };

    paged_read(&paged, call);
    if (paged.all.n == 0)
        document_empty(&call->out, "None names a day to ask again.");
    loss_table_put_reengage(&call->out, paged_rows(&paged));
    paged_put(call, &paged);
}

bc_status losses_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "losses", "Lost", "Lost", { 0 } },
        { "reasons", "Reasons by stage", "Reasons by stage", { 0 } },
        { "again", "Ask again", "Ask again", { 0 } },
    };
    const struct row *losses;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&losses, call, "losses", NULL, err);

    if (rc < 0)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Losses", bc_buf_str(&lead), places, 3);
    document_section(&call->out, &places[0],
                     BC_STR("Deals that were lost, each time, by the stage they left, the reason "
                            "and the ICP of then."),
                     true);
    put_losses(call, losses);
    document_section_end(&call->out);
    document_section(&call->out, &places[1], BC_STR("Of each stage that was left."), false);
    if (call_rows(losses, "reasonsByStage").n == 0)
        document_empty(&call->out, "No deal was lost.");
    loss_table_put_reasons(&call->out, call_rows(losses, "reasonsByStage"));
    document_section_end(&call->out);
    document_section(&call->out, &places[2], BC_STR("Lost deals with a day to ask again."), false);
    put_again(call, losses);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
