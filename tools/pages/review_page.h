/* tools/pages/review_page.h - the weekly review as a page: what its JSON says, from the same rows,
 * what is off first. */
#ifndef BC_TOOLS_PAGES_REVIEW_PAGE_H
#define BC_TOOLS_PAGES_REVIEW_PAGE_H

#include "tools/show/review.h"

/* Adds the whole document; `recorded`, or NULL, is told among the notes. */
void review_page_add(struct bc_buf *out, const struct cmd_env *env,
                     const struct review_shown *shown, const struct review_recorded *recorded);

#endif
