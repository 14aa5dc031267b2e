#include "tools/pages/page_pictures.h"

#include "tools/draw/bars.h"
#include "tools/pages/page_cells.h"

enum { RATE_WIDTH = 120, SHARE_WIDTH = 120 };

bool page_pictures_read_rate(struct interval *interval, struct bc_buf *said, const struct row *row,
                             const char *value)
{
    if (!page_cells_number(&interval->value, row, value) ||
        !page_cells_number(&interval->low, row, "low") ||
        !page_cells_number(&interval->high, row, "high"))
        return false;
    interval->has_ends = true;
    page_cells_add(said, row, value);
    bc_buf_printf(said, ", 95 %% interval ");
    page_cells_add(said, row, "low");
    bc_buf_printf(said, " to ");
    page_cells_add(said, row, "high");
    return true;
}

void page_pictures_put(struct html_out *out, const struct interval *interval)
{
    struct bc_buf svg = { 0 };

    interval_draw(&svg, interval, ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&svg);
}

void page_pictures_put_both(struct html_out *out, struct interval interval, double wide,
                            double narrow)
{
    interval.width = wide;
    html_out_put(out, "<div class=\"cw\">");
    page_pictures_put(out, &interval);
    html_out_put(out, "</div><div class=\"cn\">");
    interval.width = narrow;
    page_pictures_put(out, &interval);
    html_out_put(out, "</div>");
}

void page_pictures_rate(struct html_out *out, const struct row *row)
{
    struct interval interval = { .title = BC_STR("Rate"), .width = RATE_WIDTH, .to = 1 };
    struct bc_buf said = { 0 };

    if (page_pictures_read_rate(&interval, &said, row, "rate")) {
        interval.desc = bc_buf_str(&said);
        page_pictures_put(out, &interval);
    }
    bc_buf_release(&said);
}

void page_pictures_put_share(struct html_out *out, const struct row *row, const char *key,
                             const struct row *of, const char *most)
{
    struct bars_bar bar = { .title = BC_STR("Of all"), .width = SHARE_WIDTH };
    struct bc_buf svg = { 0 }, said = { 0 };

    if (page_cells_number(&bar.value, row, key) && page_cells_number(&bar.most, of, most)) {
        bc_buf_printf(&said, "%.0f of %.0f", bar.value, bar.most);
        bar.desc = bc_buf_str(&said);
        bars_draw(&svg, &bar, ++out->drawings);
    }
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&svg);
    bc_buf_release(&said);
}

void page_pictures_share(struct html_out *out, const struct row *row)
{
    page_pictures_put_share(out, row, "n", page_about(out)->around, "n");
}
