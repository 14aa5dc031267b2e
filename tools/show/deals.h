/* tools/show/deals.h - the deals that are there, a row each, in each form. */
#ifndef BC_TOOLS_SHOW_DEALS_H
#define BC_TOOLS_SHOW_DEALS_H

#include "projections/activity/deal_list.h"
#include "tools/ask/basis.h"

/* Of one deal for pages: the properties that are in cells of their names. Ends with NULL. */
extern const char *const deals_properties[];

struct deals_shown {
    const struct basis *basis; /* has one date */
    const struct bc_deal_list_ask *ask;
    const struct bc_deal_list *deals;
    size_t n, skipped; /* all that fit; how many of them stand before the first that is shown */
};

void deals_show_json(const struct cmd_env *env, const struct deals_shown *shown);
void deals_show_csv(const struct cmd_env *env, const struct deals_shown *shown);
/* The table, with the basis below. */
void deals_show(const struct cmd_env *env, const struct deals_shown *shown);

#endif
