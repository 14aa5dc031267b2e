/* tools/site/learning/learning_pages.h - for insiders: the pages of this folder. */
#ifndef BC_TOOLS_SITE_LEARNING_LEARNING_PAGES_H
#define BC_TOOLS_SITE_LEARNING_LEARNING_PAGES_H

#include "tools/site/frame/call.h"

call_page_fn experiments_page;
call_page_fn experiment_page;
call_page_fn signals_page;
call_page_fn cohorts_page;
call_page_fn leads_page;
call_page_fn losses_page;
call_page_fn learnings_page;

#endif
