/* tools/site/deals/pipeline_page.c - where the deals stand, where they came from, and which are
 * open. */
#include "ledger/base/instant.h"
#include "tools/pages/flow_parts.h"
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/deals/deal_columns.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/deals/pipeline_part.h"
#include "tools/site/frame/bar.h"
#include "tools/site/parts/form.h"

#include <inttypes.h>

enum { FLOW_DAYS = 13 * 7 }; /* where the address does not say since when */

enum { STAGES, FLOW, OPEN, PLACE_N };
static const struct document_place places[PLACE_N] = {
    [STAGES] = { "stages", "Stages", "Stages", { 0 } },
    [FLOW] = { "flow", "Flow", "Flow", { 0 } },
    [OPEN] = { "open", "Open deals", "Open deals", { 0 } },
};

struct answers {
    const struct row *stages, *flow;
    const struct row *deals; /* those that are open; NULL: there are too many to look at */
    uint64_t open;           /* how many there are */
    struct bc_buf drawing;   /* of the flow */
    const char *from;        /* its first date, as typed */
    bc_status flow_rc;       /* why there is none */
    struct bc_err flow_err;
};

/* --- asking --- */

/* Weeks before the date of the page. */
static const char *usual_from(struct call_page *call)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, bc_zone_day(call->basis.rules->zone, call->basis.as_of_us) - FLOW_DAYS);
    return call_option_of(call, "", bc_str_of(day));
}

/* A date in the address that does not fit spoils this section alone: the slider may go below it. */
static bc_status ask_flow(struct answers *out, struct call_page *call, struct bc_err *err)
{
    const struct bc_str typed = call_param(call, "from");

    out->from = typed.len ? call_option_of(call, "", typed) : usual_from(call);
    out->flow_rc = call_ask_drawn(
        &out->flow, &out->drawing, call, CALL_TO | CALL_SLICE | CALL_BASIS,
        (const char *[]){ "flow", call_option_of(call, "--from=", bc_str_of(out->from)), NULL },
        &out->flow_err);
    if (out->flow_rc == BC_OK || out->flow_rc == BC_E_USAGE)
        return BC_OK;
    *err = out->flow_err;
    return out->flow_rc;
}

/* Of the stages' counts. */
static uint64_t count_open(const struct row *stages)
{
    const struct rows rows = call_rows(stages, "stages");
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };
    uint64_t n = 0;

    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        n += row_find(&row, "isOpen")->yes ? row_find(&row, "now")->count : 0;
    }
    row_release(&row);
    return n;
}

/* All that is known of deals is read for their table alone: not where it would be a part of it. */
static bc_status ask_deals(struct answers *out, struct call_page *call, struct bc_err *err)
{
    const char *slice = call_option_of(call, "--slice=", page_cells_text(out->stages, "slice"));

    out->open = count_open(out->stages);
    if (out->open > PIPELINE_DOTS)
        return BC_OK;
    return call_ask(&out->deals, call, CALL_AS_OF | CALL_BASIS,
                    (const char *[]){ "deals", "--open", "--sort=-stage", slice, NULL }, err);
}

static bc_status ask(struct answers *out, struct call_page *call, struct bc_err *err)
{
    bc_status rc = call_ask(&out->stages, call, CALL_ALL, (const char *[]){ "stages", NULL }, err);

    if (rc == BC_OK)
        rc = ask_deals(out, call, err);
    return rc == BC_OK ? ask_flow(out, call, err) : rc;
}

/* --- sections --- */

static void put_form(struct call_page *call, const struct answers *answers)
{
    struct html_out *out = &call->out;

    if (!form_begin_bare(call, "The flow", "#flow"))
        return;
    html_out_put(out, "<div><label for=\"f-from\">From</label><input id=\"f-from\" name=\"from\" "
                      "type=\"text\" class=\"date\" autocomplete=\"off\" value=\"");
    html_out_plain(out, bc_str_of(answers->from));
    html_out_put(out, "\"></div>\n");
    bar_put_question(out, call);
    form_end(call);
}

static void put_flow(struct call_page *call, const struct answers *answers)
{
    document_section(&call->out, &places[FLOW],
                     BC_STR("Where the deals of one date stood on the other."), false);
    put_form(call, answers);
    if (answers->flow_rc == BC_OK) {
        flow_parts_sum(&call->out, answers->flow, "qualified ", NULL);
        html_out_drawing(&call->out, bc_buf_str(&answers->drawing));
        flow_parts_moves(&call->out, answers->flow, "The moves as a table");
    } else {
        html_out_put(&call->out, "<p class=\"fault\" role=\"alert\">");
        html_out_text(&call->out, bc_str_of(answers->flow_err.message));
        html_out_put(&call->out, "</p>\n");
    }
    document_section_end(&call->out);
}

static void put_all_link(struct call_page *call, const struct answers *answers)
{
    const struct document_pair pairs[] = {
        { "open", BC_STR("yes") },
        { "sort", BC_STR("-stage") },
        { "slice", page_cells_text(answers->stages, "slice") },
    };
    bool linked;

    html_out_put(&call->out, "<p class=\"note\">");
    linked = document_link(&call->out, "deals", pairs, sizeof(pairs) / sizeof(pairs[0]));
    html_out_put(&call->out, "All %" PRIu64 " open deals", answers->open);
    document_link_end(&call->out, linked);
    html_out_put(&call->out, "</p>\n");
}

static void put_open(struct call_page *call, const struct answers *answers)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = deal_columns_deal },
        { .name = "Stage", .leave = 1, .draw = deal_columns_stage },
        { .name = "Days there", .key = "days", .right = true },
        { .name = "State", .draw = deal_columns_state },
        { .name = "Amount", .right = true, .leave = 1, .draw = deal_columns_amount },
        { .name = "Last activity", .leave = 1, .draw = page_cells_last_done },
        { .name = "Next meeting", .leave = 2, .draw = page_cells_next_meeting },
        { .name = "Owner", .key = "owner", .leave = 3, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };
    const struct rows rows =
        answers->deals ? call_rows(answers->deals, "rows") : (struct rows){ 0 };

    document_section(&call->out, &places[OPEN], BC_STR("Furthest stage first, then longest there."),
                     false);
    if (!answers->deals)
        put_all_link(call, answers);
    else if (rows.n == 0)
        html_out_put(&call->out, "<p class=\"empty\">No deal is open. <code>backcast record deal"
                                 "</code> tells of one.</p>\n");
    if (rows.n)
        print_html_of(&call->out, &table, rows);
    document_section_end(&call->out);
}

/* "New business, Sunday 2026-03-29: 17 open deals, 14 sales-qualified". */
static void add_lead(struct bc_buf *out, const struct call_page *call,
                     const struct answers *answers)
{
    const uint64_t n = answers->open;

    bc_buf_add_str(out, labels_slice(page_cells_text(answers->stages, "slice")));
    bc_buf_printf(out, ", ");
    page_ends_when(out, &call->basis, call->basis.as_of_us);
    bc_buf_printf(out, ": %" PRIu64 " open deal%s", n, n == 1 ? "" : "s");
    if (answers->flow_rc == BC_OK)
        bc_buf_printf(out, ", %" PRIu64 " sales-qualified",
                      row_find(answers->flow, "after")->count);
}

bc_status pipeline_page(struct call_page *call, struct bc_err *err)
{
    struct answers answers = { 0 };
    struct bc_buf lead = { 0 };
    bc_status rc = ask(&answers, call, err);

    if (rc == BC_OK) {
        add_lead(&lead, call, &answers);
        call_page_begin(call, "Pipeline", bc_buf_str(&lead), places, PLACE_N);
        document_section(&call->out, &places[STAGES], BC_STR("In the order of the rules."), true);
        pipeline_stages_put(call, answers.stages, answers.deals);
        document_section_end(&call->out);
        put_flow(call, &answers);
        put_open(call, &answers);
        call_page_end(call);
    }
    bc_buf_release(&answers.drawing);
    bc_buf_release(&lead);
    return rc;
}
