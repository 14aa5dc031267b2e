/* tools/cmd/deals_listed.h - which of the deals that were found are listed, and in which order. */
#ifndef BC_TOOLS_CMD_DEALS_LISTED_H
#define BC_TOOLS_CMD_DEALS_LISTED_H

#include "projections/activity/deal_list.h"

/* As typed; NULL: all, in the order they have. */
struct deals_listed {
    const char *find, *sort, *limit, *skip;
};

#define DEALS_LISTED_COLUMNS                                                                       \
    "stage, deal, name, owner, days, age, type, amount, mrr, last, next, findings"

/* They are by stage. Leaves those that are listed; *out_n is how many fit, *out_skipped how many of
 * them come before. */
bc_status deals_listed_keep(size_t *out_n, size_t *out_skipped, struct bc_deal_list *deals,
                            const struct deals_listed *asked, struct bc_err *err);
/* Whether the order is that of findings, which must have been found before. */
bool deals_listed_by_findings(const struct deals_listed *asked);

#endif
