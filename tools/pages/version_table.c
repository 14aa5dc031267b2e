#include "tools/pages/version_table.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

void version_table_version(struct html_out *out, const struct row *row)
{
    page_cells_put(out, row, "what");
    html_out_put(out, " ");
    page_cells_put(out, row, "version");
}

void version_table_put(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Published", .about = true, .draw = version_table_version },
        { .name = "On", .draw = page_cells_day },
        { .name = "What is new", .key = "changelog" },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    if (rows.n == 0)
        document_empty(out, "Nothing was published.");
    print_html_of(out, &table, rows);
}
