/* tools/site/records/audit_page.c - what the rules find odd, by kind, actor and source; and the
 * reports that were given out. */
#include "tools/cli/names.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/parts/paged.h"
#include "tools/site/records/audit_page_reports.h"
#include "tools/site/records/record_pages.h"

#include <inttypes.h>
#include <string.h>

static void put_code(struct html_out *out, struct bc_str text)
{
    html_out_put(out, "<span class=\"code\">");
    html_out_text(out, text);
    html_out_put(out, "</span>");
}

/* --- how many --- */

/* What this page asks beside the question; with another value of a key, the rest goes along. */
static const char *const keys[] = { "kind", "actor", "source", "all" };
enum { KEY_N = sizeof(keys) / sizeof(keys[0]) };

static void put_narrowed(struct html_out *out, const char *key, struct bc_str value,
                         struct bc_str text)
{
    struct document_pair pairs[KEY_N];
    bool linked;

    for (size_t i = 0; i < KEY_N; i++)
        pairs[i] = (struct document_pair){
            keys[i],
            strcmp(key, keys[i]) == 0 ? value : page_cells_text(page_about(out)->around, keys[i])
        };
    linked = document_link(out, "audit", pairs, KEY_N);
    if (linked || strcmp(key, "all") != 0) /* among files there is one audit */
        html_out_text(out, text);
    document_link_end(out, linked);
}

static void put_kind(struct html_out *out, const struct row *row)
{
    const struct bc_str kind = page_cells_text(row, "finding");

    html_out_put(out, "<span class=\"code\">");
    put_narrowed(out, "kind", kind, kind);
    html_out_put(out, "</span>");
}

static void put_actor(struct html_out *out, const struct row *row)
{
    const struct bc_str actor = page_cells_text(row, "actor");

    if (actor.len)
        put_narrowed(out, "actor", actor, names_of_person(out->env->names, actor));
    else
        html_out_put(out, "<span class=\"q2\">nobody named</span>");
}

static void put_source(struct html_out *out, const struct row *row)
{
    const struct bc_str source = page_cells_text(row, "source");

    if (source.len)
        put_narrowed(out, "source", source, source);
    else
        html_out_put(out, "<span class=\"q2\">none named</span>");
}

static void put_counts_by(struct call_page *call, const struct row *audit, const char *key,
                          const char *name, column_draw_fn *draw)
{
    const struct column columns[] = {
        { .name = name, .about = true, .draw = draw },
        { .name = "Findings", .key = "times", .right = true, .class = "big" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    html_out_put(&call->out, "<div>\n");
    print_html_of(&call->out, &table, call_rows(audit, key));
    html_out_put(&call->out, "</div>\n");
}

static void put_counts(struct call_page *call, const struct row *audit)
{
    html_out_put(&call->out, "<div class=\"beside\">\n");
    put_counts_by(call, audit, "kinds", "Kind", put_kind);
    put_counts_by(call, audit, "actors", "Who", put_actor);
    put_counts_by(call, audit, "sources", "Source", put_source);
    html_out_put(&call->out, "</div>\n");
}

/* What it is narrowed to, each with the way back. */
static void put_asked(struct call_page *call, const struct row *asked)
{
    struct html_out *out = &call->out;
    const char *before = "Only of ";

    html_out_put(out, "<p class=\"note\">");
    for (size_t i = 0; i < KEY_N - 1; i++) {
        const struct bc_str value = page_cells_text(asked, keys[i]);

        if (value.len == 0)
            continue;
        html_out_put(out, "%s%s ", before, keys[i]);
        put_code(out, value);
        html_out_put(out, " (");
        put_narrowed(out, keys[i], (struct bc_str){ 0 }, BC_STR("all"));
        html_out_put(out, ")");
        before = ", ";
    }
    html_out_put(out, "%s", *before == ',' ? ". " : "");
    if (page_cells_text(asked, "all").len)
        put_narrowed(out, "all", (struct bc_str){ 0 }, BC_STR("Without the playbook's habits"));
    else if (page_cells_text(asked, "kind").len == 0)
        put_narrowed(out, "all", BC_STR("yes"), BC_STR("With the playbook's habits, too"));
    html_out_put(out, "</p>\n");
}

/* --- which --- */

static void put_deal(struct html_out *out, const struct row *row)
{
    page_cells_put_deal(out, page_cells_text(row, "deal"), (struct bc_str){ 0 });
}

static void put_found(struct html_out *out, const struct row *row)
{
    html_out_text(out, page_cells_text(row, "sentence"));
    html_out_put(out, "<br><span class=\"q code\">");
    html_out_text(out, page_cells_text(row, "finding"));
    html_out_put(out, "</span>");
    if (row_find(row, "when")) {
        html_out_put(out, "<span class=\"ph q\"><br>");
        page_cells_put_day(out, row_find(row, "when"));
        html_out_put(out, "</span>");
    }
}

static void put_at(struct html_out *out, const struct row *row)
{
    if (row_find(row, "when"))
        page_cells_put_day(out, row_find(row, "when"));
}

static void put_who(struct html_out *out, const struct row *row)
{
    event_cells_put_actor(out, page_cells_text(row, "actor"));
}

static void put_from(struct html_out *out, const struct row *row)
{
    event_cells_put_source(out, page_cells_text(row, "source"));
}

static void put_cause(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "cause").len)
        event_cells_put_id(out, page_cells_text(row, "cause"));
}

static void put_findings(struct call_page *call, const struct row *audit)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = put_deal },
        { .name = "Found", .draw = put_found },
        { .name = "On", .draw = put_at, .leave = 1 },
        { .name = "Who", .draw = put_who, .leave = 2 },
        { .name = "Source", .draw = put_from, .leave = 2 },
        { .name = "Event", .draw = put_cause, .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .all = true };
    struct paged paged = { .all = call_rows(audit, "findings"), .key = "page" };

    paged_read(&paged, call);
    paged_put(call, &paged);
    print_html_of(&call->out, &table, paged_rows(&paged));
    paged_put(call, &paged);
}

/* --- the page --- */

static bc_status ask(const struct row **out, struct call_page *call, struct bc_err *err)
{
    const char *words[8] = { "audit", "--json" };
    size_t n = 2;

    for (size_t i = 0; i < KEY_N; i++) {
        static const char *const options[] = { "--kind=", "--actor=", "--source=", "--all=" };
        const char *word = call_option(call, options[i], keys[i]);

        if (word)
            words[n++] = word;
    }
    return call_ask(out, call, CALL_AS_OF | CALL_BASIS, words, err);
}

static void fill_asked(struct row *asked, const struct call_page *call)
{
    for (size_t i = 0; i < KEY_N; i++)
        row_text(asked, keys[i], call_param(call, keys[i]));
}

static void put_parts(struct call_page *call, const struct row *audit,
                      const struct document_place *places)
{
    struct html_out *out = &call->out;
    struct row asked = { .readers = ROW_FOR_PAGES };

    fill_asked(&asked, call);
    call->about.around = &asked;
    document_section(out, &places[0],
                     BC_STR("Findings over all deals that are there, by kind, and by who or which "
                            "source did what each comes from. A finding changes no figure."),
                     true);
    if (call_rows(audit, "findings").n == 0)
        document_empty(out, "Nothing was found. `backcast audit` looks for it, too.");
    put_asked(call, &asked);
    put_counts(call, audit);
    document_section_end(out);
    document_section(out, &places[1], BC_STR("By deal; those of no deal last."), false);
    put_findings(call, audit);
    if (call_rows(audit, "findings").n == 0)
        document_empty(out, "None.");
    document_section_end(out);
    call->about.around = NULL;
    row_release(&asked);
}

bc_status audit_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "counts", "How many", "How many", { 0 } },
        { "findings", "Findings", "Findings", { 0 } },
        { "reports", "Reports", "Reports", { 0 } },
    };
    const struct row *audit;
    struct bc_buf lead = { 0 };
    bc_status rc = ask(&audit, call, err);

    if (rc < 0)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Audit", bc_buf_str(&lead), places, 3);
    bc_buf_release(&lead);
    put_parts(call, audit, places);
    document_section(&call->out, &places[2],
                     BC_STR("As they were given out, and asked again with all that is known now."),
                     false);
    rc = audit_page_reports(call, err);
    document_section_end(&call->out);
    call_page_end(call);
    return rc;
}
