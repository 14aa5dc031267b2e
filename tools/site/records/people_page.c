/* tools/site/records/people_page.c - who did what in a window, by actor or by source. */
#include "tools/cli/names.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/paged.h"
#include "tools/site/records/record_pages.h"

#include <inttypes.h>

enum { MOST = 3 }; /* kinds of events that are named */

static struct bc_str who_of(const struct row *row)
{
    const struct bc_str actor = page_cells_text(row, "actor");

    return actor.len ? actor : page_cells_text(row, "source");
}

static void put_who(struct html_out *out, const struct row *row)
{
    const struct bc_str who = who_of(row);
    const bool actor = row_find(row, "actor") != NULL;
    const bool linked = behind_link(out, who, "n");

    html_out_text(out, who.len == 0 ? BC_STR("none")
                       : actor      ? names_of_person(out->env->names, who)
                                    : who);
    document_link_end(out, linked);
}

#define COUNT(name, key)                                                                           \
    static void put_##name(struct html_out *out, const struct row *row)                            \
    {                                                                                              \
        behind_put_count(out, row, who_of(row), key);                                              \
    }
COUNT(deals, "deals")
COUNT(forward, "forward")
COUNT(backward, "backward")
COUNT(lost, "lost")
COUNT(reopened, "reopened")
#undef COUNT

/* The most frequent kinds of events. */
static void put_most(struct html_out *out, const struct row *row)
{
    const struct rows rows = call_rows(row, "events");
    struct row kind = { .readers = row->readers };

    for (size_t i = 0; i < rows.n && i < MOST; i++) {
        struct bc_buf body = { 0 };

        row_clear(&kind);
        rows.fill(&kind, rows.source, i);
        labels_body_add(&body, page_cells_text(&kind, "body"));
        html_out_put(out, i ? ", " : "");
        html_out_text(out, bc_buf_str(&body));
        html_out_put(out, " %" PRIu64, row_find(&kind, "n")->count);
        bc_buf_release(&body);
    }
    if (rows.n > MOST)
        html_out_put(out, ", <span class=\"q\">and %zu kinds more</span>", rows.n - MOST);
    row_release(&kind);
}

static void put_roles(struct html_out *out, const struct row *row)
{
    const struct cell *roles = row_find(row, "roles");

    for (size_t i = 0; roles && roles->kind == CELL_TEXTS && i < roles->texts.n; i++) {
        html_out_put(out, i ? ", " : "");
        html_out_text(out, roles->texts.at[i]);
    }
}

static void put_people(struct call_page *call, const struct row *answer, bool by_source)
{
    const struct column columns[] = {
        { .name = by_source ? "Source" : "Who", .about = true, .draw = put_who },
        { .name = "Events", .key = "n", .right = true },
        { .name = "Deals", .right = true, .draw = put_deals },
        { .name = "Forward", .right = true, .draw = put_forward, .leave = 1 },
        { .name = "Back", .right = true, .draw = put_backward, .leave = 1 },
        { .name = "Lost", .right = true, .draw = put_lost, .leave = 1 },
        { .name = "Reopened", .right = true, .draw = put_reopened, .leave = 1 },
        { .name = "Most", .draw = put_most, .leave = 1 },
        { .name = "Roles", .draw = put_roles },
    };
    struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };
    struct paged paged = { .all = call_rows(answer, "rows"), .key = "page" };
    struct ask_with_behind behind;

    table.columns.n -= by_source; /* which have no roles */
    paged_read(&paged, call);
    if (paged.all.n == 0)
        html_out_put(&call->out, "<p class=\"empty\">Nobody did anything then. <code>backcast "
                                 "record</code> and <code>backcast import</code> tell what was "
                                 "done.</p>\n");
    ask_with_links(&behind, call, "people");
    print_html_of(&call->out, &table, paged_rows(&paged));
    paged_put(call, &paged);
    call->about.behind = NULL;
    html_out_put(&call->out, "<p class=\"note\">Forward, back: moves between stages, by the order "
                             "of the rules.</p>\n");
}

static void put_form(struct call_page *call)
{
    static const struct form_choice by[] = { { "", "person" }, { "source", "source" } };

    if (!form_begin(call, "Whose work"))
        return;
    form_choices(call, "by", "A row for each", by, sizeof(by) / sizeof(by[0]));
    form_field(call, "days", "In the last days", "365");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

bc_status people_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "people", "People", "People", { 0 } };
    const struct row *answer = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "people", NULL, err);

    if (rc != BC_OK)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "People", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place, BC_STR("Who did what, and on how many deals."), true);
    put_form(call);
    put_people(call, answer, bc_str_eq(page_cells_text(answer, "by"), BC_STR("source")));
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
