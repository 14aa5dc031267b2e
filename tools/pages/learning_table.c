#include "tools/pages/learning_table.h"

#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

/* A deal, an experiment, or neither. */
static void put_from(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "experiment").len)
        page_cells_put(out, row, "experiment");
    else
        page_cells_deal(out, row);
}

static void put_stage(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "stage").len)
        page_cells_stage(out, row);
    else
        page_cells_put(out, row, "stage");
}

void learning_table_put(struct html_out *out, struct rows learnings)
{
    static const struct column columns[] = {
        { .name = "Learned", .key = "text", .about = true },
        { .name = "On", .draw = page_cells_day },
        { .name = "Topic", .key = "topic" },
        { .name = "From", .leave = 1, .draw = put_from },
        { .name = "Stage", .leave = 2, .draw = put_stage },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };

    if (learnings.n == 0)
        html_out_put(out, "<p class=\"empty\">Nothing was written down. "
                          "<code>backcast record learningRecorded</code> does.</p>\n");
    print_html_of(out, &table, learnings);
}

void learning_table_put_missing(struct html_out *out, struct rows missing)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = page_cells_deal },
        { .name = "Outcome", .draw = page_cells_stage },
        { .name = "Closed", .draw = page_cells_day },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, missing);
}
