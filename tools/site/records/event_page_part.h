/* tools/site/records/event_page_part.h - for insiders: parts of the page of an event. `event` is a
 * row of `log --proof`. */
#ifndef BC_TOOLS_SITE_RECORDS_EVENT_PAGE_PART_H
#define BC_TOOLS_SITE_RECORDS_EVENT_PAGE_PART_H

#include "tools/site/frame/call.h"

void event_page_fields(struct html_out *out, const struct row *event);
void event_page_proof(struct html_out *out, const struct row *event);

#endif
