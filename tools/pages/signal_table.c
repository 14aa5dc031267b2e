#include "tools/pages/signal_table.h"

#include "tools/pages/behind.h"
#include "tools/pages/cohort_table.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

#include <inttypes.h>
#include <string.h>

enum { ASKED_MAX = 8 };

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

/* Its values, with what the deals were asked for. */
static bool link_values(struct html_out *out, const struct row *signal)
{
    const struct behind *behind = page_about(out)->behind;
    struct document_pair pairs[ASKED_MAX + 1] = { { "by", page_cells_text(signal, "key") } };
    size_t n = 1;

    for (size_t i = 0; behind && i < behind->asked_n && n <= ASKED_MAX; i++)
        pairs[n++] = behind->asked[i];
    return document_link(out, "cohorts", pairs, n);
}

static void put_key(struct html_out *out, const struct row *row)
{
    const bool linked = link_values(out, row);

    page_cells_put(out, row, "key");
    document_link_end(out, linked);
}

/* A path of theirs begins with the key, which ends at the first comma. */
static void put_values_of(struct html_out *out, const struct row *signal)
{
    const struct bc_str key = page_cells_text(signal, "key");
    const void *kept = out->about;
    struct page_about about = *page_about(out);
    struct behind behind = about.behind ? *about.behind : (struct behind){ 0 };
    struct bc_buf before = { 0 };

    bc_buf_printf(&before, "%.*s,", BC_STR_ARG(key));
    behind.before = bc_buf_str(&before);
    if (about.behind)
        about.behind = memchr(before.at, ',', before.len - 1) ? NULL : &behind;
    out->about = &about;
    html_out_put(out, "<h3>");
    put_key(out, signal);
    html_out_put(out, "</h3>\n");
    cohort_table_put(out, &(struct cohort_table){ .heading = "Value",
                                                  .key = key,
                                                  .rows = row_find(signal, "rows")->rows });
    out->about = kept;
    bc_buf_release(&before);
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
        { .name = "Key", .about = true, .draw = put_key },
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
