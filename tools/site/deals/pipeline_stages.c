#include "ledger/base/instant.h"
#include "tools/draw/bars.h"
#include "tools/draw/dots.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/deals/pipeline_part.h"

#include <inttypes.h>
#include <stdlib.h>

struct stages {
    struct page_about about; /* first, so that cells of pages find it */
    struct dots_deal *deals; /* by stage */
    struct bc_str *in;       /* the stage of each */
    size_t n;
    bool drawn;   /* the deals are */
    double limit; /* of days */
    double most;  /* of the bars */
};

static const struct stages *stages_of(const struct html_out *out)
{
    return (const struct stages *)page_about(out);
}

/* --- cells --- */

/* On a narrow page what has left stands below. */
static void put_stage(struct html_out *out, const struct row *row)
{
    const struct bc_str bottleneck = page_cells_text(page_about(out)->around, "bottleneck");
    const struct bc_str stage = page_cells_text(row, "stage");
    const struct document_pair pairs[] = {
        { "stage", stage }, { "slice", page_cells_text(page_about(out)->around, "slice") }
    };
    const bool linked = document_link(out, "deals", pairs, sizeof(pairs) / sizeof(pairs[0]));

    page_cells_stage(out, row);
    document_link_end(out, linked);
    if (bottleneck.len && bc_str_eq(bottleneck, stage))
        html_out_put(out, "<br class=\"ph\"> <span class=\"q\">bottleneck</span>");
    html_out_put(out, "<span class=\"ph q\"><br> median ");
    page_cells_put(out, row, "openMedianDays");
    html_out_put(out, "</span>");
}

static void put_stalled(struct html_out *out, const struct row *row)
{
    const struct cell *stalled = row_find(row, "stalled");
    struct bc_buf text = { 0 };

    page_cells_add(&text, row, "stalled");
    if (stalled && stalled->kind == CELL_COUNT && stalled->count > 0)
        page_cells_state(out, PAGE_RISK, bc_buf_str(&text));
    else
        html_out_text(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void put_strip(struct html_out *out, const struct dots *dots)
{
    struct bc_buf svg = { 0 };

    dots_draw(&svg, dots, ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&svg);
}

static void put_dots(struct html_out *out, const struct row *row)
{
    const struct stages *stages = stages_of(out);
    const struct bc_str stage = page_cells_text(row, "stage");
    struct dots dots = { .has_limit = true, .limit = stages->limit };
    struct bc_buf title = { 0 };
    size_t first = 0;

    while (first < stages->n && !bc_str_eq(stages->in[first], stage))
        first++;
    dots.deals = stages->deals + first;
    while (first + dots.n < stages->n && bc_str_eq(stages->in[first + dots.n], stage))
        dots.n++;
    if (dots.n == 0)
        return;
    bc_buf_printf(&title, "Days of each open deal in %.*s",
                  BC_STR_ARG(labels_stage(page_about(out)->rules, stage)));
    dots.title = bc_buf_str(&title);
    dots.width = DOTS_WIDE;
    html_out_put(out, "<div class=\"cw\">");
    put_strip(out, &dots);
    dots.width = DOTS_NARROW;
    html_out_put(out, "</div><div class=\"cn\">");
    put_strip(out, &dots);
    html_out_put(out, "</div>");
    bc_buf_release(&title);
}

static void head_dots(struct html_out *out, const struct row *row)
{
    struct bc_buf wide = { 0 }, narrow = { 0 };

    (void)row;
    dots_labels_draw(&wide, DOTS_WIDE);
    dots_labels_draw(&narrow, DOTS_NARROW);
    html_out_put(out, "<div class=\"cw\">");
    html_out_drawing(out, bc_buf_str(&wide));
    html_out_put(out, "</div><div class=\"cn\">");
    html_out_drawing(out, bc_buf_str(&narrow));
    html_out_put(out, "</div><span class=\"sr\">Days of each open deal</span>");
    bc_buf_release(&wide);
    bc_buf_release(&narrow);
}

static void put_bar(struct html_out *out, const struct row *row)
{
    const struct stages *stages = stages_of(out);
    struct bars_bar bar = { .title = BC_STR("Deal-days an exit"),
                            .width = BARS_WIDTH,
                            .most = stages->most };
    struct bc_buf said = { 0 }, svg = { 0 };

    if (!page_cells_number(&bar.value, row, "exitDays"))
        return;
    page_cells_add(&said, row, "exitDays");
    bc_buf_printf(&said, " on a scale to %.0f", stages->most);
    bar.desc = bc_buf_str(&said);
    bar.dark = bc_str_eq(page_cells_text(page_about(out)->around, "bottleneck"),
                         page_cells_text(row, "stage"));
    bars_draw(&svg, &bar, ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

static void head_bar(struct html_out *out, const struct row *row)
{
    (void)row;
    html_out_put(out, "0 to %.0f", stages_of(out)->most);
}

/* --- the table --- */

static const struct column columns[] = {
    { .name = "Stage", .about = true, .class = "nb", .draw = put_stage },
    { .name = "Now", .key = "now", .right = true, .class = "big" },
    { .name = "Stalled", .right = true, .draw = put_stalled },
    { .name = "", .class = "pic", .leave = 1, .draw = put_dots, .draw_heading = head_dots },
    { .name = "Median\nopen", .key = "openMedianDays", .right = true, .leave = 1 },
    { .name = "Median of\n365 days", .key = "medianDays", .right = true, .leave = 1 },
    { .name = "n", .key = "n", .right = true, .leave = 1 },
    { .name = "Deal-days\nan exit", .key = "exitDays", .right = true },
    { .name = "", .class = "pic", .leave = 2, .draw = put_bar, .draw_heading = head_bar },
};
enum { COLUMN_N = sizeof(columns) / sizeof(columns[0]), DOTS_COLUMN = 3 };

/* Without the strips where there are too many deals. */
static void put_table(struct call_page *call, const struct stages *stages, struct rows rows)
{
    struct column shown[COLUMN_N];
    struct html_table table = { .class = "full tight", .only = "isOpen", .all = true };
    size_t n = 0;

    for (size_t i = 0; i < COLUMN_N; i++)
        if (stages->drawn || i != DOTS_COLUMN)
            shown[n++] = columns[i];
    table.columns = (struct columns){ shown, n };
    print_html_of(&call->out, &table, rows);
}

static void put_key(struct html_out *out, const struct stages *stages)
{
    html_out_put(out, "<ul class=\"key p2\">");
    if (stages->drawn)
        html_out_put(
            out,
            "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><circle class=\"evd\" "
            "cx=\"6\" cy=\"6\" r=\"3.75\"/></svg>a deal</li>"
            "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><path class=\"risk-f\" "
            "d=\"M6 1L11 10.5H1z\"/></svg>stalled</li>"
            "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><circle class=\"evo\" "
            "cx=\"6\" cy=\"6\" r=\"3.75\"/></svg>parked</li>"
            "<li><svg width=\"4\" height=\"12\" aria-hidden=\"true\"><path class=\"limit\" "
            "d=\"M2 0V12\"/></svg>limit, %.0f days</li>",
            stages->limit);
    else
        html_out_put(out, "<li>over %d open deals are not drawn one by one</li>", PIPELINE_DOTS);
    html_out_put(out, "<li>bottleneck: the open stage with the most deal-days an exit</li></ul>\n");
}

/* "In the others: 5 Closed Won, 115 Closed Lost". */
static void put_closed(struct html_out *out, struct rows rows)
{
    const char *before = "<p class=\"note\">In stages that are not open: ";
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };
    bool any = false;

    for (size_t i = 0; i < rows.n; i++) {
        const struct cell *open, *now;

        row_clear(&row);
        rows.fill(&row, rows.source, i);
        open = row_find(&row, "isOpen");
        now = row_find(&row, "now");
        if (!open || open->yes || !now || now->count == 0)
            continue;
        html_out_put(out, "%s%" PRIu64 " ", any ? ", " : before, now->count);
        page_cells_stage(out, &row);
        any = true;
    }
    html_out_put(out, any ? ".</p>\n" : "");
    row_release(&row);
}

/* --- what is drawn --- */

static void read_deals(struct stages *out, struct rows rows)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    out->deals = bc_calloc(rows.n + 1, sizeof(*out->deals));
    out->in = bc_calloc(rows.n + 1, sizeof(*out->in));
    for (size_t i = 0; i < rows.n; i++) {
        const struct cell *stalled;
        struct dots_deal *deal = &out->deals[out->n];

        row_clear(&row);
        rows.fill(&row, rows.source, i);
        stalled = row_find(&row, "stalled");
        if (!page_cells_number(&deal->days, &row, "days"))
            continue;
        deal->state = stalled && stalled->yes                    ? DOTS_STALLED
                      : page_cells_text(&row, "parkedUntil").len ? DOTS_PARKED
                                                                 : DOTS_DEAL;
        out->in[out->n++] = page_cells_text(&row, "stage");
    }
    row_release(&row);
}

static void read_scale(struct stages *out, struct rows rows)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };
    double longest = 0, days;

    for (size_t i = 0; i < rows.n; i++) {
        const struct cell *open;

        row_clear(&row);
        rows.fill(&row, rows.source, i);
        open = row_find(&row, "isOpen");
        if (open && open->yes && page_cells_number(&days, &row, "exitDays") && days > longest)
            longest = days;
    }
    out->most = bars_scale(longest);
    row_release(&row);
}

void pipeline_stages_put(struct call_page *call, const struct row *stages, const struct row *deals)
{
    const struct rows rows = call_rows(stages, "stages");
    const struct rows open = deals ? call_rows(deals, "rows") : (struct rows){ 0 };
    const bc_rules *rules = call->basis.rules;
    struct stages shown = {
        .about = { .rules = rules, .around = stages },
        .drawn = deals != NULL,
        .limit = (double)rules->learning.stalled_after_us / (double)BC_DAY_US,
    };

    read_deals(&shown, open);
    read_scale(&shown, rows);
    call->out.about = &shown.about;
    put_table(call, &shown, rows);
    call->out.about = &call->about;
    put_key(&call->out, &shown);
    put_closed(&call->out, rows);
    free(shown.deals);
    free(shown.in);
}
