#include "tools/site/figures/metric_part.h"

#include "tools/print/cell_text.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- texts --- */

void metric_figure_add(struct bc_buf *out, const struct row *figure)
{
    if (row_find(figure, "value"))
        page_cells_add(out, figure, "value");
    else
        bc_buf_printf(out, CELL_TEXT_NULL);
}

void metric_rests_add(struct bc_buf *out, const struct row *figure)
{
    const struct cell *hit = row_find(figure, "converted"), *n = row_find(figure, "n");

    if (!hit)
        hit = row_find(figure, "opened");
    if (hit && n)
        bc_buf_printf(out, "%" PRIu64 " of %" PRIu64, hit->count, n->count);
    else if (n && bc_str_eq(page_cells_text(figure, "unit"), BC_STR("days")))
        bc_buf_printf(out, "n %" PRIu64, n->count);
}

/* --- addresses and options --- */

bool metric_link(struct metric_page *page, struct bc_str at)
{
    const struct call_page *call = page->call;
    const struct document_pair pairs[] = {
        { "name", page->name },
        { "slice", call_param(call, "slice") },
        { "from", call_param(call, "from") },
        { "every", call_param(call, "every") },
        { "at", at },
    };

    return document_link(&page->call->out, "metric", pairs, sizeof(pairs) / sizeof(pairs[0]));
}

const struct metric_point *metric_point_of(const struct metric_page *page, int32_t day)
{
    for (size_t i = 0; i < page->date_n; i++)
        if (page->points[i * page->ref_n].day == day)
            return &page->points[i * page->ref_n];
    return NULL;
}

const char *metric_option(struct metric_page *page, const char *option)
{
    return call_option_of(page->call, option, page->name);
}

const char *metric_slice_option(struct metric_page *page)
{
    return call_option_of(page->call, "--slice=", page->slice);
}

void metric_page_release(struct metric_page *page)
{
    for (size_t i = 0; i < page->date_n * page->ref_n; i++)
        row_release(&page->points[i].figure);
    free(page->points);
    free(page->marks);
    row_release(&page->before_figure);
}
