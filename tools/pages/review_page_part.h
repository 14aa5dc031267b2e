/* tools/pages/review_page_part.h - for insiders: the parts of the page of a weekly review, in their
 * order. Each writes what is in its section, of the cells of the answer. */
#ifndef BC_TOOLS_PAGES_REVIEW_PAGE_PART_H
#define BC_TOOLS_PAGES_REVIEW_PAGE_PART_H

#include "tools/print/html_out.h"
#include "tools/show/review.h"

typedef void review_page_part(struct html_out *out, const struct review_shown *shown,
                              const struct row *answer);

review_page_part review_page_off, review_page_figures, review_page_flow, review_page_stages,
    review_page_stalled, review_page_closed, review_page_experiments, review_page_red_lines,
    review_page_renewals, review_page_handoff, review_page_actions;

#endif
