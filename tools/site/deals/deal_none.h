/* tools/site/deals/deal_none.h - for insiders: the page in the place of a deal that the ledger does
 * not know. */
#ifndef BC_TOOLS_SITE_DEALS_DEAL_NONE_H
#define BC_TOOLS_SITE_DEALS_DEAL_NONE_H

#include "tools/site/frame/call.h"

/* It says what a command said, and is no error any more: it is not found. */
bc_status deal_none(struct call_page *call, const struct bc_err *err);

#endif
