/* tools/cmd/deal_owner.h - `--owner` of commands that list deals. */
#ifndef BC_TOOLS_CMD_DEAL_OWNER_H
#define BC_TOOLS_CMD_DEAL_OWNER_H

#include "projections/activity/deal_list.h"
#include "tools/ask/basis.h"

/* The help of such an option. */
#define DEAL_OWNER_HELP(what) what " of this owner, an id; none: of nobody"

/* As typed, or NULL: any. */
void deal_owner_ask(struct bc_deal_list_ask *ask, const char *typed);
/* A note "no_such_owner" where deals are there and none of them is that owner's: says true. */
bool deal_owner_note(struct basis *basis, const struct bc_deal_list_ask *ask,
                     const struct bc_deal_list *deals);

#endif
