#include "tools/pages/monthly_page.h"

#include "tools/pages/closed_table.h"
#include "tools/pages/learning_table.h"
#include "tools/pages/loss_table.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_ends.h"
#include "tools/pages/page_pictures.h"
#include "tools/pages/signal_table.h"
#include "tools/pages/version_table.h"
#include "tools/print/print_html.h"

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

static void put_losses(struct html_out *out, const struct monthly_shown *shown,
                       const struct row *answer)
{
    struct row losses;

    (void)shown;
    (void)html_out_within(&losses, answer, "losses");
    loss_table_put(out, &losses);
    html_out_put(out, "<h3>Lost with a day to ask again: %zu</h3>\n",
                 row_find(&losses, "reengage")->rows.n);
    loss_table_put_reengage(out, row_find(&losses, "reengage")->rows);
    row_release(&losses);
}

/* --- learnings --- */

static void put_learnings(struct html_out *out, const struct monthly_shown *shown,
                          const struct row *answer)
{
    struct row learnings;
    struct rows missing;

    (void)shown;
    (void)html_out_within(&learnings, answer, "learnings");
    missing = row_find(&learnings, "missing")->rows;
    learning_table_put(out, row_find(&learnings, "learnings")->rows);
    html_out_put(out, "<h3>Closed without one: %zu</h3>\n", missing.n);
    learning_table_put_missing(out, missing);
    row_release(&learnings);
}

/* --- signals --- */

static void put_signals(struct html_out *out, const struct monthly_shown *shown,
                        const struct row *answer)
{
    struct row signals;

    (void)shown;
    if (html_out_within(&signals, answer, "signals"))
        signal_table_put(out, &signals);
    else
        document_empty(out, "These rules have no such stage.");
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

static void put_versions(struct html_out *out, const struct monthly_shown *shown,
                         const struct row *answer)
{
    static const struct column compared[] = {
        { .name = "Under", .about = true, .draw = version_table_version },
        { .name = "Figure", .draw = page_cells_metric },
        { .name = "Converted", .right = true, .leave = 1, .draw = page_cells_converted },
        { .name = "Open", .key = "open", .right = true, .leave = 1 },
        { .name = "Rate", .key = "rate", .right = true, .class = "big" },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = page_pictures_rate },
        { .name = "95 % interval", .class = "q2", .draw = page_cells_interval },
    };
    const struct html_table table = { .columns = COLUMNS_OF(compared), .class = "tight" };
    struct rows rows = row_find(answer, "versions")->rows;
    struct bc_err err;

    (void)shown;
    version_table_put(out, rows);
    (void)print_html(out, &table, &(struct rows){ .find = find_compared, .finder = &rows }, &err);
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
