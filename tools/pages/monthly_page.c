#include "tools/pages/monthly_page.h"

#include "tools/pages/closed_table.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_ends.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

/* --- closed --- */

static void put_closed(struct html_out *out, const struct monthly_shown *shown,
                       const struct row *answer)
{
    const struct bc_learning_rule *rule = &shown->basis->rules->learning;
    struct row closed;

    (void)html_out_within(&closed, answer, "closed");
    html_out_put(out,
                 "<p class=\"sum\"><span><b>%" PRIu64 "</b> of %d to %d for a playbook</span> ",
                 row_find(&closed, "n")->count, (int)rule->closed_min, (int)rule->closed_max);
    if (row_find(&closed, "due")->yes)
        page_cells_state(out, PAGE_RISK, BC_STR("the next one is due"));
    else
        page_cells_state(out, PAGE_FINE, BC_STR("the next one is not due yet"));
    html_out_put(out, "</p>\n");
    closed_table_put(out, row_find(&closed, "deals")->rows);
    row_release(&closed);
}

/* --- losses --- */

static void put_value(struct html_out *out, const struct row *row)
{
    const struct bc_str value = page_cells_text(row, "value");

    html_out_text(out, value.len ? labels_stage(page_about(out)->rules, value) : BC_STR("none"));
}

static void put_counts(struct html_out *out, const char *heading, struct rows rows)
{
    const struct column columns[] = {
        { .name = heading, .about = true, .draw = put_value },
        { .name = "Deals", .key = "n", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, rows);
}

static void put_due(struct html_out *out, const struct row *row)
{
    const bool due = row_find(row, "due")->yes;

    page_cells_state(out, due ? PAGE_RISK : PAGE_KNOW, due ? BC_STR("due") : BC_STR("not yet"));
}

static void put_losses(struct html_out *out, const struct monthly_shown *shown,
                       const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Ask again", .about = true, .draw = page_cells_deal },
        { .name = "From", .key = "date", .class = "nb" },
        { .name = "State", .draw = put_due },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    struct row losses;

    (void)shown;
    (void)html_out_within(&losses, answer, "losses");
    html_out_put(out, "<p class=\"sum\"><span><b>%" PRIu64 "</b> lost</span></p>\n",
                 row_find(&losses, "n")->count);
    html_out_put(out, "<div class=\"beside\"><div>");
    put_counts(out, "From stage", row_find(&losses, "byStage")->rows);
    html_out_put(out, "</div><div>");
    put_counts(out, "Reason", row_find(&losses, "byReason")->rows);
    html_out_put(out, "</div><div>");
    put_counts(out, "ICP then", row_find(&losses, "byIcp")->rows);
    html_out_put(out, "</div></div>\n");
    html_out_put(out, "<h3>Lost with a day to ask again: %zu</h3>\n",
                 row_find(&losses, "reengage")->rows.n);
    print_html_of(out, &table, row_find(&losses, "reengage")->rows);
    row_release(&losses);
}

/* --- learnings --- */

/* A deal, an experiment, or neither. */
static void put_from(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "experiment").len)
        page_cells_put(out, row, "experiment");
    else
        page_cells_deal(out, row);
}

static void put_stage(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "stage").len)
        page_cells_stage(out, row);
    else
        page_cells_put(out, row, "stage");
}

static void put_learnings(struct html_out *out, const struct monthly_shown *shown,
                          const struct row *answer)
{
    static const struct column learned[] = {
        { .name = "Learned", .key = "text", .about = true },
        { .name = "On", .draw = page_cells_day },
        { .name = "Topic", .key = "topic" },
        { .name = "From", .leave = 1, .draw = put_from },
        { .name = "Stage", .leave = 2, .draw = put_stage },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    static const struct column missing[] = {
        { .name = "Deal", .about = true, .draw = page_cells_deal },
        { .name = "Outcome", .draw = page_cells_stage },
        { .name = "Closed", .draw = page_cells_day },
    };
    const struct html_table tables[] = {
        { .columns = COLUMNS_OF(learned), .class = "full" },
        { .columns = COLUMNS_OF(missing) },
    };
    struct row learnings;
    struct rows rows;

    (void)shown;
    (void)html_out_within(&learnings, answer, "learnings");
    rows = row_find(&learnings, "learnings")->rows;
    if (rows.n == 0)
        html_out_put(out, "<p class=\"empty\">Nothing was written down. "
                          "<code>backcast record learningRecorded</code> does.</p>\n");
    print_html_of(out, &tables[0], rows);
    rows = row_find(&learnings, "missing")->rows;
    html_out_put(out, "<h3>Closed without one: %zu</h3>\n", rows.n);
    print_html_of(out, &tables[1], rows);
    row_release(&learnings);
}

/* --- signals --- */

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

static void put_signals(struct html_out *out, const struct monthly_shown *shown,
                        const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Key", .key = "key", .about = true },
        { .name = "p", .right = true, .draw = put_chance },
        { .name = "Gain, nats", .right = true, .draw = put_gain },
        { .name = "Values", .key = "values", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    struct row signals, all;
    struct rows rows;

    (void)shown;
    if (!html_out_within(&signals, answer, "signals")) {
        document_empty(out, "These rules have no such stage.");
        return;
    }
    (void)html_out_within(&all, &signals, "all");
    html_out_put(out,
                 "<p class=\"sum\"><span><b>%" PRIu64 "</b> deals</span><span><b>%" PRIu64
                 "</b> converted</span><span><b>%" PRIu64 "</b> failed</span><span><b>%" PRIu64
                 "</b> open</span></p>\n",
                 row_find(&all, "n")->count, row_find(&all, "converted")->count,
                 row_find(&all, "failed")->count, row_find(&all, "open")->count);
    rows = row_find(&signals, "signals")->rows;
    print_html_of(out, &table, rows);
    put_values(out, rows);
    put_left_out(out, &signals);
    html_out_put(out,
                 "<p class=\"note\">p: how often luck alone makes the values as unlike; with %zu "
                 "keys expect %.1f under 0.05 by luck. Keys bound to time may tell age, not "
                 "effect.</p>\n",
                 rows.n, 0.05 * (double)rows.n);
    row_release(&all);
    row_release(&signals);
}

/* --- versions --- */

/* The rows of all versions: a conversion of one each. */
static bc_status find_compared(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct rows *versions = finder;
    struct row version = { .readers = taker->row->readers };
    struct row compared = { .readers = taker->row->readers };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < versions->n; i++) {
        const struct rows *cohorts;

        row_clear(&version);
        versions->fill(&version, versions->source, i);
        cohorts = &row_find(&version, "cohorts")->rows;
        for (size_t c = 0; rc == BC_OK && c < cohorts->n; c++) {
            const struct cell *within;

            row_clear(&compared);
            cohorts->fill(&compared, cohorts->source, c);
            within = row_find(&compared, "row");
            if (within->kind != CELL_ROW)
                continue;
            row_text(taker->row, "what", page_cells_text(&version, "what"));
            row_text(taker->row, "version", page_cells_text(&version, "version"));
            row_text(taker->row, "metric", page_cells_text(&compared, "metric"));
            within->rows.fill(taker->row, within->rows.source, 0);
            rc = row_take(taker, err);
        }
    }
    row_release(&version);
    row_release(&compared);
    return rc;
}

static void put_version(struct html_out *out, const struct row *row)
{
    page_cells_put(out, row, "what");
    html_out_put(out, " ");
    page_cells_put(out, row, "version");
}

static void put_versions(struct html_out *out, const struct monthly_shown *shown,
                         const struct row *answer)
{
    static const struct column published[] = {
        { .name = "Published", .about = true, .draw = put_version },
        { .name = "On", .draw = page_cells_day },
        { .name = "What is new", .key = "changelog" },
        { .name = "By", .key = "actor", .leave = 1, .shows = COLUMN_PERSON },
    };
    static const struct column compared[] = {
        { .name = "Under", .about = true, .draw = put_version },
        { .name = "Figure", .draw = page_cells_metric },
        { .name = "Converted", .right = true, .leave = 1, .draw = page_cells_converted },
        { .name = "Open", .key = "open", .right = true, .leave = 1 },
        { .name = "Rate", .key = "rate", .right = true, .class = "big" },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = page_pictures_rate },
        { .name = "95 % interval", .class = "q2", .draw = page_cells_interval },
    };
    const struct html_table tables[] = {
        { .columns = COLUMNS_OF(published) },
        { .columns = COLUMNS_OF(compared), .class = "tight" },
    };
    struct rows rows = row_find(answer, "versions")->rows;
    struct bc_err err;

    (void)shown;
    if (rows.n == 0)
        document_empty(out, "Nothing was published.");
    print_html_of(out, &tables[0], rows);
    (void)print_html(out, &tables[1], &(struct rows){ .find = find_compared, .finder = &rows },
                     &err);
}

/* --- the sections --- */

static const struct part {
    struct document_place place;
    const char *note;
    void (*put)(struct html_out *out, const struct monthly_shown *shown, const struct row *answer);
} parts[] = {
    { { "closed", "Closed", "Closed", { 0 } },
      "Deals that closed since then; the next playbook is due by their number.",
      put_closed },
    { { "losses", "Losses", "Losses", { 0 } }, "Why deals were lost since then.", put_losses },
    { { "learnings", "Learnings", "Learnings", { 0 } },
      "What was written down since then, in every slice.",
      put_learnings },
    { { "signals", "Signals", "Signals", { 0 } },
      "What tells most about what becomes of deals, at the first stage that qualifies.",
      put_signals },
    { { "versions", "Versions", "Versions", { 0 } },
      "Playbooks and ICPs, and what became of deals under each.",
      put_versions },
};
enum { PART_N = sizeof(parts) / sizeof(parts[0]) };

static void put_all(struct html_out *out, const struct monthly_shown *shown,
                    const struct row *answer)
{
    struct document_place places[PART_N + 1];

    for (size_t i = 0; i < PART_N; i++)
        places[i] = parts[i].place;
    places[PART_N] = page_ends_notes;
    page_ends_begin(out, "Monthly review", shown->basis, answer,
                    shown->ask->slice >= 0 ? shown->basis->rules->slices[shown->ask->slice].name
                                           : NULL,
                    places, PART_N + page_ends_has_notes(answer));
    page_ends_beside(out, "review", "The weekly review");
    for (size_t i = 0; i < PART_N; i++) {
        document_section(out, &parts[i].place, bc_str_of(parts[i].note), i == 0);
        parts[i].put(out, shown, answer);
        document_section_end(out);
    }
    page_ends_end(out, shown->basis, answer);
}

void monthly_page_add(struct bc_buf *out, const struct cmd_env *env,
                      const struct monthly_shown *shown, const struct review_recorded *recorded)
{
    struct monthly_shown told = *shown;
    struct row answer = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = env->times };
    const struct page_about about = { .rules = shown->basis->rules };
    struct html_out page = { .env = env, .about = &about };

    named_as_asked(&told.named, env);
    told.named.most = 0; /* a page has no width of a terminal */
    monthly_cells(&answer, &told, recorded);
    put_all(&page, &told, &answer);
    bc_buf_add_str(out, bc_buf_str(&page.text));
    bc_buf_release(&page.text);
    row_release(&answer);
}
