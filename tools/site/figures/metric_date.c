#include "ledger/base/instant.h"
#include "tools/site/figures/diff_table.h"
#include "tools/site/figures/metric_part.h"

#include <inttypes.h>

enum { WEEK = 7 };

/* --- asking --- */

/* The figure a week before: of the series, or asked for. */
static bc_status ask_before(struct metric_page *page, struct bc_err *err)
{
    const struct metric_point *point =
        page->before.is_day ? metric_point_of(page, page->before.day) : NULL;
    const char *const words[] = { "explain", call_option_of(page->call, "", page->name),
                                  call_option_of(page->call,
                                                 "--as-of=", bc_str_of(page->before_text)),
                                  metric_slice_option(page), NULL };
    const struct row *explained;
    bc_status rc;

    page->before_figure =
        (struct row){ .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = page->call->env.times };
    if (point) {
        for (size_t i = 0; i < point->figure.n; i++) {
            BC_GROW(page->before_figure.cells, page->before_figure.n, page->before_figure.cap);
            page->before_figure.cells[page->before_figure.n++] = point->figure.cells[i];
        }
        return BC_OK;
    }
    rc = call_ask(&explained, page->call, CALL_BASIS, words, err);
    if (rc == BC_OK)
        (void)html_out_within(&page->before_figure, explained, "figure");
    return rc;
}

/* When a report of that date was issued; else a week after it. */
static void choose_known(struct metric_page *page)
{
    const struct call_page *call = page->call;
    const struct bc_question *question = &call->basis.question;
    struct when known = page->at;
    int64_t us;

    known.day += WEEK;
    known.us += WEEK * BC_DAY_US;
    for (size_t i = 0; i < page->mark_n; i++)
        if (page->marks[i].report.len && page->at.is_day &&
            page->marks[i].mark.day == page->at.day) {
            known = (struct when){ .us = page->marks[i].said_us };
            page->known_report = page->marks[i].name;
        }
    us = when_instant(&known, call->basis.rules->zone);
    if (us < (question->known_asked ? question->known_us : call->env.now_us))
        when_print(page->known, &known);
}

/* Of a date that was chosen: it takes all events that came since. Then under the latest rules of
 * then, which may have been others; now under those of the page, which are no file's. With nothing
 * said of now it is all that is recorded. */
static bc_status ask_learnt(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const char *known = call_option(call, "--vs-known-at=", "known-at");
    const char *words[9] = { "diff", "--rules=latest", metric_option(page, "--metric="),
                             metric_slice_option(page),
                             call_option_of(call, "--as-of=", bc_str_of(page->at_text)) };
    size_t n = 5;

    choose_known(page);
    if (!page->known[0] || !page->chosen)
        return BC_OK;
    words[n++] = call_option_of(call, "--known-at=", bc_str_of(page->known));
    if (call_param(call, "rules").len) {
        words[n++] = call_option_of(call, "--vs-rules=", bc_str_of(call->basis.refs[0]));
        known = known ? known : "--vs-known-at=now";
    }
    words[n] = known;
    return call_ask_once(&page->learnt, call, CALL_CLOCK, words, err);
}

bc_status metric_date_ask(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    /* What was chosen stays where the slider goes on. */
    call_ask_fn *const ask = page->chosen ? call_ask_once : call_ask;
    const char *at = call_option_of(call, "--as-of=", bc_str_of(page->at_text));
    const char *const diff[] = { "diff",
                                 call_option_of(call, "--as-of=", bc_str_of(page->before_text)),
                                 call_option_of(call, "--vs-as-of=", bc_str_of(page->at_text)),
                                 metric_option(page, "--metric="),
                                 metric_slice_option(page),
                                 NULL };
    const char *const explain[] = { "explain", call_option_of(call, "", page->name), at,
                                    metric_slice_option(page), NULL };
    bc_status rc = ask(&page->explained, call, CALL_BASIS, explain, err);

    if (rc == BC_OK)
        rc = ask(&page->changed, call, CALL_BASIS, diff, err);
    if (rc == BC_OK)
        rc = ask_before(page, err);
    return rc == BC_OK ? ask_learnt(page, err) : rc;
}

/* --- the equation --- */

static void put_figure(struct html_out *out, const struct row *figure, const char *day)
{
    struct bc_buf value = { 0 }, rests = { 0 };

    metric_figure_add(&value, figure);
    metric_rests_add(&rests, figure);
    html_out_put(out, "<span><b>");
    html_out_figure(out, bc_buf_str(&value));
    html_out_put(out, "</b> ");
    html_out_text(out, bc_buf_str(&rests));
    html_out_put(out, " on %s</span>\n", day);
    bc_buf_release(&value);
    bc_buf_release(&rests);
}

/* The only figure of a diff that was asked for one; false: it does not differ. */
static bool only_figure(struct row *out, const struct row *diff)
{
    const struct rows metrics = call_rows(diff, "metrics");

    *out = (struct row){ .readers = diff->readers, .times = diff->times };
    if (metrics.n)
        metrics.fill(out, metrics.source, 0);
    return metrics.n > 0;
}

static void put_equation(struct metric_page *page, const struct row *figure)
{
    struct html_out *out = &page->call->out;
    struct row now;

    html_out_put(out, "<p class=\"sum\">");
    put_figure(out, &page->before_figure, page->before_text);
    html_out_put(out, "<b>");
    if (figure)
        diff_table_change(out, figure);
    else
        html_out_put(out, "<span class=\"q2\">0</span>");
    html_out_put(out, "</b>\n");
    if (html_out_within(&now, page->explained, "figure"))
        put_figure(out, &now, page->at_text);
    html_out_put(out, "</p>\n");
    if (row_find(&now, "low") && row_find(&now, "low")->kind != CELL_NULL) {
        html_out_put(out, "<p class=\"q2\">95 %% interval ");
        page_cells_put_range(out, &now, "low", "high");
        html_out_put(out, "</p>\n");
    }
    row_release(&now);
}

/* --- learnt since --- */

static void put_way(struct metric_page *page)
{
    const struct call_page *call = page->call;
    const struct document_pair pairs[] = {
        { "as-of", bc_str_of(page->at_text) },
        { "known-at", bc_str_of(page->known) },
        { "vs-known-at", call_param(call, "known-at") },
    };
    const bool linked = document_link(&page->call->out, "diff", pairs, 3);

    if (linked)
        html_out_put(&page->call->out, "All figures of that date");
    document_link_end(&page->call->out, linked);
}

static void put_learnt(struct metric_page *page)
{
    struct html_out *out = &page->call->out;
    struct row figure, old, asked;

    html_out_put(out, "<h3>Learnt since</h3>\n<p>");
    if (page->known_report.len) {
        html_out_put(out, "When ");
        html_out_text(out, page->known_report);
        html_out_put(out, " was issued, on ");
    } else {
        html_out_put(out, "As known on ");
    }
    if (html_out_within(&asked, page->learnt, "old"))
        page_cells_put_day(out, row_find(&asked, "knownAt"));
    row_release(&asked);
    html_out_put(out, ", this date read ");
    if (only_figure(&figure, page->learnt)) {
        struct bc_buf text = { 0 };

        (void)html_out_within(&old, &figure, "old");
        metric_figure_add(&text, &old);
        html_out_put(out, "<b>");
        html_out_figure(out, bc_buf_str(&text));
        html_out_put(out, "</b>");
        if (row_find(&old, "n") && row_find(&old, "low"))
            html_out_put(out, " of %" PRIu64, row_find(&old, "n")->count);
        html_out_put(out, ", ");
        diff_table_change(out, &figure);
        html_out_put(out, " since. ");
        put_way(page);
        html_out_put(out, "</p>\n");
        diff_table_put(out, &figure);
        bc_buf_release(&text);
        row_release(&old);
    } else {
        html_out_put(out, "the same. ");
        put_way(page);
        html_out_put(out, "</p>\n");
    }
    row_release(&figure);
}

static void put_learnt_link(struct metric_page *page)
{
    struct html_out *out = &page->call->out;
    const bool linked = metric_link(page, bc_str_of(page->at_text));

    if (linked)
        html_out_put(out, "Learnt since, of this date");
    document_link_end(out, linked);
}

void metric_date_put(struct metric_page *page)
{
    struct row figure;
    const bool differs = only_figure(&figure, page->changed);

    put_equation(page, differs ? &figure : NULL);
    if (differs)
        diff_table_put(&page->call->out, &figure);
    else
        document_empty(&page->call->out, "No deal moved in it.");
    if (page->learnt)
        put_learnt(page);
    else if (page->known[0])
        put_learnt_link(page);
    row_release(&figure);
}
