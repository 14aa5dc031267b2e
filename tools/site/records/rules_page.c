/* tools/site/records/rules_page.c - how two versions of the rules differ, in their texts. */
#include "tools/print/print_html.h"
#include "tools/site/records/record_pages.h"

/* Only what is in the ledger: a name is never taken for a file's. */
static bc_status check(const struct call_page *call, struct bc_str name, struct bc_err *err)
{
    static const char *const words[] = { "latest", "as-then", "default" };
    const struct bc_published *published = rules_shelf_published(call->basis.shelf);

    if (name.len == 0)
        return bc_err_set(err, BC_E_USAGE, "which rules? `from` and `to` are in the address");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bc_str_eq(name, bc_str_of(words[i])))
            return BC_OK;
    if (bc_published_version(published, name))
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "no rules '%.*s' were published", BC_STR_ARG(name));
}

static void put_path(struct html_out *out, const struct row *row)
{
    html_out_put(out, "<span class=\"code\">");
    html_out_text(out, page_cells_text(row, "path"));
    html_out_put(out, "</span>");
}

static void put_changes(struct call_page *call, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Rule", .about = true, .draw = put_path },
        { .name = "Before", .key = "old" },
        { .name = "After", .key = "new" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };

    if (call_rows(answer, "changes").n == 0)
        document_empty(&call->out, "The rules say the same.");
    print_html_of(&call->out, &table, call_rows(answer, "changes"));
}

static void put_effect_link(struct html_out *out, struct bc_str from, struct bc_str to)
{
    const struct document_pair pairs[] = { { "rules", from }, { "vs-rules", to } };
    bool linked;

    html_out_put(out, "<p class=\"note\">");
    linked = document_link(out, "diff", pairs, 2);
    html_out_put(out, "%s", linked ? "Which figures differ by that" : "");
    document_link_end(out, linked);
    html_out_put(out, "</p>\n");
}

bc_status rules_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place place = { "changes", "Changes", "Changes", { 0 } };
    const struct bc_str from = call_param(call, "from"), to = call_param(call, "to");
    const struct row *answer;
    struct bc_buf lead = { 0 };
    bc_status rc = check(call, from, err);

    if (rc == BC_OK)
        rc = check(call, to, err);
    if (rc == BC_OK)
        rc = call_ask(&answer, call, 0,
                      (const char *[]){ "rules", "diff", "--json", "--",
                                        call_option_of(call, "", from),
                                        call_option_of(call, "", to), NULL },
                      err);
    if (rc < 0)
        return rc;
    bc_buf_printf(&lead, "from %.*s to %.*s", BC_STR_ARG(from), BC_STR_ARG(to));
    call_page_begin(call, "Rules", bc_buf_str(&lead), NULL, 0);
    document_section(&call->out, &place, BC_STR("A row a rule that says something else."), true);
    put_changes(call, answer);
    put_effect_link(&call->out, from, to);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
