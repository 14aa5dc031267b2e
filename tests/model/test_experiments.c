/* tests/model/test_experiments.c - told cases of experiments, by the engine and by the recount; and
 * on random ledgers that both agree, that threads and known-at change nothing, and that arms add up
 * to all. */
#include "ledger/base/instant.h"
#include "projections/cohorts/experiments.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_experiments.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

static struct told {
    const char *name, *story, *want;
    /* What is asked beside: all of it, of all deals, as of 2025-06-30. */
    const char *zone, *only, *slice, *since, *as_of;
    int32_t mature; /* 0: none */
} told[] = {
    { .name = "it is there once it was begun, with no deal",
      "- begun x1 hypothesis=so kind=offer",
      "x1 \"so\" offer    cost   begun 1735732800000000 to closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n" },
    { .name = "or a deal was enrolled in it, also one that is gone, or of another slice",
      "d1 created outreach type partner; d1 enrolled x1 a; d2 created outreach; d2 enrolled x2 a; "
      "d2 deleted; d3 lead web",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n"
      "x2 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n",
      .slice = "new" },
    { .name = "but not by its conclusion, nor by what comes after the date",
      "- concluded x1 refuted; - begun x2 @2025-07-02; d1 created outreach @2025-01-01; "
      "d1 enrolled x3 a @2025-07-03",
      "" },
    { .name = "its words are those of the last beginning, its start that of the first",
      "- begun x1 hypothesis=old metric=speed @2025-01-01; - begun x1 kind=icp @2025-01-03; "
      "x: - begun x1 kind=none @2025-01-04; retract x",
      "x1 \"\" icp    cost   begun 1735732800000000 to closed_won closed_won_complete met ?" },
    { .name = "the last conclusion tells its outcome, whatever deal it carries",
      "- begun x1 @2025-01-01; - concluded x1 refuted no @2025-01-02; "
      "d1 concluded x1 validated yes @2025-01-03",
      "x1 \"\"     cost   begun 1735732800000000 concluded 1735905600000000 validated \"yes\" "
      "to" },
    { .name = "a conversion's target is the metric's, and an arm is that of the first enrolment",
      "- begun x1 metric=outreach_to_discovery target=0.5; d1..d2 created outreach; "
      "d1..d2 enrolled x1 b; d1 enrolled x1 a; d2 moved discovery; d3 created outreach; "
      "d3 enrolled x1 control; d3 moved closed_lost",
      "x1 \"\"  outreach_to_discovery 0.5  cost   begun 1735732800000000 to discovery proposal "
      "closed_won closed_won_complete met y\n"
      "  all: 1 of 3, 1 failed, 1 open, 0 already; days 2.000000 2.000000 2.000000\n"
      "  arm \"b\": 1 of 2, 0 failed, 1 open, 0 already; days 2.000000 2.000000 2.000000\n"
      "  arm \"control\": 0 of 1, 1 failed, 0 open, 0 already\n"
      "  b - control" },
    { .name = "whoever is there already is counted apart",
      "- begun x1 metric=outreach_to_discovery; d1 created discovery; d1 enrolled x1 a",
      "x1 \"\"  outreach_to_discovery   cost   begun 1735732800000000 to discovery proposal "
      "closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 1 already" },
    { .name = "an arm without a name is counted, and not compared",
      "d1 created outreach; d1 enrolled x1; d2 created outreach; d2 enrolled x1 b; "
      "d3 created outreach; d3 enrolled x1 a; d4 created outreach; d4 enrolled x1 c",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 4, 0 failed, 4 open, 0 already\n"
      "  arm \"\": 0 of 1, 0 failed, 1 open, 0 already\n"
      "  arm \"a\": 0 of 1, 0 failed, 1 open, 0 already\n"
      "  arm \"b\": 0 of 1, 0 failed, 1 open, 0 already\n"
      "  arm \"c\": 0 of 1, 0 failed, 1 open, 0 already\n"
      "  b - a 0.000000 -0.793451 0.793451 p 1.000000 few\n"
      "  c - a 0.000000 -0.793451 0.793451 p 1.000000 few\n"
      "  immature 0 gone 0\n" },
    { .name = "ten deals of each arm are enough",
      "d1..d10 created outreach; d1..d10 enrolled x1 a; d11..d20 created outreach; "
      "d11..d20 enrolled x1 control; d1..d5 moved closed_won",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 5 of 20, 0 failed, 15 open, 0 already; days 3.000000 3.000000 3.000000\n"
      "  arm \"a\": 5 of 10, 0 failed, 5 open, 0 already; days 3.000000 3.000000 3.000000\n"
      "  arm \"control\": 0 of 10, 0 failed, 10 open, 0 already\n"
      "  a - control 0.500000 0.117367 0.763407 p 0.016254 enough" },
    { .name = "an arm in which all are there already has no difference, and one table only",
      "d1 created closed_won; d1 enrolled x1 a; d2 created outreach; d2 enrolled x1 control",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 1, 0 failed, 1 open, 1 already\n"
      "  arm \"a\": 0 of 0, 0 failed, 0 open, 1 already\n"
      "  arm \"control\": 0 of 1, 0 failed, 1 open, 0 already\n"
      "  a - control p 1.000000 few\n" },
    { .name = "of a lead time half of them must be there within the days",
      "- begun x1 metric=days_in_pipeline target=10; d1..d4 created outreach @2025-01-01; "
      "d1..d4 enrolled x1 a @2025-01-10; d1 moved closed_won @2025-01-20; "
      "d2 moved closed_won @2025-01-20T12:00:00",
      "x1 \"\"  days_in_pipeline 10  cost   begun 1735732800000000 to closed_won "
      "closed_won_complete met y" },
    { .name = "and one that took a microsecond longer does not count",
      "- begun x1 metric=days_in_pipeline target=10; d1..d4 created outreach @2025-01-01; "
      "d1..d4 enrolled x1 a @2025-01-10; d1 moved closed_won @2025-01-20; "
      "d2 moved closed_won @2025-01-20T12:00:00.000001",
      "x1 \"\"  days_in_pipeline 10  cost   begun 1735732800000000 to closed_won "
      "closed_won_complete met n" },
    { .name = "met goes by what was tried, not by the control, as long as anything was",
      "- begun x1 metric=outreach_to_discovery target=0.5; d1..d2 created outreach; "
      "d1 enrolled x1 control; d2 enrolled x1; d1..d2 moved discovery; d3 created outreach; "
      "d3 enrolled x1 b",
      "x1 \"\"  outreach_to_discovery 0.5  cost   begun 1735732800000000 to discovery proposal "
      "closed_won closed_won_complete met n" },
    { .name = "and by all where nothing else was",
      "- begun x1 metric=outreach_to_discovery target=0.5; d1..d2 created outreach; "
      "d1 enrolled x1 control; d2 enrolled x1; d1 moved discovery",
      "x1 \"\"  outreach_to_discovery 0.5  cost   begun 1735732800000000 to discovery proposal "
      "closed_won closed_won_complete met y" },
    { .name = "a target that is no number is none",
      "- begun x1 metric=outreach_to_discovery target=half; d1 created outreach; d1 enrolled x1 a",
      "x1 \"\"  outreach_to_discovery half  cost   begun 1735732800000000 to discovery proposal "
      "closed_won closed_won_complete met ?" },
    { .name = "a cost without a currency has that of the rules, one that is no amount is none",
      "- begun x1 cost=100.5; - begun x2 cost=ten currency=EUR; - begun x3 cost=7 currency=EUR",
      "x1 \"\"     cost 100.500000 USD begun 1735732800000000 to closed_won closed_won_complete "
      "met ?\n  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n"
      "x2 \"\"     cost  EUR begun 1735819200000000 to closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n"
      "x3 \"\"     cost 7.000000 EUR begun" },
    /* e-mails */
    { .name =
          "of a rate of e-mails the deals count that opened one of those sent since, in any stage",
      "- begun x1 metric=outreach_email_open_rate target=0.5; d1..d3 created discovery "
      "@2025-01-02; "
      "d1 sent e1 @2025-01-03; d1 opened e1 @2025-01-04; d1..d3 enrolled x1 a @2025-01-05; "
      "d2 sent e2 @2025-01-05; d2 sent e3 @2025-01-06; d2 opened e3 @2025-01-07; "
      "d2 opened e3 @2025-01-08; d2 replied e2 @2025-01-08; d3 sent e4 @2025-01-06",
      "x1 \"\"  outreach_email_open_rate 0.5  cost   begun 1735732800000000 to met n\n"
      "  all: 1 of 2, 0 failed, 1 open, 0 already, 3 sent, 1 opened, 1 replied\n"
      "  arm \"a\": 1 of 2, 0 failed, 1 open, 0 already, 3 sent, 1 opened, 1 replied\n" },
    { .name = "the last word of an e-mail tells when it was sent, and an open before that counts",
      "- begun x1 metric=outreach_email_open_rate; d1 created outreach @2025-01-01; "
      "d1 sent e1 @2025-01-02; d1 opened e1 @2025-01-03; d1 enrolled x1 a @2025-01-05; "
      "d1 sent e1 @2025-01-06; d1 sent e2 @2025-01-07; d1 sent e2 @2025-01-04",
      "x1 \"\"  outreach_email_open_rate   cost   begun 1735732800000000 to met ?\n"
      "  all: 1 of 1, 0 failed, 0 open, 0 already, 2 sent, 1 opened, 0 replied\n" },
    { .name = "an arm that nothing was sent to stands there with nothing",
      "- begun x1 metric=outreach_email_open_rate target=0; d1 created closed_won; "
      "d1 enrolled x1 a; d2 created outreach; d2 enrolled x1 control; d2 sent e1",
      "x1 \"\"  outreach_email_open_rate 0  cost   begun 1735732800000000 to met ?\n"
      "  all: 0 of 1, 0 failed, 1 open, 0 already, 1 sent, 0 opened, 0 replied\n"
      "  arm \"a\": 0 of 0, 0 failed, 0 open, 0 already, 0 sent, 0 opened, 0 replied\n"
      "  arm \"control\": 0 of 1, 0 failed, 1 open, 0 already, 1 sent, 0 opened, 0 replied\n"
      "  a - control p 1.000000 few\n" },
    { .name = "where all must have had the same time, later opens do not count, and later mails do",
      "- begun x1 metric=outreach_email_open_rate; d1..d2 created outreach @2025-01-01; "
      "d1..d2 enrolled x1 a @2025-01-05; d1 sent e1 @2025-01-06; d1 opened e1 @2025-01-12; "
      "d2 sent e2 @2025-01-06; d2 opened e2 @2025-01-12T12:00:01; d2 sent e3 @2025-03-06; "
      "d3 created outreach @2025-06-01; d3 enrolled x1 a @2025-06-28",
      "x1 \"\"  outreach_email_open_rate   cost   begun 1735732800000000 to met ?\n"
      "  all: 1 of 2, 0 failed, 1 open, 0 already, 3 sent, 1 opened, 0 replied\n"
      "  arm \"a\": 1 of 2, 0 failed, 1 open, 0 already, 3 sent, 1 opened, 0 replied\n"
      "  immature 1 gone 0\n",
      .mature = 7 },
    /* what is asked */
    { .name = "enrolments before the window are in no arm, and the experiment is there",
      "d1..d2 created outreach @2025-01-01; d1 enrolled x1 a @2025-01-31T23:59:59; "
      "d1 enrolled x1 a @2025-02-03; d2 enrolled x1 b @2025-02-01T00:00:00",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 1, 0 failed, 1 open, 0 already\n  arm \"b\": 0 of 1",
      .since = "2025-01-31" },
    { .name = "deals that are too young, or gone, are counted as that",
      "d1..d3 created outreach @2025-01-01; d1 enrolled x1 a @2025-06-20; "
      "d2 enrolled x1 a @2025-01-02; d2 deleted; d3 enrolled x1 a @2025-01-02; "
      "d3 moved closed_won @2025-02-02",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n"
      "  all: 0 of 1, 0 failed, 1 open, 0 already\n"
      "  arm \"a\": 0 of 1, 0 failed, 1 open, 0 already\n  immature 1 gone 1\n",
      .mature = 30 },
    { .name = "over a change of clocks the same local time is so many days later",
      "d1..d2 created outreach @2025-03-01; d1..d2 enrolled x1 a @2025-03-20T10:00; "
      "d1 moved closed_won @2025-04-03T09:00; d2 moved closed_won @2025-04-03T09:30",
      "x1 \"\"     cost   to closed_won closed_won_complete met ?\n  all: 1 of 2",
      .mature = 14,
      .zone = "Europe/Berlin" },
    { .name = "asked for one it is that alone",
      "- begun x1; - begun x2; d1 created outreach; d1 enrolled x1 a; d1 enrolled x3 a",
      "x2 \"\"     cost   begun 1735819200000000 to closed_won closed_won_complete met ?\n"
      "  all: 0 of 0, 0 failed, 0 open, 0 already\n  immature 0 gone 0\n",
      .only = "x2" },
};

/* --- asking --- */

static struct bc_experiments *answered(bc_timelines *timelines,
                                       const struct recount_question *asked,
                                       const struct bc_cohort_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_experiments *experiments = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_experiments_make(&experiments, timelines, &question, ask, &err), &err);
    return experiments;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *question, const void *ask)
{
    struct bc_experiments *experiments = answered(timelines, question, ask);

    recount_experiments_print(out, experiments, question->rules);
    bc_experiments_free(experiments);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_experiments(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text(), got = { 0 }, want = { 0 };
    struct bc_cohort_ask ask = { .anchor = BC_ANCHOR_ENROLMENT, .since_us = INT64_MIN };
    struct recount_question question = { .threads = 1 };
    bc_rules *rules;

    if (row->zone)
        rules_text_put(&yaml, "version:", "timezone:", row->zone);
    question.rules = rules = rules_of_text(&yaml);
    question.as_of_us = law_day_end(rules, row->as_of ? row->as_of : "2025-06-30");
    ask.slice = (unsigned)bc_rules_slice(rules, bc_str_of(row->slice ? row->slice : "all"));
    ask.mature = row->mature ? row->mature : BC_NOT_MATURE;
    if (row->since)
        ask.since_us = law_day_end(rules, row->since);
    if (row->only)
        ask.experiment = bc_str_of(row->only);
    law_tell(&got, &want, &answer, row->story, &question, &ask);
    if (strncmp(want.at, row->want, strlen(row->want)) != 0)
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
    (void)i;
    *(struct bc_cohort_ask *)ask = (struct bc_cohort_ask){
        .anchor = BC_ANCHOR_ENROLMENT,
        .experiment = history_random(random, 4) ? (struct bc_str){ 0 } : BC_STR("x1"),
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
                                    .world_n = LAW_WORLDS,
                                    .question_n = 24,
                                    .seed = 9,
                                    .draw = draw,
                                    .threads = { 1, 3, 6 } };
    struct bc_cohort_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

static void check_experiment(const struct bc_experiment *experiment)
{
    const struct bc_cohorts *cohort = experiment->cohort;
    struct bc_cohort sum = { 0 };

    for (size_t i = 0; i < cohort->row_n; i++) {
        sum.n += cohort->rows[i].n;
        sum.converted += cohort->rows[i].converted;
        sum.already += cohort->rows[i].already;
        sum.beside.sent += cohort->rows[i].beside.sent;
        assert_int_equal(cohort->rows[i].n,
                         cohort->rows[i].converted + cohort->rows[i].failed + cohort->rows[i].open);
        if (i)
            assert_true(bc_str_cmp(cohort->rows[i - 1].values[0], cohort->rows[i].values[0]) < 0);
    }
    assert_int_equal(sum.n, cohort->all.n);
    assert_int_equal(sum.converted, cohort->all.converted);
    assert_int_equal(sum.already, cohort->all.already);
    assert_int_equal(sum.beside.sent, cohort->all.beside.sent);
}

/* What is listed of an arm is what it counts. */
static void check_list(const struct law_world *world, const struct recount_question *question,
                       struct bc_cohort_ask ask, const struct bc_experiment *experiment)
{
    for (size_t arm = 0; arm < experiment->cohort->row_n; arm++) {
        const struct bc_cohort *row = &experiment->cohort->rows[arm];
        const struct bc_str list[] = { experiment->words.id, row->values[0] };
        struct bc_experiments *listed;

        ask.list = list;
        ask.list_outcomes = BC_COHORT_N;
        listed = answered(world->timelines, question, &ask);
        assert_true(listed->listed);
        assert_int_equal(listed->deal_n, row->n);
        for (size_t i = 1; i < listed->deal_n; i++)
            assert_true(bc_str_cmp(listed->deals[i - 1], listed->deals[i]) < 0);
        bc_experiments_free(listed);
    }
}

/* Where no e-mails are meant, an arm is the cohort of the same question. */
static void check_cohort(const struct law_world *world, const struct recount_question *asked,
                         struct bc_cohort_ask ask, const struct bc_experiment *experiment)
{
    const struct bc_question question = law_asked(asked);
    struct bc_cohorts *cohorts = NULL;
    struct bc_err err = { 0 };

    if (experiment->goal == BC_GOAL_OPENED)
        return;
    ask.experiment = experiment->words.id;
    ask.to = experiment->to;
    check_ok(bc_cohorts_make(&cohorts, world->timelines, &question, &ask, &err), &err);
    assert_int_equal(cohorts->all.n, experiment->cohort->all.n);
    assert_int_equal(cohorts->all.converted, experiment->cohort->all.converted);
    assert_int_equal(cohorts->all.failed, experiment->cohort->all.failed);
    assert_int_equal(cohorts->immature, experiment->cohort->immature);
    assert_int_equal(cohorts->gone, experiment->cohort->gone);
    assert_true(cohorts->all.median_days == experiment->cohort->all.median_days);
    bc_cohorts_free(cohorts);
}

static void arms_add_up_and_are_listed(void **state)
{
    uint64_t random = 10;

    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            struct recount_question question = law_question(&world, i);
            struct bc_experiments *experiments;
            struct bc_cohort_ask ask;

            draw(&ask, &question, &world, i, &random);
            experiments = answered(world.timelines, &question, &ask);
            for (size_t at = 0; at < experiments->n; at++) {
                check_experiment(&experiments->at[at]);
                check_list(&world, &question, ask, &experiments->at[at]);
                check_cohort(&world, &question, ask, &experiments->at[at]);
            }
            bc_experiments_free(experiments);
        }
        law_world_close(&world);
    }
}

static void known_at_a_prefix_it_is_the_prefixs_own_answer(void **state)
{
    static const struct law law = {
        .answer = &answer, .open = law_world_open, .world_n = LAW_WORLDS, .seed = 11, .draw = draw
    };
    struct bc_cohort_ask ask;

    (void)state;
    law_known_at_prefix(&law, &ask);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 3] = {
        cmocka_unit_test(the_engine_answers_like_the_recount),
        cmocka_unit_test(arms_add_up_and_are_listed),
        cmocka_unit_test(known_at_a_prefix_it_is_the_prefixs_own_answer),
    };
    size_t n = 3;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/experiments", tests, NULL, NULL);
}
