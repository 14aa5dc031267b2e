/* tools/pages/review_page_figures.c - of the page of a review, the figures. */
#include "tools/draw/spark.h"
#include "tools/pages/figure_cells.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/review_page_part.h"
#include "tools/print/print_html.h"
#include "tools/show/rule_labels.h"

#include <inttypes.h>

/* On a narrow page what has left stands below the name. */
static void put_figure_name(struct html_out *out, const struct row *row)
{
    double ignored;

    page_cells_metric_named(out, row);
    if (!figure_cells_hit(row) && !row_find(row, "median"))
        return;
    html_out_put(out, "<span class=\"ph q\"><br>");
    figure_cells_rests(out, row);
    if (page_cells_number(&ignored, row, "low") || page_cells_number(&ignored, row, "median"))
        html_out_put(out, ", ");
    figure_cells_interval_text(out, row);
    html_out_put(out, "</span>");
}

/* --- figures --- */

static void put_change(struct html_out *out, const struct row *row)
{
    const struct bc_str change = page_cells_text(row, "change");

    if (bc_str_eq(change, BC_STR("0")))
        html_out_put(out, "<span class=\"nil\">0</span>");
    else if (change.len)
        html_out_figure(out, change);
    else
        page_cells_put(out, row, "change");
}

enum { POINTS_MOST = 64 };

/* The weeks of a figure as points, and in words. */
static size_t read_weeks(struct spark_point *at, struct bc_buf *said, const struct row *figure)
{
    const struct rows *rows = &row_find(figure, "line")->rows;
    const size_t n = rows->n < POINTS_MOST ? rows->n : POINTS_MOST;
    struct row week = { .readers = figure->readers, .times = figure->times };

    for (size_t i = 0; i < n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        week.cells[0].key = "value";
        at[i].known = page_cells_number(&at[i].value, &week, "value");
        bc_buf_printf(said, "%s", i ? ", " : "Weekly, the oldest first: ");
        page_cells_add(said, &week, "value");
    }
    row_release(&week);
    return n;
}

static void put_spark(struct html_out *out, const struct row *row)
{
    struct spark_point points[POINTS_MOST] = { { 0 } };
    struct bc_buf title = { 0 }, said = { 0 }, svg = { 0 };
    const size_t n = read_weeks(points, &said, row);

    rule_labels_metric_add(&title, page_about(out)->rules, page_cells_text(row, "name"));
    bc_buf_printf(&title, ": %zu weeks", n);
    spark_draw(&svg,
               &(struct spark){ .title = bc_buf_str(&title),
                                .desc = bc_buf_str(&said),
                                .columns = !figure_cells_hit(row) && !row_find(row, "median"),
                                .at = points,
                                .n = n },
               ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&title);
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

static void put_interval(struct html_out *out, const struct row *row)
{
    figure_cells_put_interval(out, row, "now");
}

static void put_low_to_high(struct html_out *out, const struct row *row)
{
    const struct rows *rows = &row_find(row, "line")->rows;
    struct row ends = { .readers = row->readers }, week = { .readers = row->readers };
    double low = 0, high = 0, value;
    enum cell_kind kind = CELL_NULL;

    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        week.cells[0].key = "value";
        if (!page_cells_number(&value, &week, "value"))
            continue;
        low = kind != CELL_NULL && low < value ? low : value;
        high = kind != CELL_NULL && high > value ? high : value;
        kind = week.cells[0].kind;
    }
    row_figure(&ends, "low", kind, low);
    row_figure(&ends, "high", kind, high);
    page_cells_put_range(out, &ends, "low", "high");
    row_release(&ends);
    row_release(&week);
}

static void put_weeks_row(struct html_out *out, const struct row *figure)
{
    const struct rows *rows = &row_find(figure, "line")->rows;
    struct row week = { .readers = figure->readers };

    html_out_put(out, "<tr><th scope=\"row\" class=\"nb\">");
    page_cells_metric_named(out, figure);
    html_out_put(out, "</th>");
    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        html_out_put(out, "<td class=\"n\">");
        html_out_cell(out, &week.cells[0]);
        html_out_put(out, "</td>");
    }
    html_out_put(out, "</tr>\n");
    row_release(&week);
}

/* The table of the drawings: on paper as on the screen it is there when it is unfolded. */
static void put_weeks(struct html_out *out, const struct row *answer)
{
    const struct cell *weeks = row_find(answer, "weeks");
    const struct rows *figures = &row_find(answer, "figures")->rows;
    struct row figure = { .readers = answer->readers, .times = answer->times };

    html_out_put(out,
                 "<details class=\"tab\"><summary>The %zu weeks in figures</summary>\n"
                 "<div class=\"scroll\" role=\"region\" aria-label=\"The weeks in figures\" "
                 "tabindex=\"0\"><table class=\"tight\" aria-label=\"Weeks\"><thead><tr><th "
                 "scope=\"col\">Figure"
                 "</th>",
                 weeks->texts.n);
    for (size_t i = 0; i < weeks->texts.n; i++) {
        html_out_put(out, "<th scope=\"col\" class=\"n\">");
        html_out_text(out, weeks->texts.at[i]);
        html_out_put(out, "</th>");
    }
    html_out_put(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < figures->n; i++) {
        row_clear(&figure);
        figures->fill(&figure, figures->source, i);
        put_weeks_row(out, &figure);
    }
    html_out_put(out, "</tbody></table></div></details>\n");
    row_release(&figure);
}

static const char figures_key[] =
    "<ul class=\"key\"><li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<rect class=\"sb\" x=\"1\" y=\"3\" width=\"4\" height=\"9\"/>"
    "<rect class=\"sb now\" x=\"7\" y=\"1\" width=\"4\" height=\"11\"/></svg>"
    "counts: columns from zero, the dark one is now</li>\n"
    "<li><svg width=\"18\" height=\"12\" aria-hidden=\"true\">"
    "<path class=\"spark\" d=\"M1 9L6 5L10 7L15 3\"/>"
    "<circle class=\"sdot\" cx=\"15\" cy=\"3\" r=\"2.25\"/></svg>"
    "rates and days: each on its own scale</li>\n"
    "<li class=\"p2\"><svg width=\"24\" height=\"12\" aria-hidden=\"true\">"
    "<path class=\"iv\" d=\"M3 6H21\"/><circle class=\"ivd\" cx=\"11\" cy=\"6\" r=\"3.25\"/></svg>"
    "value and 95\xc2\xa0% interval</li>\n"
    "<li class=\"p2\"><svg width=\"8\" height=\"14\" aria-hidden=\"true\">"
    "<path class=\"limit\" d=\"M4 0V14\"/></svg>red line</li></ul>\n";

void review_page_figures(struct html_out *out, const struct review_shown *shown,
                         const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Figure", .about = true, .draw = put_figure_name },
        { .name = "Now", .key = "now", .right = true, .class = "big" },
        { .name = "Since\nthen", .right = true, .draw = put_change },
        { .name = "13 weeks", .class = "pic", .draw = put_spark },
        { .name = "low to high", .class = "q2", .leave = 2, .draw = put_low_to_high },
        { .name = "4 weeks\nago", .key = "weeks4", .right = true, .class = "q2", .leave = 3 },
        { .name = "13 weeks\nago", .key = "weeks13", .right = true, .class = "q2", .leave = 3 },
        { .name = "Rests on", .right = true, .leave = 1, .draw = figure_cells_rests },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = put_interval },
        { .name = "95 % interval", .class = "q2", .leave = 1, .draw = figure_cells_interval_text },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .group = "slice",
                                      .draw_group = page_cells_slice_group };

    (void)shown;
    print_html_of(out, &table, row_find(answer, "figures")->rows);
    html_out_put(out, "%s", figures_key);
    put_weeks(out, answer);
}
