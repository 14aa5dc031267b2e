/* tools/site/learning/cohorts_page.c - what became of the deals that entered a stage, by the
 * values of a key. */
#include "tools/pages/cohort_table.h"
#include "tools/site/learning/cohort_asked.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"

static void put_form(struct call_page *call)
{
    static const struct form_choice values[] = {
        { "", "as known then" },
        { "1", "as set later, too" },
    };

    if (!form_begin(call, "Which deals"))
        return;
    form_field(call, "by", "By", "a key");
    cohort_asked_put_fields(call);
    form_choices(call, "late-values", "Values", values, sizeof(values) / sizeof(values[0]));
    form_end(call);
}

static void put_groups(struct call_page *call, const struct row *answer)
{
    const struct bc_str by = call_param(call, "by");
    struct ask_with_behind behind;
    struct bc_buf heading = { 0 };
    struct row all;

    (void)html_out_within(&all, answer, "all");
    ask_with_links(&behind, call, "cohorts");
    bc_buf_add_str(&heading, by.len ? by : BC_STR("Deals"));
    bc_buf_add_byte(&heading, '\0');
    cohort_table_put(&call->out, &(struct cohort_table){ .heading = heading.at,
                                                         .key = by,
                                                         .rows = by.len ? call_rows(answer, "rows")
                                                                        : (struct rows){ 0 },
                                                         .all = &all });
    call->about.behind = NULL;
    cohort_table_put_left_out(&call->out, &all);
    html_out_put(&call->out, "<p class=\"note\">Lift: the rate against that of all. Median: days, "
                             "of the converted.</p>\n");
    bc_buf_release(&heading);
    row_release(&all);
}

bc_status cohorts_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "groups", "Groups", "Groups", { 0 } };
    const struct row *answer = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "cohorts", NULL, err);

    if (rc != BC_OK)
        return rc;
    cohort_asked_add(&lead, call, answer);
    call_page_begin(call, "Cohorts", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place,
                     BC_STR("Deals by the value that the key had when they entered."), true);
    put_form(call);
    put_groups(call, answer);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
