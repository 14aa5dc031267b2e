/* tools/site/figures/figure_pages.h - for insiders: the pages of this folder. */
#ifndef BC_TOOLS_SITE_FIGURES_FIGURE_PAGES_H
#define BC_TOOLS_SITE_FIGURES_FIGURE_PAGES_H

#include "tools/site/frame/call.h"

call_page_fn metrics_page;
call_page_fn metric_page;
call_page_fn diff_page;
call_page_fn red_lines_page;
call_page_fn revenue_page;
call_page_fn members_page;

#endif
