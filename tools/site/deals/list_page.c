/* tools/site/deals/list_page.c - the deals behind a figure: what --list of its command names, each
 * with where it stands. */
#include "tools/print/print_html.h"
#include "tools/site/deals/deal_columns.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/paged.h"

#include <stdlib.h>

/* --- the deals, with what is known of each --- */

struct known {
    struct bc_str deal;
    size_t at; /* in the answer of `deals` */
};

struct found {
    const struct bc_str *deals;
    size_t n;
    struct rows rows; /* of `deals` */
    struct known *known;
    size_t known_n;
};

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct known *)a)->deal, ((const struct known *)b)->deal);
}

static void read_known(struct found *found)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    found->known = bc_calloc(found->rows.n + 1, sizeof(*found->known));
    for (; found->known_n < found->rows.n; found->known_n++) {
        row_clear(&row);
        found->rows.fill(&row, found->rows.source, found->known_n);
        found->known[found->known_n] =
            (struct known){ page_cells_text(&row, "deal"), found->known_n };
    }
    qsort(found->known, found->known_n, sizeof(*found->known), by_deal);
    row_release(&row);
}

/* One that is gone by then has its id alone. */
static void fill(struct row *row, const void *source, size_t i)
{
    const struct found *found = source;
    const struct known wanted = { .deal = found->deals[i] };
    const struct known *known =
        bsearch(&wanted, found->known, found->known_n, sizeof(wanted), by_deal);

    if (known)
        found->rows.fill(row, found->rows.source, known->at);
    else
        row_text(row, "deal", wanted.deal);
}

static void put_deals(struct call_page *call, const struct found *found)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = deal_columns_deal },
        { .name = "Stage", .leave = 1, .draw = deal_columns_stage },
        { .name = "Days there", .key = "days", .right = true },
        { .name = "State", .draw = deal_columns_state },
        { .name = "Age", .key = "age", .right = true, .leave = 3 },
        { .name = "Amount", .right = true, .leave = 1, .draw = deal_columns_amount },
        { .name = "Last activity", .leave = 1, .draw = page_cells_last_done },
        { .name = "Owner", .key = "owner", .leave = 3, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .all = true };
    struct paged paged = { .all = rows_of(fill, found, found->n), .key = "page" };

    paged_read(&paged, call);
    print_html_of(&call->out, &table, paged_rows(&paged));
    paged_put(call, &paged);
}

/* --- the page --- */

/* As it would be typed. */
static void add_typed(struct bc_buf *out, const struct call_page *call,
                      const struct ask_with_command *command)
{
    bc_buf_printf(out, "backcast %s", command->name);
    for (const char *const *key = command->keys; *key; key++) {
        const struct bc_str value = ask_with_value(call, *key);

        if (value.len)
            bc_buf_printf(out, " --%s", *key);
        if (value.len && !ask_with_is_flag(*key))
            bc_buf_printf(out, " %.*s", BC_STR_ARG(value));
    }
    bc_buf_printf(out, " --list %.*s", BC_STR_ARG(call_param(call, "list")));
}

static void put_back(struct call_page *call, const struct ask_with_command *command)
{
    struct ask_with_behind asked;
    bool linked;

    ask_with_links(&asked, call, command->name);
    call->about.behind = NULL;
    html_out_put(&call->out, "<p class=\"note\">");
    linked = document_link(&call->out, command->of, asked.behind.asked, asked.behind.asked_n);
    if (linked)
        html_out_put(&call->out, "The figures");
    document_link_end(&call->out, linked);
    html_out_put(&call->out, "</p>\n");
}

static void put_page(struct call_page *call, const struct ask_with_command *command,
                     const struct found *found)
{
    struct document_place place = { "deals", "Deals", "Deals", { 0 } };
    struct bc_buf lead = { 0 }, note = { 0 };

    bc_buf_printf(&note, "%zu, in the order of their ids.", found->n);
    add_typed(&lead, call, command);
    call_page_begin(call, "Deals behind a figure", bc_buf_str(&lead), &place, 1);
    document_section(&call->out, &place, bc_buf_str(&note), true);
    if (found->n == 0)
        document_empty(&call->out, "No deals.");
    put_deals(call, found);
    put_back(call, command);
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    bc_buf_release(&note);
}

bc_status list_page(struct call_page *call, struct bc_err *err)
{
    const struct ask_with_command *command = ask_with_command(call_param(call, "of"));
    const char *list = call_option(call, "--list=", "list");
    const struct row *listed = NULL, *deals = NULL;
    struct found found = { 0 };
    const struct cell *cell;
    bc_status rc;

    if (!command || !command->of || !list)
        return bc_err_set(err, BC_E_USAGE, "which deals are not said: there is no figure here");
    rc = ask_with(&listed, call, command->name, (const char *[]){ list, NULL }, err);
    if (rc == BC_OK)
        rc =
            call_ask(&deals, call, CALL_AS_OF | CALL_BASIS, (const char *[]){ "deals", NULL }, err);
    if (rc != BC_OK)
        return rc;
    cell = row_find(listed, "deals");
    if (cell && cell->kind == CELL_TEXTS) {
        found.deals = cell->texts.at;
        found.n = cell->texts.n;
    }
    found.rows = call_rows(deals, "rows");
    read_known(&found);
    put_page(call, command, &found);
    free(found.known);
    return BC_OK;
}
