/* tools/site/site_part.h - for insiders: what is of site.c for the pages as files, and the pages
 * that stand beside it. */
#ifndef BC_TOOLS_SITE_SITE_PART_H
#define BC_TOOLS_SITE_SITE_PART_H

#include "tools/site/frame/thread.h"

/* The ledger as it is now, for the calls to come. */
bc_status site_open(struct site *site, struct bc_err *err);

/* In the place of a page that cannot be made: one with the question, so that it can be asked
 * otherwise, and the sentence. */
void site_say_error(struct call_page *call, bc_status rc, const struct bc_err *err,
                    struct site_answer *out);

call_page_fn review_page;
call_page_fn monthly_page;

#endif
