/* tools/site/learning/signals_page.c - which of what was known of deals tells most about what
 * became of them. */
#include "tools/pages/signal_table.h"
#include "tools/site/learning/cohort_asked.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"

bc_status signals_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "signals", "Keys", "Keys", { 0 } };
    const struct row *answer = NULL;
    struct ask_with_behind behind;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "signals", NULL, err);

    if (rc != BC_OK)
        return rc;
    cohort_asked_add(&lead, call, answer);
    call_page_begin(call, "Signals", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place,
                     BC_STR("What was known of deals when they entered, by how much it tells about "
                            "what became of them. A name leads to the values of its key."),
                     true);
    if (form_begin(call, "Which deals")) {
        cohort_asked_put_fields(call);
        form_end(call);
    }
    ask_with_links(&behind, call, "signals");
    signal_table_put(&call->out, answer);
    call->about.behind = NULL;
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
