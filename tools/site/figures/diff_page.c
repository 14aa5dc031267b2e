/* tools/site/figures/diff_page.c - what differs between two ways of asking, and why: each figure
 * with its causes and the deals that moved in it, adding up to the whole. */
#include "tools/pages/figure_cells.h"
#include "tools/pages/line_table.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"
#include "tools/site/figures/diff_table.h"
#include "tools/site/figures/figure_pages.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/parts/form.h"

#include <inttypes.h>

enum { WAYS, FIGURES, LINES, DEALS, PLACE_N };
enum { OPEN_MOST = 6 }; /* so many figures show their deals at once */

static const char *const keys[] = { "vs-as-of", "vs-known-at", "vs-rules", "metric", NULL };

/* --- the question --- */

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Against what"))
        return;
    form_field(call, "vs-as-of", "Against as of", "the same");
    form_field(call, "vs-known-at", "Against known at", "now");
    form_field(call, "vs-rules", "Against rules", "the same");
    form_field(call, "metric", "Only metric", "all");
    form_end(call);
}

/* --- both ways --- */

static void put_instant(struct html_out *out, const struct row *row, const char *key,
                        const char *none)
{
    const struct cell *cell = row_find(row, key);

    if (cell && cell->kind == CELL_INSTANT)
        event_cells_put_exact(out, cell);
    else
        html_out_put(out, "%s", none);
}

static void put_as_of(struct html_out *out, const struct row *row)
{
    put_instant(out, row, "asOf", CELL_TEXT_NULL);
}

static void put_known(struct html_out *out, const struct row *row)
{
    put_instant(out, row, "knownAt", "everything that was recorded");
}

static void fill_way(struct row *row, const void *source, size_t i)
{
    static const char *const sides[] = { "old", "new" };
    const struct cell *side = row_find(source, sides[i]);

    if (side)
        side->rows.fill(row, side->rows.source, 0);
    row_word(row, "way", i ? "To" : "From");
}

static void put_ways(struct html_out *out, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Way", .key = "way", .about = true },  { .name = "As of", .draw = put_as_of },
        { .name = "Known at", .draw = put_known },       { .name = "Rules", .key = "rules" },
        { .name = "Clock", .key = "clock", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    print_html_of(out, &table, rows_of(fill_way, answer, 2));
}

/* --- figures --- */

static void put_side(struct html_out *out, const struct row *row, const char *key)
{
    const struct cell *value, *n;
    struct row side;

    if (!html_out_within(&side, row, key)) {
        html_out_put(out, "not there");
        return;
    }
    value = row_find(&side, "value");
    n = row_find(&side, "n");
    if (row_find(&side, "state")) {
        line_table_state(out, page_cells_text(&side, "state"));
        html_out_put(out, " ");
    }
    html_out_cell(out, value);
    if (n && (value->kind == CELL_RATE || value->kind == CELL_DAYS))
        html_out_put(out, " <span class=\"q\">of %" PRIu64 "</span>", n->count);
    row_release(&side);
}

static void put_old(struct html_out *out, const struct row *row)
{
    put_side(out, row, "old");
}

static void put_new(struct html_out *out, const struct row *row)
{
    put_side(out, row, "new");
}

static void put_slice(struct html_out *out, const struct row *row)
{
    html_out_text(out, labels_slice(page_cells_text(row, "slice")));
}

/* In what it differs, where that is not the value alone. */
static void put_causes(struct html_out *out, const struct row *row)
{
    const struct rows causes = call_rows(row, "causes");
    struct row cause = { .readers = row->readers, .times = row->times };

    for (size_t i = 0; i < causes.n; i++) {
        row_clear(&cause);
        causes.fill(&cause, causes.source, i);
        html_out_put(out, "%s", i ? ", " : "");
        diff_table_cause(out, &cause);
        if (causes.n > 1) {
            html_out_put(out, " ");
            diff_table_change(out, &cause);
        }
    }
    row_release(&cause);
}

static void put_metrics(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Slice", .about = true, .draw = put_slice },
        { .name = "From", .right = true, .draw = put_old },
        { .name = "To", .right = true, .draw = put_new },
        { .name = "Change", .right = true, .class = "big", .draw = diff_table_change },
        { .name = "Because of", .draw = put_causes },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "tight",
                                      .group = "name",
                                      .draw_group = page_cells_metric_named,
                                      .uncounted = true,
                                      .all = true };

    if (rows.n == 0)
        document_empty(out, "No figure differs.");
    print_html_of(out, &table, rows);
}

static void put_lines(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Red line", .about = true, .draw = line_table_label },
        { .name = "From", .draw = put_old },
        { .name = "To", .draw = put_new },
        { .name = "Change", .right = true, .class = "big", .draw = diff_table_change },
        { .name = "Because of", .leave = 1, .draw = put_causes },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    if (rows.n == 0)
        document_empty(out, "No red line differs.");
    print_html_of(out, &table, rows);
}

/* --- the deals of each --- */

static void put_label(struct html_out *out, const struct row *row)
{
    struct bc_buf label = { 0 };

    rule_labels_metric_add(&label, page_about(out)->rules, page_cells_text(row, "name"));
    html_out_text(out, bc_buf_str(&label));
    bc_buf_release(&label);
}

static void put_deals(struct html_out *out, struct rows rows)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = out->env->times };

    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        html_out_put(out, "<details class=\"tab\"%s><summary>",
                     rows.n <= OPEN_MOST ? " open=\"\"" : "");
        put_label(out, &row);
        html_out_put(out, ", ");
        put_slice(out, &row);
        html_out_put(out, ": ");
        diff_table_change(out, &row);
        html_out_put(out, "</summary>\n");
        diff_table_put(out, &row);
        html_out_put(out, "</details>\n");
    }
    row_release(&row);
}

/* --- the page --- */

static bool is_asked(const struct call_page *call)
{
    for (size_t i = 0; i < 3; i++)
        if (call_param(call, keys[i]).len)
            return true;
    return call_param(call, "known-at").len > 0;
}

static void put_answer(struct call_page *call, const struct row *answer,
                       const struct document_place *places)
{
    struct html_out *out = &call->out;
    const struct rows metrics = call_rows(answer, "metrics"), lines = call_rows(answer, "redLines");

    document_section(out, &places[WAYS], BC_STR("How it is asked, first and then."), true);
    put_ways(out, answer);
    document_section_end(out);
    document_section(out, &places[FIGURES],
                     BC_STR("Those that differ. What the causes changed adds up."), false);
    put_metrics(out, metrics);
    document_section_end(out);
    if (call_param(call, "metric").len == 0) {
        document_section(out, &places[LINES], BC_STR("Those that differ in anything."), false);
        put_lines(out, lines);
        document_section_end(out);
    }
    if (metrics.n == 0)
        return;
    document_section(out, &places[DEALS], BC_STR("Those that moved, in each figure."), false);
    put_deals(out, metrics);
    document_section_end(out);
}

static void put_nothing_asked(struct call_page *call, const struct document_place *place)
{
    document_section(&call->out, place, (struct bc_str){ 0 }, true);
    document_empty(&call->out,
                   "Nothing to compare with: say against which date, which knowledge or which "
                   "rules, or by when it was known before.");
    document_section_end(&call->out);
}

/* The list of sections has those that are there. */
static void begin(struct call_page *call, const struct row *answer,
                  const struct document_place *places)
{
    struct document_place there[PLACE_N];
    size_t n = 0;

    there[n++] = places[WAYS];
    if (answer)
        there[n++] = places[FIGURES];
    if (answer && call_param(call, "metric").len == 0)
        there[n++] = places[LINES];
    if (answer && call_rows(answer, "metrics").n > 0)
        there[n++] = places[DEALS];
    call_page_begin(call, "What changed", BC_STR("between two ways of asking"), there, n);
}

bc_status diff_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[PLACE_N] = {
        [WAYS] = { "ways", "Two ways of asking", "Ways", { 0 } },
        [FIGURES] = { "figures", "Figures", "Figures", { 0 } },
        [LINES] = { "red-lines", "Red lines", "Red lines", { 0 } },
        [DEALS] = { "deals", "Deals", "Deals", { 0 } },
    };
    const char *words[6] = { "diff" };
    const struct row *answer = NULL;
    size_t n = 1;
    bc_status rc = BC_OK;

    for (size_t i = 0; keys[i]; i++) {
        struct bc_buf option = { 0 };
        const char *word;

        bc_buf_printf(&option, "--%s=", keys[i]);
        bc_buf_add_byte(&option, '\0');
        word = call_option(call, option.at, keys[i]);
        bc_buf_release(&option);
        if (word)
            words[n++] = word;
    }
    if (is_asked(call))
        rc = call_ask(&answer, call, CALL_ALL, words, err);
    if (rc < 0)
        return rc;
    begin(call, answer, places);
    put_form(call);
    if (answer)
        put_answer(call, answer, places);
    else
        put_nothing_asked(call, &places[WAYS]);
    call_page_end(call);
    return BC_OK;
}
