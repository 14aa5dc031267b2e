/* tools/site/learning/cohort_asked.h - for insiders: of which deals a page on cohorts is, by its
 * address: `at`, `to`, `mature`, `days`, `since`. */
#ifndef BC_TOOLS_SITE_LEARNING_COHORT_ASKED_H
#define BC_TOOLS_SITE_LEARNING_COHORT_ASKED_H

#include "tools/site/frame/call.h"

/* The fields of a form for it, within one that is begun. */
void cohort_asked_put_fields(struct call_page *call);
/* "Entered Discovery; converted in Proposal or Closed Won. New business." */
void cohort_asked_add(struct bc_buf *out, const struct call_page *call, const struct row *answer);

#endif
