#include "tools/pages/flow_parts.h"

#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

static void put_stage_or_none(struct html_out *out, const struct row *row, const char *key)
{
    const struct bc_str stage = page_cells_text(row, key);

    if (stage.len)
        html_out_text(out, labels_stage(page_about(out)->rules, stage));
    else
        html_out_put(out, "<span class=\"nil\">not there</span>");
}

void flow_parts_from(struct html_out *out, const struct row *row)
{
    put_stage_or_none(out, row, "from");
}

void flow_parts_to(struct html_out *out, const struct row *row)
{
    put_stage_or_none(out, row, "to");
}

/* ": 1 new, 2 returned", of the counts that are not 0. */
static void put_kinds(struct html_out *out, const struct row *flow, const char *key)
{
    const char *before = ": ";
    struct row kinds;

    if (html_out_within(&kinds, flow, key))
        for (size_t i = 0; i < kinds.n; i++) {
            if (kinds.cells[i].count == 0)
                continue;
            html_out_put(out, "%s%" PRIu64 " %s", before, kinds.cells[i].count, kinds.cells[i].key);
            before = ", ";
        }
    row_release(&kinds);
}

/* How many came, or went, and how. */
static void put_group(struct html_out *out, const struct row *flow, const char *sign,
                      const char *key, const char *by)
{
    html_out_put(out, "<span><b>%s%" PRIu64 "</b> %s", sign, row_find(flow, key)->count, key);
    put_kinds(out, flow, by);
    html_out_put(out, "</span>\n");
}

void flow_parts_sum(struct html_out *out, const struct row *flow, const char *what, const char *now)
{
    const uint64_t before = row_find(flow, "before")->count, left = row_find(flow, "out")->count;

    html_out_put(out, "<p class=\"sum\"><span><b>%" PRIu64 "</b> %son ", before, what);
    page_cells_put_day(out, row_find(flow, "from"));
    html_out_put(out, "</span>\n");
    put_group(out, flow, "+", "in", "inBy");
    put_group(out, flow, "\xe2\x88\x92", "out", "outBy");
    html_out_put(out, "<span><b>= %" PRIu64 "</b> ", row_find(flow, "after")->count);
    html_out_put(out, "%s", now ? now : "on ");
    if (!now)
        page_cells_put_day(out, row_find(flow, "to"));
    html_out_put(out, "</span>\n");
    html_out_put(out, "<span class=\"q2\">%" PRIu64 " stayed", before - left);
    put_kinds(out, flow, "stayedBy");
    html_out_put(out, "</span></p>\n");
}

void flow_parts_moves(struct html_out *out, const struct row *flow, const char *summary)
{
    static const struct column columns[] = {
        { .name = "From", .about = true, .draw = flow_parts_from },
        { .name = "To", .draw = flow_parts_to },
        { .name = "Deals", .key = "n", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };

    html_out_put(out, "<details class=\"tab\"><summary>%s</summary>\n", summary);
    print_html_of(out, &table, row_find(flow, "moves")->rows);
    html_out_put(out, "</details>\n");
}
