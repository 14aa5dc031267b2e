/* tests/model/test_flow.c - told cases of flow, by the projection and by the recount; and on random
 * ledgers that both agree, that it adds up, and that threads change nothing. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_flow.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { WORLDS = 12, SLICE_NEW = 0, SLICE_ALL = 2 };

/* outreach, discovery, renewals, proposal */
static bc_stage_set usual_stages(const bc_rules *rules)
{
    return bc_rules_metric(rules, BC_STR("sqd"))->stages;
}

/* A question of two dates. */
struct asked {
    struct recount_question question;
    int64_t from_us;
    struct bc_flow_ask ask;
};

static struct bc_flow *answered(bc_timelines *timelines, const struct recount_question *asked,
                                int64_t from_us, const struct bc_flow_ask *ask)
{
    const int64_t dates_us[] = { from_us, asked->as_of_us };
    struct bc_question question = law_asked(asked);
    struct bc_flow *flow = NULL;
    struct bc_err err = { 0 };

    question.as_of_us = dates_us;
    question.date_n = 2;
    check_ok(bc_flow_make(&flow, timelines, &question, ask, &err), &err);
    return flow;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *question, const void *ask)
{
    const struct asked *asked = ask;
    struct bc_flow *flow = answered(timelines, question, asked->from_us, &asked->ask);

    recount_flow_print(out, flow);
    bc_flow_free(flow);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const struct asked *asked = ask;

    recount_flow(out, events, n, question, asked->from_us, &asked->ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* From 2025-01-31 to 2025-02-28. */
static struct told {
    const char *name, *story;
    unsigned slice;
    const char *want;
} told[] = {
    { "a deal that had never been in the set is new, from nowhere or from before it",
      "d1 created outreach @2025-02-01; d2 created enrichment @2025-01-05; "
      "d2 moved discovery @2025-02-05",
      SLICE_ALL, "in.new 2\nmove '' 'outreach' 1\nmove 'enrichment' 'discovery' 1\n" },
    { "found in it is in it", "d1 found proposal @2025-02-01", SLICE_ALL,
      "in.new 1\nmove '' 'proposal' 1\n" },
    { "one that was in the set before returned, also after a visit of no length",
      "d1 created outreach @2025-01-05; d1 moved closed_lost @2025-01-06; "
      "d1 moved outreach @2025-02-05; d2 created outreach @2025-01-05; "
      "d2 moved enrichment @2025-01-05; d2 moved proposal @2025-02-05",
      SLICE_ALL,
      "in.returned 2\nmove 'closed_lost' 'outreach' 1\nmove 'enrichment' 'proposal' 1\n" },
    { "one that was gone is restored, whatever else is true of it",
      "d1 created outreach @2025-01-05; d1 deleted @2025-01-06; d1 restored @2025-02-05; "
      "d2 created enrichment @2025-01-05; d2 deleted @2025-01-06; d2 moved outreach @2025-02-01; "
      "d2 restored @2025-02-05",
      SLICE_ALL, "in.restored 2\nmove '' 'outreach' 2\n" },
    { "gone and restored between the dates it stayed",
      "d1 created outreach @2025-01-05; d1 deleted @2025-02-01; d1 restored @2025-02-02", SLICE_ALL,
      "stayed.same 1\nmove 'outreach' 'outreach' 1\n" },
    { "in another slice it was reclassified, in and out",
      "d1 created outreach type partner @2025-01-05; d1 set deal_type newbusiness @2025-02-05; "
      "d2 created outreach type newbusiness @2025-01-05; d2 set deal_type partner @2025-02-05",
      SLICE_NEW,
      "in.reclassified 1\nout.reclassified 1\nmove '' 'outreach' 1\nmove 'outreach' '' 1\n" },
    { "out of the set and of the slice, the stage tells how",
      "d1 created outreach type newbusiness @2025-01-05; d1 set deal_type partner @2025-02-05; "
      "d1 moved closed_lost @2025-02-06",
      SLICE_NEW, "out.lost 1\nmove 'outreach' '' 1\n" },
    { "in another slice and not in the set, it returned",
      "d1 created outreach type partner @2025-01-05; d1 moved enrichment @2025-01-06; "
      "d1 set deal_type newbusiness @2025-02-05; d1 moved discovery @2025-02-06",
      SLICE_NEW, "in.returned 1\nmove '' 'discovery' 1\n" },
    { "it goes out as gone, won, lost or elsewhere",
      "d1..d6 created outreach @2025-01-05; d1 deleted @2025-02-01; d2 merged d3 @2025-02-01; "
      "d3 moved closed_won @2025-02-01; d4 moved closed_won_complete @2025-02-01; "
      "d5 moved closed_lost @2025-02-01; d6 moved enrichment @2025-02-01",
      SLICE_ALL,
      "out.gone 2\nout.won 2\nout.lost 1\nout.elsewhere 1\nmove 'outreach' '' 2\n"
      "move 'outreach' 'closed_lost' 1\nmove 'outreach' 'closed_won' 1\n"
      "move 'outreach' 'closed_won_complete' 1\nmove 'outreach' 'enrichment' 1\n" },
    { "a stage that the rules do not know is elsewhere, by its name",
      "d1 created outreach @2025-01-05; d1 moved limbo @2025-02-05; d2 created limbo @2025-01-05",
      SLICE_ALL, "out.elsewhere 1\nmove 'limbo' 'limbo' 1\nmove 'outreach' 'limbo' 1\n" },
    { "within the set the order of the rules tells what is forward",
      "d1..d3 created discovery @2025-01-05; d1 moved proposal @2025-02-05; "
      "d2 moved outreach @2025-02-05; d3 moved proposal @2025-02-05; d3 moved discovery "
      "@2025-02-06",
      SLICE_ALL,
      "stayed.advanced 1\nstayed.regressed 1\nstayed.same 1\nmove 'discovery' 'discovery' 1\n"
      "move 'discovery' 'outreach' 1\nmove 'discovery' 'proposal' 1\n" },
    { "what happened between the dates and was undone is not seen",
      "d1 created outreach @2025-02-05; d1 moved closed_lost @2025-02-06", SLICE_ALL,
      "move '' 'closed_lost' 1\n" },
    { "a deal without a stage is there from its first event on, whatever that tells",
      "d1 touched @2025-01-05; d2 learned much @2025-02-05; d3 set mood good @2025-03-05; "
      "d4 sent e1 @2025-01-05",
      SLICE_ALL, "move '' '' 3\n" },
    { "moves of all stages are counted, in the set or not",
      "d1 created enrichment @2025-01-05; d2 created closed_won @2025-01-05; "
      "d2 moved closed_won_complete @2025-02-05",
      SLICE_ALL, "move 'closed_won' 'closed_won_complete' 1\nmove 'enrichment' 'enrichment' 1\n" },
    { "the type that was typed in later is read backwards",
      "d1 created outreach @2025-01-05; d1 set deal_type newbusiness @2025-02-05", SLICE_NEW,
      "stayed.same 1\nmove 'outreach' 'outreach' 1\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct asked asked = {
        .question = { .as_of_us = law_day_end(rules, "2025-02-28"), .rules = rules, .threads = 1 },
        .from_us = law_day_end(rules, "2025-01-31"),
        .ask = { .slice = row->slice, .stages = usual_stages(rules) },
    };

    law_told(&answer, row->story, &asked.question, &asked, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static struct asked random_ask(const struct law_world *world, size_t i, uint64_t *random)
{
    const uint64_t every = (UINT64_C(1) << world->rules->stage_n) - 1;
    struct asked asked = { .question = law_question(world, i) };

    asked.from_us = world->history.asked[history_random(random, world->history.asked_n)];
    if (asked.from_us > asked.question.as_of_us) {
        const int64_t us = asked.from_us;

        asked.from_us = asked.question.as_of_us;
        asked.question.as_of_us = us;
    }
    asked.ask = (struct bc_flow_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .stages = history_random(random, 2) ? usual_stages(world->rules)
                                            : history_random(random, every + 1),
    };
    return asked;
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    struct asked *asked = ask;

    *asked = random_ask(world, i, random);
    *question = asked->question;
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = WORLDS,
                                    .question_n = 40,
                                    .seed = 11,
                                    .draw = draw };
    struct asked asked;

    (void)state;
    law_like_recount(&law, &asked);
}

/* Deals in the set at a date: as the stages that they stayed in from it to itself. */
static uint64_t in_at(const struct law_world *world, const struct asked *asked, int64_t us)
{
    struct recount_question question = asked->question;
    struct bc_flow *flow;
    uint64_t n;

    question.as_of_us = us;
    flow = answered(world->timelines, &question, us, &asked->ask);
    n = flow->n[BC_STAYED_SAME];
    assert_int_equal(bc_flow_group_n(flow, BC_FLOW_IN) + bc_flow_group_n(flow, BC_FLOW_OUT), 0);
    bc_flow_free(flow);
    return n;
}

static bool is_in(const struct law_world *world, bc_stage_set stages, struct bc_str stage)
{
    const int at = bc_rules_stage(world->rules, stage);

    return at != BC_NO_STAGE && stages >> at & 1;
}

static void check_moves(const struct law_world *world, const struct asked *asked,
                        const struct bc_flow *flow, uint64_t before, uint64_t after)
{
    uint64_t from = 0, to = 0;

    for (size_t i = 0; i < flow->move_n; i++) {
        from += is_in(world, asked->ask.stages, flow->moves[i].from) ? flow->moves[i].n : 0;
        to += is_in(world, asked->ask.stages, flow->moves[i].to) ? flow->moves[i].n : 0;
    }
    assert_int_equal(from, before);
    assert_int_equal(to, after);
}

static void check_lists(const struct law_world *world, struct asked asked,
                        const struct bc_flow *flow)
{
    for (unsigned kind = 0; kind < BC_FLOW_KIND_N; kind++) {
        struct bc_flow *listed;

        asked.ask.list = BC_FLOW_BIT(kind);
        listed = answered(world->timelines, &asked.question, asked.from_us, &asked.ask);
        assert_int_equal(listed->deal_n, flow->n[kind]);
        for (size_t i = 1; i < listed->deal_n; i++)
            assert_true(bc_str_cmp(listed->deals[i - 1].deal, listed->deals[i].deal) < 0);
        bc_flow_free(listed);
    }
}

static void before_and_in_less_out_is_after(void **state)
{
    uint64_t random = 12;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 12; i++) {
            const struct asked asked = random_ask(&world, i, &random);
            struct bc_flow *flow =
                answered(world.timelines, &asked.question, asked.from_us, &asked.ask);
            const uint64_t before = in_at(&world, &asked, asked.from_us);
            const uint64_t after = in_at(&world, &asked, asked.question.as_of_us);

            assert_int_equal(before + bc_flow_group_n(flow, BC_FLOW_IN),
                             after + bc_flow_group_n(flow, BC_FLOW_OUT));
            check_moves(&world, &asked, flow, before, after);
            check_lists(&world, asked, flow);
            bc_flow_free(flow);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 2] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(before_and_in_less_out_is_after),
    };
    size_t n = 2;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/flow", tests, NULL, NULL);
}
