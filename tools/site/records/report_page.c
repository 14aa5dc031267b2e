/* tools/site/records/report_page.c - a report as it was given out, beside what it reads now, as
 * `restate --html` has it, with the bar; and the page that it was given out as, to download. */
#include "tools/site/parts/file_name.h"
#include "tools/site/records/record_pages.h"

bc_status report_page(struct call_page *call, struct bc_err *err)
{
    const char *report = call_option(call, "--report=", "id");

    if (!report)
        return bc_err_set(err, BC_E_USAGE, "which report? its id is `id` in the address");
    return call_ask_text(&call->out.text, call, 0,
                         (const char *[]){ "restate", "--html=-", report, NULL }, err);
}

bc_status given_page(struct call_page *call, struct bc_err *err)
{
    const struct bc_str id = call_param(call, "id");
    bc_status rc;

    if (id.len == 0)
        return bc_err_set(err, BC_E_USAGE, "which report? its id is `id` in the address");
    rc = call_ask_text(
        &call->out.text, call, 0,
        (const char *[]){ "report", "page", "--html=-", "--", call_option_of(call, "", id), NULL },
        err);
    if (rc < 0)
        return rc;
    call->answer->type =
        "application/octet-stream"; /* its style is within it, which no page may have here */
    call->answer->filename = file_name_of(id, ".html");
    return BC_OK;
}
