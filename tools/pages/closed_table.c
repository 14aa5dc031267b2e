#include "tools/pages/closed_table.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

/* What was written down, and which papers are linked. */
static void put_learned(struct html_out *out, const struct row *row)
{
    const struct cell *lists[] = { row_find(row, "learnings"), row_find(row, "artifacts") };
    const char *before = "";

    for (size_t list = 0; list < 2; list++)
        for (size_t i = 0; i < lists[list]->texts.n; i++) {
            html_out_put(out, "%s", before);
            html_out_text(out, lists[list]->texts.at[i]);
            html_out_put(out, "%s", list ? " <span class=\"q\">is linked</span>" : "");
            before = "; ";
        }
    if (!*before)
        html_out_put(out, "<span class=\"nil\">none</span>");
}

/* On a narrow page what has left stands below the name. */
static void put_deal(struct html_out *out, const struct row *row)
{
    page_cells_deal(out, row);
    html_out_put(out, "<span class=\"ph q\"><br>");
    page_cells_stage(out, row);
    html_out_put(out, " ");
    page_cells_day(out, row);
    html_out_put(out, "</span>");
}

void closed_table_put(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = put_deal },
        { .name = "Outcome", .leave = 1, .draw = page_cells_stage },
        { .name = "Closed", .leave = 1, .draw = page_cells_day },
        { .name = "Days to close", .key = "days", .right = true, .leave = 1 },
        { .name = "Reason", .key = "reason" },
        { .name = "Learning", .draw = put_learned },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };

    if (rows.n == 0)
        document_empty(out, "No deal closed.");
    print_html_of(out, &table, rows);
}
