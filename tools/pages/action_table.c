#include "tools/pages/action_table.h"

#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

void action_table_due(struct html_out *out, const struct row *row)
{
    const struct cell *late = row_find(row, "late");

    if (late && late->yes) {
        page_cells_state(out, PAGE_OFF, page_cells_text(row, "due"));
        html_out_put(out, " <span class=\"q\">late</span>");
    } else {
        html_out_put(out, "<span class=\"nb\">");
        page_cells_put(out, row, "due");
        html_out_put(out, "</span>");
    }
}

void action_table_put(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Due", .draw = action_table_due },
        { .name = "What", .key = "text", .about = true },
        { .name = "Owner", .key = "owner", .shows = COLUMN_PERSON },
        { .name = "Deal", .leave = 1, .draw = page_cells_deal },
        { .name = "Action", .key = "action", .class = "q2", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    if (rows.n == 0)
        html_out_put(out, "<p class=\"empty\">No action is open. "
                          "<code>backcast record action</code> decides one.</p>\n");
    print_html_of(out, &table, rows);
}
