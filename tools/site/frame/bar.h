/* tools/site/frame/bar.h - for insiders: what stands above every page, the list of pages and the
 * question, as a form that works without a script; and below it, the keys. */
#ifndef BC_TOOLS_SITE_FRAME_BAR_H
#define BC_TOOLS_SITE_FRAME_BAR_H

#include "tools/pages/document.h"
#include "tools/site/frame/call.h"

/* The frame of the pages of this call, which is borrowed. */
void bar_frame(struct document_frame *out, struct call_page *call);

/* Parts of forms that stand on pages: a field that is not seen; a choice of several, of which one
 * was chosen; and fields with the question. */
void bar_put_hidden(struct html_out *out, struct bc_str key, struct bc_str value);
void bar_put_choice(struct html_out *out, struct bc_str value, struct bc_str label,
                    struct bc_str chosen);
void bar_put_question(struct html_out *out, const struct call_page *call);

/* The assets by the path of their addresses. False: there is none. */
bool bar_asset(struct site_answer *out, struct bc_str path);

#endif
