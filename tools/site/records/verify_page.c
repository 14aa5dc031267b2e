/* tools/site/records/verify_page.c - the ledger verified, at the click: read whole, and opened
 * anew, so that nothing is taken from memory. What is damaged is said by site.c. */
#include "tools/site/records/record_pages.h"

#include <inttypes.h>

static void put_verdict(struct html_out *out, const struct row *answer)
{
    const uint64_t events = row_find(answer, "seq")->count;

    html_out_put(out, "<p>");
    page_cells_state(out, PAGE_FINE, BC_STR("no fault found"));
    html_out_put(out, " in %" PRIu64 " event%s, root <span class=\"code\">", events,
                 events == 1 ? "" : "s");
    html_out_text(out, page_cells_text(answer, "root"));
    html_out_put(out, "</span></p>\n");
}

bc_status verify_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "verify", "Verified", "Verified", { 0 } };
    struct html_out *out = &call->out;
    struct bc_log *opened = call->env.opened;
    const struct row *answer;
    bc_status rc;
    bool linked;

    call->env.opened = NULL;
    rc = call_ask(&answer, call, 0, (const char *[]){ "verify", "--json", NULL }, err);
    call->env.opened = opened;
    if (rc < 0)
        return rc;
    call_page_begin(call, "Verify", BC_STR("read whole, just now"), NULL, 0);
    document_section(out, &place,
                     BC_STR("The log against its hashes and its head, its indexes against the "
                            "log, and what is computed from it."),
                     true);
    put_verdict(out, answer);
    html_out_put(out, "<p>That nothing was rewritten with all its hashes, a head shows that was "
                      "kept elsewhere: <span class=\"code\">backcast verify --against FILE</span>."
                      "</p>\n<p class=\"note\">");
    linked = document_link(out, "ledger", NULL, 0);
    html_out_put(out, "The ledger");
    document_link_end(out, linked);
    html_out_put(out, "</p>\n");
    document_section_end(out);
    call_page_end(call);
    return BC_OK;
}
