#include "tools/site/records/audit_page_reports.h"

#include "tools/print/print_html.h"
#include "tools/site/parts/event_cells.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- both answers as one --- */

/* Those that differ first, as `restate` has them; then the others of `report list`. */
struct reports {
    struct rows differing, all;
    size_t *same; /* of all: which of them */
    size_t same_n;
};

static struct bc_str id_of(const struct rows *rows, size_t i)
{
    struct row row = { .readers = ROW_FOR_PAGES };
    struct bc_str id;

    rows->fill(&row, rows->source, i);
    id = page_cells_text(&row, "report");
    row_release(&row);
    return id;
}

static void find_same(struct reports *reports)
{
    reports->same = bc_calloc(reports->all.n, sizeof(*reports->same));
    for (size_t i = 0; i < reports->all.n; i++) {
        const struct bc_str id = id_of(&reports->all, i);
        bool differs = false;

        for (size_t at = 0; at < reports->differing.n && !differs; at++)
            differs = bc_str_eq(id, id_of(&reports->differing, at));
        if (!differs)
            reports->same[reports->same_n++] = i;
    }
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct reports *reports = source;
    const size_t differing = reports->differing.n;

    if (i < differing)
        reports->differing.fill(row, reports->differing.source, i);
    else
        reports->all.fill(row, reports->all.source, reports->same[i - differing]);
}

/* --- cells --- */

static void put_report(struct html_out *out, const struct row *row)
{
    const struct document_pair id = { "id", page_cells_text(row, "report") };
    const bool linked = document_link(out, "report", &id, 1);

    html_out_text(out, page_cells_text(row, "name"));
    document_link_end(out, linked);
    html_out_put(out, "<br><span class=\"q\">");
    event_cells_put_id(out, id.value);
    html_out_put(out, "</span><span class=\"ph q\"><br>");
    page_cells_put(out, row, "issued");
    html_out_put(out, "</span>");
}

static bool is_differing(const struct row *row)
{
    return row_find(row, "metrics") != NULL;
}

static void put_figures(struct html_out *out, const struct row *row)
{
    if (is_differing(row))
        html_out_put(out, "%zu", call_rows(row, "metrics").n + call_rows(row, "redLines").n);
}

/* Words with a blank for each _, each once. */
struct words {
    struct bc_str *at;
    size_t n, cap;
};

static void add_word(struct words *words, struct bc_str word)
{
    for (size_t i = 0; i < words->n; i++)
        if (bc_str_eq(words->at[i], word))
            return;
    BC_GROW(words->at, words->n, words->cap);
    words->at[words->n++] = word;
}

static void add_causes(struct words *words, const struct rows *figures)
{
    struct row figure = { .readers = ROW_FOR_PAGES }, cause = { .readers = ROW_FOR_PAGES };

    for (size_t i = 0; i < figures->n; i++) {
        struct rows causes;

        row_clear(&figure);
        figures->fill(&figure, figures->source, i);
        causes = call_rows(&figure, "causes");
        for (size_t at = 0; at < causes.n; at++) {
            row_clear(&cause);
            causes.fill(&cause, causes.source, at);
            add_word(words, page_cells_text(&cause, "cause"));
        }
    }
    row_release(&figure);
    row_release(&cause);
}

static void put_words(struct html_out *out, const struct words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        struct bc_buf text = { 0 };

        bc_buf_add_str(&text, words->at[i]);
        for (size_t at = 0; at < text.len; at++)
            if (text.at[at] == '_')
                text.at[at] = ' ';
        html_out_put(out, "%s", i ? ", " : "");
        html_out_text(out, bc_buf_str(&text));
        bc_buf_release(&text);
    }
}

static void put_why(struct html_out *out, const struct row *row)
{
    const struct rows metrics = call_rows(row, "metrics"), lines = call_rows(row, "redLines");
    const struct cell *parts = row_find(row, "parts");
    struct words words = { 0 };

    add_causes(&words, &metrics);
    add_causes(&words, &lines);
    put_words(out, &words);
    if (parts && parts->texts.n) {
        html_out_put(out, "%sparts: ", words.n ? "; " : "");
        html_out_cell(out, parts);
    }
    html_out_text(out, page_cells_text(row, "problem"));
    html_out_text(out, page_cells_text(row, "partsProblem"));
    free(words.at);
}

static void put_state(struct html_out *out, const struct row *row)
{
    if (row_find(row, "problem"))
        page_cells_state(out, PAGE_RISK, BC_STR("cannot be read"));
    else if (is_differing(row))
        page_cells_state(out, PAGE_RISK, BC_STR("reads differently now"));
    else
        page_cells_state(out, PAGE_FINE, BC_STR("reads so still"));
    html_out_put(out, "<span class=\"ph q\"><br>");
    put_why(out, row);
    html_out_put(out, "</span>");
}

/* --- the section --- */

bc_status audit_page_reports(struct call_page *call, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "Report", .about = true, .draw = put_report },
        { .name = "Issued", .key = "issued", .class = "nb", .leave = 1 },
        { .name = "State", .draw = put_state },
        { .name = "Figures that differ", .right = true, .draw = put_figures, .leave = 1 },
        { .name = "Because of", .draw = put_why, .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    struct reports reports = { 0 };
    const struct row *list, *restated;
    bc_status rc = call_ask(&list, call, 0, (const char *[]){ "report", "list", NULL }, err);

    if (rc < 0)
        return rc;
    if (call_rows(list, "reports").n == 0) {
        document_empty(&call->out, "No report was issued. `backcast report issue` does.");
        return BC_OK;
    }
    rc = call_ask(&restated, call, 0, (const char *[]){ "restate", NULL }, err);
    if (rc < 0)
        return rc;
    reports.all = call_rows(list, "reports");
    reports.differing = call_rows(restated, "reports");
    find_same(&reports);
    print_html_of(&call->out, &table,
                  rows_of(fill, &reports, reports.differing.n + reports.same_n));
    free(reports.same);
    return BC_OK;
}
