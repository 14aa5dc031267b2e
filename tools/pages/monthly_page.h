/* tools/pages/monthly_page.h - the monthly review as a page: what its JSON says, from the same
 * rows. */
#ifndef BC_TOOLS_PAGES_MONTHLY_PAGE_H
#define BC_TOOLS_PAGES_MONTHLY_PAGE_H

#include "tools/show/monthly.h"

/* As review_page_add. */
void monthly_page_add(struct bc_buf *out, const struct cmd_env *env,
                      const struct monthly_shown *shown, const struct review_recorded *recorded);

#endif
