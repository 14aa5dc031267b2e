#include "tools/site/site.h"

#include "ledger/base/instant.h"
#include "tools/site/deals/deal_pages.h"
#include "tools/site/figures/figure_pages.h"
#include "tools/site/frame/address.h"
#include "tools/site/frame/bar.h"
#include "tools/site/frame/changed.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/records/record_pages.h"
#include "tools/site/site_part.h"

#include <stdlib.h>
#include <string.h>

#define HTML "text/html; charset=utf-8"

/* In the order of the bar. Those without a label are reached from others. */
static const struct call_place site_places[] = {
    { .name = "review", .label = "Review", .make = review_page },
    { .name = "monthly", .within = "review", .make = monthly_page },
    { .name = "metrics", .label = "Metrics", .make = metrics_page },
    { .name = "metric", .within = "metrics", .make = metric_page, .about = "name" },
    { .name = "diff", .within = "metrics", .make = diff_page, .live = true },
    { .name = "pipeline", .label = "Pipeline", .make = pipeline_page },
    { .name = "paths", .within = "pipeline", .make = paths_page },
    { .name = "deals", .label = "Deals", .make = deals_page },
    { .name = "deal", .within = "deals", .make = deal_page, .about = "id" },
    { .name = "evidence", .within = "deals", .make = evidence_page, .live = true },
    { .name = "list", .within = "deals", .make = list_page, .live = true },
    { .name = "timeline", .label = "Timeline", .make = timeline_page },
    { .name = "experiments", .label = "Experiments", .make = experiments_page },
    { .name = "experiment", .within = "experiments", .make = experiment_page, .about = "id" },
    { .name = "signals", .label = "Signals", .make = signals_page },
    { .name = "cohorts", .within = "signals", .make = cohorts_page, .live = true },
    { .name = "leads", .label = "Leads", .make = leads_page },
    { .name = "losses", .label = "Losses", .make = losses_page },
    { .name = "learnings", .within = "losses", .make = learnings_page },
    { .name = "handoff", .within = "pipeline", .make = handoff_page },
    { .name = "people", .within = "audit", .make = people_page },
    { .name = "revenue", .label = "Revenue", .make = revenue_page },
    { .name = "members", .within = "revenue", .make = members_page },
    { .name = "red-lines", .label = "Red lines", .make = red_lines_page },
    { .name = "audit", .label = "Audit", .make = audit_page, .as_it_is = true },
    { .name = "report", .within = "audit", .make = report_page, .about = "id", .as_it_is = true },
    { .name = "given", .within = "audit", .make = given_page, .live = true, .as_it_is = true },
    { .name = "versions", .within = "ledger", .make = versions_page, .as_it_is = true },
    { .name = "ledger", .label = "Ledger", .make = ledger_page, .as_it_is = true },
    { .name = "log", .within = "ledger", .make = log_page, .live = true, .as_it_is = true },
    { .name = "event", .within = "ledger", .make = event_page, .live = true, .as_it_is = true },
    { .name = "rules", .within = "ledger", .make = rules_page, .live = true, .as_it_is = true },
    { .name = "verify", .within = "ledger", .make = verify_page, .live = true, .as_it_is = true },
    { 0 },
};

struct site *site_new(const struct cmd_env *env, const char *dir)
{
    struct site *site = bc_calloc(1, sizeof(*site));

    site->env = env;
    site->places = site_places;
    site->frame = bar_frame;
    site->opened.dir = dir;
    if (env->names) {
        site->names.off = env->names->off;
        site->names.people = env->names->people;
        site->names.people_n = env->names->people_n;
    }
    if (env->times)
        site->times.own = env->times->own;
    return site;
}

void site_free(struct site *site)
{
    once_trim(&site->once, 0);
    opened_close(&site->opened);
    free(site);
}

/* When the first event happened. */
static bc_status read_first(struct site *site, struct bc_err *err)
{
    struct bc_event event;
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    bc_status rc = BC_OK;

    site->first_us = site->env->now_us;
    if (bc_log_head(site->opened.log)->size > 0) {
        rc = bc_log_get(site->opened.log, 1, &event, &bytes, arena, err);
        if (rc == BC_OK)
            site->first_us = event.occurred_us;
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

enum { ONCE_MOST = 24 }; /* answers that are kept for pages to come */

bc_status site_open(struct site *site, struct bc_err *err)
{
    struct cmd_env env = *site->env;
    bool anew;
    bc_status rc;

    env.opened = NULL;
    env.ledger_dir = site->opened.dir;
    rc = opened_now(&site->opened, &env, &anew, err);
    once_trim(&site->once, anew ? 0 : ONCE_MOST);
    if (rc == BC_OK && anew)
        rc = read_first(site, err);
    if (rc < 0)
        opened_close(&site->opened);
    return rc;
}

/* --- what cannot be answered --- */

static unsigned status_of(bc_status rc)
{
    return rc == BC_E_USAGE ? 400 : 500;
}

/* That a ledger is damaged is what the page that verifies it was asked for. */
static bool is_verdict(const struct call_page *call, bc_status rc)
{
    return rc == BC_E_DAMAGED && call->place->make == verify_page;
}

void site_say_error(struct call_page *call, bc_status rc, const struct bc_err *err,
                    struct site_answer *out)
{
    const bool verdict = is_verdict(call, rc);
    const struct bc_str heading = verdict ? BC_STR("Verify") : BC_STR("No answer");
    struct bc_buf sentence = { 0 };

    if (!call->env.frame) {
        call->site->frame(&call->frame, call);
        call->env.frame = &call->frame;
    }
    if (err->context[0])
        bc_buf_printf(&sentence, "%s: ", err->context);
    bc_buf_printf(&sentence, "%s", err->message);
    call->frame.below = NULL; /* a page's own, which is not made */
    call->out.env = &call->env;
    call->out.text.len = 0;
    document_begin(&call->out,
                   &(struct document_head){ .title = heading,
                                            .heading = heading,
                                            .lead = verdict ? BC_STR("read whole, just now")
                                                            : BC_STR("to this question") });
    html_out_put(&call->out, "<p class=\"fault\" role=\"alert\">");
    if (verdict) {
        page_cells_state(&call->out, PAGE_OFF, BC_STR("damaged"));
        html_out_put(&call->out, " ");
    }
    html_out_text(&call->out, bc_buf_str(&sentence));
    html_out_put(&call->out, "</p>\n");
    document_end_bare(&call->out);
    out->status = verdict ? 200 : status_of(rc);
    bc_buf_release(&sentence);
}

static void no_page(struct site *site, const struct site_request *request, struct site_answer *out)
{
    static const struct call_place none = { .name = "" };
    struct bc_err err = { 0 };
    struct call_page call;

    call_init(&call, site, &none, request);
    bc_err_set(&err, BC_E_USAGE, "there is no page of this address");
    site_say_error(&call, BC_E_USAGE, &err, out);
    out->status = 404;
    bc_buf_add_str(&out->body, bc_buf_str(&call.out.text));
    call_release(&call);
}

/* --- answering --- */

static void ask_page(struct site *site, const struct call_place *place,
                     const struct site_request *request, struct site_answer *out)
{
    struct bc_err err = { 0 };
    struct call_page call;
    bc_status rc = site_open(site, &err);

    call_init(&call, site, place, request);
    call.answer = out;
    if (rc == BC_OK)
        rc = call_make(&call, &err);
    if (rc == BC_OK && !out->location && !out->filename)
        rc = changed_say(&call, &err);
    if (rc < 0)
        site_say_error(&call, rc, &err, out);
    bc_buf_add_str(&out->body, bc_buf_str(&call.out.text));
    call_release(&call);
}

void site_ask(struct site *site, const struct site_request *request, struct site_answer *out)
{
    const struct bc_str path = request->path;
    const struct call_place *place;

    *out = (struct site_answer){ .status = 200, .type = HTML };
    if (path.len > 7 && memcmp(path.at, "/asset/", 7) == 0 && bar_asset(out, path))
        return;
    if (path.len == 0 || path.at[0] != '/')
        place = NULL;
    else if (path.len == 1)
        place = &site_places[0];
    else
        place = site_place(site, (struct bc_str){ path.at + 1, path.len - 1 });
    if (!place)
        no_page(site, request, out);
    else
        ask_page(site, place, request, out);
}
