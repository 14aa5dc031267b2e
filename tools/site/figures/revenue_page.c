/* tools/site/figures/revenue_page.c - revenue by month, what is forecast, what came of it; and the
 * deals of a figure, `list=2026-04.cmrr`. */
#include "tools/pages/page_ends.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/figures/figure_pages.h"
#include "tools/site/figures/listed.h"
#include "tools/site/parts/facts.h"

#include <inttypes.h>

#define FORECAST_MONTHS "3" /* before a month's end, where the address does not say */

enum { MONTHS, DEALS, HALF, FORECAST, PLACE_N };
static const struct document_place places[PLACE_N] = {
    [MONTHS] = { "months", "By month", "Months", { 0 } },
    [DEALS] = { "listed", "Its deals", "Deals", { 0 } },
    [HALF] = { "half", "Six months", "Six months", { 0 } },
    [FORECAST] = { "forecast", "Forecast", "Forecast", { 0 } },
};

/* --- months --- */

/* A figure is a link to its deals. */
static void put_month_figure(struct html_out *out, const struct row *row, const char *key)
{
    const struct bc_str month = page_cells_text(row, "month");
    struct bc_buf path = { 0 };
    bool linked;

    bc_buf_printf(&path, "%.*s.%s", BC_STR_ARG(month), key);
    linked = document_link(out, "revenue", &(struct document_pair){ "list", bc_buf_str(&path) }, 1);
    page_cells_put(out, row, key);
    document_link_end(out, linked);
    bc_buf_release(&path);
}

static void put_cmrr(struct html_out *out, const struct row *row)
{
    put_month_figure(out, row, "cmrr");
}

static void put_renewal(struct html_out *out, const struct row *row)
{
    put_month_figure(out, row, "renewalMrr");
}

static void put_new(struct html_out *out, const struct row *row)
{
    put_month_figure(out, row, "newMrr");
}

static void put_other(struct html_out *out, const struct row *row)
{
    put_month_figure(out, row, "otherMrr");
}

static void put_months(struct html_out *out, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Month", .key = "month", .about = true, .class = "nb" },
        { .name = "Contracts\n(CMRR)", .right = true, .draw = put_cmrr },
        { .name = "Open\nrenewals", .right = true, .leave = 1, .draw = put_renewal },
        { .name = "Open new\nbusiness", .right = true, .leave = 1, .draw = put_new },
        { .name = "Open,\nother", .right = true, .leave = 1, .draw = put_other },
        { .name = "Weighed\n(FMRR)", .key = "fmrr", .right = true, .class = "big" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };

    print_html_of(out, &table, call_rows(answer, "rows"));
}

/* --- six months --- */

/* What open deals are weighed with: measured, or what the rules say. */
static void put_weight(struct html_out *out, const char *term, const struct row *answer,
                       const char *key)
{
    const struct cell *measured;
    struct row weight;

    if (!html_out_within(&weight, answer, key)) {
        row_release(&weight);
        return;
    }
    measured = row_find(&weight, "measured");
    facts_term(out, term);
    page_cells_put(out, &weight, "value");
    html_out_put(out, "<br><span class=\"q\">%s",
                 measured && measured->yes ? "measured: " : "the rules'; measured: ");
    page_cells_put_of(out, &weight, "converted");
    html_out_put(out, ", ");
    page_cells_put_range(out, &weight, "low", "high");
    html_out_put(out, "</span>");
    facts_term_end(out);
    row_release(&weight);
}

static void put_kept(struct html_out *out, const struct row *answer)
{
    struct row kept;
    const struct cell *met;

    if (html_out_within(&kept, answer, "renewal6")) {
        met = row_find(&kept, "met");
        facts_term(out, "Members kept, of those of six months ago");
        page_cells_put(out, &kept, "rate");
        html_out_put(out, "<br><span class=\"q\">");
        page_cells_put_of(out, &kept, "retained");
        html_out_put(out, ", ");
        page_cells_put_range(out, &kept, "low", "high");
        html_out_put(out, "; with those overdue ");
        page_cells_put(out, &kept, "rateWithOverdue");
        html_out_put(out, "; churned ");
        page_cells_put(out, &kept, "churned");
        html_out_put(out, "</span>");
        facts_term_end(out);
        facts_term(out, "Target");
        page_cells_put(out, &kept, "target");
        if (met && met->kind == CELL_BOOL) {
            html_out_put(out, " ");
            page_cells_state(out, met->yes ? PAGE_FINE : PAGE_OFF,
                             met->yes ? BC_STR("met") : BC_STR("not met"));
        }
        facts_term_end(out);
    }
    row_release(&kept);
}

static void put_half(struct html_out *out, const struct row *answer)
{
    facts_begin(out);
    facts_put(out, "Next six months, weighed (FMRR)", answer, "fmrr6");
    put_weight(out, "Weight of open renewals (rho)", answer, "rho");
    put_weight(out, "Weight of open new business (eta)", answer, "eta");
    put_kept(out, answer);
    facts_put(out, "Deals in another currency, in nothing", answer, "otherCurrency");
    facts_put(out, "Deals without a value", answer, "withoutValue");
    facts_put(out, "Deals without a time", answer, "withoutInterval");
    facts_end(out);
}

/* --- forecast --- */

static void put_forecast(struct html_out *out, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Month", .key = "month", .about = true, .class = "nb" },
        { .name = "Forecast", .key = "forecast", .right = true },
        { .name = "Came", .key = "outcome", .right = true },
        { .name = "Forecast less\nwhat came", .key = "error", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };

    print_html_of(out, &table, call_rows(answer, "rows"));
}

/* --- the page --- */

struct answers {
    const struct row *months, *forecast;
    struct bc_buf drawing; /* of the months */
    struct bc_str lag;     /* months before a month's end */
};

static bc_status ask(struct answers *out, struct call_page *call, struct bc_err *err)
{
    const char *list = call_option(call, "--list=", "list");
    const char *from = call_option(call, "--from=", "from"), *to = call_option(call, "--to=", "to");
    const char *words[6] = { "revenue" };
    size_t n = 1;
    bc_status rc;

    if (list)
        words[n++] = list;
    if (from)
        words[n++] = from;
    if (to)
        words[n++] = to;
    rc = call_ask_drawn(&out->months, &out->drawing, call, CALL_ALL, words, err);
    out->lag = call_param(call, "backtest");
    if (out->lag.len == 0)
        out->lag = BC_STR(FORECAST_MONTHS);
    if (rc == BC_OK)
        rc = call_ask(
            &out->forecast, call, CALL_ALL,
            (const char *[]){ "revenue", call_option_of(call, "--backtest=", out->lag), NULL },
            err);
    return rc;
}

static void put(struct call_page *call, const struct answers *answers)
{
    struct html_out *out = &call->out;
    const struct bc_str list = call_param(call, "list");
    struct bc_buf note = { 0 };

    document_section(out, &places[MONTHS],
                     BC_STR("Contracts of won deals, and what is open, weighed. A figure leads to "
                            "its deals."),
                     true);
    html_out_drawing(out, bc_buf_str(&answers->drawing));
    put_months(out, answers->months);
    document_section_end(out);
    if (list.len) {
        bc_buf_printf(&note, "%.*s", BC_STR_ARG(list));
        document_section(out, &places[DEALS], bc_buf_str(&note), false);
        listed_deals(out, row_find(answers->months, "deals"));
        document_section_end(out);
    }
    document_section(out, &places[HALF], BC_STR("What is to come, and who stayed."), false);
    put_half(out, answers->months);
    document_section_end(out);
    note.len = 0;
    bc_buf_printf(&note, "As known %.*s months before each month's end, and what came.",
                  BC_STR_ARG(answers->lag));
    document_section(out, &places[FORECAST], bc_buf_str(&note), false);
    put_forecast(out, answers->forecast);
    document_section_end(out);
    bc_buf_release(&note);
}

static void put_page(struct call_page *call, const struct answers *answers)
{
    struct document_place shown[PLACE_N];
    struct bc_buf lead = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < PLACE_N; i++)
        if (i != DEALS || call_param(call, "list").len)
            shown[n++] = places[i];
    bc_buf_printf(&lead, "%.*s to %.*s, in %.*s, ",
                  BC_STR_ARG(page_cells_text(answers->months, "from")),
                  BC_STR_ARG(page_cells_text(answers->months, "to")),
                  BC_STR_ARG(page_cells_text(answers->months, "currency")));
    bc_buf_add_str(&lead, labels_slice(page_cells_text(answers->months, "slice")));
    call_page_begin(call, "Revenue", bc_buf_str(&lead), shown, n);
    page_ends_beside(&call->out, "members", "Members and their contracts");
    put(call, answers);
    call_page_end(call);
    bc_buf_release(&lead);
}

bc_status revenue_page(struct call_page *call, struct bc_err *err)
{
    struct answers answers = { 0 };
    bc_status rc = ask(&answers, call, err);

    if (rc == BC_OK)
        put_page(call, &answers);
    bc_buf_release(&answers.drawing);
    return rc;
}
