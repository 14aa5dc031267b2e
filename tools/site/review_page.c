/* tools/site/review_page.c - both reviews: as `review --html` has them, with the bar. */
#include "tools/site/site_part.h"

static bc_status make(struct call_page *call, const char *which, struct bc_err *err)
{
    return call_ask_text(&call->out.text, call, CALL_ALL,
                         (const char *[]){ "review", "--html=-", which, NULL }, err);
}

bc_status review_page(struct call_page *call, struct bc_err *err)
{
    return make(call, NULL, err);
}

bc_status monthly_page(struct call_page *call, struct bc_err *err)
{
    return make(call, "--monthly", err);
}
