#include "ledger/base/instant.h"
#include "tools/pages/figure_cells.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/show/rule_labels.h"
#include "tools/site/figures/metric_part.h"
#include "tools/site/frame/thread.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- gathering --- */

static struct bc_str keep(struct metric_page *page, struct bc_buf *text)
{
    const struct bc_str kept = bc_arena_copy(page->call->arena, bc_buf_str(text));

    bc_buf_release(text);
    return kept;
}

/* Not what was said after known-at, nor what is of other dates. */
static bool is_seen(const struct metric_page *page, int64_t said_us, int32_t day)
{
    const struct bc_question *question = &page->call->basis.question;

    return day >= page->from_day && day <= page->to_day &&
           (!question->known_asked || question->by_source || said_us <= question->known_us);
}

static void add_mark(struct metric_page *page, const struct metric_mark *mark)
{
    BC_GROW(page->marks, page->mark_n, page->mark_cap);
    page->marks[page->mark_n++] = *mark;
}

static int32_t day_of(const struct metric_page *page, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    return cell && cell->kind == CELL_INSTANT ? bc_zone_day(page->call->basis.rules->zone, cell->us)
                                              : -1;
}

static void add_day(struct bc_buf *out, int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    bc_buf_printf(out, "%s", text);
}

/* --- rules --- */

static void add_rules(struct metric_page *page, const struct row *row)
{
    const struct cell *recorded = row_find(row, "recordedAt");
    const struct cell *retracted = row_find(row, "retractedBy");
    const int32_t day = day_of(page, row, "effectiveFrom");
    struct metric_mark mark = { .kind = "Rules", .mark = { LANES_RULES, day, { 0 } } };
    struct bc_buf what = { 0 };

    if (!recorded || (retracted && retracted->kind != CELL_NULL) ||
        !is_seen(page, recorded->us, day))
        return;
    mark.mark.label = page_cells_text(row, "version");
    bc_buf_printf(&what, "%.*s, in force from here", BC_STR_ARG(mark.mark.label));
    mark.what = keep(page, &what);
    add_mark(page, &mark);
}

/* --- reports --- */

/* The figure of this page among those of an answer; `within` is filled with it. */
static bool find_figure(struct row *within, const struct metric_page *page, const struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        row_clear(within);
        rows->fill(within, rows->source, i);
        if (bc_str_eq(page_cells_text(within, "name"), page->name) &&
            bc_str_eq(page_cells_text(within, "slice"), page->slice))
            return true;
    }
    return false;
}

static void add_side(struct bc_buf *out, const struct row *side)
{
    const struct cell *n = row_find(side, "n"), *value = row_find(side, "value");

    metric_figure_add(out, side);
    if (n && value && (value->kind == CELL_RATE || value->kind == CELL_DAYS))
        bc_buf_printf(out, " of %" PRIu64, n->count);
}

/* What a report would say of this figure now, of `restate`. */
static void add_now(struct metric_page *page, struct metric_mark *mark, const struct row *differs)
{
    const struct rows figures = call_rows(differs, "metrics");
    struct row figure = { .readers = differs->readers, .times = differs->times }, now;
    struct bc_buf here = { 0 };

    mark->stated = true;
    mark->state = PAGE_KNOW;
    if (row_find(differs, "problem")) {
        bc_buf_printf(&here, "cannot be read");
    } else if (find_figure(&figure, page, &figures)) {
        mark->state = PAGE_OFF;
        mark->mark.kind = LANES_REPORT_OTHER;
        bc_buf_printf(&here, "reads ");
        if (html_out_within(&now, &figure, "new"))
            add_side(&here, &now);
        else
            bc_buf_printf(&here, CELL_TEXT_NULL);
        bc_buf_printf(&here, " now");
        row_release(&now);
    } else {
        mark->stated = false;
        bc_buf_printf(&here, "reads the same");
    }
    mark->here = keep(page, &here);
    row_release(&figure);
}

static void find_now(struct metric_page *page, struct metric_mark *mark, const struct row *restated)
{
    const struct rows rows = call_rows(restated, "reports");
    struct row row = { .readers = restated->readers, .times = restated->times };
    bool differs = false;

    for (size_t i = 0; i < rows.n && !differs; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        differs = bc_str_eq(page_cells_text(&row, "report"), mark->report);
    }
    if (differs)
        add_now(page, mark, &row);
    else
        mark->here = BC_STR("reads the same");
    row_release(&row);
}

/* "Q2" of "Board 2025 Q2": what a drawing has room for. */
static struct bc_str last_word(struct bc_str name)
{
    const char *blank = name.len ? memrchr(name.at, ' ', name.len) : NULL;

    return blank ? bc_str_part(name, (size_t)(blank + 1 - name.at), name.len) : name;
}

/* One that did not say this figure is not of this page. */
static void add_report(struct metric_page *page, const struct row *row, const struct row *restated)
{
    const struct rows figures = call_rows(row, "figures");
    const struct cell *issued = row_find(row, "issued");
    const int32_t day = day_of(page, row, "asOf");
    const struct bc_str name = page_cells_text(row, "name");
    struct metric_mark mark = { .kind = "Report",
                                .mark = { LANES_REPORT_SAME, day, last_word(name) },
                                .name = name,
                                .report = page_cells_text(row, "report") };
    struct row said = { .readers = row->readers, .times = row->times };
    struct bc_buf what = { 0 };

    if (issued && is_seen(page, issued->us, day) && find_figure(&said, page, &figures)) {
        bc_buf_printf(&what, "%.*s, issued ", BC_STR_ARG(name));
        add_day(&what, day_of(page, row, "issued"));
        bc_buf_printf(&what, ": said ");
        add_side(&what, &said);
        mark.what = keep(page, &what);
        mark.said_us = issued->us;
        find_now(page, &mark, restated);
        add_mark(page, &mark);
    }
    row_release(&said);
}

/* --- pivots --- */

/* One that names several red lines is one mark; that of this metric's line says so. */
static void add_pivot(struct metric_page *page, const struct row *row, struct bc_str line)
{
    const struct bc_rules *rules = page->call->basis.rules;
    const struct bc_red_line_rule *own = figure_cells_line(rules, page->name);
    const bool is_own = own && bc_str_eq(line, bc_str_of(own->name));
    const int32_t day = day_of(page, row, "at");
    struct metric_mark mark = { .kind = "Pivot",
                                .mark = { LANES_PIVOT, day, { 0 } },
                                .what = page_cells_text(row, "decision") };
    struct bc_buf here = { 0 };
    size_t at = 0;

    while (at < page->mark_n &&
           !(page->marks[at].mark.kind == LANES_PIVOT && page->marks[at].mark.day == day &&
             bc_str_eq(page->marks[at].what, mark.what)))
        at++;
    if (day < 0 || (at < page->mark_n && !is_own))
        return;
    bc_buf_printf(&here, is_own ? "resets " : "of ");
    rule_labels_red_line_add(&here, rules, line);
    mark.here = keep(page, &here);
    if (at < page->mark_n)
        page->marks[at] = mark;
    else
        add_mark(page, &mark);
}

static void add_pivots(struct metric_page *page)
{
    const struct rows lines = call_rows(page->lines, "redLines");
    struct row line = { .readers = page->lines->readers, .times = page->lines->times };
    struct row pivot = line;

    for (size_t i = 0; i < lines.n; i++) {
        struct rows pivots;

        row_clear(&line);
        lines.fill(&line, lines.source, i);
        pivots = call_rows(&line, "pivots");
        for (size_t at = 0; at < pivots.n; at++) {
            row_clear(&pivot);
            pivots.fill(&pivot, pivots.source, at);
            add_pivot(page, &pivot, page_cells_text(&line, "name"));
        }
    }
    row_release(&pivot);
    row_release(&line);
}

/* --- all of them --- */

static int by_day(const void *a, const void *b)
{
    const struct metric_mark *left = a, *right = b;

    if (left->mark.day != right->mark.day)
        return left->mark.day < right->mark.day ? -1 : 1;
    return (left->mark.kind > right->mark.kind) - (left->mark.kind < right->mark.kind);
}

/* The last day of the year of a day, or of one near it. */
static void year_end(char out[BC_DAY_LEN], int32_t day, int years)
{
    int year, month, day_of_month;

    bc_civil_of_day(&year, &month, &day_of_month, day);
    year += years;
    bc_day_print(out, bc_day_of_civil(year < 1970 ? 1970 : year, 12, 31));
}

/* Those of the ledger's whole life, at the ends of years, so that another date asks for the same.
 */
static bc_status ask_pivots(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const bc_zone *zone = call->basis.rules->zone;
    const int32_t first = bc_zone_day(zone, call->site->first_us);
    int32_t last = bc_zone_day(zone, call->env.now_us);
    char from[BC_DAY_LEN], to[BC_DAY_LEN];

    last = last > page->to_day ? last : page->to_day;
    year_end(from, first < page->from_day ? first : page->from_day, -1);
    year_end(to, last, 0);
    return call_ask_once(
        &page->lines, call, CALL_BASIS,
        (const char *[]){ "red-lines", call_option_of(call, "--from=", bc_str_of(from)),
                          call_option_of(call, "--to=", bc_str_of(to)), "--every=1y", NULL },
        err);
}

bc_status metric_marks_ask(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const struct row *rules = NULL, *reports = NULL, *restated = NULL;
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = call->env.times };
    struct rows rows;
    bc_status rc = ask_pivots(page, err);

    if (rc == BC_OK)
        rc = call_ask_once(&rules, call, 0, (const char *[]){ "rules", "list", NULL }, err);
    if (rc == BC_OK)
        rc = call_ask_once(&reports, call, 0, (const char *[]){ "report", "list", NULL }, err);
    if (rc == BC_OK)
        rc = call_ask_once(&restated, call, 0, (const char *[]){ "restate", NULL }, err);
    if (rc < 0)
        return rc;
    assert(rules && reports && restated);
    add_pivots(page);
    rows = call_rows(reports, "reports");
    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        add_report(page, &row, restated);
    }
    rows = call_rows(rules, "rules");
    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        add_rules(page, &row);
    }
    row_release(&row);
    if (page->mark_n > 1)
        qsort(page->marks, page->mark_n, sizeof(*page->marks), by_day);
    return BC_OK;
}

/* --- the section --- */

static void fill_mark(struct row *row, const void *source, size_t i)
{
    const struct metric_mark *mark = (const struct metric_mark *)source + i;

    add_day(row_make(row), mark->mark.day);
    row_made(row, "date");
    row_word(row, "mark", mark->kind);
    row_text(row, "what", mark->what);
    row_text(row, "here", mark->here);
    row_text(row, "report", mark->report);
    row_bool(row, "stated", mark->stated);
    row_integer(row, "state", mark->state);
}

static void put_here(struct html_out *out, const struct row *row)
{
    if (row_find(row, "stated")->yes)
        page_cells_state(out, (enum page_state)row_find(row, "state")->integer,
                         page_cells_text(row, "here"));
    else
        html_out_text(out, page_cells_text(row, "here"));
}

/* On a phone with what it is here. */
static void put_what(struct html_out *out, const struct row *row)
{
    const struct document_pair id = { "id", page_cells_text(row, "report") };
    const bool linked = id.value.len && document_link(out, "report", &id, 1);

    html_out_text(out, page_cells_text(row, "what"));
    document_link_end(out, linked);
    html_out_put(out, "<span class=\"ph\"><br>");
    put_here(out, row);
    html_out_put(out, "</span>");
}

void metric_marks_put(struct metric_page *page)
{
    static const struct column columns[] = {
        { .name = "Date", .key = "date", .about = true, .class = "nb" },
        { .name = "Mark", .key = "mark", .leave = 1 },
        { .name = "What", .draw = put_what },
        { .name = "Here", .leave = 1, .draw = put_here },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    if (page->mark_n == 0)
        document_empty(&page->call->out,
                       "No pivot, report or rules between these dates: `backcast record pivot`, "
                       "`backcast report issue`, `backcast rules publish` put them on record.");
    print_html_of(&page->call->out, &table, rows_of(fill_mark, page->marks, page->mark_n));
}
