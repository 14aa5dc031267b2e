/* tests/model/test_handoff.c - told cases of hand-offs, by the projection and by the recount; and
 * on random ledgers that both agree, that each step's counts add up, and that threads change
 * nothing. */
#include "tests/model/closing_world.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_handoff.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

enum { SLICE_ALL = 2 };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_handoff *handoff = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_handoff_make(&handoff, timelines, &question, ask, &err), &err);
    for (size_t step = 0; step < BC_STEP_N; step++)
        assert_int_equal(handoff->steps[step].n[BC_STEP_DONE] +
                             handoff->steps[step].n[BC_STEP_SKIPPED] +
                             handoff->steps[step].n[BC_STEP_PENDING],
                         handoff->n);
    recount_handoff_print(out, handoff);
    bc_handoff_free(handoff);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_handoff(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* Asked at noon of 2025-06-30. `since`: NULL for none. */
static struct told {
    const char *name, *story, *since;
    bool pending_only;
    const char *want;
} told[] = {
    { "each step is done at its first instant, before the win or after",
      "d1 created proposal @2025-05-01; d1 signed a @2025-05-03; d1 moved closed_won @2025-05-05; "
      "d1 signed b @2025-05-07; d1 order_started @2025-05-06; d1 ordered o @2025-05-08; "
      "d1 handed u @2025-05-09; d1 accepted u @2025-05-10; d1 service_started @2025-05-11; "
      "d1 health good @2025-05-12",
      NULL, false,
      "1 won\nwon 1 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "signed 1 done 0 skipped 0 pending, days -2.000000 -2.000000\n"
      "ordering 1 done 0 skipped 0 pending, days 1.000000 1.000000\n"
      "ordered 1 done 0 skipped 0 pending, days 3.000000 3.000000\n"
      "opened 1 done 0 skipped 0 pending, days 4.000000 4.000000\n"
      "accepted 1 done 0 skipped 0 pending, days 5.000000 5.000000\n"
      "serving 1 done 0 skipped 0 pending, days 6.000000 6.000000\n"
      "health 1 done 0 skipped 0 pending, days 7.000000 7.000000\n"
      "d1: won 2025-05-05T12:00:00Z signed 2025-05-03T12:00:00Z ordering 2025-05-06T12:00:00Z "
      "ordered 2025-05-08T12:00:00Z opened 2025-05-09T12:00:00Z accepted 2025-05-10T12:00:00Z "
      "serving 2025-05-11T12:00:00Z health 2025-05-12T12:00:00Z; waits 49.000000 days for data\n" },
    { "the data is complete when the last of the three was first set to something",
      "d1 created closed_won @2025-05-01; d1 set mrr 100 @2025-05-02; d1 unset contract_end "
      "@2025-05-03; d1 set contract_start 2025-06-01 @2025-05-04; d1 set contract_end soon "
      "@2025-05-05; d1 unset mrr @2025-05-06; d1 set contract_end 2026-01-01 @2025-05-07",
      NULL, false,
      "1 won\nwon 1 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "data 1 done 0 skipped 0 pending, days 4.000000 4.000000\n"
      "d1: won 2025-05-01T12:00:00Z data 2025-05-05T12:00:00Z; waits 56.000000 days for signed\n" },
    { "the data is not complete while one of the three comes after the date",
      "d1 created closed_won @2025-05-01; d1 set mrr 100 @2025-05-02; d1 set contract_start "
      "2025-06-01 @2025-05-04; d1 set contract_end 2026-01-01 @2025-07-05",
      NULL, false,
      "1 won\nwon 1 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "d1: won 2025-05-01T12:00:00Z; waits 60.000000 days for signed\n" },
    { "a step is skipped if a later one is done, up to serving, not by health; not the first ones",
      "d1 created closed_won @2025-06-01; d1 accepted u @2025-06-02; "
      "d2 created closed_won @2025-06-01; d2 service_started @2025-06-02; "
      "d3 created closed_won @2025-06-01; d3 health bad @2025-06-03; d3 signed a @2025-06-29",
      NULL, false,
      "3 won\nwon 3 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "signed 1 done 0 skipped 2 pending, days 28.000000 28.000000\n"
      "ordering 0 done 2 skipped 1 pending\nordered 0 done 2 skipped 1 pending\n"
      "opened 0 done 2 skipped 1 pending\n"
      "accepted 1 done 1 skipped 1 pending, days 1.000000 1.000000\n"
      "serving 1 done 0 skipped 2 pending, days 1.000000 1.000000\n"
      "health 1 done 0 skipped 2 pending, days 2.000000 2.000000\n"
      "d1: won 2025-06-01T12:00:00Z ordering skipped ordered skipped opened skipped accepted "
      "2025-06-02T12:00:00Z; waits 28.000000 days for signed\n"
      "d2: won 2025-06-01T12:00:00Z ordering skipped ordered skipped opened skipped accepted "
      "skipped serving 2025-06-02T12:00:00Z; waits 28.000000 days for signed\n"
      "d3: won 2025-06-01T12:00:00Z signed 2025-06-29T12:00:00Z health 2025-06-03T12:00:00Z; "
      "waits 1.000000 days for data\n" },
    { "health counts after the win only, at one instant by the log's order",
      "d1 created proposal @2025-06-01; d1 health good @2025-06-20; d1 moved closed_won "
      "@2025-06-20; d2 created closed_won @2025-06-20; d2 health good @2025-06-20",
      NULL, false,
      "2 won\nwon 2 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "health 1 done 0 skipped 1 pending, days 0.000000 0.000000\n"
      "d1: won 2025-06-20T12:00:00Z; waits 10.000000 days for signed\n"
      "d2: won 2025-06-20T12:00:00Z health 2025-06-20T12:00:00Z; waits 10.000000 days for "
      "signed\n" },
    { "the first entry counts, in the window, and what the deal is now",
      "d1 created closed_won @2025-01-01; d1 moved proposal @2025-02-01; d1 moved closed_won "
      "@2025-06-01; d2 created closed_won @2025-06-01; d2 moved closed_lost @2025-06-02; "
      "d3 found closed_won @2025-06-01; d4 found closed_won @2025-05-01; d4 moved proposal "
      "@2025-05-02; d4 moved closed_won @2025-06-03; d5 created closed_won @2025-07-01; "
      "d6 created closed_won @2025-05-01",
      "2025-05-01", false,
      "1 won\nwon 1 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "d4: won 2025-06-03T12:00:00Z; waits 27.000000 days for signed\n" },
    { "gone deals are left out, steps that were taken back were not done",
      "d1 created closed_won @2025-06-01; d1 deleted @2025-06-02; d2 created closed_won "
      "@2025-06-01; x: d2 signed a @2025-06-02; retract x",
      NULL, false,
      "1 won\nwon 1 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "d2: won 2025-06-01T12:00:00Z; waits 29.000000 days for signed\n" },
    { "longest waiting first, who waits for nothing last or, if asked so, not at all",
      "d1..d3 created closed_won @2025-05-0%; d3 signed a @2025-05-01; d3 set mrr 1 @2025-05-01; "
      "d3 set contract_start 2025-05-01 @2025-05-01; d3 set contract_end 2025-05-01 @2025-05-01; "
      "d3 service_started @2025-05-01; d3 health good @2025-05-04; d1 signed a @2025-06-20",
      NULL, true,
      "3 won\nwon 3 done 0 skipped 0 pending, days 0.000000 0.000000\n"
      "signed 2 done 0 skipped 1 pending, days 24.000000 44.800000\n"
      "data 1 done 0 skipped 2 pending, days -2.000000 -2.000000\n"
      "ordering 0 done 1 skipped 2 pending\nordered 0 done 1 skipped 2 pending\n"
      "opened 0 done 1 skipped 2 pending\naccepted 0 done 1 skipped 2 pending\n"
      "serving 1 done 0 skipped 2 pending, days -2.000000 -2.000000\n"
      "health 1 done 0 skipped 2 pending, days 1.000000 1.000000\n"
      "d2: won 2025-05-02T12:00:00Z; waits 59.000000 days for signed\n"
      "d1: won 2025-05-01T12:00:00Z signed 2025-06-20T12:00:00Z; waits 10.000000 days for data\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    struct bc_handoff_ask ask = { .slice = SLICE_ALL,
                                  .since_us = INT64_MIN,
                                  .pending_only = row->pending_only };
    const struct recount_question question = { .as_of_us = story_when("2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    if (row->since)
        ask.since_us = story_when(row->since);
    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    (void)i;
    *(struct bc_handoff_ask *)ask = (struct bc_handoff_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120),
        .pending_only = history_random(random, 2) > 0,
    };
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = closing_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .seed = 7,
                                    .draw = draw,
                                    .long_len = 200 };
    struct bc_handoff_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > 40);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/handoff", tests, NULL, NULL);
}
