#include "tools/pages/signal_table.h"

#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"

#include <inttypes.h>

static void put_chance(struct html_out *out, const struct row *row)
{
    double value;

    if (page_cells_number(&value, row, "p"))
        html_out_put(out, "%.4f", value);
}

static void put_gain(struct html_out *out, const struct row *row)
{
    double value;

    if (page_cells_number(&value, row, "gain"))
        html_out_put(out, "%.4f", value);
}

/* The value of the one key. */
static void put_first_value(struct html_out *out, const struct row *row)
{
    const struct cell *values = row_find(row, "values");
    const bool any = values->kind == CELL_TEXTS && values->texts.n && values->texts.at[0].len;

    html_out_text(out, any ? values->texts.at[0] : BC_STR("none"));
}

static void put_values_of(struct html_out *out, const struct row *signal)
{
    static const struct column columns[] = {
        { .name = "Value", .about = true, .draw = put_first_value },
        { .name = "Converted", .right = true, .draw = page_cells_converted },
        { .name = "Rate", .key = "rate", .right = true, .class = "big" },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = page_pictures_rate },
        { .name = "95 % interval", .class = "q2", .leave = 1, .draw = page_cells_interval },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    html_out_put(out, "<h3>");
    page_cells_put(out, signal, "key");
    html_out_put(out, "</h3>\n");
    print_html_of(out, &table, row_find(signal, "rows")->rows);
}

static void put_values(struct html_out *out, struct rows signals)
{
    struct row signal = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    if (signals.n == 0)
        return;
    html_out_put(out, "<details class=\"tab\"><summary>The values of each key</summary>\n");
    for (size_t i = 0; i < signals.n; i++) {
        row_clear(&signal);
        signals.fill(&signal, signals.source, i);
        put_values_of(out, &signal);
    }
    html_out_put(out, "</details>\n");
    row_release(&signal);
}

static void put_left_out(struct html_out *out, const struct row *signals)
{
    const struct rows *rows = &row_find(signals, "leftOut")->rows;
    struct row left_out = { .readers = signals->readers };

    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&left_out);
        rows->fill(&left_out, rows->source, i);
        html_out_put(out, i ? ", " : "<p class=\"note\">Left out: ");
        page_cells_put(out, &left_out, "key");
        html_out_put(out, bc_str_eq(page_cells_text(&left_out, "reason"), BC_STR("one_value"))
                              ? " (one value)"
                              : " (too many values)");
    }
    if (rows->n)
        html_out_put(out, "</p>\n");
    row_release(&left_out);
}

void signal_table_put(struct html_out *out, const struct row *signals)
{
    static const struct column columns[] = {
        { .name = "Key", .key = "key", .about = true },
        { .name = "p", .right = true, .draw = put_chance },
        { .name = "Gain, nats", .right = true, .draw = put_gain },
        { .name = "Values", .key = "values", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    struct row all;
    struct rows rows;

    (void)html_out_within(&all, signals, "all");
    html_out_put(out,
                 "<p class=\"sum\"><span><b>%" PRIu64 "</b> deals</span><span><b>%" PRIu64
                 "</b> converted</span><span><b>%" PRIu64 "</b> failed</span><span><b>%" PRIu64
                 "</b> open</span></p>\n",
                 row_find(&all, "n")->count, row_find(&all, "converted")->count,
                 row_find(&all, "failed")->count, row_find(&all, "open")->count);
    rows = row_find(signals, "signals")->rows;
    print_html_of(out, &table, rows);
    put_values(out, rows);
    put_left_out(out, signals);
    html_out_put(out,
                 "<p class=\"note\">p: how often luck alone makes the values as unlike; with %zu "
                 "keys expect %.1f under 0.05 by luck. Keys bound to time may tell age, not "
                 "effect.</p>\n",
                 rows.n, 0.05 * (double)rows.n);
    row_release(&all);
}
