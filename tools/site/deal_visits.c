#include "tools/site/deal_visits.h"

#include "tools/draw/gantt.h"
#include "tools/print/print_html.h"
#include "tools/show/drawing.h"
#include "tools/show/labels.h"
#include "tools/site/deal_part.h"

#include <stdlib.h>

/* --- visits --- */

static unsigned open_before(const bc_rules *rules, int stage)
{
    unsigned n = 0;

    for (int i = 0; i < stage; i++)
        n += rules->stages[i].kind == BC_STAGE_OPEN;
    return n;
}

static enum visits_kind kind_of(const bc_rules *rules, int stage)
{
    if (stage == BC_NO_STAGE)
        return VISITS_OTHER;
    switch (rules->stages[stage].kind) {
    case BC_STAGE_OPEN:
        return VISITS_OPEN;
    case BC_STAGE_WON:
    case BC_STAGE_FINAL:
        return VISITS_WON;
    case BC_STAGE_LOST:
        return VISITS_LOST;
    }
    return VISITS_OTHER;
}

static struct visits_visit read_visit(const bc_rules *rules, const struct row *row)
{
    const struct bc_str id = page_cells_text(row, "stage");
    const int stage = bc_rules_stage(rules, id);
    const struct cell *entered = row_find(row, "entered"), *left = row_find(row, "left");
    const struct cell *observed = row_find(row, "observed");

    return (struct visits_visit){
        .stage = labels_stage(rules, id),
        .kind = kind_of(rules, stage),
        .step = stage == BC_NO_STAGE ? 0 : open_before(rules, stage),
        .observed = observed && observed->kind == CELL_BOOL && observed->yes,
        .entered_us = entered && entered->kind == CELL_INSTANT ? entered->us : 0,
        .left = left && left->kind == CELL_INSTANT,
        .left_us = left && left->kind == CELL_INSTANT ? left->us : 0,
    };
}

struct visits_visit *deal_visits_read(const bc_rules *rules, struct rows rows)
{
    struct visits_visit *visits = bc_calloc(rows.n + 1, sizeof(*visits));
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        visits[i] = read_visit(rules, &row);
    }
    row_release(&row);
    return visits;
}

struct visits_time deal_visits_time(const struct call_page *call)
{
    const bc_rules *rules = call->basis.rules;

    return (struct visits_time){ rules->zone, call->basis.as_of_us,
                                 open_before(rules, (int)rules->stage_n) };
}

/* --- events --- */

/* Which lane an event has, and whether it is one that did not happen itself: something planned,
 * opened, set. What has no row is a fact that happened. */
static const struct {
    enum bc_body body;
    enum gantt_lane lane;
    bool ring;
} lanes[] = {
    { BC_DEAL_CREATED, GANTT_STAGES, false },     { BC_STAGE_CHANGED, GANTT_STAGES, false },
    { BC_DEAL_DELETED, GANTT_STAGES, false },     { BC_DEAL_RESTORED, GANTT_STAGES, false },
    { BC_DEAL_MERGED, GANTT_STAGES, false },      { BC_EMAIL_SENT, GANTT_MAILS, false },
    { BC_EMAIL_OPENED, GANTT_MAILS, true },       { BC_EMAIL_REPLIED, GANTT_MAILS, false },
    { BC_OUTREACH_ATTEMPTED, GANTT_MAILS, true }, { BC_PRICING_REQUESTED, GANTT_PAPERS, false },
    { BC_ARTIFACT_LINKED, GANTT_PAPERS, false },  { BC_AGREEMENT_SENT, GANTT_PAPERS, false },
    { BC_AGREEMENT_SIGNED, GANTT_PAPERS, false }, { BC_AGREEMENT_DECLINED, GANTT_PAPERS, false },
    { BC_ORDER_STARTED, GANTT_PAPERS, true },     { BC_ORDER_PLACED, GANTT_PAPERS, false },
    { BC_HANDOFF_OPENED, GANTT_PAPERS, true },    { BC_HANDOFF_ACCEPTED, GANTT_PAPERS, false },
    { BC_SERVICE_STARTED, GANTT_PAPERS, false },  { BC_SERVICE_ENDED, GANTT_PAPERS, false },
    { BC_PROPERTY_CHANGED, GANTT_FACTS, true },   { BC_ACTION_DECIDED, GANTT_FACTS, true },
};

static struct gantt_event read_event(const struct row *row)
{
    const enum bc_body body = bc_body_of(page_cells_text(row, "body"));
    struct gantt_event event = { .lane = GANTT_FACTS, .mark = GANTT_HAPPENED };

    for (size_t i = 0; i < sizeof(lanes) / sizeof(lanes[0]); i++)
        if (lanes[i].body == body) {
            event.lane = lanes[i].lane;
            event.mark = lanes[i].ring ? GANTT_PLANNED : GANTT_HAPPENED;
        }
    if (body == BC_MEETING_LOGGED) {
        event.lane = GANTT_MEETINGS;
        event.mark = bc_str_eq(page_cells_text(row, "outcome"), BC_STR("completed"))
                         ? GANTT_HAPPENED
                         : GANTT_PLANNED;
    } else if (body == BC_RETRACTED) {
        event.lane = GANTT_RETRACTIONS;
        event.mark = GANTT_RETRACTS;
    }
    if (page_cells_text(row, "retractedBy").len)
        event.mark = GANTT_RETRACTED;
    event.occurred_us = row_find(row, "occurred")->us;
    event.recorded_us = row_find(row, "recorded")->us;
    return event;
}

/* Those up to the date. */
static struct gantt_event *read_events(size_t *n, struct rows rows, int64_t as_of_us)
{
    struct gantt_event *events = bc_calloc(rows.n + 1, sizeof(*events));
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    for (size_t i = *n = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        if (row_find(&row, "occurred")->us <= as_of_us)
            events[(*n)++] = read_event(&row);
    }
    row_release(&row);
    return events;
}

/* --- the section --- */

static void draw(struct bc_buf *out, struct sheet_place place, const void *shown)
{
    struct gantt gantt = *(const struct gantt *)shown;

    gantt.place = place;
    gantt_draw(out, &gantt);
}

static void put_drawing(struct call_page *call, const struct row *history)
{
    const struct rows visits = call_rows(history, "visits");
    struct gantt gantt = { .title = BC_STR("Visits and events of the deal"),
                           .time = deal_visits_time(call),
                           .visit_n = visits.n };
    struct visits_visit *drawn = deal_visits_read(call->basis.rules, visits);
    struct gantt_event *events =
        read_events(&gantt.event_n, call_rows(history, "events"), call->basis.as_of_us);
    struct bc_buf svg = { 0 };

    gantt.visits = drawn;
    gantt.events = events;
    drawing_add_widths(&svg, &call->out.drawings, draw, &gantt);
    html_out_drawing(&call->out, bc_buf_str(&svg));
    bc_buf_release(&svg);
    free(drawn);
    free(events);
}

void deal_visits_put(struct call_page *call, const struct row *history)
{
    static const struct column columns[] = {
        { .name = "Stage", .about = true, .draw = page_cells_stage },
        { .name = "Entered", .key = "entered" },
        { .name = "Left", .key = "left" },
        { .name = "Days", .key = "days", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };
    const struct rows visits = call_rows(history, "visits");

    if (visits.n == 0) {
        document_empty(&call->out, "It was in no stage by then.");
        return;
    }
    put_drawing(call, history);
    html_out_put(&call->out, "<details class=\"tab\"><summary>Visits as a table</summary>\n");
    print_html_of(&call->out, &table, visits);
    html_out_put(&call->out, "</details>\n");
}
