/* tools/pages/metrics_page.h - every figure and red line at a date as a page: what the JSON says,
 * from the same rows; under several rules a part each. */
#ifndef BC_TOOLS_PAGES_METRICS_PAGE_H
#define BC_TOOLS_PAGES_METRICS_PAGE_H

#include "tools/print/html_out.h"
#include "tools/show/report.h"

/* As what a report is given out. */
struct metrics_issued {
    struct bc_str name, actor; /* actor: may be empty */
    struct bc_str id;          /* of its event */
    int64_t us;
};

/* It begins with its first part, and ends after the last: `{ .n = how many there will be }`. The
 * page is out.text, which is given back with bc_buf_release. */
struct metrics_page {
    struct html_out out;
    size_t n, added;
    const struct metrics_issued *issued; /* or NULL: it is no report's */
};

/* Adds what was answered under the rules that are in use; `label` is theirs, of several. */
void metrics_page_add(struct metrics_page *page, const struct cmd_env *env,
                      const struct report_shown *shown, const char *label);

#endif
