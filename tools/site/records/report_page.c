/* tools/site/records/report_page.c - a report as it was given out, beside what it reads now, as
 * `restate --html` has it, with the bar. */
#include "tools/site/records/record_pages.h"

bc_status report_page(struct call_page *call, struct bc_err *err)
{
    const char *report = call_option(call, "--report=", "id");

    if (!report)
        return bc_err_set(err, BC_E_USAGE, "which report? its id is `id` in the address");
    return call_ask_text(&call->out.text, call, 0,
                         (const char *[]){ "restate", "--html=-", report, NULL }, err);
}
