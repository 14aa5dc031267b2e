/* tools/pages/review_page_off.c - of the page of a review, what is off, and what moved. */
#include "tools/pages/document.h"
#include "tools/pages/flow_parts.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/review_page_part.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

/* --- what is off --- */

static void put_state(struct html_out *out, const struct row *row)
{
    static const struct {
        const char *word, *told;
        enum page_state state;
    } states[] = {
        { "off", "off", PAGE_OFF },
        { "risk", "at risk", PAGE_RISK },
        { "know", "to know", PAGE_KNOW },
    };
    const struct bc_str state = page_cells_text(row, "state");

    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (bc_str_eq(state, bc_str_of(states[i].word)))
            page_cells_state(out, states[i].state, bc_str_of(states[i].told));
}

/* What it is about, where that is one deal, stands beside it; on a narrow page the reason below. */
static void put_what(struct html_out *out, const struct row *row)
{
    const struct bc_str deal = page_cells_text(row, "deal");
    const struct bc_str report = page_cells_text(row, "report");
    const bool linked =
        report.len && document_link(out, "report", &(struct document_pair){ "id", report }, 1);

    page_cells_put(out, row, "saidWhat");
    document_link_end(out, linked);
    if (deal.len) {
        html_out_put(out, ": ");
        page_cells_deal(out, row);
    }
    if (page_cells_text(row, "saidWhy").len) {
        html_out_put(out, "<span class=\"ph q\"><br>");
        page_cells_put(out, row, "saidWhy");
        html_out_put(out, "</span>");
    }
}

static void put_place(struct html_out *out, const struct row *row)
{
    const struct bc_str place = page_cells_text(row, "place");

    if (!place.len)
        return;
    html_out_put(out, "<a href=\"#");
    html_out_plain(out, place);
    html_out_put(out, "\">See<span class=\"sr\"> ");
    html_out_text(out, place);
    html_out_put(out, "</span></a>");
}

static void put_see(struct html_out *out, const struct row *row)
{
    (void)row;
    html_out_put(out, "<span class=\"sr\">Where</span>");
}

void review_page_off(struct html_out *out, const struct review_shown *shown,
                     const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "State", .draw = put_state },
        { .name = "What", .about = true, .draw = put_what },
        { .name = "How much", .key = "saidMuch", .right = true },
        { .name = "Because", .key = "saidWhy", .leave = 1 },
        { .name = "", .class = "n go", .leave = 1, .draw = put_place, .draw_heading = put_see },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full worst" };
    const struct rows rows = row_find(answer, "off")->rows;

    (void)shown;
    if (rows.n == 0)
        document_empty(out, "Nothing is off.");
    print_html_of(out, &table, rows);
}

/* --- flow --- */

void review_page_flow(struct html_out *out, const struct review_shown *shown,
                      const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Deal moved", .about = true, .draw = page_cells_deal },
        { .name = "From", .draw = flow_parts_from },
        { .name = "To", .draw = flow_parts_to },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    struct row flow;

    (void)shown;
    (void)html_out_within(&flow, answer, "flow");
    flow_parts_sum(out, &flow, "", "now");
    print_html_of(out, &table, row_find(&flow, "moved")->rows);
    flow_parts_moves(out, &flow, "All deals between the two days, by stage");
    row_release(&flow);
}

/* --- stages --- */

static void put_stage(struct html_out *out, const struct row *row)
{
    const struct bc_str bottleneck = page_cells_text(page_about(out)->around, "bottleneck");

    page_cells_stage(out, row);
    if (bottleneck.len && bc_str_eq(bottleneck, page_cells_text(row, "stage")))
        html_out_put(out, " <span class=\"q\">bottleneck</span>");
}

static void put_next(struct html_out *out, const struct row *row)
{
    const struct rows *rows = &row_find(row, "next")->rows;
    struct row next = { .readers = row->readers };

    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&next);
        rows->fill(&next, rows->source, i);
        html_out_put(out, "%s%" PRIu64 " ", i ? ", " : "", row_find(&next, "n")->count);
        page_cells_stage(out, &next);
    }
    row_release(&next);
}

void review_page_stages(struct html_out *out, const struct review_shown *shown,
                        const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Stage", .about = true, .draw = put_stage },
        { .name = "Now", .key = "now", .right = true, .class = "big" },
        { .name = "Stalled", .key = "stalled", .right = true },
        { .name = "Open for,\nmedian", .key = "openMedianDays", .right = true },
        { .name = "Oldest", .key = "oldestDays", .right = true },
        { .name = "In", .key = "entered", .right = true, .leave = 1 },
        { .name = "Out", .key = "left", .right = true, .leave = 1 },
        { .name = "After,\nmedian", .key = "medianDays", .right = true, .leave = 1 },
        { .name = "After,\np90", .key = "p90Days", .right = true, .leave = 3 },
        { .name = "Deal\ndays", .key = "dealDays", .right = true, .leave = 2 },
        { .name = "Went to", .leave = 1, .draw = put_next },
    };
    const struct html_table table = {
        .columns = COLUMNS_OF(columns), .class = "full tight", .only = "isOpen", .all = true
    };
    struct page_about about = { .rules = shown->basis->rules };
    const void *kept = out->about;
    struct row stages;

    (void)html_out_within(&stages, answer, "stages");
    about.around = &stages;
    out->about = &about;
    print_html_of(out, &table, row_find(&stages, "stages")->rows);
    out->about = kept;
    if (page_cells_text(&stages, "bottleneck").len) {
        html_out_put(out, "<p class=\"note\">Bottleneck: where most days pass for each deal that "
                          "leaves.</p>\n");
    }
    row_release(&stages);
}
