#include "tools/pages/restate_page.h"

#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_ends.h"
#include "tools/pages/restate_tables.h"
#include "tools/print/print_html.h"
#include "tools/show/diff_sides.h"
#include "tools/show/restated_cells.h"
#include "tools/show/restated_figures.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* In the order of the list. */
enum line_state { LINE_UNKNOWN, LINE_DIFFERS, LINE_SAME };

/* What stays of a report when it was added. */
struct restate_page_line {
    const struct bc_issued *report;
    enum line_state state;
    size_t section; /* its number; 0: none */
    char as_of[WHEN_LEN];
    struct bc_str rules, why; /* of the page's arena; why: causes, parts, or the problem */
    size_t figures, differ;
};

void restate_page_begin(struct restate_page *out, const struct cmd_env *env, size_t reports)
{
    *out = (struct restate_page){ .out = { .env = env },
                                  .one = reports == 1,
                                  .arena = bc_arena_new() };
}

void restate_page_release(struct restate_page *page)
{
    bc_buf_release(&page->out.text);
    bc_arena_free(page->arena);
    free(page->lines);
    *page = (struct restate_page){ 0 };
}

/* --- a report --- */

/* "late event, retraction; parts: flow" */
static void add_why(struct bc_buf *out, const struct restated *restated)
{
    const uint32_t causes = restated->diff ? bc_diff_causes(restated->diff) : 0;
    const char *between = "";

    if (!restated->diff)
        restated_problem_add(out, &restated->problem);
    for (unsigned cause = 0; cause < BC_CAUSE_N; cause++) {
        if (!(causes >> cause & 1))
            continue;
        bc_buf_printf(out, "%s%s", between, diff_cause_text((enum bc_cause)cause));
        between = ", ";
    }
    between = out->len ? "; parts: " : "parts: ";
    for (size_t i = 0; i < restated->part_n; i++) {
        bc_buf_printf(out, "%s", between);
        page_cells_add_words(out, restated->parts[i].at);
        between = ", ";
    }
    if (restated->parts_problem.message[0]) {
        bc_buf_printf(out, "%sits lists were not asked again: ", out->len ? "; " : "");
        restated_problem_add(out, &restated->parts_problem);
    }
}

static struct restate_page_line *add_line(struct restate_page *page,
                                          const struct restated *restated,
                                          const struct restated_figures *figures)
{
    struct restate_page_line *line;
    struct bc_buf why = { 0 };

    BC_GROW(page->lines, page->n, page->cap);
    line = &page->lines[page->n++];
    *line = (struct restate_page_line){ .report = restated->report,
                                        .state = restated_unknown(restated)   ? LINE_UNKNOWN
                                                 : restated_differs(restated) ? LINE_DIFFERS
                                                                              : LINE_SAME,
                                        .figures = figures->n,
                                        .differ = figures->differ };
    add_why(&why, restated);
    line->why = bc_arena_copy(page->arena, bc_buf_str(&why));
    bc_buf_release(&why);
    if (!restated->diff)
        return line;
    when_print(line->as_of, &restated->issued.as_of);
    line->rules = bc_arena_copy(page->arena, bc_str_of(restated->issued.rules_version));
    return line;
}

/* "as of 2025-01-31, issued 2025-04-01 08:00:00 UTC, by user:7, resting on 19 events, rules R2" */
static void add_about(struct bc_buf *out, const struct cmd_env *env,
                      const struct restate_page_line *line, const struct restated *restated)
{
    char time[TIMES_LEN];

    times_print(time, env->times, line->report->issued_us);
    if (line->as_of[0])
        bc_buf_printf(out, "As of %s, issued ", line->as_of);
    else
        bc_buf_printf(out, "Issued ");
    bc_buf_printf(out, "%s %s", time, times_zone_name(env->times));
    if (line->report->actor.len)
        bc_buf_printf(out, ", by %.*s",
                      BC_STR_ARG(names_of_person(env->names, line->report->actor)));
    if (!restated->diff)
        return;
    bc_buf_printf(out, ", resting on %" PRIu64 " events, rules %.*s", restated->issued.last_seq,
                  BC_STR_ARG(line->rules));
    if (!bc_str_eq(line->rules, bc_str_of(restated->today.rules->version)))
        bc_buf_printf(out, "; now %s", restated->today.rules->version);
}

static void put_verdict(struct html_out *out, const struct restate_page_line *line)
{
    static const char *const words[] = { "cannot be read again", "reads differently now",
                                         "reads the same" };

    html_out_put(out, "<p>");
    page_cells_state(out, line->state == LINE_SAME ? PAGE_FINE : PAGE_OFF,
                     bc_str_of(words[line->state]));
    if (line->figures)
        html_out_put(out, " in %zu of %zu figures",
                     line->state == LINE_SAME ? line->figures : line->differ, line->figures);
    if (line->why.len) {
        html_out_put(out, ": ");
        html_out_text(out, line->why);
    }
    html_out_put(out, "</p>\n");
}

/* Where pages are linked it is one click away. */
static void put_given(struct html_out *out, struct bc_str report)
{
    const struct document_pair pairs[] = { { "id", report } };

    html_out_put(out, " ");
    if (document_link(out, "given", pairs, 1)) {
        html_out_put(out, "The page that was given out");
        document_link_end(out, true);
        html_out_put(out, ", as a file.");
    } else {
        html_out_put(out, "<code>backcast report page</code> writes the page that was given out.");
    }
}

static void put_section(struct restate_page *page, struct restate_page_line *line,
                        const struct restated *restated, struct restated_figures *figures)
{
    struct html_out *out = &page->out;
    struct bc_buf about = { 0 };
    char id[32];

    line->section = ++page->sections;
    (void)snprintf(id, sizeof(id), "report-%zu", line->section);
    add_about(&about, out->env, line, restated);
    document_section(out, &(struct document_place){ .id = id, .heading = line->report->name.at },
                     bc_buf_str(&about), page->one);
    put_verdict(out, line);
    html_out_put(out, "<p class=\"note\">On record as <span class=\"code\">");
    html_out_text(out, line->report->id);
    html_out_put(out, "</span>.");
    if (line->report->page_len)
        put_given(out, line->report->id);
    html_out_put(out, "</p>\n");
    if (figures->n)
        restate_tables_put(out, restated, figures);
    document_section_end(out);
    bc_buf_release(&about);
}

void restate_page_add(struct restate_page *page, const struct restated *restated)
{
    struct restated_figures figures = { 0 };
    struct restate_page_line *line;

    if (restated->diff)
        restated_figures_init(&figures, restated);
    line = add_line(page, restated, &figures);
    if (page->one || line->state != LINE_SAME)
        put_section(page, line, restated, &figures);
    restated_figures_release(&figures);
}

/* --- the list --- */

static int by_state(const void *a, const void *b)
{
    const struct restate_page_line *left = a, *right = b;

    if (left->state != right->state)
        return left->state < right->state ? -1 : 1;
    if (left->report->issued_us != right->report->issued_us)
        return left->report->issued_us < right->report->issued_us ? -1 : 1;
    return (left->report->seq > right->report->seq) - (left->report->seq < right->report->seq);
}

static void fill_line(struct row *row, const void *source, size_t i)
{
    const struct restate_page_line *line = (const struct restate_page_line *)source + i;

    row_count(row, "state", line->state);
    row_count(row, "section", line->section);
    row_text(row, "name", line->report->name);
    row_text(row, "report", line->report->id);
    row_instant(row, "issued", line->report->issued_us);
    row_word(row, "asOf", line->as_of);
    row_text(row, "rules", line->rules);
    row_text(row, "why", line->why);
    row_count(row, "differ", line->differ);
    row_count(row, "figures", line->figures);
}

static void put_state(struct html_out *out, const struct row *row)
{
    static const char *const words[] = { "cannot be read", "differs", "same" };
    const uint64_t state = row_find(row, "state")->count;

    page_cells_state(out, state == LINE_SAME ? PAGE_FINE : PAGE_OFF, bc_str_of(words[state]));
}

/* On a narrow page with the date below it. */
static void put_name(struct html_out *out, const struct row *row)
{
    const uint64_t section = row_find(row, "section")->count;

    if (section)
        html_out_put(out, "<a href=\"#report-%" PRIu64 "\">", section);
    page_cells_put(out, row, "name");
    html_out_put(out, "%s <span class=\"q id\">", section ? "</a>" : "");
    page_cells_put(out, row, "report");
    html_out_put(out, "</span>");
    if (!page_cells_text(row, "asOf").len)
        return;
    html_out_put(out, "<span class=\"ph q\"><br>as of ");
    page_cells_put(out, row, "asOf");
    html_out_put(out, "</span>");
}

static void put_differ(struct html_out *out, const struct row *row)
{
    const uint64_t figures = row_find(row, "figures")->count;

    if (figures)
        html_out_put(out, "%" PRIu64 " of %" PRIu64, row_find(row, "differ")->count, figures);
}

static const struct document_place list_place = { "reports", "Reports", "Reports", { 0 } };

static void put_list(struct html_out *out, const struct restate_page *page)
{
    static const struct column columns[] = {
        { .name = "State", .draw = put_state },
        { .name = "Report", .about = true, .draw = put_name },
        { .name = "As of", .key = "asOf", .class = "nb", .leave = 1 },
        { .name = "Issued", .key = "issued", .class = "nb", .leave = 1 },
        { .name = "Rules", .key = "rules", .leave = 2 },
        { .name = "Figures that differ", .right = true, .draw = put_differ },
        { .name = "Because of", .key = "why", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };

    document_section(out, &list_place, BC_STR("Those that read differently first."), true);
    if (page->n == 0)
        document_empty(out, "No report was issued.");
    print_html_of(out, &table, rows_of(fill_line, page->lines, page->n));
    document_section_end(out);
}

/* --- the page --- */

static void add_lead(struct bc_buf *out, const struct restate_page *page)
{
    size_t counts[LINE_SAME + 1] = { 0 };

    bc_buf_printf(out, "Asked again with all that is known now");
    if (page->one)
        return;
    for (size_t i = 0; i < page->n; i++)
        counts[page->lines[i].state]++;
    bc_buf_printf(out, ": %zu would read differently, %zu the same, %zu cannot be read",
                  counts[LINE_DIFFERS], counts[LINE_SAME], counts[LINE_UNKNOWN]);
}

static void begin(struct html_out *out, const struct restate_page *page, const struct row *answer)
{
    const struct bc_str name =
        page->one && page->n ? page->lines[0].report->name : BC_STR("Issued reports");
    struct bc_buf title = { 0 }, lead = { 0 };
    struct document_place places[2];
    size_t n = 0;

    if (!page->one)
        places[n++] = list_place;
    if (page_ends_has_notes(answer))
        places[n++] = page_ends_notes;
    add_lead(&lead, page);
    bc_buf_printf(&title, "%.*s, as issued and as %s now", BC_STR_ARG(name),
                  page->one ? "it reads" : "they read");
    document_begin(out, &(struct document_head){ .title = bc_buf_str(&title),
                                                 .heading = page->one ? bc_buf_str(&title) : name,
                                                 .lead = bc_buf_str(&lead),
                                                 .places = places,
                                                 .place_n = n });
    bc_buf_release(&title);
    bc_buf_release(&lead);
}

void restate_page_end(struct restate_page *page, const struct row *answer)
{
    struct html_out whole = { .env = page->out.env, .drawings = page->out.drawings };

    if (page->n)
        qsort(page->lines, page->n, sizeof(*page->lines), by_state);
    begin(&whole, page, answer);
    if (!page->one)
        put_list(&whole, page);
    bc_buf_add_str(&whole.text, bc_buf_str(&page->out.text));
    page_ends_put_notes(&whole, answer);
    document_end(&whole, answer,
                 BC_STR("of each its own, beside those that its reference chooses now"));
    bc_buf_release(&page->out.text);
    page->out.text = whole.text;
}
