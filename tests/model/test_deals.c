/* tests/model/test_deals.c - told cases of rows of deals and of open actions, by the projection and
 * by the recount; and on random ledgers that both agree, whatever is asked and on any threads, and
 * that what is known at an instant is the answer of the log as it was. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_deals.h"
#include "tests/model/rules_text.h"
#include "tests/model/work_world.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

enum { SLICE_NEW, SLICE_EXISTING, SLICE_ALL };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_deal_list *deals = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_deal_list_make(&deals, timelines, &question, ask, &err), &err);
    recount_deals_print(out, deals);
    bc_deal_list_free(deals);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_deals(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

#define EVE "@2025-06-29T23:59:59.999999" /* a day before the date that is asked */

static struct told {
    const char *name, *story;
    struct bc_deal_list_ask ask;
    const char *want;
} told[] = {
    { "a deal has its name, owner, stage, type and money, and counts its days",
      "d1 created outreach type newbusiness owner amy name Acme @2025-06-28T23:59:59.999999; "
      "d1 moved discovery " EVE "; d1 set amount 1200.50 " EVE "; d1 set mrr 100 " EVE,
      { .slice = SLICE_ALL },
      "d1 name Acme owner amy stage discovery 1d age 2d type newbusiness amount 1200.5 mrr 100 USD "
      "last stageChanged 2025-06-29T23:59:59.999999Z\n" },
    { "money is of the deal's currency, and what is no amount is none",
      "d1 found outreach " EVE "; d1 set amount much " EVE "; d1 set mrr 7 " EVE
      "; d1 set currency EUR " EVE,
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d mrr 7 EUR\n" },
    { "a deal without a stage is there from its first event on",
      "d1 touched " EVE "; d2 lead web " EVE "; d3 touched @2025-07-02",
      { .slice = SLICE_ALL },
      "d1 age 1d last outreachAttempted 2025-06-29T23:59:59.999999Z\nd2 age 1d\n" },
    { "a creation in a stage is an activity, one without is none, nor is being found",
      "d1 created outreach " EVE "; d2 created " EVE "; d3 found outreach " EVE
      "; d4 created outreach @2025-06-01T23:59:59.999999; d4 observed discovery " EVE,
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d last dealCreated 2025-06-29T23:59:59.999999Z\n"
      "d2 age 1d\nd3 stage outreach 1d age 1d\n"
      "d4 stage discovery 1d age 29d last dealCreated 2025-06-01T23:59:59.999999Z\n" },
    { "to be told again in the same stage is no activity",
      "d1 found outreach @2025-06-28T23:59:59.999999; d1 moved outreach " EVE,
      { .slice = SLICE_ALL },
      "d1 stage outreach 2d age 2d\n" },
    { "a meeting counts when it was held, by its last word, and not when it was logged",
      "d1 found outreach @2025-06-20T23:59:59.999999; "
      "d1 meeting m1 starts 2025-06-21 completed @2025-06-25; "
      "d1 meeting m2 starts 2025-06-22 completed @2025-06-25; "
      "d1 meeting m2 starts 2025-06-22 no_show @2025-06-26; "
      "d1 meeting m3 starts 2025-07-01 completed @2025-06-26",
      { .slice = SLICE_ALL },
      "d1 stage outreach 10d age 10d last meetingLogged 2025-06-21T12:00:00.000000Z\n" },
    { "mails count when they are sent, opened, once more, or replied to",
      "d1..d4 found outreach @2025-06-20T23:59:59.999999; d1..d4 sent e1 @2025-06-21; "
      "d2..d4 opened e1 @2025-06-22; d3 opened e1 @2025-06-23; d4 replied e1 @2025-06-22",
      { .slice = SLICE_ALL },
      "d1 stage outreach 10d age 10d last emailSent 2025-06-21T12:00:00.000000Z\n"
      "d2 stage outreach 10d age 10d last emailOpened 2025-06-22T12:00:00.000000Z\n"
      "d3 stage outreach 10d age 10d last emailOpened 2025-06-23T12:00:00.000000Z\n"
      "d4 stage outreach 10d age 10d last emailReplied 2025-06-22T12:00:00.000000Z\n" },
    { "what is dated after the date, or was taken back, was not done",
      "d1 found outreach " EVE "; x: d1 touched @2025-06-30; retract x; d1 touched @2025-07-01; "
      "d1 sent e1 @2025-07-01; d1 opened e1 @2025-07-01; d1 replied e1 @2025-07-01",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d\n" },
    { "the next meeting is the first to come whose last word is that it will be",
      "d1..d2 found outreach " EVE "; d1 meeting m1 starts 2025-07-09 scheduled @2025-06-30; "
      "d1 meeting m2 starts 2025-07-08 rescheduled @2025-06-30; "
      "d1 meeting m3 starts 2025-07-07 canceled @2025-06-30; "
      "d1 meeting m4 starts 2025-07-06 scheduled @2025-06-30; "
      "d1 meeting m4 starts 2025-07-10 scheduled @2025-06-30T13:00; "
      "d1 meeting m5 starts 2025-07-05 scheduled @2025-07-01; "
      "d2 meeting m6 starts 2025-06-30T23:59:59.999999 scheduled @2025-06-30",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d next 2025-07-08T12:00:00.000000Z\n"
      "d2 stage outreach 1d age 1d\n" },
    { "who stands too long is stalled, and who is parked waits, till the day has come",
      "d1..d4 found outreach @2025-05-31T23:59:59.999998; d2 set parked_until 2025-07-01; "
      "d3 set parked_until 2025-06-30; d4 moved closed_lost @2025-05-31T23:59:59.999998; "
      "d4 set parked_until 2025-07-01; d5 found outreach @2025-05-31T23:59:59.999999",
      { .slice = SLICE_ALL },
      "d1 stage outreach 30d+1 age 30d+1 stalled\n"
      "d2 stage outreach 30d+1 age 30d+1 waits parked 2025-07-01\n"
      "d3 stage outreach 30d+1 age 30d+1 stalled\n"
      "d4 stage closed_lost 30d+1 age 30d+1 parked 2025-07-01 last stageChanged "
      "2025-05-31T23:59:59.999998Z\n"
      "d5 stage outreach 30d age 30d\n" },
    { "the stalled and those that are parked can be asked for alone",
      "d1..d3 found outreach @2025-05-01T23:59:59.999999; d2 set parked_until 2025-07-01; "
      "d3 moved discovery " EVE,
      { .slice = SLICE_ALL, .only = BC_DEALS_PARKED },
      "d2 stage outreach 60d age 60d waits parked 2025-07-01\n" },
    { "an action is open from its last decision until it is closed after that",
      "d1 found outreach " EVE "; d1 decided a1 call amy 2025-06-29 @2025-06-01; "
      "d1 decided a2 x; d1 done a2; d1 decided a3 x; d1 done a3; d1 decided a3 again; d1 done a4; "
      "d1 decided a4 x",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 29d+43199999999 action a4\n"
      "action a1 deal d1 owner amy due 2025-06-29 late text call\n"
      "action a3 deal d1 text again\naction a4 deal d1 text x\n" },
    { "an action closed at the instant of its decision is closed if the log has that after it",
      "d1 found outreach " EVE "; d1 decided a1 x @2025-06-30; - done a1 @2025-06-30; "
      "d1 done a2 @2025-06-30; d1 decided a2 x @2025-06-30",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d action a2\naction a2 deal d1 text x\n" },
    { "any event closes an action, of whatever deal, and the last decision tells its deal",
      "d1..d2 found outreach " EVE "; d1 decided a1 x @2025-06-30; d2 done a1 @2025-06-30; "
      "d1 decided a2 x @2025-06-30; d2 decided a2 y @2025-06-30; - decided a3 z bo @2025-06-30",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d\nd2 stage outreach 1d age 1d action a2\n"
      "action a2 deal d2 text y\naction a3 owner bo text z\n" },
    { "of the open actions of a deal the one decided last is its own",
      "d1 found outreach " EVE "; d1 decided b x @2025-06-30; d1 decided a x @2025-06-30; "
      "d1 decided c x @2025-06-29",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d+43199999999 action a\naction a deal d1 text x\naction b deal d1 "
      "text x\n"
      "action c deal d1 text x\n" },
    { "an action is late once its day is over",
      "- decided a1 x amy 2025-06-29 @2025-06-01; - decided a2 x amy 2025-06-30 @2025-06-01",
      { .slice = SLICE_ALL },
      "action a1 owner amy due 2025-06-29 late text x\naction a2 owner amy due 2025-06-30 text "
      "x\n" },
    { "what is decided or closed after the date, or taken back, is not, and gone deals wait for "
      "none",
      "d1 found outreach " EVE "; d1 decided a1 x @2025-06-30; d1 done a1 @2025-07-01; "
      "d1 decided a2 x @2025-07-01; d1 decided a3 x @2025-06-30; y: d1 done a3 @2025-06-30; "
      "retract y; d2 found outreach " EVE "; d2 decided a4 x @2025-06-30; d2 deleted @2025-06-30",
      { .slice = SLICE_ALL },
      "d1 stage outreach 1d age 1d action a3\naction a1 deal d1 text x\naction a3 deal d1 text "
      "x\n" },
    { "an action of no deal is in every slice, one of a deal in the deal's",
      "d1 found outreach type newbusiness " EVE "; d2 found outreach type existingbusiness " EVE
      "; d1 decided a1 x @2025-06-30; d2 decided a2 x @2025-06-30; - decided a3 x @2025-06-30",
      { .slice = SLICE_EXISTING },
      "d2 stage outreach 1d age 1d type existingbusiness action a2\naction a2 deal d2 text x\n"
      "action a3 text x\n" },
    { "deals of an owner, or of none",
      "d1 found outreach owner amy " EVE "; d2 found outreach owner bo " EVE
      "; d3 found outreach " EVE,
      { .slice = SLICE_ALL, .by_owner = true },
      "d3 stage outreach 1d age 1d\n" },
    { "open deals are those in a stage of kind open",
      "d1 found outreach " EVE "; d2 found closed_won " EVE "; d3 found limbo " EVE
      "; d4 touched " EVE,
      { .slice = SLICE_ALL, .open = true },
      "d1 stage outreach 1d age 1d\n" },
    { "findings about a deal are counted, each kind named once, those of other kinds not",
      "d1 found enrichment @2025-06-28T23:59:59.999999; d1 moved proposal " EVE
      "; d1 moved enrichment " EVE "; d1 lost no_idea " EVE "; d1 set contract_end soon " EVE
      "; d2 found enrichment " EVE "; d2 set contract_end soon " EVE,
      { .slice = SLICE_ALL,
        .findings = BC_FINDING_BIT(BC_MOVE_NOT_ALLOWED) | BC_FINDING_BIT(BC_UNKNOWN_WORD) },
      "d1 stage enrichment 1d age 2d last stageChanged 2025-06-29T23:59:59.999999Z odd 3 "
      "move_not_allowed unknown_word\nd2 stage enrichment 1d age 1d\n" },
};

static void deals_stand_by_stage_the_longest_there_first(void **state)
{
    static const char *const order[] = { "d3", "d1", "d2", "d6", "d5", "d4" };
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question asked = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                            .rules = rules };
    const struct bc_question question = law_asked(&asked);
    const struct bc_deal_list_ask ask = { .slice = SLICE_ALL };
    bc_log *log = law_log();
    struct bc_deal_list *deals = NULL;
    struct bc_err err = { 0 };
    bc_timelines *timelines;

    (void)state;
    story_append(log, "d2 found outreach @2025-02-01; d1 found outreach @2025-02-01; "
                      "d3 found outreach @2025-01-01; d4 touched; d5 found limbo; "
                      "d6 found closed_lost @2025-01-01");
    timelines = law_timelines(log);
    check_ok(bc_deal_list_make(&deals, timelines, &question, &ask, &err), &err);
    bc_deal_list_by_stage(deals);
    assert_int_equal(deals->n, ARRAY_LEN(order));
    for (size_t i = 0; i < ARRAY_LEN(order); i++)
        assert_true(bc_str_eq(deals->at[i].deal, bc_str_of(order[i])));
    bc_deal_list_free(deals);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&answer, row->story, &question, &row->ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *of, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    static const struct bc_str owners[] = { BYTES("amy"), BYTES("bo"), BYTES("dee"), { 0 } };
    struct bc_deal_list_ask *ask = of;

    (void)question;
    *ask = (struct bc_deal_list_ask){ .slice =
                                          (unsigned)history_random(random, world->rules->slice_n) };
    if (i % 3 == 0)
        ask->findings = bc_findings_of_deals();
    if (i % 2)
        return;
    ask->stages = history_random(random, 2) ? history_random(random, 256) : 0;
    ask->open = history_random(random, 2);
    ask->by_owner = history_random(random, 2);
    ask->owner = owners[history_random(random, ARRAY_LEN(owners))];
    ask->only = (unsigned)history_random(random, 4);
}

static const struct law law = { .answer = &answer,
                                .open = work_world_open,
                                .world_n = LAW_WORLDS,
                                .question_n = 24,
                                .seed = 11,
                                .draw = draw,
                                .long_len = 1000 };

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    struct bc_deal_list_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > LAW_WORLDS);
}

static void known_at_an_instant_it_is_the_answer_of_the_log_as_it_was(void **state)
{
    struct bc_deal_list_ask ask;

    (void)state;
    law_known_at_prefix(&law, &ask);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 3] = {
        cmocka_unit_test(deals_stand_by_stage_the_longest_there_first),
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(known_at_an_instant_it_is_the_answer_of_the_log_as_it_was),
    };
    size_t n = 3;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/deals", tests, NULL, NULL);
}
