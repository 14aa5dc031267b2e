/* tests/model/test_losses.c - told cases of losses, by the projection and by the recount; and on
 * random ledgers that both agree, that counts add up, and that threads change nothing. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_losses.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { SLICE_ALL = 2 };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_losses *losses = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_losses_make(&losses, timelines, &question, ask, &err), &err);
    recount_losses_print(out, losses);
    bc_losses_free(losses);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_losses(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

static struct told {
    const char *name, *story, *since, *want;
} told[] = {
    { "a loss has the stage that was left, its reason and the ICP of then",
      "- icp v1; d1 created proposal; d1 moved closed_lost; d1 lost price; - icp v2", NULL,
      "1 lost\nstage proposal 1\nreason price 1\nicp v1 1\nout of proposal price 1 of 1\n" },
    { "found first it is no loss, found later it is one",
      "d1 found closed_lost; d2 created outreach; d2 observed closed_lost; d3 created closed_lost",
      NULL,
      "2 lost\nstage  1\nstage outreach 1\nreason  2\nicp  2\nout of   1 of 1\nout of outreach  1 "
      "of 1\n" },
    { "a deal may be lost more than once, each time for the reason recorded with it",
      "d1 created outreach; d1 lost price; d1 moved closed_lost; d1 lost timing; "
      "d1 moved discovery; d1 lost other; d1 moved closed_lost",
      NULL,
      "2 lost\nstage discovery 1\nstage outreach 1\nreason other 1\nreason timing 1\nicp  2\nout "
      "of discovery other 1 of 1\nout of outreach timing 1 of 1\n" },
    { "at one instant the log's order decides to which loss a reason belongs",
      "d1 created outreach @2025-01-01; d1 moved closed_lost @2025-01-05; d1 lost price "
      "@2025-01-09; "
      "d1 moved discovery @2025-01-09; d1 lost other @2025-01-09; d1 moved closed_lost @2025-01-20",
      NULL,
      "2 lost\nstage discovery 1\nstage outreach 1\nreason other 1\nreason price 1\nicp  2\nout of "
      "discovery other 1 of 1\nout of outreach price 1 of 1\n" },
    { "losses before the window are none in it, and their reasons stay theirs",
      "d1 created outreach @2025-01-01; d1 moved closed_lost @2025-01-05; d1 lost price "
      "@2025-01-06; "
      "d1 moved discovery @2025-03-01; d1 moved closed_lost @2025-03-05",
      "2025-02-01", "1 lost\nstage discovery 1\nreason  1\nicp  1\nout of discovery  1 of 1\n" },
    { "what came after the date has not come",
      "d1 created outreach; d1 moved closed_lost; d1 lost price @2025-07-02; "
      "d2 created outreach @2025-06-01; d2 moved closed_lost @2025-07-03",
      NULL, "1 lost\nstage outreach 1\nreason  1\nicp  1\nout of outreach  1 of 1\n" },
    { "a gone deal is left out, a retracted loss did not happen",
      "d1 created outreach; d1 moved closed_lost; d1 deleted; d2 created outreach; "
      "x: d2 moved closed_lost; retract x",
      NULL, "0 lost\n" },
    { "a stage that the rules do not know has the name it came with",
      "d1 created limbo; d1 moved closed_lost", NULL,
      "1 lost\nstage limbo 1\nreason  1\nicp  1\nout of limbo  1 of 1\n" },
    { "who is lost now and has a day to be asked again is named, due from that day on",
      "d1..d3 created outreach; d1..d3 moved closed_lost; d1 lost price again 2025-06-30; "
      "d2 lost price again 2025-07-01; d3 lost price again 2025-05-01; d3 lost price; "
      "d4 created closed_lost; d4 lost timing again 2025-01-01; d4 moved outreach; "
      "d5 found closed_lost; d5 lost other again 2025-06-01",
      "2025-06-29",
      "0 lost\nagain d1 2025-06-30 due\nagain d2 2025-07-01\nagain d5 2025-06-01 due\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    struct bc_losses_ask ask = { .slice = SLICE_ALL, .since_us = INT64_MIN };
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    if (row->since)
        ask.since_us = law_day_end(rules, row->since);
    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    (void)i;
    *(struct bc_losses_ask *)ask = (struct bc_losses_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120),
    };
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .seed = 7,
                                    .draw = draw };
    struct bc_losses_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

/* The deals behind each row, and their losses, add up to all. */
static void check_list(const struct law_world *world, const struct recount_question *asked,
                       struct bc_losses_ask ask, enum bc_loss_by by, uint64_t n)
{
    const struct bc_question question = law_asked(asked);
    struct bc_losses *all = NULL, *listed = NULL;
    struct bc_err err = { 0 };
    uint64_t sum = 0;

    check_ok(bc_losses_make(&all, world->timelines, &question, &ask, &err), &err);
    for (size_t i = 0; i < all->by[by].n; i++) {
        ask.list = true;
        ask.list_by = by;
        ask.list_value = all->by[by].at[i].value;
        check_ok(bc_losses_make(&listed, world->timelines, &question, &ask, &err), &err);
        assert_true(listed->deal_n > 0 && listed->deal_n <= all->by[by].at[i].n);
        sum += all->by[by].at[i].n;
        bc_losses_free(listed);
    }
    assert_int_equal(sum, n);
    bc_losses_free(all);
}

static void rows_add_up_and_name_their_deals(void **state)
{
    uint64_t random = 9;

    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            struct recount_question asked = law_question(&world, i);
            const struct bc_question question = law_asked(&asked);
            struct bc_losses_ask ask;
            struct bc_losses *losses = NULL;
            struct bc_err err = { 0 };

            draw(&ask, &asked, &world, i, &random);
            check_ok(bc_losses_make(&losses, world.timelines, &question, &ask, &err), &err);
            for (size_t by = 0; by < BC_LOSS_BY_N; by++)
                check_list(&world, &asked, ask, (enum bc_loss_by)by, losses->n);
            bc_losses_free(losses);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 2] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(rows_add_up_and_name_their_deals),
    };
    size_t n = 2;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/losses", tests, NULL, NULL);
}
