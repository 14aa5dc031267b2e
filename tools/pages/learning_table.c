#include "tools/pages/learning_table.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

static void put_nothing(struct html_out *out)
{
    html_out_put(out, "<p class=\"empty\">Nothing was written down. "
                      "<code>backcast record learningRecorded</code> does.</p>\n");
}

/* A deal, an experiment, or neither. */
static void put_from(struct html_out *out, const struct row *row)
{
    const struct document_pair experiment = { "id", page_cells_text(row, "experiment") };
    bool linked;

    if (experiment.value.len == 0) {
        page_cells_deal(out, row);
        return;
    }
    linked = document_link(out, "experiment", &experiment, 1);
    html_out_text(out, experiment.value);
    document_link_end(out, linked);
}

static void put_stage(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "stage").len)
        page_cells_stage(out, row);
    else
        page_cells_put(out, row, "stage");
}

static void put_topic(struct html_out *out, const struct row *row)
{
    const struct bc_str topic = page_cells_text(row, "topic");

    html_out_text(out, topic.len ? topic : BC_STR("of no topic"));
}

void learning_table_put(struct html_out *out, struct rows learnings)
{
    static const struct column columns[] = {
        { .name = "Learned", .key = "text", .about = true },
        { .name = "On", .draw = page_cells_day },
        { .name = "Topic", .key = "topic" },
        { .name = "From", .leave = 1, .draw = put_from },
        { .name = "Stage", .class = "nb", .leave = 2, .draw = put_stage },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };

    if (learnings.n == 0)
        put_nothing(out);
    print_html_of(out, &table, learnings);
}

void learning_table_put_by_topic(struct html_out *out, struct rows learnings)
{
    static const struct column columns[] = {
        { .name = "Learned", .key = "text", .about = true },
        { .name = "On", .draw = page_cells_day },
        { .name = "From", .draw = put_from },
        { .name = "Stage", .class = "nb", .leave = 2, .draw = put_stage },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full",
                                      .group = "topic",
                                      .draw_group = put_topic,
                                      .all = true };

    if (learnings.n == 0)
        put_nothing(out);
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
