/* tools/draw/gantt, tools/draw/timeline: golden drawings of a deal and of many, at each width; and
 * what no deal should be like stays a drawing. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/gantt.h"
#include "tools/draw/timeline.h"

#include <stdio.h>
#include <string.h>

static int64_t at(const char *text)
{
    int64_t us = 0;
    struct bc_err err = { 0 };

    assert_int_equal(bc_instant_parse(&us, bc_str_of(text), &err), BC_OK);
    return us;
}

static struct visits_visit visit(const char *stage, enum visits_kind kind, unsigned step,
                                 const char *entered, const char *left)
{
    return (struct visits_visit){ .stage = bc_str_of(stage),
                                  .kind = kind,
                                  .step = step,
                                  .entered_us = at(entered),
                                  .left = left != NULL,
                                  .left_us = left ? at(left) : 0 };
}

static struct gantt_event event(enum gantt_lane lane, enum gantt_mark mark, const char *occurred,
                                const char *recorded)
{
    return (struct gantt_event){ lane, mark, at(occurred), at(recorded ? recorded : occurred) };
}

enum { VISITS = 5, EVENTS = 12 };

static void fill_deal(struct visits_visit visits[VISITS], struct gantt_event events[EVENTS])
{
    const struct gantt_event all[EVENTS] = {
        event(GANTT_STAGES, GANTT_HAPPENED, "2025-11-18T12:16:00Z", NULL),
        event(GANTT_STAGES, GANTT_HAPPENED, "2025-12-01T08:44:00Z", NULL),
        event(GANTT_MAILS, GANTT_HAPPENED, "2025-12-08T11:55:00Z", NULL),
        event(GANTT_MAILS, GANTT_PLANNED, "2025-12-09T09:20:00Z", NULL),
        event(GANTT_MAILS, GANTT_HAPPENED, "2025-12-26T08:27:00Z", "2026-02-01T09:00:00Z"),
        event(GANTT_MEETINGS, GANTT_PLANNED, "2025-12-26T14:28:00Z", NULL),
        event(GANTT_MEETINGS, GANTT_RETRACTED, "2025-12-29T17:19:00Z", NULL),
        event(GANTT_MEETINGS, GANTT_HAPPENED, "2025-12-31T11:56:00Z", NULL),
        event(GANTT_PAPERS, GANTT_HAPPENED, "2026-02-20T13:25:00Z", NULL),
        event(GANTT_FACTS, GANTT_PLANNED, "2025-11-24T11:40:00Z", "2025-12-30T11:40:00Z"),
        event(GANTT_FACTS, GANTT_PLANNED, "2026-02-20T10:24:00Z", "2026-03-18T12:12:00Z"),
        event(GANTT_RETRACTIONS, GANTT_RETRACTS, "2025-12-31T11:56:00Z", NULL),
    };

    visits[0] = visit("Enrichment", VISITS_OPEN, 0, "2025-11-18T12:16:00Z", "2025-12-01T08:44:00Z");
    visits[1] = visit("Outreach", VISITS_OPEN, 1, "2025-12-01T08:44:00Z", "2025-12-26T12:47:00Z");
    visits[2] = visit("Discovery", VISITS_OPEN, 2, "2025-12-26T12:47:00Z", "2026-01-21T08:32:00Z");
    visits[3] = visit("Proposal", VISITS_OPEN, 3, "2026-01-21T08:32:00Z", "2026-02-20T18:25:00Z");
    visits[4] = visit("Closed Won", VISITS_WON, 0, "2026-02-20T18:25:00Z", NULL);
    memcpy(events, all, sizeof(all));
}

static void check(const char *name, const struct gantt *gantt)
{
    struct bc_buf out = { 0 };

    gantt_draw(&out, gantt);
    drawing_check(name, bc_buf_str(&out));
    bc_buf_release(&out);
}

static void a_deal_at_each_width(void **state)
{
    static const struct bc_str notes[] = { BYTES("As of 2026-03-29. Known: everything that was "
                                                 "recorded. Rules R3, times in UTC") };
    static const double widths[] = { 0, SHEET_WIDE, SHEET_MIDDLE, SHEET_NARROW };
    static const char *const names[] = { "gantt", "gantt-1040", "gantt-680", "gantt-340" };
    struct visits_visit visits[VISITS];
    struct gantt_event events[EVENTS];

    (void)state;
    fill_deal(visits, events);
    for (size_t i = 0; i < ARRAY_LEN(widths); i++)
        check(names[i], &(struct gantt){ .place = { widths[i], 0 },
                                         .title = BC_STR("Universit\xc3\xa4t <Larkness>"),
                                         .time = { NULL, at("2026-03-29T23:59:59Z"), 4 },
                                         .visits = visits,
                                         .visit_n = VISITS,
                                         .events = events,
                                         .event_n = EVENTS,
                                         .notes = notes,
                                         .note_n = ARRAY_LEN(notes) });
}

/* Lost long ago: the end is drawn short; what happened since stands after the gap. */
static void a_long_closed_stage_is_drawn_short(void **state)
{
    struct visits_visit visits[VISITS];
    struct gantt_event events[EVENTS];

    (void)state;
    fill_deal(visits, events);
    visits[4] = visit("Closed Lost", VISITS_LOST, 0, "2026-02-20T18:25:00Z", NULL);
    events[11] = event(GANTT_FACTS, GANTT_PLANNED, "2027-02-20T18:25:00Z", NULL);
    check("gantt-short", &(struct gantt){ .title = BC_STR("Lost long ago"),
                                          .time = { NULL, at("2027-06-30T23:59:59Z"), 4 },
                                          .visits = visits,
                                          .visit_n = VISITS,
                                          .events = events,
                                          .event_n = EVENTS });
}

static void nothing_one_instant_and_stages_without_end(void **state)
{
    const struct visits_visit one[] = {
        visit("A stage of a name that is long", VISITS_OTHER, 0, "2025-01-01T00:00:00Z", NULL),
        visit("again", VISITS_OPEN, 7, "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    };
    const struct gantt_event events[] = {
        event(GANTT_FACTS, GANTT_HAPPENED, "2025-01-01T00:00:00Z", NULL),
        event(GANTT_FACTS, GANTT_HAPPENED, "2025-01-01T00:00:00Z", NULL),
    };

    (void)state;
    check("gantt-nothing",
          &(struct gantt){ .title = BC_STR("Nothing"), .time = { .as_of_us = 0 } });
    check("gantt-instant", &(struct gantt){ .title = BC_STR("One instant"),
                                            .time = { NULL, at("2025-01-01T00:00:00Z"), 9 },
                                            .visits = one,
                                            .visit_n = ARRAY_LEN(one),
                                            .events = events,
                                            .event_n = ARRAY_LEN(events) });
}

/* A hundred thousand visits and events, some before and after all time. */
static void no_more_is_drawn_than_can_be_seen(void **state)
{
    enum { MANY = 100000 };
    struct visits_visit *visits = bc_calloc(MANY, sizeof(*visits));
    struct gantt_event *events = bc_calloc(MANY, sizeof(*events));
    const struct gantt gantt = { .place = { SHEET_WIDE, 3 },
                                 .title = BC_STR("Many"),
                                 .time = { NULL, BC_INSTANT_MAX, 3 },
                                 .visits = visits,
                                 .visit_n = MANY,
                                 .events = events,
                                 .event_n = MANY };
    const struct timeline_row row = { BC_STR("Many"), visits, MANY };
    struct bc_buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        const int64_t us = i % 7 == 0 ? INT64_MIN : (int64_t)i * (BC_INSTANT_MAX / MANY);

        visits[i] = (struct visits_visit){ .stage = BC_STR("<s>"),
                                           .kind = (enum visits_kind)(i % VISITS_KIND_N),
                                           .step = (unsigned)i,
                                           .entered_us = us,
                                           .left = i % 3 == 0,
                                           .left_us = i % 9 ? INT64_MAX : INT64_MIN };
        events[i] =
            (struct gantt_event){ (enum gantt_lane)(i % GANTT_LANE_N),
                                  (enum gantt_mark)(i % GANTT_MARK_N), us, i % 5 ? us : INT64_MAX };
    }
    gantt_draw(&out, &gantt);
    drawing_check_form(bc_buf_str(&out));
    assert_in_range(out.len, 1, 2000000);
    out.len = 0;
    timeline_draw(&out, &(struct timeline){ .title = BC_STR("Many"),
                                            .time = { NULL, BC_INSTANT_MAX, 3 },
                                            .rows = &row,
                                            .n = 1 });
    drawing_check_form(bc_buf_str(&out));
    assert_in_range(out.len, 1, 500000);
    bc_buf_release(&out);
    free(visits);
    free(events);
}

static void many_deals_at_each_width(void **state)
{
    static const double widths[] = { 0, SHEET_MIDDLE, SHEET_NARROW };
    static const char *const names[] = { "timeline", "timeline-680", "timeline-340" };
    const struct visits_visit lost[] = {
        visit("Enrichment", VISITS_OPEN, 0, "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z"),
        visit("Outreach", VISITS_OPEN, 1, "2024-07-01T00:00:00Z", "2024-11-15T00:00:00Z"),
        visit("Closed Lost", VISITS_LOST, 0, "2024-11-15T00:00:00Z", NULL),
    };
    const struct visits_visit open[] = {
        visit("Discovery", VISITS_OPEN, 2, "2025-09-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        visit("Proposal", VISITS_OPEN, 3, "2026-01-01T00:00:00Z", NULL),
    };
    struct visits_visit won[VISITS];
    struct gantt_event events[EVENTS];
    const struct timeline_row rows[] = {
        { BC_STR("Universit\xc3\xa4t Larkness <&> of whatever else"), won, VISITS },
        { BC_STR("lost"), lost, ARRAY_LEN(lost) },
        { BC_STR("open"), open, ARRAY_LEN(open) },
        { BC_STR("in no stage"), NULL, 0 },
    };
    struct bc_buf out = { 0 };

    (void)state;
    fill_deal(won, events);
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        out.len = 0;
        timeline_draw(&out, &(struct timeline){ .place = { widths[i], 0 },
                                                .title = BC_STR("4 deals, 2026-03-29"),
                                                .time = { NULL, at("2026-03-29T23:59:59Z"), 4 },
                                                .rows = rows,
                                                .n = ARRAY_LEN(rows) });
        drawing_check(names[i], bc_buf_str(&out));
    }
    out.len = 0;
    timeline_draw(&out, &(struct timeline){ .place = { SHEET_WIDE, 2 },
                                            .title = BC_STR("No deals"),
                                            .time = { NULL, at("2026-03-29T23:59:59Z"), 4 },
                                            .from_given = true,
                                            .from_us = BC_INSTANT_MAX });
    drawing_check("timeline-nothing", bc_buf_str(&out));
    bc_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deal_at_each_width),
        cmocka_unit_test(a_long_closed_stage_is_drawn_short),
        cmocka_unit_test(nothing_one_instant_and_stages_without_end),
        cmocka_unit_test(no_more_is_drawn_than_can_be_seen),
        cmocka_unit_test(many_deals_at_each_width),
    };

    return cmocka_run_group_tests_name("tools/draw/gantt", tests, NULL, NULL);
}
