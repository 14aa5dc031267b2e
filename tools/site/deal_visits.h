/* tools/site/deal_visits.h - for insiders: rows of visits, as `history` has them, as drawings want
 * them. */
#ifndef BC_TOOLS_SITE_DEAL_VISITS_H
#define BC_TOOLS_SITE_DEAL_VISITS_H

#include "tools/draw/visits.h"
#include "tools/site/call.h"

/* The caller frees it; its texts live as long as the rows and the rules. */
struct visits_visit *deal_visits_read(const bc_rules *rules, struct rows rows);
/* What they are drawn on. */
struct visits_time deal_visits_time(const struct call_page *call);

#endif
