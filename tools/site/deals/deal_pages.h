/* tools/site/deals/deal_pages.h - for insiders: the pages of this folder. */
#ifndef BC_TOOLS_SITE_DEALS_DEAL_PAGES_H
#define BC_TOOLS_SITE_DEALS_DEAL_PAGES_H

#include "tools/site/frame/call.h"

call_page_fn pipeline_page;
call_page_fn paths_page;
call_page_fn handoff_page;
call_page_fn deals_page;
call_page_fn deal_page;
call_page_fn evidence_page;
call_page_fn list_page;
call_page_fn timeline_page;

#endif
