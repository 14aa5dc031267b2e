/* tools/site/figures/red_lines_page.c - where the red lines stand, and their states over time with
 * the pivots on them. */
#include "ledger/base/instant.h"
#include "tools/pages/line_table.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/figures/figure_pages.h"

#include <stdio.h>

enum { YEARS = 2 }; /* back, where the address does not say */
enum { NOW, STRIPS, SPANS, PLACE_N };

/* --- spans and pivots, of all lines in one table --- */

static void put_span_state(struct html_out *out, const struct row *row)
{
    line_table_state(out, page_cells_text(row, "state"));
}

static void put_pivot_day(struct html_out *out, const struct row *row)
{
    page_cells_put_day(out, row_find(row, "at"));
}

static void put_spans(struct html_out *out, const struct row *line)
{
    static const struct column columns[] = {
        { .name = "State", .about = true, .draw = put_span_state },
        { .name = "From", .key = "from", .class = "nb" },
        { .name = "To", .key = "to", .class = "nb" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    print_html_of(out, &table, call_rows(line, "spans"));
}

static void put_unanswered(struct html_out *out, const struct row *line)
{
    const struct rows rows = call_rows(line, "unanswered");
    struct row row = { .readers = line->readers, .times = line->times };

    if (rows.n == 0)
        return;
    html_out_put(out, "<p>");
    page_cells_state(out, PAGE_RISK, BC_STR("no pivot in time"));
    html_out_put(out, " after the breach of ");
    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        html_out_put(out, "%s", i ? ", " : "");
        html_out_text(out, page_cells_text(&row, "from"));
    }
    html_out_put(out, ".</p>\n");
    row_release(&row);
}

static void put_pivots(struct html_out *out, const struct row *line)
{
    static const struct column columns[] = {
        { .name = "Pivot", .about = true, .draw = put_pivot_day },
        { .name = "Decided", .key = "decision" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, call_rows(line, "pivots"));
}

static void put_lines(struct html_out *out, const struct row *answer)
{
    const struct rows lines = call_rows(answer, "redLines");
    struct row line = { .readers = answer->readers, .times = answer->times };

    if (lines.n == 0)
        document_empty(out, "These rules have no red line.");
    for (size_t i = 0; i < lines.n; i++) {
        row_clear(&line);
        lines.fill(&line, lines.source, i);
        html_out_put(out, "<h3>");
        line_table_label(out, &line);
        html_out_put(out, "</h3>\n");
        put_unanswered(out, &line);
        put_pivots(out, &line);
        put_spans(out, &line);
    }
    row_release(&line);
}

/* --- the page --- */

/* "--from=2024-03-29" */
static const char *from_option(struct call_page *call)
{
    const char *asked = call_option(call, "--from=", "from");
    const int32_t day = bc_zone_day(call->basis.rules->zone, call->basis.as_of_us) - YEARS * 364;
    char text[BC_DAY_LEN];

    if (asked)
        return asked;
    bc_day_print(text, day > 0 ? day : 0);
    return call_option_of(call, "--from=", bc_str_of(text));
}

bc_status red_lines_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[PLACE_N] = {
        [NOW] = { "now", "As of the date", "Now", { 0 } },
        [STRIPS] = { "strips", "Over time", "Over time", { 0 } },
        [SPANS] = { "spans", "Spans and pivots", "Spans", { 0 } },
    };
    const char *from = from_option(call), *every = call_option(call, "--every=", "every");
    const struct row *now, *lines;
    struct bc_buf lead = { 0 }, drawing = { 0 };
    bc_status rc =
        call_ask(&now, call, CALL_AS_OF | CALL_BASIS, (const char *[]){ "metrics", NULL }, err);

    if (rc < 0)
        return rc;
    rc = call_ask_drawn(&lines, &drawing, call, CALL_AS_OF | CALL_BASIS,
                        (const char *[]){ "red-lines", from, every, NULL }, err);
    if (rc < 0) {
        bc_buf_release(&drawing);
        return rc;
    }
    bc_buf_printf(&lead, "%.*s to %.*s, every %.*s", BC_STR_ARG(page_cells_text(lines, "from")),
                  BC_STR_ARG(page_cells_text(lines, "to")),
                  BC_STR_ARG(page_cells_text(lines, "every")));
    call_page_begin(call, "Red lines", bc_buf_str(&lead), places, PLACE_N);
    document_section(&call->out, &places[NOW], BC_STR("Since the last pivot that names them."),
                     true);
    line_table_put(&call->out, call_rows(now, "redLines"));
    document_section_end(&call->out);
    document_section(&call->out, &places[STRIPS], BC_STR("States, and the pivots on them."), false);
    html_out_drawing(&call->out, bc_buf_str(&drawing));
    document_section_end(&call->out);
    document_section(&call->out, &places[SPANS],
                     BC_STR("From when to when each was in which state."), false);
    put_lines(&call->out, lines);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    bc_buf_release(&drawing);
    return rc;
}
