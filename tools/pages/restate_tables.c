#include "tools/pages/restate_tables.h"

#include "ledger/base/instant.h"
#include "tools/cli/names.h"
#include "tools/pages/document.h"
#include "tools/pages/figure_cells.h"
#include "tools/pages/page_cells.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"

#include <inttypes.h>
#include <string.h>

/* --- a figure on one side --- */

static void put_key(struct html_out *out, const char *key)
{
    struct bc_buf words = { 0 };

    page_cells_add_words(&words, key);
    html_out_text(out, bc_buf_str(&words));
    bc_buf_release(&words);
}

static bool is_key(const struct cell *cell, const char *const *keys)
{
    for (; *keys; keys++)
        if (strcmp(cell->key, *keys) == 0)
            return true;
    return false;
}

/* Of a rate "32 of 71", of days "n 34"; a count rests on itself. */
static const char *put_ground(struct html_out *out, const struct row *side, bool counts)
{
    const struct cell *n = row_find(side, "n"), *guard = row_find(side, "guard");
    const struct cell *converted = row_find(side, "converted");
    const struct cell *hit = converted ? converted : row_find(side, "opened");

    if (n && hit)
        page_cells_put_of(out, side, hit->key);
    else if (guard)
        html_out_put(out, "guard %" PRIu64, guard->count);
    else if (n && !counts)
        html_out_put(out, "n %" PRIu64, n->count);
    else
        return "";
    return ", ";
}

/* What it rests on, and what else differs; the figure itself stands above. */
static void put_more(struct html_out *out, const struct row *side, bool counts)
{
    static const char *const said[] = {
        "state", "value", "n", "guard", "converted", "opened", NULL
    };
    static const char *const ends[] = { "low", "high", NULL };
    const char *before = put_ground(out, side, counts);
    double low, high;
    const bool range =
        page_cells_number(&low, side, "low") && page_cells_number(&high, side, "high");

    if (range) {
        html_out_put(out, "%s", before);
        page_cells_put_range(out, side, "low", "high");
        before = ", ";
    }
    for (size_t i = 0; i < side->n; i++) {
        const struct cell *cell = &side->cells[i];

        if (is_key(cell, said) || (range && is_key(cell, ends)))
            continue;
        html_out_put(out, "%s", before);
        before = ", ";
        put_key(out, cell->key);
        html_out_put(out, " ");
        if (cell->kind == CELL_ROWS)
            figure_cells_campaigns(out, side);
        else if (cell->kind == CELL_TEXTS && cell->texts.n == 0)
            html_out_put(out, "none");
        else
            html_out_cell(out, cell);
    }
}

/* "would breach, 25.0 %" */
static void put_value(struct html_out *out, const struct row *side)
{
    if (page_cells_text(side, "state").len) {
        html_out_text(out, labels_state(page_cells_text(side, "state")));
        html_out_put(out, ", ");
    }
    page_cells_put(out, side, "value");
}

static void put_side(struct html_out *out, const struct row *row, const char *key)
{
    const bool counts = row_find(row, "change")->kind == CELL_NUMBER;
    struct row side;

    if (html_out_within(&side, row, key)) {
        html_out_put(out, "<b>");
        put_value(out, &side);
        html_out_put(out, "</b><div class=\"q\">");
        put_more(out, &side, counts);
        html_out_put(out, "</div>");
    } else {
        html_out_put(out, "not there");
    }
    row_release(&side);
}

static void put_old(struct html_out *out, const struct row *row)
{
    put_side(out, row, "old");
}

/* With its sign; what it rests on below, where that is another number. */
static void put_change(struct html_out *out, const struct row *row)
{
    const struct cell *change = row_find(row, "change"), *n = row_find(row, "nChange");
    const struct cell *rests = n ? n : row_find(row, "guardChange");
    struct bc_buf text = { 0 };
    double by = 0;

    if (change->kind == CELL_NULL) {
        html_out_put(out, CELL_TEXT_NULL);
        return;
    }
    if (page_cells_number(&by, row, "change") && by != 0)
        cell_text_change(&text, change->kind == CELL_RATE ? CELL_POINTS : change->kind, by);
    html_out_put(out, "%s", text.len ? "" : "<span class=\"nil\">0</span>");
    html_out_figure(out, bc_buf_str(&text));
    if (rests && rests->integer != 0 && (change->kind != CELL_NUMBER || !n)) {
        text.len = 0;
        bc_buf_printf(&text, "%+" PRId64, rests->integer);
        html_out_put(out, "<div class=\"q\">%s ", n ? "n" : "guard");
        html_out_figure(out, bc_buf_str(&text));
        html_out_put(out, "</div>");
    }
    bc_buf_release(&text);
}

/* On a narrow page with the change below it. */
static void put_new(struct html_out *out, const struct row *row)
{
    put_side(out, row, "new");
    html_out_put(out, "<div class=\"ph q2\">");
    put_change(out, row);
    html_out_put(out, "</div>");
}

static void put_state(struct html_out *out, const struct row *row)
{
    const bool differs = row_find(row, "differs")->yes;

    page_cells_state(out, differs ? PAGE_OFF : PAGE_FINE,
                     differs ? BC_STR("differs") : BC_STR("same"));
}

/* Leads to the figure as it was asked then. */
static bool begin_link(struct html_out *out, const struct row *figure)
{
    static const char *const keys[] = { "as-of", "known-at", "clock", "rules" };
    enum { KEY_N = sizeof(keys) / sizeof(keys[0]) };
    const struct bc_str slice = page_cells_text(figure, "slice");
    struct document_pair pairs[KEY_N + 2];

    for (size_t i = 0; i < KEY_N; i++)
        pairs[i] =
            (struct document_pair){ keys[i], page_cells_text(page_about(out)->around, keys[i]) };
    pairs[KEY_N] = (struct document_pair){ "name", page_cells_text(figure, "name") };
    pairs[KEY_N + 1] = (struct document_pair){ "slice", slice };
    return slice.len ? document_link(out, "metric", pairs, KEY_N + 2)
                     : document_link(out, "red-lines", pairs, KEY_N);
}

/* What was asked, and known, when the report was issued. */
static void fill_asked(struct row *row, const struct restated *restated)
{
    char text[WHEN_LEN];

    when_print(text, &restated->issued.as_of);
    row_format(row, "as-of", "%s", text);
    if (restated->issued.known_asked) {
        when_print(text, &restated->issued.known);
        row_format(row, "known-at", "%s", text);
    } else {
        char issued[BC_INSTANT_LEN];

        bc_instant_print(issued, restated->report->issued_us);
        row_format(row, "known-at", "%s", issued);
    }
    row_word(row, "clock", restated->issued.by_source ? "source" : "");
    row_word(row, "rules", restated->issued.rules_version);
}

/* A red line has no slice. */
static void put_label(struct html_out *out, const struct row *figure)
{
    const bool linked = begin_link(out, figure);
    struct bc_buf label = { 0 };

    if (page_cells_text(figure, "slice").len)
        rule_labels_metric_add(&label, page_about(out)->rules, page_cells_text(figure, "name"));
    else
        rule_labels_red_line_add(&label, page_about(out)->rules, page_cells_text(figure, "name"));
    html_out_text(out, bc_buf_str(&label));
    document_link_end(out, linked);
    bc_buf_release(&label);
}

static void put_slice(struct html_out *out, const struct row *row)
{
    const struct bc_str slice = page_cells_text(row, "slice");

    html_out_text(out, slice.len ? labels_slice(slice) : BC_STR("Red lines"));
}

static void put_figures(struct html_out *out, const struct restated_figures *figures)
{
    static const struct column columns[] = {
        { .name = "State", .draw = put_state },
        { .name = "Figure", .about = true, .draw = put_label },
        { .name = "As issued", .class = "side", .draw = put_old },
        { .name = "Reads now", .class = "side", .draw = put_new },
        { .name = "Difference", .right = true, .leave = 1, .draw = put_change },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight sides",
                                      .group = "group",
                                      .draw_group = put_slice,
                                      .all = true };

    print_html_of(out, &table, restated_figures_rows(figures));
}

/* --- causes --- */

enum { DEALS_SEEN = 20 }; /* so many deals of a cause are seen; the others are folded */

static void put_deal(struct html_out *out, const struct row *deal)
{
    const struct bc_str id = page_cells_text(deal, "deal");
    const struct cell *events = row_find(deal, "events");

    page_cells_put_deal(out, id, names_of_deal(out->env->names, id).name);
    html_out_put(out, " <span class=\"q\">");
    page_cells_put(out, deal, "how");
    for (size_t i = 0; i < events->texts.n; i++) {
        const struct document_pair event = { "id", events->texts.at[i] };
        bool linked;

        html_out_put(out, "%s<span class=\"code\">", i ? ", " : ": ");
        linked = document_link(out, "event", &event, 1);
        html_out_text(out, event.value);
        document_link_end(out, linked);
        html_out_put(out, "</span>");
    }
    html_out_put(out, "</span>");
}

static void put_deals(struct html_out *out, const struct row *row)
{
    const struct cell *deals = row_find(row, "deals");
    const size_t n = deals ? deals->rows.n : 0;
    struct row deal = { .readers = row->readers };

    for (size_t i = 0; i < n; i++) {
        row_clear(&deal);
        deals->rows.fill(&deal, deals->rows.source, i);
        if (i == DEALS_SEEN)
            html_out_put(out, "<details><summary>%zu more</summary>", n - DEALS_SEEN);
        html_out_put(out, "%s", i && i != DEALS_SEEN ? "<br>" : "");
        put_deal(out, &deal);
    }
    html_out_put(out, "%s", n > DEALS_SEEN ? "</details>" : "");
    row_release(&deal);
}

/* The cause; where it left the figure itself as it is, what else it moved. */
static void put_cause(struct html_out *out, const struct row *row)
{
    const struct cell *fields = row_find(row, "fields");
    const char *before = "; it moved ";

    page_cells_put(out, row, "told");
    for (size_t i = 0; fields && i < fields->texts.n; i++)
        if (bc_str_eq(fields->texts.at[i], BC_STR("value")) ||
            bc_str_eq(fields->texts.at[i], BC_STR("n")) ||
            bc_str_eq(fields->texts.at[i], BC_STR("guard")) ||
            bc_str_eq(fields->texts.at[i], BC_STR("state")))
            return;
    for (size_t i = 0; fields && i < fields->texts.n; i++) {
        html_out_put(out, "<span class=\"q\">%s", before);
        put_key(out, fields->texts.at[i].at);
        html_out_put(out, "</span>");
        before = ", ";
    }
}

/* "Sales-qualified deals, New business: 14, now 16" */
static void put_figure(struct html_out *out, const struct row *row)
{
    const char *const sides[] = { "old", "new" };
    struct row figure, side;

    (void)html_out_within(&figure, row, "figure");
    put_label(out, &figure);
    html_out_put(out, ", ");
    if (page_cells_text(&figure, "slice").len)
        put_slice(out, &figure);
    else
        html_out_put(out, "red line");
    for (size_t i = 0; i < 2; i++) {
        html_out_put(out, i ? ", now " : ": ");
        if (html_out_within(&side, &figure, sides[i]))
            put_value(out, &side);
        else
            html_out_put(out, "not there");
        row_release(&side);
    }
    row_release(&figure);
}

static void put_causes(struct html_out *out, struct restated_figures *figures)
{
    static const struct column columns[] = {
        { .name = "Because of", .about = true, .draw = put_cause },
        { .name = "Difference", .right = true, .draw = put_change },
        { .name = "Deals, and the events that moved them", .draw = put_deals },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .group = "group",
                                      .draw_group = put_figure,
                                      .uncounted = true,
                                      .all = true };
    const struct rows rows = restated_figures_causes(figures);
    struct bc_err err;

    html_out_put(out,
                 "<h3>Why</h3>\n<p class=\"note\">Cause after cause, from what was given out to "
                 "what it reads now: the differences add up, before they are rounded.</p>\n");
    (void)print_html(out, &table, &rows, &err);
}

void restate_tables_put(struct html_out *out, const struct restated *restated,
                        struct restated_figures *figures)
{
    struct row asked = { .readers = ROW_FOR_PAGES };
    const struct page_about about = { .rules = restated->today.rules, .around = &asked };
    const void *kept = out->about;

    fill_asked(&asked, restated);
    out->about = &about;
    put_figures(out, figures);
    if (figures->differ)
        put_causes(out, figures);
    out->about = kept;
    row_release(&asked);
}
