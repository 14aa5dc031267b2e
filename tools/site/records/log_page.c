/* tools/site/records/log_page.c - the log, the newest events first, filtered as `log` does. */
#include "tools/print/print_html.h"
#include "tools/site/frame/address.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/parts/form.h"
#include "tools/site/records/record_pages.h"

#include <inttypes.h>

#define LIMIT    "--limit=" LOG_ROWS
#define LOG_ROWS "100"
enum { LOG_ROW_N = 100 };

/* --- the filter --- */

static void put_kinds(struct call_page *call)
{
    struct form_choice choices[BC_BODY_END] = { { "", "any" } };
    size_t n = 1;

    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const char *name = bc_schema((enum bc_body)body)->json_name;

        choices[n++] = (struct form_choice){ name, name };
    }
    form_choices(call, "kind", "Kind", choices, n);
}

static void put_form(struct call_page *call)
{
    form_begin(call, "Which events");
    form_field(call, "grep", "Text", "any");
    form_field(call, "deal", "Deal", "any");
    put_kinds(call);
    form_field(call, "actor", "Who", "anybody");
    form_field(call, "source", "Source", "any");
    form_field(call, "since", "Happened since", "ever");
    form_field(call, "until", "until", "now");
    form_end(call);
}

/* The words of the command; options that the address does not have are not there. */
static void make_words(const char **words, struct call_page *call)
{
    static const struct {
        const char *option, *key;
    } filters[] = {
        { "--grep=", "grep" },   { "--deal=", "deal" },     { "--kind=", "kind" },
        { "--actor=", "actor" }, { "--source=", "source" }, { "--since=", "since" },
        { "--until=", "until" }, { "--to-seq=", "to-seq" },
    };

    while (*words)
        words++;
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        const char *word = call_option(call, filters[i].option, filters[i].key);

        if (word)
            *words++ = word;
    }
}

/* --- older ones --- */

static uint64_t last_seq(const struct rows *rows)
{
    struct row row = { .readers = ROW_FOR_PAGES };
    uint64_t seq;

    rows->fill(&row, rows->source, rows->n - 1);
    seq = row_find(&row, "seq")->count;
    row_release(&row);
    return seq;
}

static void put_way(struct call_page *call, struct bc_str to_seq, const char *word)
{
    struct bc_buf address = { 0 };

    address_add_same(&address, call->request, call->place->name,
                     &(struct document_pair){ "to-seq", to_seq }, 1);
    html_out_put(&call->out, "<a href=\"");
    html_out_plain(&call->out, bc_buf_str(&address));
    html_out_put(&call->out, "\">%s</a> ", word);
    bc_buf_release(&address);
}

static void put_ways(struct call_page *call, const struct rows *rows)
{
    struct bc_buf to = { 0 };
    const uint64_t last = rows->n ? last_seq(rows) : 0;

    html_out_put(&call->out, "<p class=\"note\">%zu event%s ", rows->n, rows->n == 1 ? "" : "s");
    if (call_param(call, "to-seq").len)
        put_way(call, (struct bc_str){ 0 }, "the newest");
    if (rows->n == LOG_ROW_N && last > 1) {
        bc_buf_printf(&to, "%" PRIu64, last - 1);
        put_way(call, bc_buf_str(&to), "older ones");
    }
    html_out_put(&call->out, "</p>\n");
    bc_buf_release(&to);
}

bc_status log_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = { { "log", "Events", "Events", { 0 } } };
    const char *words[16] = { "log", "--json", "--reverse", LIMIT };
    struct html_out *out = &call->out;
    struct rows rows;
    bc_status rc;

    make_words(words, call);
    rc = call_ask_rows(&rows, call, 0, words, err);
    if (rc < 0)
        return rc;
    call_page_begin(call, "Log", BC_STR("the newest events first, as the ledger took them"), NULL,
                    0);
    document_section(out, &places[0],
                     BC_STR("Of several conditions all hold. Text is looked for in all texts of "
                            "an event."),
                     true);
    put_form(call);
    if (rows.n == 0)
        document_empty(out, "No event is like that. `backcast import` and `backcast record` take "
                            "some.");
    event_cells_put_table(out, rows);
    put_ways(call, &rows);
    document_section_end(out);
    call_page_end(call);
    return BC_OK;
}
