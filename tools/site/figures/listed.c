#include "tools/site/figures/listed.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

static void fill(struct row *row, const void *source, size_t i)
{
    const struct cell *deals = source;

    row_text(row, "deal", deals->texts.at[i]);
}

void listed_deals(struct html_out *out, const struct cell *deals)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = page_cells_deal },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    if (!deals || deals->kind != CELL_TEXTS || deals->texts.n == 0)
        document_empty(out, "No deal is in it.");
    else
        print_html_of(out, &table, rows_of(fill, deals, deals->texts.n));
}
