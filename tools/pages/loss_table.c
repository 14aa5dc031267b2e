#include "tools/pages/loss_table.h"

#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

static void put_value(struct html_out *out, const struct row *row)
{
    const struct bc_str value = page_cells_text(row, "value");

    html_out_text(out, value.len ? labels_stage(page_about(out)->rules, value) : BC_STR("none"));
}

static void put_counts(struct html_out *out, const char *heading, struct rows rows)
{
    const struct column columns[] = {
        { .name = heading, .about = true, .draw = put_value },
        { .name = "Deals", .key = "n", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, rows);
}

static void put_due(struct html_out *out, const struct row *row)
{
    const bool due = row_find(row, "due")->yes;

    page_cells_state(out, due ? PAGE_RISK : PAGE_KNOW, due ? BC_STR("due") : BC_STR("not yet"));
}

void loss_table_put(struct html_out *out, const struct row *losses)
{
    html_out_put(out, "<p class=\"sum\"><span><b>%" PRIu64 "</b> lost</span></p>\n",
                 row_find(losses, "n")->count);
    html_out_put(out, "<div class=\"beside\"><div>");
    put_counts(out, "From stage", row_find(losses, "byStage")->rows);
    html_out_put(out, "</div><div>");
    put_counts(out, "Reason", row_find(losses, "byReason")->rows);
    html_out_put(out, "</div><div>");
    put_counts(out, "ICP then", row_find(losses, "byIcp")->rows);
    html_out_put(out, "</div></div>\n");
}

void loss_table_put_reengage(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Ask again", .about = true, .draw = page_cells_deal },
        { .name = "From", .key = "date", .class = "nb" },
        { .name = "State", .draw = put_due },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, rows);
}
