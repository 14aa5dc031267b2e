#include "tools/print/cell_text.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/site/figures/metric_part.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/parts/form.h"

#include <stdlib.h>

/* --- items in another order --- */

struct item {
    size_t at;
    bool hit;
    double key; /* the greatest first */
};

struct items {
    struct rows of;
    struct item *at;
    size_t n;
};

static void fill_item(struct row *row, const void *source, size_t i)
{
    const struct items *items = source;

    items->of.fill(row, items->of.source, items->at[i].at);
}

static int by_key(const void *a, const void *b)
{
    const struct item *left = a, *right = b;

    if (left->key != right->key)
        return left->key > right->key ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

/* Of a rate those that hit and those that did not; else all. */
static void pick(struct items *out, struct rows of, const char *hit, bool hits)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS };

    *out = (struct items){ .of = of, .at = bc_calloc(of.n + 1, sizeof(*out->at)) };
    for (size_t i = 0; i < of.n; i++) {
        const struct cell *is_hit, *left;
        struct item item = { .at = i };

        row_clear(&row);
        of.fill(&row, of.source, i);
        is_hit = hit ? row_find(&row, hit) : NULL;
        left = row_find(&row, "left");
        if (is_hit && is_hit->yes != hits)
            continue;
        if (left)
            item.key = (double)left->us;
        else
            (void)page_cells_number(&item.key, &row, "days");
        out->at[out->n++] = item;
    }
    row_release(&row);
    if (out->n > 1)
        qsort(out->at, out->n, sizeof(*out->at), by_key);
}

/* --- cells --- */

static void put_left(struct html_out *out, const struct row *row)
{
    page_cells_put_day(out, row_find(row, "left"));
}

static void put_to(struct html_out *out, const struct row *row)
{
    html_out_text(out, labels_stage(page_about(out)->rules, page_cells_text(row, "to")));
}

static void put_deals(struct html_out *out, const struct row *row)
{
    const struct cell *deals = row_find(row, "deals");

    for (size_t i = 0; deals && i < deals->texts.n; i++) {
        html_out_put(out, "%s", i ? "<br>" : "");
        page_cells_put_deal(out, deals->texts.at[i], (struct bc_str){ 0 });
    }
}

/* What a thing is, then how it goes into the value. */
static struct columns columns_of(struct column out[4], const struct bc_metric_rule *rule)
{
    const enum bc_subject subject = bc_rules_subject(rule);
    const enum bc_measure measure = bc_rules_kind(rule)->measure;
    size_t n = 0;

    if (subject == BC_OF_MEETINGS)
        out[n++] = (struct column){ .name = "Meeting", .key = "meeting", .about = true };
    else
        out[n++] = (struct column){ .name = "Deal", .about = true, .draw = page_cells_deal };
    switch (subject) {
    case BC_OF_MEETINGS:
        out[n++] = (struct column){ .name = "Deals", .draw = put_deals };
        break;
    case BC_OF_EMAILS:
        out[n++] = (struct column){ .name = "E-mail", .key = "email", .class = "q2 ids" };
        out[n++] = (struct column){ .name = "Campaign", .key = "campaign", .leave = 1 };
        break;
    case BC_OF_ATTEMPTS:
        out[n++] = (struct column){ .name = "Left", .class = "nb", .draw = put_left };
        out[n++] = (struct column){ .name = "For", .class = "nb", .leave = 1, .draw = put_to };
        break;
    case BC_OF_DEALS:
        if (measure == BC_MEASURE_COUNT)
            out[n++] = (struct column){
                .name = "Put there by", .draw = event_cells_ids, .class = "q2 ids", .leave = 1
            };
        break;
    }
    if (measure == BC_MEASURE_DAYS)
        out[n++] = (struct column){ .name = "Days", .key = "days", .right = true };
    return (struct columns){ out, n };
}

/* --- lists --- */

static void put_list(struct metric_page *page, const char *heading, const char *hit, bool hits)
{
    struct html_out *out = &page->call->out;
    struct column columns[4];
    const struct html_table table = { .columns = columns_of(columns, page->rule),
                                      .class = "full tight" };
    struct items items;

    pick(&items, call_rows(page->explained, "items"), hit, hits);
    html_out_put(out, "<div><h3>%s: %zu</h3>\n", heading, items.n);
    if (items.n == 0)
        document_empty(out, "None.");
    print_html_of(out, &table, rows_of(fill_item, &items, items.n));
    html_out_put(out, "</div>\n");
    free(items.at);
}

static void put_lists(struct metric_page *page)
{
    struct html_out *out = &page->call->out;
    const struct bc_kind *kind = bc_rules_kind(page->rule);

    if (call_rows(page->explained, "items").n == 0) {
        document_empty(out,
                       "Nothing is counted here: `backcast explain METRIC --not DEAL` says what "
                       "keeps a deal out.");
        return;
    }
    if (kind->measure != BC_MEASURE_RATE) {
        put_list(page, "Counted", NULL, true);
        return;
    }
    const bool opened = bc_str_eq(bc_str_of(kind->hit), BC_STR("opened"));

    html_out_put(out, "<div class=\"two\">\n");
    put_list(page, opened ? "Opened" : "Converted", kind->hit, true);
    put_list(page, opened ? "Not opened" : "Did not convert", kind->hit, false);
    html_out_put(out, "</div>\n");
}

/* --- what keeps a deal out --- */

static void put_not(struct metric_page *page, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "What keeps it out", .key = "words", .about = true },
        { .name = "At", .key = "at", .class = "nb" },
        { .name = "Event", .draw = event_cells_id, .class = "q2 ids", .leave = 1 },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    struct html_out *out = &page->call->out;
    const bool counted = row_find(answer, "counted") && row_find(answer, "counted")->yes;

    html_out_put(out, "<p>");
    page_cells_put_deal(out, page_cells_text(answer, "deal"), (struct bc_str){ 0 });
    html_out_put(out, " is %s.</p>\n", counted ? "counted" : "not counted");
    print_html_of(out, &table, call_rows(answer, "reasons"));
}

static bc_status put_why_not(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const char *without = call_option(call, "--not=", "not");
    const char *const words[] = { "explain",
                                  call_option_of(call, "", page->name),
                                  call_option_of(call, "--as-of=", bc_str_of(page->at_text)),
                                  metric_slice_option(page),
                                  without,
                                  NULL };
    const struct row *answer;
    bc_status rc = BC_OK;

    if (form_begin(call, "Why a deal is not counted")) {
        form_hidden(call, "name");
        form_hidden(call, "at");
        form_hidden(call, "from");
        form_hidden(call, "every");
        form_field(call, "not", "Why is a deal not counted?", "its id");
        form_end(call);
    }
    if (!without)
        return BC_OK;
    rc = call_ask(&answer, call, CALL_BASIS, words, err);
    if (rc == BC_OK)
        put_not(page, answer);
    if (rc != BC_E_USAGE)
        return rc;
    html_out_put(&call->out, "<p class=\"fault\" role=\"alert\">");
    html_out_text(&call->out, bc_str_of(err->message));
    html_out_put(&call->out, "</p>\n");
    return BC_OK;
}

bc_status metric_counted_put(struct metric_page *page, struct bc_err *err)
{
    put_lists(page);
    return put_why_not(page, err);
}
