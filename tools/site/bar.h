/* tools/site/bar.h - for insiders: what stands above every page, the list of pages and the
 * question, as a form that works without a script; and below it, the keys. */
#ifndef BC_TOOLS_SITE_BAR_H
#define BC_TOOLS_SITE_BAR_H

#include "tools/pages/document.h"
#include "tools/site/call.h"

/* The frame of the pages of this call, which is borrowed. */
void bar_frame(struct document_frame *out, struct call_page *call);

/* The assets by the path of their addresses. False: there is none. */
bool bar_asset(struct site_answer *out, struct bc_str path);

#endif
