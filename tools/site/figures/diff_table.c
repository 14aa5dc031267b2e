#include "tools/site/figures/diff_table.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/site/frame/call.h"
#include "tools/site/parts/event_cells.h"

#include <stdlib.h>

/* --- words --- */

void diff_table_cause(struct html_out *out, const struct row *row)
{
    const struct bc_str cause = page_cells_text(row, "cause");
    static const struct {
        const char *cause, *text;
    } words[] = {
        { "rule", "other rules" },
        { "time", "another date" },
        { "late_event", "late event" },
        { "property_filled_in", "property filled in later" },
        { "correction", "correction" },
        { "retraction", "retraction" },
        { "given_otherwise", "given otherwise" },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bc_str_eq(cause, bc_str_of(words[i].cause)))
            html_out_put(out, "%s", words[i].text);
}

/* By how much, of the kind that "change" is of; a rate's in points. */
void diff_table_change(struct html_out *out, const struct row *row)
{
    const struct cell *change = row_find(row, "change");
    struct bc_buf text = { 0 };
    double by;

    if (change && change->kind == CELL_NULL)
        html_out_put(out, CELL_TEXT_NULL);
    if (!change || !page_cells_number(&by, row, "change"))
        return;
    if (by == 0) {
        html_out_put(out, "<span class=\"q2\">0</span>");
        return;
    }
    if (change->kind == CELL_RATE)
        cell_text_figure(&text, CELL_POINTS, by);
    else
        cell_text_change(&text, change->kind, by);
    html_out_figure(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void put_by(struct html_out *out, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);
    struct bc_buf text = { 0 };

    if (!cell)
        return;
    if (cell->integer == 0) {
        html_out_put(out, "0");
        return;
    }
    cell_text_change(&text, CELL_NUMBER, (double)cell->integer);
    html_out_figure(out, bc_buf_str(&text));
    bc_buf_release(&text);
}

/* --- cells --- */

static void put_cause(struct html_out *out, const struct row *row)
{
    diff_table_cause(out, row);
    html_out_put(out, ": ");
    diff_table_change(out, row);
}

static void put_how(struct html_out *out, const struct row *row)
{
    const struct bc_str how = page_cells_text(row, "how");

    html_out_put(out, bc_str_eq(how, BC_STR("in"))    ? "+ "
                      : bc_str_eq(how, BC_STR("out")) ? "\xe2\x88\x92 "
                                                      : "~ ");
    html_out_text(out, how);
}

static void put_n(struct html_out *out, const struct row *row)
{
    put_by(out, row, "nChange");
}

static void put_hit(struct html_out *out, const struct row *row)
{
    put_by(out, row, "hitChange");
}

/* --- rows --- */

/* A deal with its cause. */
struct moved {
    const struct row *cause;
    struct rows deals;
    size_t at;
};

static void fill_moved(struct row *row, const void *source, size_t i)
{
    const struct moved *moved = (const struct moved *)source + i;
    static const char *const keys[] = { "cause", "change" };

    if (moved->deals.n)
        moved->deals.fill(row, moved->deals.source, moved->at);
    for (size_t key = 0; key < sizeof(keys) / sizeof(keys[0]); key++) {
        BC_GROW(row->cells, row->n, row->cap);
        row->cells[row->n++] = *row_find(moved->cause, keys[key]);
    }
}

static void print_moved(struct html_out *out, const struct row *figure, struct rows rows)
{
    const struct bc_str unit = page_cells_text(figure, "unit");
    const bool rate = bc_str_eq(unit, BC_STR("ratio")), days = bc_str_eq(unit, BC_STR("days"));
    struct column columns[7] = {
        { .name = "How", .class = "nb", .leave = 1, .draw = put_how },
        { .name = "Deal", .about = true, .draw = page_cells_deal },
    };
    size_t n = 2;
    struct html_table table = {
        .class = "tight", .group = "cause", .draw_group = put_cause, .uncounted = true
    };

    if (rate)
        columns[n++] = (struct column){ .name = "Hits", .right = true, .draw = put_hit };
    columns[n++] =
        (struct column){ .name = rate ? "Attempts" : "Counted", .right = true, .draw = put_n };
    if (days) {
        columns[n++] = (struct column){ .name = "From", .key = "daysOld", .right = true };
        columns[n++] = (struct column){ .name = "To", .key = "daysNew", .right = true };
    }
    columns[n++] =
        (struct column){ .name = "Events", .draw = event_cells_ids, .class = "q2 ids", .leave = 2 };
    table.columns = (struct columns){ columns, n };
    print_html_of(out, &table, rows);
}

void diff_table_put(struct html_out *out, const struct row *figure)
{
    const struct rows causes = call_rows(figure, "causes");
    struct row *of = bc_calloc(causes.n + 1, sizeof(*of));
    struct moved *moved = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < causes.n; i++) {
        struct rows deals;

        of[i] = (struct row){ .readers = figure->readers, .times = figure->times };
        causes.fill(&of[i], causes.source, i);
        deals = call_rows(&of[i], "deals");
        for (size_t at = 0; at < deals.n; at++) {
            BC_GROW(moved, n, cap);
            moved[n++] = (struct moved){ &of[i], deals, at };
        }
        if (deals.n == 0) { /* it moved no deal, only how much each counts */
            html_out_put(out, "<p>");
            put_cause(out, &of[i]);
            html_out_put(out, "</p>\n");
        }
    }
    print_moved(out, figure, rows_of(fill_moved, moved, n));
    for (size_t i = 0; i < causes.n; i++)
        row_release(&of[i]);
    free(of);
    free(moved);
}
