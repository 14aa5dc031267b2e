#include "tools/pages/metrics_page.h"

#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/pages/document.h"
#include "tools/pages/figure_cells.h"
#include "tools/pages/line_table.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>
#include <stdio.h>

/* --- cells --- */

static void put_slice(struct html_out *out, const struct row *row)
{
    const struct document_pair pairs[] = { { "name", page_cells_text(row, "name") },
                                           { "slice", page_cells_text(row, "slice") } };
    const bool linked = document_link(out, "metric", pairs, 2);

    html_out_text(out, labels_slice(pairs[1].value));
    document_link_end(out, linked);
    if (!figure_cells_hit(row) && !row_find(row, "median"))
        return;
    html_out_put(out, "<span class=\"ph q\"><br>");
    figure_cells_rests(out, row);
    if (row_find(row, "value")->kind != CELL_NULL)
        html_out_put(out, ", ");
    figure_cells_interval_text(out, row);
    html_out_put(out, "</span>");
}

/* Of a report that is split by a key, its value. */
static void put_of(struct html_out *out, const struct row *row)
{
    const struct bc_str value = page_cells_text(row, "of");

    html_out_text(out, value.len ? value : BC_STR("none"));
}

static void put_interval(struct html_out *out, const struct row *row)
{
    figure_cells_put_interval(out, row, "value");
}

static void put_closed_and_excluded(struct html_out *out, const struct row *row)
{
    const struct cell *closed = row_find(row, "closedN"), *excluded = row_find(row, "excluded");

    figure_cells_interval_text(out, row);
    if (closed && closed->count) {
        html_out_put(out, ", closed ");
        page_cells_put(out, row, "closedMean");
        html_out_put(out, " (n %" PRIu64 ")", closed->count);
    }
    if (excluded && excluded->count)
        html_out_put(out, "%s%" PRIu64 " excluded",
                     row_find(row, "value")->kind != CELL_NULL ? ", " : "", excluded->count);
}

/* The deals that stall, the campaigns. */
static void put_behind(struct html_out *out, const struct row *row)
{
    const struct cell *stalled = row_find(row, "stalled");

    if (stalled && stalled->texts.n) {
        html_out_put(out, "stalled: ");
        html_out_cell(out, stalled);
    }
    figure_cells_campaigns(out, row);
}

/* --- parts --- */

static void put_figures(struct html_out *out, const struct row *answer, const char *key)
{
    struct column columns[] = {
        { .name = "Slice", .about = true, .draw = put_slice },
        { .name = key, .draw = put_of },
        { .name = "Value", .key = "value", .right = true, .class = "big" },
        { .name = "Rests on", .right = true, .leave = 1, .draw = figure_cells_rests },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = put_interval },
        { .name = "95 % interval", .class = "q2", .leave = 1, .draw = put_closed_and_excluded },
        { .name = "Lists", .class = "q2", .leave = 2, .draw = put_behind },
    };
    const size_t n = sizeof(columns) / sizeof(columns[0]);
    struct html_table table = { .columns = { columns, n },
                                .class = "full tight",
                                .group = "name",
                                .draw_group = page_cells_metric_named,
                                .uncounted = true,
                                .all = !key };

    if (!key) { /* no column for a value */
        for (size_t i = 1; i + 1 < n; i++)
            columns[i] = columns[i + 1];
        table.columns.n = n - 1;
    }
    print_html_of(out, &table, row_find(answer, "metrics")->rows);
}

/* Under several rules the ids of the second and further parts have their number, and all parts say
 * under which rules they are. */
struct part_place {
    char id[32];
    struct document_place place;
};

static void place_part(struct part_place *out, const char *id, const char *heading, size_t part)
{
    (void)snprintf(out->id, sizeof(out->id), "%s", id);
    if (part)
        (void)snprintf(out->id, sizeof(out->id), "%s-%zu", id, part + 1);
    out->place = (struct document_place){ .id = out->id, .heading = heading, .jump = heading };
}

static void put_part(struct metrics_page *page, const struct report_shown *shown,
                     const struct row *answer, struct bc_str under)
{
    const struct cell *lines = row_find(answer, "redLines");
    struct part_place place;

    place_part(&place, "figures", "Figures", page->added);
    document_section(&page->out, &place.place, under, page->added == 0);
    put_figures(&page->out, answer, shown->by ? shown->by->by.text.at : NULL);
    document_section_end(&page->out);
    if (!lines)
        return;
    place_part(&place, "red-lines", "Red lines", page->added);
    document_section(&page->out, &place.place, under, false);
    line_table_put(&page->out, lines->rows);
    document_section_end(&page->out);
}

/* --- of a report --- */

static const struct document_place issued_place = { "issued", "Issued", "Issued", { 0 } };

/* ", issued 2025-04-02 09:00:00 UTC, by user:7", by the clocks of the page. */
static void add_issued(struct bc_buf *out, const struct html_out *page,
                       const struct metrics_issued *issued)
{
    char time[TIMES_LEN];

    times_print(time, page->env->times, issued->us);
    bc_buf_printf(out, ", issued %s %s", time, times_zone_name(page->env->times));
    if (issued->actor.len)
        bc_buf_printf(out, ", by %.*s",
                      BC_STR_ARG(names_of_person(page->env->names, issued->actor)));
}

static void put_issued(struct html_out *out, const struct metrics_issued *issued)
{
    document_section(out, &issued_place, BC_STR("Where this page is kept."), false);
    html_out_put(out, "<p>On record, this page too, in the ledger's event <span class=\"code\">");
    html_out_text(out, issued->id);
    html_out_put(out,
                 "</span>. <code>backcast report page</code> writes the page again, byte for byte; "
                 "<code>backcast restate</code> says what would read differently since.</p>\n");
    document_section_end(out);
}

/* --- the page --- */

static void begin(struct metrics_page *page, const struct report_shown *shown,
                  const struct row *answer)
{
    const bool has_lines = row_find(answer, "redLines") != NULL;
    struct part_place places[2];
    const struct metrics_issued *issued = page->issued;
    const struct bc_str name = issued ? issued->name : BC_STR("Figures");
    struct document_place jumps[4];
    struct bc_buf title = { 0 }, lead = { 0 };
    size_t n = 0;

    place_part(&places[0], "figures", "Figures", 0);
    place_part(&places[1], "red-lines", "Red lines", 0);
    jumps[n++] = places[0].place;
    if (has_lines)
        jumps[n++] = places[1].place;
    if (issued)
        jumps[n++] = issued_place;
    if (page_ends_has_notes(answer))
        jumps[n++] = page_ends_notes;
    page_ends_when(&lead, shown->basis, row_find(answer, "asOf")->us);
    bc_buf_printf(&title, "%.*s, %.*s", BC_STR_ARG(name), BC_STR_ARG(bc_buf_str(&lead)));
    if (issued)
        add_issued(&lead, &page->out, issued);
    document_begin(&page->out, &(struct document_head){ .title = bc_buf_str(&title),
                                                        .heading = name,
                                                        .lead = bc_buf_str(&lead),
                                                        .places = jumps,
                                                        .place_n = n });
    bc_buf_release(&title);
    bc_buf_release(&lead);
}

void metrics_page_add(struct metrics_page *page, const struct cmd_env *env,
                      const struct report_shown *shown, const char *label)
{
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = env->times };
    const struct page_about about = { .rules = shown->basis->rules };
    struct report_noted noted;
    struct bc_buf under = { 0 };

    report_noted_init(&noted, shown);
    report_cells(&answer, &noted);
    page->out.env = env;
    page->out.about = &about;
    if (page->added == 0)
        begin(page, shown, &answer);
    if (page->n > 1)
        bc_buf_printf(&under, "Under the rules %s.", label);
    put_part(page, shown, &answer, bc_buf_str(&under));
    if (++page->added == page->n) {
        if (page->issued)
            put_issued(&page->out, page->issued);
        page_ends_end(&page->out, shown->basis, &answer);
    }
    page->out.about = NULL;
    bc_buf_release(&under);
    row_release(&answer);
    report_noted_release(&noted);
}
