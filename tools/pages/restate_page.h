/* tools/pages/restate_page.h - issued reports beside what they read now, as a page: every figure of
 * each, and why it differs. Of several first a list of all; those that read the same are only
 * there. */
#ifndef BC_TOOLS_PAGES_RESTATE_PAGE_H
#define BC_TOOLS_PAGES_RESTATE_PAGE_H

#include "tools/print/html_out.h"
#include "tools/show/restated.h"

struct restate_page_line; /* a report in the list */

struct restate_page {
    struct html_out out; /* the reports so far, a section each; the whole page after the end */
    bool one;            /* one report was asked for: no list */
    struct restate_page_line *lines;
    size_t n, cap;
    size_t sections;
    bc_arena *arena;
};

/* `reports`: how many will be added. Released by the caller. */
void restate_page_begin(struct restate_page *out, const struct cmd_env *env, size_t reports);
/* `restated` is lent; its `report` lives till the end. */
void restate_page_add(struct restate_page *page, const struct restated *restated);
/* Makes the page, out.text; `answer` has the cells "ledger" and, perhaps, "notes". */
void restate_page_end(struct restate_page *page, const struct row *answer);
void restate_page_release(struct restate_page *page);

#endif
