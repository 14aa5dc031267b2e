/* tools/site/deals/evidence_page.c - a file, and no page: the events of a deal, `deal`, with the
 * proofs that they are in the log and that they are all. */
#include "tools/site/deals/deal_none.h"
#include "tools/site/deals/deal_pages.h"

enum { NAME_MAX_LEN = 80 };

/* Of an id what is fit for any file system. */
static char *file_name(struct bc_str id)
{
    struct bc_buf name = { 0 };
    char *made;

    for (size_t i = 0; i < id.len && i < NAME_MAX_LEN; i++) {
        const char c = id.at[i];
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '-' || c == '_';

        bc_buf_add_byte(&name, (char)(plain ? c : '_'));
    }
    bc_buf_add_str(&name, BC_STR(".evidence"));
    made = bc_strdup(bc_buf_str(&name));
    bc_buf_release(&name);
    return made;
}

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
    call->answer->filename = file_name(id);
    return BC_OK;
}
