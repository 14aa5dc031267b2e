/* tools/site/deals/evidence_page.c - a file, and no page: the events of a deal, `deal`, with the
 * proofs that they are in the log and that they are all. */
#include "tools/site/deals/deal_none.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/parts/file_name.h"

bc_status evidence_page(struct call_page *call, struct bc_err *err)
{
    const struct bc_str id = call_param(call, "deal");
    bc_status rc;

    if (id.len == 0)
        return bc_err_set(err, BC_E_USAGE, "the address names no deal");
    rc = call_ask_text(&call->out.text, call, 0,
                       (const char *[]){ "evidence", "--", call_option_of(call, "", id), NULL },
                       err);
    if (rc == BC_E_USAGE)
        return deal_none(call, err);
    if (rc < 0)
        return rc;
    call->answer->type = "application/octet-stream";
    call->answer->filename = file_name_of(id, ".evidence");
    return BC_OK;
}
