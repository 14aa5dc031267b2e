/* tests/model/test_velocity.c - told cases of the pace of stages, by the projection and by the
 * recount; and on random ledgers that both agree on any number of threads, and what adds up. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_velocity.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

enum { SLICE_NEW = 0, SLICE_ALL = 2 };

static struct bc_velocity *answered(bc_timelines *timelines, const struct recount_question *asked,
                                    const struct bc_velocity_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_velocity *velocity = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_velocity_make(&velocity, timelines, &question, ask, &err), &err);
    return velocity;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    struct bc_velocity *velocity = answered(timelines, asked, ask);

    recount_velocity_print(out, velocity, asked->rules);
    bc_velocity_free(velocity);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_velocity(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* At noon of 2025-06-30, since noon of 2025-01-31. */
static struct told {
    const char *name, *story;
    unsigned slice;
    const char *want;
} told[] = {
    { "what came and went in the window is counted, its time whole, also before the window",
      "d1 created outreach @2025-01-21; d1 moved discovery @2025-02-10; "
      "d1 moved closed_lost @2025-02-15; d2 created outreach @2025-01-01; "
      "d2 moved closed_lost @2025-01-31",
      SLICE_ALL,
      "outreach: now 0 stalled 0 in 0 out 1; n 1 20.000000 20.000000 20.000000; next discovery 1; "
      "10.000000\n"
      "discovery: now 0 stalled 0 in 1 out 1; n 1 5.000000 5.000000 5.000000; next closed_lost 1; "
      "5.000000\n"
      "closed_lost: now 2 stalled 0 in 1 out 0; open 2 142.500000 150.000000 d2; 285.000000\n"
      "bottleneck outreach\n" },
    { "the visits of a deal are added up, one of no length is one",
      "d1 created outreach @2025-02-01; d1 moved discovery @2025-02-03; "
      "d1 moved outreach @2025-02-03; d1 moved discovery @2025-02-06; "
      "d1 moved closed_won @2025-02-06",
      SLICE_ALL,
      "outreach: now 0 stalled 0 in 2 out 2; n 1 5.000000 5.000000 5.000000; next discovery 2; "
      "5.000000\n"
      "discovery: now 0 stalled 0 in 2 out 2; n 1 0.000000 0.000000 0.000000; next closed_won 1, "
      "outreach 1; 0.000000\n"
      "closed_won: now 1 stalled 0 in 1 out 0; open 1 144.000000 144.000000 d1; 144.000000\n"
      "bottleneck outreach\n" },
    { "found there it has no entry and no time, but an exit and days",
      "d1 found outreach @2025-02-01; d1 moved discovery @2025-02-11; "
      "d1 moved closed_lost @2025-02-11; d2 found outreach @2025-06-20",
      SLICE_ALL,
      "outreach: now 1 stalled 0 in 0 out 1; open 1 10.000000 10.000000 d2; next discovery 1; "
      "20.000000\n"
      "discovery: now 0 stalled 0 in 1 out 1; n 1 0.000000 0.000000 0.000000; next closed_lost 1; "
      "0.000000\n"
      "closed_lost: now 1 stalled 0 in 1 out 0; open 1 139.000000 139.000000 d1; 139.000000\n"
      "bottleneck outreach\n" },
    { "over 30 days in an open stage a deal stalls, found or not, unless it is parked",
      "d1 created outreach @2025-05-31; d2 created outreach @2025-05-31T11:59:59; "
      "d3 found outreach @2025-05-01; d4 created outreach @2025-05-01; "
      "d4 set parked_until 2025-07-01; d5 created outreach @2025-05-01; "
      "d5 set parked_until 2025-06-30; d6 created closed_won @2025-03-01",
      SLICE_ALL,
      "outreach: now 5 stalled 3 in 4 out 0; open 5 60.000000 60.000000 d3; 240.000012\n"
      "closed_won: now 1 stalled 0 in 1 out 0; open 1 121.000000 121.000000 d6; 121.000000\n"
      "bottleneck outreach\n" },
    { "a stage that nobody left counts as left once, and among equals the first is it",
      "d1 created outreach @2025-06-20; d2 created discovery @2025-06-20", SLICE_ALL,
      "outreach: now 1 stalled 0 in 1 out 0; open 1 10.000000 10.000000 d1; 10.000000\n"
      "discovery: now 1 stalled 0 in 1 out 0; open 1 10.000000 10.000000 d2; 10.000000\n"
      "bottleneck outreach\n" },
    { "more days in all are less where more deals share them",
      "d1..d4 created outreach @2025-03-01; d1..d4 moved proposal @2025-03-11; "
      "d1..d4 moved closed_won @2025-03-11; d5 created discovery @2025-06-15",
      SLICE_ALL,
      "outreach: now 0 stalled 0 in 4 out 4; n 4 10.000000 10.000000 10.000000; next proposal 4; "
      "40.000000\n"
      "discovery: now 1 stalled 0 in 1 out 0; open 1 15.000000 15.000000 d5; 15.000000\n"
      "proposal: now 0 stalled 0 in 4 out 4; n 4 0.000000 0.000000 0.000000; next closed_won 4; "
      "0.000000\n"
      "closed_won: now 4 stalled 0 in 4 out 0; open 4 111.000000 111.000000 d1; 444.000000\n"
      "bottleneck discovery\n" },
    { "no days in any open stage, no bottleneck", "d1 created closed_won @2025-06-20", SLICE_ALL,
      "closed_won: now 1 stalled 0 in 1 out 0; open 1 10.000000 10.000000 d1; 10.000000\n" },
    { "gone deals and those of other slices are left out, the slice is that of the date",
      "d1 created outreach type newbusiness @2025-06-20; d1 deleted @2025-06-21; "
      "d2 created outreach type partner @2025-06-20; "
      "d3 created outreach type partner @2025-06-20; d3 set deal_type newbusiness @2025-06-29",
      SLICE_NEW,
      "outreach: now 1 stalled 0 in 1 out 0; open 1 10.000000 10.000000 d3; 10.000000\n"
      "bottleneck outreach\n" },
    { "what comes after the date has not come: the visit is open",
      "d1 created outreach @2025-06-20; d1 moved discovery @2025-07-01", SLICE_ALL,
      "outreach: now 1 stalled 0 in 1 out 0; open 1 10.000000 10.000000 d1; 10.000000\n"
      "bottleneck outreach\n" },
    { "an exit to a stage that the rules do not know has its name, that stage no row",
      "d1 created outreach @2025-06-20; d1 moved limbo @2025-06-21", SLICE_ALL,
      "outreach: now 0 stalled 0 in 1 out 1; n 1 1.000000 1.000000 1.000000; next limbo 1; "
      "1.000000\nbottleneck outreach\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct bc_velocity_ask ask = { .slice = row->slice,
                                         .since_us = story_when("2025-01-31") };
    const struct recount_question question = { .as_of_us = story_when("2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    (void)i;
    *(struct bc_velocity_ask *)ask = (struct bc_velocity_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 3) == 0
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 90),
    };
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 40,
                                    .seed = 21,
                                    .draw = draw };
    struct bc_velocity_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

/* Deals, of counts of deals; for counts of visits no more than those, and some where there are. */
static void check_list(const struct law_world *world, const struct recount_question *question,
                       struct bc_velocity_ask ask, const struct bc_velocity *velocity)
{
    ask.list = true;
    for (unsigned what = 0; what < BC_PACE_COUNT_N; what++) {
        const uint64_t n = velocity->stages[ask.list_stage].n[what];
        const bool visits = what == BC_PACE_ENTERED || what == BC_PACE_LEFT;
        struct bc_velocity *listed;

        ask.list_count = (enum bc_pace_count)what;
        listed = answered(world->timelines, question, &ask);
        if (visits)
            assert_in_range(listed->deal_n, n > 0, n);
        else
            assert_int_equal(listed->deal_n, n);
        for (size_t i = 1; i < listed->deal_n; i++)
            assert_true(bc_str_cmp(listed->deals[i - 1], listed->deals[i]) < 0);
        bc_velocity_free(listed);
    }
}

static void exits_went_somewhere_and_lists_name_what_is_counted(void **state)
{
    uint64_t random = 22;

    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 8; i++) {
            struct recount_question question = law_question(&world, i);
            struct bc_velocity *velocity;
            struct bc_velocity_ask ask;

            draw(&ask, &question, &world, i, &random);
            velocity = answered(world.timelines, &question, &ask);
            for (size_t s = 0; s < velocity->stage_n; s++) {
                const struct bc_pace *pace = &velocity->stages[s];
                uint64_t went = 0;

                for (size_t k = 0; k < pace->next_n; k++)
                    went += pace->next[k].n;
                assert_int_equal(went, pace->n[BC_PACE_LEFT]);
                assert_int_equal(pace->n[BC_PACE_NOW], pace->n[BC_PACE_OPEN]);
            }
            ask.list_stage = (unsigned)history_random(&random, velocity->stage_n);
            check_list(&world, &question, ask, velocity);
            bc_velocity_free(velocity);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 2] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(exits_went_somewhere_and_lists_name_what_is_counted),
    };
    size_t n = 2;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/velocity", tests, NULL, NULL);
}
