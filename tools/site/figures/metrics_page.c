/* tools/site/figures/metrics_page.c - every figure and red line: as `metrics --html` has them, with
 * the bar, and a field for the key by which they are split. */
#include "tools/site/figures/figure_pages.h"
#include "tools/site/parts/form.h"

/* The page is the command's: what a form is made of is put where that is. */
static void put_form(struct html_out *out, const struct document_frame *frame)
{
    struct call_page *call = call_of_frame(frame);
    struct bc_buf before = call->out.text;

    call->out.text = (struct bc_buf){ 0 };
    if (form_begin(call, "Which figures")) {
        form_field(call, "by", "Split by", "nothing");
        form_end(call);
    }
    bc_buf_add_str(&out->text, bc_buf_str(&call->out.text));
    bc_buf_release(&call->out.text);
    call->out.text = before;
}

bc_status metrics_page(struct call_page *call, struct bc_err *err)
{
    call->frame.below = put_form;
    return call_ask_text(
        &call->out.text, call,
        CALL_AS_OF | CALL_SLICE | CALL_KNOWN_AT | CALL_CLOCK | CALL_RULES_ALL,
        (const char *[]){ "metrics", "--html=-", call_option(call, "--by=", "by"), NULL }, err);
}
