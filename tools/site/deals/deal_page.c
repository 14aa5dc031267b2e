/* tools/site/deals/deal_page.c - one deal, `id`: what it is at the date, its visits, findings,
 * events. */
#include "tools/cli/names.h"
#include "tools/pages/page_ends.h"
#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/deals/deal_columns.h"
#include "tools/site/deals/deal_none.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/deals/deal_part.h"
#include "tools/site/parts/facts.h"

#include <inttypes.h>

enum { FACTS, VISITS, FINDINGS, EVENTS, PLACE_N };
static const struct document_place places[PLACE_N] = {
    [FACTS] = { "facts", "As it reads", "As it reads", { 0 } },
    [VISITS] = { "visits", "Visits", "Visits", { 0 } },
    [FINDINGS] = { "findings", "Findings", "Findings", { 0 } },
    [EVENTS] = { "events", "Events", "Events", { 0 } },
};

struct answers {
    struct bc_str id;
    const struct row *history;
    struct bc_buf drawing; /* of its visits and events */
    struct row deal;       /* as `deals` has it */
    bool there;            /* it does */
};

static bc_status ask(struct answers *out, struct call_page *call, struct bc_err *err)
{
    const char *id = call_option_of(call, "", out->id);
    const struct row *deals = NULL;
    struct rows rows;
    bc_status rc = call_ask_drawn(&out->history, &out->drawing, call, CALL_AS_OF | CALL_BASIS,
                                  (const char *[]){ "history", "--", id, NULL }, err);

    if (rc == BC_OK)
        rc = call_ask(&deals, call, CALL_AS_OF | CALL_BASIS,
                      (const char *[]){ "deals", call_option_of(call, "--deal=", out->id), NULL },
                      err);
    if (rc < 0)
        return rc;
    rows = call_rows(deals, "rows");
    out->there = rows.n > 0;
    if (out->there)
        rows.fill(&out->deal, rows.source, 0);
    return BC_OK;
}

/* --- facts --- */

static void put_drawn(struct html_out *out, const char *term, const struct row *deal,
                      column_draw_fn *draw)
{
    facts_term(out, term);
    draw(out, deal);
    facts_term_end(out);
}

static bool is_null(const struct row *deal, const char *key)
{
    const struct cell *cell = row_find(deal, key);

    return !cell || cell->kind == CELL_NULL;
}

/* Where neither is known, one dash. */
static void put_pair(struct html_out *out, const char *term, const struct row *deal,
                     const char *first, const char *between, const char *second)
{
    facts_term(out, term);
    page_cells_put(out, deal, first);
    if (!is_null(deal, first) || !is_null(deal, second)) {
        html_out_put(out, "%s", between);
        page_cells_put(out, deal, second);
    }
    facts_term_end(out);
}

static void put_stage(struct html_out *out, const struct row *deal)
{
    facts_term(out, "Stage");
    deal_columns_stage(out, deal);
    if (page_cells_text(deal, "stage").len) {
        html_out_put(out, ", ");
        page_cells_put(out, deal, "days");
    }
    html_out_put(out, " ");
    deal_columns_state(out, deal);
    facts_term_end(out);
}

static void put_owner(struct html_out *out, const struct row *deal)
{
    const struct bc_str owner = page_cells_text(deal, "owner");

    facts_term(out, "Owner");
    if (owner.len) {
        const bool linked =
            document_link(out, "deals", &(struct document_pair){ "owner", owner }, 1);

        html_out_text(out, names_of_person(out->env->names, owner));
        document_link_end(out, linked);
    } else {
        page_cells_put(out, deal, "owner");
    }
    facts_term_end(out);
}

static void put_renews(struct html_out *out, const struct row *deal)
{
    const struct bc_str renews = page_cells_text(deal, "renews");

    if (!renews.len)
        return;
    facts_term(out, "Renews");
    page_cells_put_deal(out, renews, (struct bc_str){ 0 });
    facts_term_end(out);
}

/* All its events and the proofs, whatever the date and what was known. */
static void put_evidence(struct call_page *call, const struct answers *answers)
{
    struct html_out *out = &call->out;
    bool linked;

    facts_term(out, "Evidence");
    linked = document_link(out, "evidence", &(struct document_pair){ "deal", answers->id }, 1);
    html_out_put(out, "Download");
    document_link_end(out, linked);
    facts_term_end(out);
}

static void put_absent(struct call_page *call, const struct answers *answers)
{
    const struct rows events = call_rows(answers->history, "events");
    struct row first = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    html_out_put(&call->out, "<p>");
    if (events.n)
        events.fill(&first, events.source, 0);
    if (events.n && row_find(&first, "occurred")->us > call->basis.as_of_us) {
        html_out_put(&call->out, "It was not there yet: its first event happened on ");
        page_cells_put_day(&call->out, row_find(&first, "occurred"));
        html_out_put(&call->out, ".</p>\n");
    } else {
        html_out_put(&call->out, "It is not among the deals that are there at that date: it was "
                                 "deleted, merged into another, or taken back.</p>\n");
    }
    row_release(&first);
}

static void put_facts(struct call_page *call, const struct answers *answers)
{
    const struct row *deal = &answers->deal;
    struct html_out *out = &call->out;

    if (!answers->there)
        put_absent(call, answers);
    facts_begin(out);
    if (answers->there) {
        put_stage(out, deal);
        facts_put(out, "Type", deal, "type");
        put_owner(out, deal);
        facts_put(out, "Company", deal, "company");
        put_drawn(out, "Amount", deal, deal_columns_amount);
        put_drawn(out, "MRR", deal, deal_columns_mrr);
        put_pair(out, "Contract", deal, "contract_start", " to ", "contract_end");
        put_pair(out, "ICP version, tier", deal, "icp_version", ", ", "tier");
        facts_put(out, "Age", deal, "age");
        put_drawn(out, "Last activity", deal, page_cells_last_done);
        put_drawn(out, "Next meeting", deal, page_cells_next_meeting);
        put_renews(out, deal);
    }
    put_evidence(call, answers);
    facts_end(out);
}

/* --- visits --- */

static void put_visits(struct call_page *call, const struct answers *answers)
{
    static const struct column columns[] = {
        { .name = "Stage", .about = true, .draw = page_cells_stage },
        { .name = "Entered", .key = "entered" },
        { .name = "Left", .key = "left" },
        { .name = "Days", .key = "days", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };
    const struct rows visits = call_rows(answers->history, "visits");

    if (visits.n == 0) {
        document_empty(&call->out, "It was in no stage by then.");
        return;
    }
    html_out_drawing(&call->out, bc_buf_str(&answers->drawing));
    html_out_put(&call->out, "<details class=\"tab\"><summary>Visits as a table</summary>\n");
    print_html_of(&call->out, &table, visits);
    html_out_put(&call->out, "</details>\n");
}

/* --- findings --- */

static void put_finding(struct html_out *out, const struct row *row)
{
    html_out_put(out, "<code>");
    html_out_plain(out, page_cells_text(row, "finding"));
    html_out_put(out, "</code>");
}

static void put_findings(struct call_page *call, struct rows findings)
{
    static const struct column columns[] = {
        { .name = "Finding", .about = true, .class = "nb", .draw = put_finding },
        { .name = "What", .key = "sentence" },
        { .name = "At", .key = "when", .class = "nb", .leave = 1 },
        { .name = "Event", .key = "cause", .class = "q2", .leave = 2 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    if (findings.n == 0)
        document_empty(&call->out, "None. A finding is what the rules hold odd; it never changes "
                                   "a figure.");
    print_html_of(&call->out, &table, findings);
}

/* --- the page --- */

/* Findings that lists of deals do not count. */
static size_t habits(const struct answers *answers)
{
    const struct cell *usual = row_find(&answers->deal, "findings");
    const size_t all = call_rows(answers->history, "findings").n;

    return usual && usual->kind == CELL_COUNT && usual->count < all ? all - usual->count : 0;
}

/* "165-larkness, Closed Won since 2026-02-20: 52 events, ...; 3 findings, 1
 * of them about habits". */
static void add_lead(struct bc_buf *out, const struct call_page *call,
                     const struct answers *answers)
{
    const struct bc_str stage = page_cells_text(&answers->deal, "stage");
    const size_t findings = call_rows(answers->history, "findings").n;

    bc_buf_add_str(out, answers->id);
    if (stage.len) {
        bc_buf_printf(out, ", ");
        bc_buf_add_str(out, labels_stage(call->basis.rules, stage));
    }
    bc_buf_printf(out, ", ");
    page_ends_when(out, &call->basis, call->basis.as_of_us);
    bc_buf_printf(out, ": ");
    deal_events_say(out, answers->history);
    bc_buf_printf(out, "; %zu finding%s", findings, findings == 1 ? "" : "s");
    if (habits(answers))
        bc_buf_printf(out, ", %zu of them about habits", habits(answers));
}

static void put_sections(struct call_page *call, const struct answers *answers)
{
    const struct rows findings = call_rows(answers->history, "findings");

    document_section(&call->out, &places[FACTS], BC_STR("At that date."), true);
    put_facts(call, answers);
    document_section_end(&call->out);
    document_section(&call->out, &places[VISITS],
                     BC_STR("The bar is the deal\xe2\x80\x99s life to the date; below it what "
                            "happened. A slanted gap: a long closed stage, drawn shorter."),
                     false);
    put_visits(call, answers);
    document_section_end(&call->out);
    document_section(&call->out, &places[FINDINGS],
                     BC_STR("What the rules hold odd. Those about habits are in no list of deals."),
                     false);
    put_findings(call, findings);
    document_section_end(&call->out);
    document_section(&call->out, &places[EVENTS],
                     BC_STR("In the order in which they happened, also after the date. Nothing is "
                            "ever taken out of the log."),
                     false);
    deal_events_put(call, answers->history);
    document_section_end(&call->out);
}

static void put_page(struct call_page *call, const struct answers *answers)
{
    const struct bc_str name = page_cells_text(&answers->deal, "name");
    const bool named = name.len && !(call->env.names && call->env.names->off);
    struct bc_buf lead = { 0 };

    add_lead(&lead, call, answers);
    call_page_begin(call, call_option_of(call, "", named ? name : answers->id), bc_buf_str(&lead),
                    places, PLACE_N);
    put_sections(call, answers);
    call_page_end(call);
    bc_buf_release(&lead);
}

bc_status deal_page(struct call_page *call, struct bc_err *err)
{
    struct answers answers = { .id = call_param(call, "id"),
                               .deal = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES } };
    bc_status rc;

    if (answers.id.len == 0)
        return bc_err_set(err, BC_E_USAGE, "the address names no deal");
    rc = ask(&answers, call, err);
    if (rc == BC_OK)
        put_page(call, &answers);
    bc_buf_release(&answers.drawing);
    row_release(&answers.deal);
    return rc == BC_E_USAGE ? deal_none(call, err) : rc;
}
