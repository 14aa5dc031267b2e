/* tools/site/review_page.c - both reviews: as `review --html` has them, with the bar, and a field
 * for since when they look. */
#include "tools/site/parts/form.h"
#include "tools/site/site_part.h"

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Since when"))
        return;
    form_field(call, "since", "Since", "the last review");
    form_end(call);
}

static void put_below(struct html_out *out, const struct document_frame *frame)
{
    call_put_below(out, frame, put_form);
}

static bc_status make(struct call_page *call, const char *which, struct bc_err *err)
{
    call->frame.below = put_below;
    return call_ask_text(&call->out.text, call, CALL_ALL,
                         (const char *[]){ "review", "--html=-",
                                           which ? which : call_option(call, "--since=", "since"),
                                           which ? call_option(call, "--since=", "since") : NULL,
                                           NULL },
                         err);
}

bc_status review_page(struct call_page *call, struct bc_err *err)
{
    return make(call, NULL, err);
}

bc_status monthly_page(struct call_page *call, struct bc_err *err)
{
    return make(call, "--monthly", err);
}
