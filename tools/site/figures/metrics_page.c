/* tools/site/figures/metrics_page.c - every figure and red line: as `metrics --html` has them, with
 * the bar, and a field for the key by which they are split. */
#include "tools/site/figures/figure_pages.h"
#include "tools/site/parts/form.h"

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Which figures"))
        return;
    form_field(call, "by", "Split by", "nothing");
    form_end(call);
}

static void put_below(struct html_out *out, const struct document_frame *frame)
{
    call_put_below(out, frame, put_form);
}

bc_status metrics_page(struct call_page *call, struct bc_err *err)
{
    call->frame.below = put_below;
    return call_ask_text(
        &call->out.text, call,
        CALL_AS_OF | CALL_SLICE | CALL_KNOWN_AT | CALL_CLOCK | CALL_RULES_ALL,
        (const char *[]){ "metrics", "--html=-", call_option(call, "--by=", "by"), NULL }, err);
}
