/* tools/site/figures/metric_page.c - one metric over years, what was decided, issued and ruled
 * meanwhile, and of one date what changed it, which events lagged, and the deals that it counts. */
#include "ledger/base/instant.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"
#include "tools/site/figures/metric_part.h"
#include "tools/site/frame/thread.h"

#include <string.h>

enum { YEARS, MARKS, DATE, COUNTED, PLACE_N };
enum { BACK_WEEKS = 104, BACK_DAYS = 182, WEEK = 7 };

/* --- texts --- */

static void add_rests(struct bc_buf *lead, const struct row *figure)
{
    struct bc_buf rests = { 0 };

    metric_rests_add(&rests, figure);
    bc_buf_printf(lead, "%s%.*s", rests.len ? ", " : "", BC_STR_ARG(bc_buf_str(&rests)));
    bc_buf_release(&rests);
}

/* At the date that was chosen; while the slider moves, at the last of the series. */
static void add_lead(struct bc_buf *lead, const struct metric_page *page)
{
    const struct metric_point *last =
        page->date_n ? &page->points[(page->date_n - 1) * page->ref_n] : NULL;
    const struct row *figure = page->brief && last ? &last->figure : NULL;
    struct row within = { 0 };

    bc_buf_printf(lead, "%.*s, %.*s", BC_STR_ARG(page->name),
                  BC_STR_ARG(labels_slice(page->slice)));
    if (page->explained && html_out_within(&within, page->explained, "figure"))
        figure = &within;
    if (figure) {
        bc_buf_printf(lead, ", on %s: ", page->explained ? page->at_text : page->to);
        metric_figure_add(lead, figure);
        add_rests(lead, figure);
    }
    row_release(&within);
}

/* --- what is asked --- */

/* Weeks are those that end at the date; of days fewer, so that the drawing has room. */
static bc_status read_dates(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const bc_zone *zone = call->basis.rules->zone;
    const char *every = call_option(call, "", "every"), *from = call_option(call, "", "from");
    const int32_t to = bc_zone_day(zone, call->basis.as_of_us);
    int32_t first = to - WEEK * BACK_WEEKS;
    bc_status rc = BC_OK;

    page->every = every ? every : "1w";
    if (strcmp(page->every, "1d") == 0)
        first = to - BACK_DAYS;
    if (from)
        rc = basis_first_day(&first, &call->basis, &call->env, "from", from, err);
    if (rc == BC_OK && first > to)
        rc = bc_err_set(err, BC_E_USAGE, "--from is after the date");
    page->from_day = first > 0 ? first : 0;
    page->to_day = to;
    bc_day_print(page->from, page->from_day);
    bc_day_print(page->to, page->to_day);
    return rc;
}

static bc_status read_at(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const char *at = call_option(call, "", "at");
    bc_status rc = BC_OK;

    page->at = call->as_of;
    page->chosen = at != NULL;
    if (at)
        rc = basis_when(&page->at, &call->basis, &call->env, at, err);
    page->at.is_period = false;
    page->before = page->at;
    page->before.day -= WEEK;
    page->before.us -= WEEK * BC_DAY_US;
    if (rc == BC_OK && (page->at.is_day ? page->before.day < 0 : page->before.us < 0))
        rc = bc_err_set(err, BC_E_USAGE, "--at is before 1970-01-08");
    if (rc < 0)
        return rc;
    when_print(page->at_text, &page->at);
    when_print(page->before_text, &page->before);
    return BC_OK;
}

static bc_status read_question(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const bc_rules *rules = call->basis.rules;
    const char *name = call_option(call, "", "name");
    size_t metric = 0;
    bc_status rc = name ? basis_metric(&metric, &call->basis, name, err)
                        : bc_err_set(err, BC_E_USAGE, "the address names no metric");

    if (rc < 0)
        return rc;
    page->rule = &rules->metrics[metric];
    page->name = bc_str_of(page->rule->name);
    page->slice = call_param(call, "slice");
    if (page->slice.len == 0)
        page->slice = bc_str_of(rules->slices[page->rule->headline].name);
    rc = read_dates(page, err);
    return rc == BC_OK ? read_at(page, err) : rc;
}

static bc_status ask(struct metric_page *page, struct bc_err *err)
{
    bc_status rc = read_question(page, err);

    page->brief = call_param(page->call, "brief").len > 0;

    if (rc == BC_OK)
        rc = metric_series_ask(page, err);
    if (rc == BC_OK)
        rc = metric_marks_ask(page, err);
    return rc == BC_OK && !page->brief ? metric_date_ask(page, err) : rc;
}

/* --- the page --- */

static void put_years(struct metric_page *page, const struct document_place *place)
{
    struct call_page *call = page->call;
    struct bc_buf note = { 0 };

    bc_buf_printf(&note, "%s to %s.%s", page->from, page->to,
                  call->site->folder
                      ? ""
                      : " Choose a date in the drawing, or in its table with the keyboard.");
    document_section(&call->out, place, bc_buf_str(&note), true);
    metric_years_put(page);
    document_section_end(&call->out);
    bc_buf_release(&note);
}

/* What is of one date. */
static bc_status put_date(struct metric_page *page, const struct document_place *places,
                          struct bc_err *err)
{
    struct call_page *call = page->call;
    struct bc_buf note = { 0 };
    bc_status rc;

    document_section(&call->out, &places[DATE],
                     BC_STR("Against the week before. The changes add up to the whole."), false);
    metric_date_put(page);
    document_section_end(&call->out);
    bc_buf_printf(&note, "What was counted on %s, under the rules %s.", page->at_text,
                  basis_label(&call->basis, 0));
    document_section(&call->out, &places[COUNTED], bc_buf_str(&note), false);
    rc = metric_counted_put(page, err);
    document_section_end(&call->out);
    bc_buf_release(&note);
    return rc;
}

static bc_status put(struct metric_page *page, struct bc_err *err)
{
    struct call_page *call = page->call;
    const struct document_place places[PLACE_N] = {
        [YEARS] = { "years", "Over time", "Over time", { 0 } },
        [MARKS] = { "marks", "Marks", "Marks", { 0 } },
        [DATE] = { "date", page->at_text, page->at_text, { 0 } },
        [COUNTED] = { "counted", "What it counts", "What it counts", { 0 } },
    };
    struct bc_buf heading = { 0 }, lead = { 0 };
    bc_status rc = BC_OK;

    rule_labels_metric_add(&heading, call->basis.rules, page->name);
    bc_buf_add_byte(&heading, '\0');
    add_lead(&lead, page);
    call_page_begin(call, heading.at, bc_buf_str(&lead), places, page->brief ? DATE : PLACE_N);
    put_years(page, &places[YEARS]);
    document_section(&call->out, &places[MARKS], BC_STR("What was decided, said and ruled."),
                     false);
    metric_marks_put(page);
    document_section_end(&call->out);
    if (!page->brief)
        rc = put_date(page, places, err);
    call_page_end(call);
    bc_buf_release(&lead);
    bc_buf_release(&heading);
    return rc;
}

bc_status metric_page(struct call_page *call, struct bc_err *err)
{
    struct metric_page page = { .call = call };
    bc_status rc = ask(&page, err);

    if (rc == BC_OK)
        rc = put(&page, err);
    metric_page_release(&page);
    return rc;
}
