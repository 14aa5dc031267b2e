#include "tools/draw/lines.h"
#include "tools/pages/figure_cells.h"
#include "tools/print/cell_text.h"
#include "tools/show/drawing.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"
#include "tools/show/series_drawing.h"
#include "tools/site/figures/metric_part.h"
#include "tools/site/parts/form.h"

#include <stdlib.h>

enum { TABLE_MOST = 200 };

/* --- asking --- */

static void read_point(struct metric_point *out, const struct row *answer, const bc_zone *zone)
{
    const struct rows metrics = call_rows(answer, "metrics");
    const struct cell *as_of = row_find(answer, "asOf");

    out->day = as_of ? bc_zone_day(zone, as_of->us) : 0;
    out->rules = page_cells_text(answer, "rules");
    out->figure = (struct row){ .readers = answer->readers, .times = answer->times };
    if (metrics.n)
        metrics.fill(&out->figure, metrics.source, 0);
}

/* Rules side by side. */
static size_t refs_of(const struct call_page *call)
{
    const struct bc_str rules = call_param(call, "rules");
    size_t n = 1;

    for (size_t i = 0; i < rules.len; i++)
        n += rules.at[i] == ',';
    return n;
}

bc_status metric_series_ask(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const char *const words[] = { "series",
                                  call_option_of(call, "--from=", bc_str_of(page->from)),
                                  call_option_of(call, "--to=", bc_str_of(page->to)),
                                  call_option_of(call, "--every=", bc_str_of(page->every)),
                                  metric_option(page, "--metric="),
                                  metric_slice_option(page),
                                  NULL };
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = call->env.times };
    struct rows rows;
    bc_status rc =
        call_ask_rows(&rows, call, CALL_KNOWN_AT | CALL_CLOCK | CALL_RULES_ALL, words, err);

    if (rc < 0)
        return rc;
    page->ref_n = refs_of(call);
    page->date_n = rows.n / page->ref_n;
    page->points = bc_calloc(rows.n + 1, sizeof(*page->points));
    for (size_t i = 0; i < page->date_n * page->ref_n; i++) {
        row_clear(&answer);
        rows.fill(&answer, rows.source, i);
        read_point(&page->points[i], &answer, call->basis.rules->zone);
    }
    row_release(&answer);
    return BC_OK;
}

/* --- the drawing --- */

struct years {
    struct metric_page *page;
    int32_t *days;
    struct lines_point *points[LINES_MAX];
    struct lanes_mark *marks;
    struct bc_buf title;
    struct lines_panel panel;
};

static struct lines_point point_of(const struct row *figure)
{
    struct lines_point point = { 0 };
    const struct cell *n = row_find(figure, "n");

    point.there = page_cells_number(&point.value, figure, "value");
    (void)page_cells_number(&point.low, figure, "low");
    (void)page_cells_number(&point.high, figure, "high");
    point.n = n ? n->count : 0;
    return point;
}

static void begin(struct years *years, struct metric_page *page)
{
    const size_t refs = page->ref_n < LINES_MAX ? page->ref_n : LINES_MAX;
    const struct bc_red_line_rule *line = figure_cells_line(page->call->basis.rules, page->name);

    *years = (struct years){ .page = page };
    years->days = bc_calloc(page->date_n + 1, sizeof(*years->days));
    years->marks = bc_calloc(page->mark_n + 1, sizeof(*years->marks));
    for (size_t i = 0; i < page->mark_n; i++)
        years->marks[i] = page->marks[i].mark;
    for (size_t date = 0; date < page->date_n; date++)
        years->days[date] = page->points[date * page->ref_n].day;
    years->panel.kind = series_drawing_kind(page->rule);
    years->panel.has_limit = line != NULL;
    years->panel.limit = line ? line->threshold : 0;
    years->panel.marks = years->marks;
    years->panel.mark_n = page->mark_n;
    for (size_t ref = 0; ref < refs; ref++) {
        years->points[ref] = bc_calloc(page->date_n + 1, sizeof(struct lines_point));
        for (size_t date = 0; date < page->date_n; date++)
            years->points[ref][date] = point_of(&page->points[date * page->ref_n + ref].figure);
        years->panel.points[ref] = years->points[ref];
        if (page->ref_n > 1)
            years->panel.labels[ref] = page->points[(page->date_n - 1) * page->ref_n + ref].rules;
    }
    years->panel.line_n = refs;
    rule_labels_metric_add(&years->title, page->call->basis.rules, page->name);
    bc_buf_printf(&years->title, ", %.*s, %s to %s", BC_STR_ARG(labels_slice(page->slice)),
                  page->from, page->to);
}

static void draw(struct bc_buf *out, struct sheet_place place, const void *shown)
{
    const struct years *years = shown;
    const struct metric_page *page = years->page;
    const bc_zone *zone = page->call->basis.rules->zone;

    lines_draw(out, &(struct lines){ .place = place,
                                     .title = bc_buf_str(&years->title),
                                     .days = years->days,
                                     .day_n = page->date_n,
                                     .panels = &years->panel,
                                     .panel_n = 1,
                                     .has_cursor = true,
                                     .cursor = page->at.is_day ? page->at.day
                                                               : bc_zone_day(zone, page->at.us) });
}

static void put_drawing(struct metric_page *page)
{
    struct html_out *out = &page->call->out;
    struct bc_buf svg = { 0 };
    struct years years;

    begin(&years, page);
    drawing_add_widths(&svg, &out->drawings, draw, &years);
    html_out_put(out, "<div class=\"dates\" data-first=\"%s\" data-last=\"%s\">\n", page->from,
                 page->to);
    html_out_drawing(out, bc_buf_str(&svg));
    html_out_put(out, "</div>\n");
    for (size_t i = 0; i < LINES_MAX; i++)
        free(years.points[i]);
    free(years.days);
    free(years.marks);
    bc_buf_release(&years.title);
    bc_buf_release(&svg);
}

/* --- the table --- */

static void put_head(struct metric_page *page)
{
    struct html_out *out = &page->call->out;

    html_out_put(
        out,
        "<table class=\"tight\" aria-label=\"Values\"><thead><tr><th scope=\"col\">As of</th>");
    for (size_t ref = 0; ref < page->ref_n; ref++) {
        html_out_put(out, "<th scope=\"col\" class=\"n\">");
        html_out_text(out, page->ref_n > 1 ? page->points[ref].rules : BC_STR("Value"));
        html_out_put(out, "</th><th scope=\"col\" class=\"n\">Rests on</th>"
                          "<th scope=\"col\" class=\"q2 p2\">95 %% interval</th>");
    }
    html_out_put(out, "</tr></thead><tbody>\n");
}

static void put_date(struct metric_page *page, size_t date)
{
    struct html_out *out = &page->call->out;
    char day[BC_DAY_LEN];
    bool linked;

    bc_day_print(day, page->points[date * page->ref_n].day);
    html_out_put(out, "<tr><th scope=\"row\" class=\"nb\">");
    linked = metric_link(page, bc_str_of(day));
    html_out_put(out, "%s", day);
    document_link_end(out, linked);
    html_out_put(out, "</th>");
    for (size_t ref = 0; ref < page->ref_n; ref++) {
        const struct row *figure = &page->points[date * page->ref_n + ref].figure;

        html_out_put(out, "<td class=\"n\">");
        if (row_find(figure, "value"))
            page_cells_put(out, figure, "value");
        else
            html_out_put(out, CELL_TEXT_NULL);
        html_out_put(out, "</td><td class=\"n\">");
        figure_cells_rests(out, figure);
        html_out_put(out, "</td><td class=\"q2 p2\">");
        figure_cells_interval_text(out, figure);
        html_out_put(out, "</td>");
    }
    html_out_put(out, "</tr>\n");
}

/* Newest first. */
static void put_table(struct metric_page *page)
{
    struct html_out *out = &page->call->out;
    const size_t n = page->date_n < TABLE_MOST ? page->date_n : TABLE_MOST;

    html_out_put(out,
                 "<details class=\"tab dates-table\"><summary>Every date as a table</summary>\n");
    put_head(page);
    for (size_t i = 0; i < n; i++)
        put_date(page, page->date_n - 1 - i);
    html_out_put(out, "</tbody></table>\n");
    if (n < page->date_n)
        html_out_put(out, "<p class=\"note\">The newest %zu of %zu dates.</p>\n", n, page->date_n);
    html_out_put(out, "</details>\n");
}

static void put_form(struct metric_page *page)
{
    static const struct form_choice steps[] = {
        { "", "week" }, { "1d", "day" }, { "1m", "month" }, { "3m", "quarter" }, { "1y", "year" },
    };
    struct call_page *call = page->call;

    if (!form_begin(call, "Which dates"))
        return;
    form_hidden(call, "name");
    form_hidden(call, "at");
    form_field(call, "from", "From", page->from);
    form_choices(call, "every", "Every", steps, sizeof(steps) / sizeof(steps[0]));
    form_end(call);
}

void metric_years_put(struct metric_page *page)
{
    put_drawing(page);
    put_form(page);
    put_table(page);
}
