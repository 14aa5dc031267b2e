/* tests/model/test_review.c - told cases of what only a review tells, by the projection and by the
 * recount; and on random ledgers that both agree, on any threads, and that its figures are those of
 * each date. */
#include "tests/model/closing_world.h"
#include "tests/model/law_recount.h"
#include "tests/model/money_world.h"
#include "tests/model/recount_review.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

enum { SLICE_NEW, SLICE_EXISTING, SLICE_ALL };

/* --- closed --- */

static void print_closed(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *of)
{
    const struct bc_question question = law_asked(asked);
    const struct recount_closed_ask *ask = of;
    struct bc_closed *closed = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_closed_make(&closed, timelines, &question, ask->slice, ask->since_us, &err), &err);
    recount_closed_print(out, closed);
    bc_closed_free(closed);
}

static void count_closed(struct bc_buf *out, const struct bc_event *events, size_t n,
                         const struct recount_question *question, const void *ask)
{
    recount_closed(out, events, n, question, ask);
}

static const struct law_answer closed_answer = { .project = print_closed, .recount = count_closed };

static struct told {
    const char *name, *story, *want;
} closed_told[] = {
    { "a close in the span has its stage, its instant, and days from the first visit on",
      "d1 created outreach @2025-05-31; d1 moved proposal @2025-06-01; d1 moved closed_won "
      "@2025-06-10; d2 created closed_won @2025-05-31",
      "d1 closed_won 2025-06-10T12:00:00Z after 10d without a word\n" },
    { "the last close counts, in whatever stage the deal is since",
      "d1 created closed_won @2025-06-01; d1 moved proposal @2025-06-02; d1 moved closed_lost "
      "@2025-06-03; d1 moved outreach @2025-06-04; d2 created closed_lost @2025-06-01; "
      "d2 moved closed_won @2025-07-01; d3 created closed_lost @2025-06-05; d3 moved closed_won "
      "@2025-05-01",
      "d1 closed_lost 2025-06-03T12:00:00Z after 2d without a reason without a word\n"
      "d2 closed_lost 2025-06-01T12:00:00Z after 0d without a reason without a word\n"
      "d3 closed_lost 2025-06-05T12:00:00Z after 35d without a reason without a word\n" },
    { "found first is no close, found later is one, and days go from the first visit, found or not",
      "d1 found closed_won @2025-06-01; d2 found outreach @2025-06-01; d2 observed closed_won "
      "@2025-06-03",
      "d2 closed_won 2025-06-03T12:00:00Z after 2d without a word\n" },
    { "the reason is that of this loss, recorded before it too, and none is a win's",
      "d1 created outreach @2025-05-31; d1 lost price @2025-06-01; d1 moved closed_lost "
      "@2025-06-02; "
      "d2 created closed_lost @2025-05-01; d2 lost timing @2025-05-01; d2 moved outreach "
      "@2025-06-01; d2 moved closed_lost @2025-06-02; d3 created closed_won @2025-06-01; d3 lost "
      "price @2025-06-01",
      "d1 closed_lost 2025-06-02T12:00:00Z after 2d because price without a word\n"
      "d2 closed_lost 2025-06-02T12:00:00Z after 32d without a reason without a word\n"
      "d3 closed_won 2025-06-01T12:00:00Z after 0d without a word\n" },
    { "a reason recorded once the deal was opened again is of the next loss",
      "d1 created closed_lost @2025-06-01; d1 moved outreach @2025-06-02; d1 lost price "
      "@2025-06-03",
      "d1 closed_lost 2025-06-01T12:00:00Z after 0d without a reason without a word\n" },
    { "learnings in their order, artifacts in byte order, each kind once",
      "d1 created closed_won @2025-06-01; d1 learned b @2025-06-03; d1 learned a @2025-06-04; "
      "d1 learned b @2025-06-04; d1 artifact notes @2025-06-02; d1 artifact deck @2025-06-03; "
      "d1 artifact notes @2025-06-05",
      "d1 closed_won 2025-06-01T12:00:00Z after 0d learned b, a, b linked deck, notes\n" },
    { "from thirty days before the close, to the instant, to the date",
      "d1 created closed_won @2025-06-30; d1 learned early @2025-05-31T11:59:59.999999; "
      "d1 learned a @2025-05-31; d1 learned z @2025-07-01; d1 artifact notes "
      "@2025-05-31T11:59:59.999999; d1 artifact deck @2025-05-31",
      "d1 closed_won 2025-06-30T12:00:00Z after 0d learned a linked deck\n" },
    { "a win-loss analysis is a word, other papers are none",
      "d1..d2 created closed_won @2025-06-01; d1 artifact win_loss_analysis @2025-06-01; "
      "d2 artifact notes @2025-06-01",
      "d1 closed_won 2025-06-01T12:00:00Z after 0d linked win_loss_analysis\n"
      "d2 closed_won 2025-06-01T12:00:00Z after 0d linked notes without a word\n" },
    { "gone deals did not close",
      "d1 created closed_won @2025-06-01; d1 deleted @2025-06-02; d2 created closed_won "
      "@2025-06-01; d2 deleted @2025-06-02; d2 restored @2025-06-03",
      "d2 closed_won 2025-06-01T12:00:00Z after 0d without a word\n" },
};

static void closed_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_closed_ask ask = { SLICE_ALL, story_when("2025-05-31") };
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&closed_answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

static void draw_closed(void *of, struct recount_question *question, const struct law_world *world,
                        size_t i, uint64_t *random)
{
    static const int32_t days[] = { 7, 60, 365, 2000 };
    struct recount_closed_ask *ask = of;

    (void)i;
    *ask = (struct recount_closed_ask){
        (unsigned)history_random(random, world->rules->slice_n),
        bc_zone_window_begin(world->rules->zone, question->as_of_us,
                             days[history_random(random, ARRAY_LEN(days))]),
    };
}

static void closed_deals_are_those_of_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &closed_answer,
                                    .open = closing_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 24,
                                    .seed = 21,
                                    .draw = draw_closed,
                                    .long_len = 300 };
    struct recount_closed_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > LAW_WORLDS);
}

/* --- renewals --- */

static void print_renewals(struct bc_buf *out, bc_timelines *timelines,
                           const struct recount_question *asked, const void *slice)
{
    const struct bc_question question = law_asked(asked);
    struct bc_renewals *renewals = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_renewals_make(&renewals, timelines, &question, *(const int *)slice, &err), &err);
    recount_renewals_print(out, renewals, asked->rules);
    bc_renewals_free(renewals);
}

static void count_renewals(struct bc_buf *out, const struct bc_event *events, size_t n,
                           const struct recount_question *question, const void *slice)
{
    recount_renewals(out, events, n, question, *(const int *)slice);
}

static const struct law_answer renewals_answer = { .project = print_renewals,
                                                   .recount = count_renewals };

#define WON(deal, end)                                                                             \
    deal " created closed_won @2025-01-01; " deal " set contract_end " end " @2025-01-01; "

static struct told renewals_told[] = {
    { "by bucket, then by deal, with its end",
      WON("d2", "2025-06-01") WON("d1", "2025-07-10") WON("d3", "2025-07-05")
          WON("d4", "2025-09-01") WON("d5", "2025-10-01"),
      "overdue_renewal d2 ends 2025-06-01\nrenewal_0_30 d1 ends 2025-07-10\n"
      "renewal_0_30 d3 ends 2025-07-05\nrenewal_31_90 d4 ends 2025-09-01\n"
      "renewal_91_180 d5 ends 2025-10-01\n" },
    { "its member is its company, health and intent are the deal's own last by the date",
      WON("d1", "2025-07-10") "d1 set company acme; d1 health red @2025-03-01; d1 health green "
                              "@2025-04-01; d1 health blue @2025-07-01; d1 intent declined "
                              "@2025-05-01; d2 created outreach; d2 health grey @2025-06-01",
      "renewal_0_30 d1 of acme ends 2025-07-10 health green intent declined\n" },
    { "an open deal that names it, the first of several, renews it; others do not",
      WON("d1", "2025-07-10") "d5 created outreach @2025-06-01; d5 set renews d1; d4 created "
                              "outreach @2025-06-01; d4 set renews d1; d2 created closed_lost "
                              "@2025-06-01; d2 set renews d1; d3 created outreach @2025-06-01; d3 "
                              "set renews d1; d3 deleted @2025-06-02",
      "renewal_0_30 d1 ends 2025-07-10 by d4\n" },
    { "a deal that another won one renews is overdue no more",
      WON("d1", "2025-06-01") WON("d2", "2025-06-02") "d3 created closed_won @2025-06-01; d3 set "
                                                      "renews d1",
      "overdue_renewal d2 ends 2025-06-02\n" },
    { "gone deals and service that ended have no renewal",
      WON("d1", "2025-07-10") WON("d2", "2025-06-01") "d1 deleted @2025-06-01; d2 service_ended "
                                                      "@2025-06-02",
      "" },
};

static void renewals_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const int slice = BC_SLICE_OF_ITS_OWN;
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&renewals_answer, row->story, &question, &slice, row->want);
    bc_rules_free(rules);
}

static void draw_slice(void *slice, struct recount_question *question,
                       const struct law_world *world, size_t i, uint64_t *random)
{
    (void)question;
    (void)i;
    *(int *)slice = (int)history_random(random, world->rules->slice_n + 1) - 1;
}

static void renewals_are_those_of_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &renewals_answer,
                                    .open = money_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 24,
                                    .seed = 22,
                                    .draw = draw_slice,
                                    .long_len = 30 };
    int slice;

    (void)state;
    assert_true(law_like_recount(&law, &slice) > LAW_WORLDS);
}

/* --- the whole --- */

static struct bc_review *make(bc_timelines *timelines, const struct recount_question *asked,
                              const struct bc_review_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_review *review = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_review_make(&review, timelines, &question, ask, &err), &err);
    return review;
}

/* Parts that one walk answers, and that want different facts of it. */
static void print_parts(struct bc_buf *out, bc_timelines *timelines,
                        const struct recount_question *asked, const void *ask)
{
    struct bc_review *review = make(timelines, asked, ask);

    recount_moved_print(out, review->flow);
    recount_closed_print(out, review->closed);
    recount_renewals_print(out, review->renewals, asked->rules);
    bc_review_free(review);
}

static void count_parts(struct bc_buf *out, const struct bc_event *events, size_t n,
                        const struct recount_question *question, const void *of)
{
    const struct bc_review_ask *ask = of;
    const struct recount_closed_ask closed = { ask->slice < 0 ? SLICE_ALL : (unsigned)ask->slice,
                                               ask->since_us };

    recount_moved(out, events, n, question, ask->since_us,
                  ask->slice < 0 ? SLICE_NEW : (unsigned)ask->slice);
    recount_closed(out, events, n, question, &closed);
    recount_renewals(out, events, n, question, ask->slice);
}

static const struct law_answer parts_answer = { .project = print_parts, .recount = count_parts };

static void draw_review(void *of, struct recount_question *question, const struct law_world *world,
                        size_t i, uint64_t *random)
{
    struct bc_review_ask *ask = of;

    (void)i;
    *ask = (struct bc_review_ask){
        .slice = (int)history_random(random, world->rules->slice_n + 1) - 1,
        .since_asked = true,
        .since_us = bc_zone_window_begin(world->rules->zone, question->as_of_us,
                                         1 + (int32_t)history_random(random, 120)),
    };
}

/* What a report of one date gives. */
static void figures_of_a_date(const struct bc_review_figures *figures, size_t date, int64_t us,
                              bc_timelines *timelines, const struct bc_question *question)
{
    const struct bc_report_options options = { 0 };
    const bc_rules *rules = question->rules;
    struct bc_question one = *question;
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    assert_int_equal(figures->as_of_us[date], us);
    one.as_of_us = &us;
    one.date_n = 1;
    check_ok(bc_report_make(&report, timelines, &one, &options, &err), &err);
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t s = 0; s < rules->slice_n; s++) {
            const struct bc_cell *want = bc_report_cell(report, 0, m, s);
            const struct bc_cell *got = bc_report_cell(figures->report, date, m, s);

            assert_int_equal(got->n, want->n);
            assert_int_equal(got->has_value, want->has_value);
            assert_true(!want->has_value || got->value == want->value);
        }
    bc_report_free(report);
}

static void figures_are_those_of_each_date(const struct law_world *world,
                                           const struct recount_question *asked, const void *of)
{
    const struct bc_review_ask *ask = of;
    const struct bc_question question = law_asked(asked);
    const bc_zone *zone = world->rules->zone;
    struct bc_review *review = make(world->timelines, asked, ask);
    const struct bc_review_figures *figures = &review->figures;
    const int64_t now_us = asked->as_of_us;

    figures_of_a_date(figures, figures->then, ask->since_us, world->timelines, &question);
    figures_of_a_date(figures, figures->now, now_us, world->timelines, &question);
    figures_of_a_date(figures, figures->weeks4, recount_window_begin(zone, now_us, 28),
                      world->timelines, &question);
    figures_of_a_date(figures, figures->weeks13, recount_window_begin(zone, now_us, 91),
                      world->timelines, &question);
    for (int32_t i = 0; i < BC_REVIEW_WEEKS; i++)
        figures_of_a_date(figures, figures->line[i],
                          i == BC_REVIEW_WEEKS - 1
                              ? now_us
                              : recount_window_begin(zone, now_us, 7 * (BC_REVIEW_WEEKS - 1 - i)),
                          world->timelines, &question);
    bc_review_free(review);
}

static void parts_are_those_of_the_recount_and_figures_those_of_each_date(void **state)
{
    static const struct law law = { .answer = &parts_answer,
                                    .open = closing_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 3,
                                    .seed = 23,
                                    .draw = draw_review,
                                    .long_len = 20,
                                    .also = figures_are_those_of_each_date };
    struct bc_review_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > LAW_WORLDS);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(closed_told) + ARRAY_LEN(renewals_told) + 3] = {
        cmocka_unit_test(closed_deals_are_those_of_the_recount_on_any_threads),
        cmocka_unit_test(renewals_are_those_of_the_recount_on_any_threads),
        cmocka_unit_test(parts_are_those_of_the_recount_and_figures_those_of_each_date),
    };
    size_t n = 3;

    ROWS(closed_told, closed_row);
    ROWS(renewals_told, renewals_row);
    return cmocka_run_group_tests_name("model/review", tests, NULL, NULL);
}
