#include "tools/site/learning/cohort_asked.h"

#include "tools/show/labels.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"

#include <string.h>

void cohort_asked_put_fields(struct call_page *call)
{
    form_stages(call, "at", "Entered", NULL, ask_with_value(call, "at"));
    form_stages(call, "to", "Converted in", "the usual", call_param(call, "to"));
    form_field(call, "mature", "Within days", "any time");
    form_field(call, "days", "Entered in the last days", "ever");
    form_field(call, "since", "or since", "a date");
}

static void add_stage(struct bc_buf *out, const struct call_page *call, const char *before,
                      struct bc_str stage)
{
    bc_buf_printf(out, "%s", before);
    bc_buf_add_str(out, labels_stage(call->basis.rules, stage));
}

void cohort_asked_add(struct bc_buf *out, const struct call_page *call, const struct row *answer)
{
    const struct bc_str at = ask_with_value(call, "at");
    const struct cell *to = row_find(answer, "to");

    for (size_t begin = 0, end; begin <= at.len; begin = end + 1) {
        for (end = begin; end < at.len && at.at[end] != ',';)
            end++;
        add_stage(out, call, begin ? " or " : "Entered ", bc_str_part(at, begin, end));
    }
    for (size_t i = 0; to && to->kind == CELL_TEXTS && i < to->texts.n; i++)
        add_stage(out, call, i ? ", " : "; converted in ", to->texts.at[i]);
    bc_buf_printf(out, ". %.*s.", BC_STR_ARG(labels_slice(page_cells_text(answer, "slice"))));
}
