#include "tools/site/deals/deal_none.h"

bc_status deal_none(struct call_page *call, const struct bc_err *err)
{
    bool linked;

    call->answer->status = 404;
    call_page_begin(call, "No such deal", BC_STR("in what is known of the ledger"), NULL, 0);
    html_out_put(&call->out, "<p class=\"fault\" role=\"alert\">");
    html_out_text(&call->out, bc_str_of(err->message));
    html_out_put(&call->out, "</p>\n<p>");
    linked = document_link(&call->out, "deals", NULL, 0);
    html_out_put(&call->out, "All deals");
    document_link_end(&call->out, linked);
    html_out_put(&call->out, "</p>\n");
    call_page_end(call);
    return BC_OK;
}
