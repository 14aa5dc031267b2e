/* tests/model/test_signals.c - told cases of signals, by the engine and by the recount; and on
 * random ledgers that both agree, that each key is the cohort by it, and that threads and known-at
 * change nothing. */
#include "ledger/base/instant.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_signals.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { WORLDS = 12 };

/* `want` are lines that stand in the answer. */
static struct told {
    const char *name, *story, *want;
    int32_t mature;
} told[] = {
    { "values of which few were resolved are one group",
      "d1..d12 set tier a @2025-01-01; d13..d24 set tier b @2025-01-01; "
      "d25..d26 set tier c @2025-01-01; d27..d28 set tier d @2025-01-01; "
      "d1..d28 created discovery @2025-01-02; d1..d9 moved proposal; d10..d12 moved closed_lost; "
      "d13..d15 moved proposal; d16..d24 moved closed_lost; d25 moved proposal; "
      "d26..d27 moved closed_lost",
      "tier: 0.121883894 0.048040336 4 values\n", 0 },
    { "five resolved deals are a group, four are not",
      "d1..d5 set tier a @2025-01-01; d6..d9 set tier b @2025-01-01; "
      "d10..d13 set tier c @2025-01-01; d1..d13 created discovery @2025-01-02; "
      "d1..d4 moved proposal; d5..d9 moved closed_lost; d10..d12 moved proposal; "
      "d13 moved closed_lost",
      "tier: 0.090607367 0.150785565 3 values", 0 },
    { "all values together, where all converted, tell nothing",
      "d1..d6 set tier a @2025-01-01; d7..d12 set tier b @2025-01-01; "
      "d1..d12 created discovery @2025-01-02; d1..d12 moved proposal",
      "tier: 0.000000000 1.000000000 2 values", 0 },
    { "one group, of few, tells nothing",
      "d1..d2 set tier a @2025-01-01; d3..d4 set tier b @2025-01-01; "
      "d1..d4 created discovery @2025-01-02; d1..d2 moved proposal; d3..d4 moved closed_lost",
      "tier: 0.000000000 1.000000000 2 values", 0 },
    { "a property that was set by the entry is a key, one that was set later is none",
      "d1 set mood well @2025-01-01; d1..d2 created discovery @2025-01-02; d1 set wish more",
      "mood: 0.000000000 1.000000000 2 values\n", 0 },
    { "one that was set to nothing is a key with one value",
      "d1 unset mood @2025-01-01; d1..d2 created discovery @2025-01-02", "without mood, one", 0 },
    { "a property by the name of a fixed key is that key",
      "d1 set need maybe @2025-01-01; d1 qualified need @2025-01-01; "
      "d1..d2 created discovery @2025-01-02",
      "need: 0.000000000 1.000000000 2 values\n"
      "  : 0 of 1, 0 failed, 1 open, 0 already\n  yes: 0 of 1",
      0 },
    { "an arm is that of the first enrolment, and an experiment of another deal is no key",
      "d1 created discovery @2025-01-02; d2 created discovery @2025-01-03; "
      "d1 enrolled x1 a @2025-01-01; d1 enrolled x1 b @2025-01-01; d2 enrolled x2 a @2025-01-04",
      "arm:x1: 0.000000000 1.000000000 2 values\n  : 0 of 1, 0 failed, 1 open, 0 already\n"
      "  a: 0 of 1",
      0 },
    { "fifty values are not too many",
      "d1..d50 set tier t% @2025-01-01; d1..d50 created discovery @2025-01-02",
      "tier: 0.000000000 1.000000000 50 values", 0 },
    { "of more than fifty there are none, and none is one of them",
      "d1..d50 set tier t% @2025-01-01; d1..d51 created discovery @2025-01-02",
      "without tier, too many", 0 },
    { "deals that are too young are no part of it",
      "d1 set tier a @2025-01-01; d1 created discovery @2025-01-02; "
      "d2 set mood well @2025-06-01; d2 created discovery @2025-06-20",
      "without tier, one\n", 30 },
};

static struct bc_signals *answered(bc_timelines *timelines, const struct recount_question *asked,
                                   const struct bc_cohort_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_signals *signals = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_signals_make(&signals, timelines, &question, ask, &err), &err);
    return signals;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *question, const void *ask)
{
    struct bc_signals *signals = answered(timelines, question, ask);

    recount_signals_print(out, signals);
    bc_signals_free(signals);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_signals(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

static bc_stage_set stage_of(const bc_rules *rules, const char *id)
{
    return UINT64_C(1) << bc_rules_stage(rules, bc_str_of(id));
}

static void told_row(void **state)
{
    const struct told *row = *state;
    bc_rules *rules = rules_default();
    const struct bc_cohort_ask ask = { .at = stage_of(rules, "discovery"),
                                       .to = stage_of(rules, "proposal"),
                                       .slice = (unsigned)bc_rules_slice(rules, BC_STR("all")),
                                       .since_us = INT64_MIN,
                                       .mature = row->mature ? row->mature : BC_NOT_MATURE };
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .threads = 1,
                                               .rules = rules };
    struct bc_buf got = { 0 }, want = { 0 };

    law_tell(&got, &want, &answer, row->story, &question, &ask);
    if (!strstr(want.at, row->want))
        fail_msg("the recount:\n%swanted:\n%s", want.at, row->want);
    assert_string_equal(got.at, want.at);
    bc_rules_free(rules);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    const uint64_t every = (UINT64_C(1) << world->rules->stage_n) - 1;

    (void)i;
    *(struct bc_cohort_ask *)ask = (struct bc_cohort_ask){
        .at = UINT64_C(1) << history_random(random, 4),
        .to = history_random(random, every + 1) & history_random(random, every + 1),
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120),
        .mature = history_random(random, 2) ? BC_NOT_MATURE : (int32_t)history_random(random, 40),
    };
}

static void the_engine_answers_like_the_recount(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = WORLDS,
                                    .question_n = 6,
                                    .seed = 21,
                                    .draw = draw,
                                    .threads = { 1, 4, 7 } };
    struct bc_cohort_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

static void check_list(const struct law_world *world, const struct recount_question *question,
                       struct bc_cohort_ask ask, const struct bc_signal *signal, size_t row)
{
    const struct bc_str list[] = { signal->key, signal->split->rows[row].values[0] };
    struct bc_signals *listed;

    ask.list = list;
    ask.list_outcomes = BC_COHORT_N;
    listed = answered(world->timelines, question, &ask);
    assert_true(listed->listed);
    assert_int_equal(listed->all->deal_n, signal->split->rows[row].n);
    bc_signals_free(listed);
}

static void rows_add_up_and_are_listed(void **state)
{
    uint64_t random = 22;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 4; i++) {
            struct recount_question question = law_question(&world, i);
            struct bc_signals *signals;
            struct bc_cohort_ask ask;

            draw(&ask, &question, &world, i, &random);
            signals = answered(world.timelines, &question, &ask);
            for (size_t at = 0; at < signals->n; at++) {
                const struct bc_signal *signal = &signals->at[at];
                uint64_t sum = 0, already = 0;

                for (size_t row = 0; row < signal->split->row_n; row++) {
                    sum += signal->split->rows[row].n;
                    already += signal->split->rows[row].already;
                }
                assert_int_equal(sum, signals->all->all.n);
                assert_int_equal(already, signals->all->all.already);
                check_list(&world, &question, ask, signal, i % signal->split->row_n);
            }
            bc_signals_free(signals);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 2] = {
        cmocka_unit_test(the_engine_answers_like_the_recount),
        cmocka_unit_test(rows_add_up_and_are_listed),
    };
    size_t n = 2;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/signals", tests, NULL, NULL);
}
