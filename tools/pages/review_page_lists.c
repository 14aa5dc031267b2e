/* tools/pages/review_page_lists.c - of the page of a review, the experiments and the renewals. */
#include "tools/draw/days.h"
#include "tools/pages/document.h"
#include "tools/pages/experiment_table.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/review_page_part.h"
#include "tools/print/print_html.h"

#include <math.h>

enum { ENDS_WIDE = 260, ENDS_NARROW = 120 };

/* --- experiments --- */

void review_page_experiments(struct html_out *out, const struct review_shown *shown,
                             const struct row *answer)
{
    const struct rows rows = row_find(answer, "experiments")->rows;
    struct row experiment = { .readers = answer->readers, .times = answer->times };

    (void)shown;
    if (rows.n == 0)
        document_empty(out, "None runs.");
    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&experiment);
        rows.fill(&experiment, rows.source, i);
        experiment_table_put(out, &experiment);
    }
    if (rows.n)
        experiment_table_how_to_read(out);
    row_release(&experiment);
}

/* --- renewals --- */

static void put_member(struct html_out *out, const struct row *row)
{
    page_cells_put_deal(out, page_cells_text(row, "deal"), page_cells_text(row, "member"));
}

static void put_ahead(struct html_out *out, const struct row *row)
{
    const double widths[] = { ENDS_WIDE, ENDS_NARROW };
    struct days_ahead ahead = { .title = BC_STR("Contract end") };
    struct bc_buf said = { 0 }, svg = { 0 };

    if (!page_cells_number(&ahead.days, row, "days"))
        return;
    ahead.state = ahead.days < 0                          ? DAYS_OVER
                  : page_cells_text(row, "renewedBy").len ? DAYS_SETTLED
                                                          : DAYS_OPEN;
    bc_buf_printf(&said, "%.0f days %s the as-of date", fabs(ahead.days),
                  ahead.days < 0 ? "before" : "after");
    ahead.desc = bc_buf_str(&said);
    for (size_t i = 0; i < 2; i++) {
        svg.len = 0;
        ahead.width = widths[i];
        html_out_put(out, i ? "<div class=\"cn\">" : "<div class=\"cw\">");
        days_ahead_draw(&svg, &ahead, ++out->drawings);
        html_out_drawing(out, bc_buf_str(&svg));
        html_out_put(out, "</div>");
    }
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

static void put_ahead_heading(struct html_out *out, const struct row *row)
{
    const double widths[] = { ENDS_WIDE, ENDS_NARROW };
    struct bc_buf svg = { 0 };

    (void)row;
    html_out_put(out, "<span class=\"sr\">Days to the end</span>");
    for (size_t i = 0; i < 2; i++) {
        svg.len = 0;
        html_out_put(out, i ? "<div class=\"cn\">" : "<div class=\"cw\">");
        days_ahead_labels(&svg, widths[i]);
        html_out_drawing(out, bc_buf_str(&svg));
        html_out_put(out, "</div>");
    }
    bc_buf_release(&svg);
}

/* The health is the team's own word; of those that are usual the shape says how bad it is. */
static void put_health(struct html_out *out, const struct row *row)
{
    static const struct {
        const char *word;
        enum page_state state;
    } usual[] = { { "red", PAGE_OFF }, { "yellow", PAGE_RISK }, { "green", PAGE_FINE } };
    const struct bc_str health = page_cells_text(row, "health");
    enum page_state state = PAGE_KNOW;

    if (!health.len) {
        page_cells_put(out, row, "health");
        return;
    }
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        if (bc_str_eq(health, bc_str_of(usual[i].word)))
            state = usual[i].state;
    page_cells_state(out, state, health);
}

static void put_bucket(struct html_out *out, const struct row *row)
{
    page_cells_put_metric(out, page_cells_text(row, "bucket"));
}

static const char renewals_key[] =
    "<ul class=\"key p2\"><li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<circle class=\"ivd\" cx=\"6\" cy=\"6\" r=\"3.5\"/></svg>a renewal deal is there</li>\n"
    "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<circle class=\"ive\" cx=\"6\" cy=\"6\" r=\"3.5\"/></svg>none yet</li>\n"
    "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<path class=\"off-f\" d=\"M6 1l5 5l-5 5l-5 -5z\"/></svg>overdue</li></ul>\n";

void review_page_renewals(struct html_out *out, const struct review_shown *shown,
                          const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Member", .about = true, .draw = put_member },
        { .name = "Contract ends", .key = "end", .class = "nb" },
        { .name = "Days", .key = "days", .right = true },
        { .name = "",
          .class = "pic",
          .leave = 1,
          .draw = put_ahead,
          .draw_heading = put_ahead_heading },
        { .name = "Health", .draw = put_health },
        { .name = "Intent", .key = "intent", .leave = 1 },
        { .name = "Renewal deal", .key = "renewedBy", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .group = "bucket",
                                      .draw_group = put_bucket };
    const struct rows rows = row_find(answer, "renewals")->rows;

    (void)shown;
    if (rows.n == 0) {
        document_empty(out, "No contract ended or ends soon.");
        return;
    }
    print_html_of(out, &table, rows);
    html_out_put(out, "%s", renewals_key);
}
