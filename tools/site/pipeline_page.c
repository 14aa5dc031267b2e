/* tools/site/pipeline_page.c - where the deals stand, and where they came from. */
#include "tools/cli/times.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/site_part.h"

#include <inttypes.h>

/* --- stages --- */

static void put_stage(struct html_out *out, const struct row *row)
{
    const struct bc_str stage = page_cells_text(row, "stage");
    const struct row *answer = page_about(out)->around;

    page_cells_stage(out, row);
    if (answer && bc_str_eq(stage, page_cells_text(answer, "bottleneck")))
        html_out_put(out, " <span class=\"q\">bottleneck</span>");
}

static void put_stalled(struct html_out *out, const struct row *row)
{
    struct bc_buf text = { 0 };
    const struct cell *stalled = row_find(row, "stalled");

    page_cells_add(&text, row, "stalled");
    if (stalled && stalled->kind == CELL_COUNT && stalled->count > 0)
        page_cells_state(out, PAGE_RISK, bc_buf_str(&text));
    else
        html_out_text(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void put_stages(struct call_page *call, const struct row *stages)
{
    static const struct column columns[] = {
        { .name = "Stage", .about = true, .draw = put_stage },
        { .name = "Now", .key = "now", .right = true, .class = "big" },
        { .name = "Stalled", .right = true, .draw = put_stalled },
        { .name = "Median days open", .key = "openMedianDays", .right = true },
        { .name = "Oldest", .key = "oldestDays", .right = true, .leave = 1 },
        { .name = "Left in 365 days", .key = "left", .right = true, .leave = 1 },
        { .name = "Median days there", .key = "medianDays", .right = true, .leave = 1 },
        { .name = "Deal-days an exit", .key = "dealDays", .right = true, .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full",
                                      .all = true };

    call->about.around = stages;
    print_html_of(&call->out, &table, call_rows(stages, "stages"));
    call->about.around = NULL;
}

bc_status pipeline_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "stages", "Stages", "Stages", { 0 } },
    };
    const struct row *stages;
    struct bc_buf lead = { 0 };
    bc_status rc = call_ask(&stages, call, CALL_ALL, (const char *[]){ "stages", NULL }, err);

    if (rc < 0)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Pipeline", bc_buf_str(&lead), places, 1);
    document_section(&call->out, &places[0], BC_STR("In the order of the rules."), true);
    put_stages(call, stages);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
