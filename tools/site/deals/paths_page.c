/* tools/site/deals/paths_page.c - which ways deals take through the stages. */
#include "tools/pages/page_ends.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/paged.h"

#include <inttypes.h>

/* As --list has it, with commas between. */
static void add_path(struct bc_buf *out, const struct row *row)
{
    const struct cell *path = row_find(row, "path");

    for (size_t i = 0; path && path->kind == CELL_TEXTS && i < path->texts.n; i++) {
        bc_buf_printf(out, "%s", i ? "," : "");
        bc_buf_add_str(out, path->texts.at[i]);
    }
}

static void put_path(struct html_out *out, const struct row *row)
{
    const struct cell *path = row_find(row, "path");

    if (!path || path->kind != CELL_TEXTS || path->texts.n == 0)
        html_out_put(out, "none");
    for (size_t i = 0; path && path->kind == CELL_TEXTS && i < path->texts.n; i++) {
        html_out_put(out, i ? " \xe2\x86\x92 " : "");
        html_out_text(out, labels_stage(page_about(out)->rules, path->texts.at[i]));
    }
}

static void put_count(struct html_out *out, const struct row *row, const char *key)
{
    struct bc_buf path = { 0 };

    add_path(&path, row);
    behind_put_count(out, row, bc_buf_str(&path), key);
    bc_buf_release(&path);
}

static void put_n(struct html_out *out, const struct row *row)
{
    put_count(out, row, "n");
}

static void put_won(struct html_out *out, const struct row *row)
{
    put_count(out, row, "won");
}

static void put_paths(struct call_page *call, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Path", .about = true, .draw = put_path },
        { .name = "Deals", .right = true, .draw = put_n },
        { .name = "of all", .class = "pic", .leave = 1, .draw = page_pictures_share },
        { .name = "Won", .right = true, .draw = put_won },
        { .name = "Median", .key = "medianDays", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    struct paged paged = { .all = call_rows(answer, "rows"), .key = "page" };
    struct ask_with_behind behind;

    paged_read(&paged, call);
    if (paged.all.n == 0)
        html_out_put(&call->out, "<p class=\"empty\">No deal went through a stage yet. "
                                 "<code>backcast record stageChanged</code> moves one.</p>\n");
    ask_with_links(&behind, call, "paths");
    call->about.around = answer;
    print_html_of(&call->out, &table, paged_rows(&paged));
    paged_put(call, &paged);
    call->about.around = NULL;
    call->about.behind = NULL;
    html_out_put(&call->out,
                 "<p class=\"note\">Won: ever. Median: days from the first stage to the "
                 "last.</p>\n");
}

bc_status paths_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "paths", "Paths", "Paths", { 0 } };
    const struct row *answer = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "paths", NULL, err);

    if (rc != BC_OK)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    bc_buf_printf(&lead, ": %" PRIu64 " deals, %" PRIu64 " paths", row_find(answer, "n")->count,
                  row_find(answer, "paths")->count);
    call_page_begin(call, "Paths", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place,
                     BC_STR("The stages of deals in their order; what most took comes first."),
                     true);
    if (form_begin(call, "Which paths")) {
        form_field(call, "top", "Paths at most", "all");
        form_field(call, "days", "Begun in the last days", "ever");
        form_field(call, "since", "or since", "a date");
        form_end(call);
    }
    put_paths(call, answer);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
