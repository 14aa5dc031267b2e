/* tools/site/deals/deal_part.h - for insiders: the parts of the page of a deal, of what `history`
 * answered. */
#ifndef BC_TOOLS_SITE_DEALS_DEAL_PART_H
#define BC_TOOLS_SITE_DEALS_DEAL_PART_H

#include "tools/site/frame/call.h"

/* Its events in their order, retracted ones struck through with who took them back and why. */
void deal_events_put(struct call_page *call, const struct row *history);
/* What the lead says of them: "52 events, 2 retracted, 4 learnt a day or more late". */
void deal_events_say(struct bc_buf *out, const struct row *history);

#endif
