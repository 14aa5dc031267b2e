/* tools/site/records/versions_page.c - what was published: rules, ICPs, playbooks. */
#include "tools/pages/page_ends.h"
#include "tools/pages/version_table.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/records/record_pages.h"

/* What became of deals under each. */
static void put_ways(struct call_page *call)
{
    static const char *const keys[][2] = { { "playbook", "by playbook" }, { "icp", "by ICP" } };
    struct html_out *out = &call->out;

    html_out_put(out, "<p class=\"note\">What became of deals under each: ");
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const struct document_pair by = { "by", bc_str_of(keys[i][0]) };
        bool linked;

        html_out_put(out, i ? ", " : "");
        linked = document_link(out, "cohorts", &by, 1);
        html_out_put(out, "%s", keys[i][1]);
        document_link_end(out, linked);
    }
    html_out_put(out, ".</p>\n");
}

bc_status versions_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "versions", "Versions", "Versions", { 0 } };
    const struct row *answer = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "versions", NULL, err);

    if (rc != BC_OK)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Versions", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place,
                     BC_STR("Rules, ICPs and playbooks that were published, in the order of time."),
                     true);
    if (form_begin(call, "Which versions")) {
        form_field(call, "days", "In the last days", "ever");
        form_field(call, "since", "or since", "a date");
        form_end(call);
    }
    version_table_put(&call->out, call_rows(answer, "versions"));
    put_ways(call);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
