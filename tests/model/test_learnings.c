/* tests/model/test_learnings.c - told cases of learnings, by the projection and by the recount; and
 * on random ledgers that both agree, and that threads change nothing. */
#include "tests/model/closing_world.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_learnings.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

enum { SLICE_ALL = 2 };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_learnings *learnings = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_learnings_make(&learnings, timelines, &question, ask, &err), &err);
    recount_learnings_print(out, learnings);
    bc_learnings_free(learnings);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_learnings(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* `since` and `topic`: NULL for none. */
static struct told {
    const char *name, *story, *since, *topic, *want;
} told[] = {
    { "a learning has its topic, its deal and the stage of that instant",
      "d1 created outreach @2025-01-01; d1 learned early price @2025-01-02; "
      "d1 moved discovery @2025-01-03; d1 learned late @2025-01-03; - learned alone @2025-01-04",
      NULL, NULL,
      "2025-01-02T12:00:00Z early, topic price, deal d1 in outreach\n"
      "2025-01-03T12:00:00Z late, deal d1 in discovery\n"
      "2025-01-04T12:00:00Z alone\n" },
    { "an experiment that was concluded with a learning gives one, of its deal if it has one",
      "d1 created outreach @2025-01-01; d1 concluded x1 good calls @2025-01-02; "
      "- concluded x2 bad mails @2025-01-03; - concluded x3 bad @2025-01-04; "
      "d9 concluded x4 bad forms @2025-01-05",
      NULL, NULL,
      "2025-01-02T12:00:00Z calls, experiment x1, deal d1 in outreach\n"
      "2025-01-03T12:00:00Z mails, experiment x2\n"
      "2025-01-05T12:00:00Z forms, experiment x4, deal d9\n" },
    { "learnings of gone deals and of other slices stay, those taken back do not",
      "d1 created outreach type partner @2025-01-01; d1 learned stays @2025-01-02; "
      "d1 deleted @2025-01-03; x: - learned gone @2025-01-04; retract x; "
      "y: - concluded x1 good gone @2025-01-05; retract y",
      NULL, NULL, "2025-01-02T12:00:00Z stays, deal d1 in outreach\n" },
    { "at one instant the log's order is theirs, whoever they are about",
      "- learned a @2025-01-02; d1 learned b @2025-01-02; - concluded x good c @2025-01-02; "
      "d0 learned d @2025-01-02",
      NULL, NULL,
      "2025-01-02T12:00:00Z a\n2025-01-02T12:00:00Z b, deal d1\n"
      "2025-01-02T12:00:00Z c, experiment x\n2025-01-02T12:00:00Z d, deal d0\n" },
    { "a topic leaves out the others, and those without",
      "- learned a price @2025-01-02; - learned b people @2025-01-03; - learned c @2025-01-04; "
      "- concluded x good d @2025-01-05; d1 created closed_won @2025-01-06",
      NULL, "price",
      "2025-01-02T12:00:00Z a, topic price\nmissing d1 in closed_won 2025-01-06T12:00:00Z\n" },
    { "outside of the window nothing was learned, nor closed",
      "- learned a @2025-01-31T23:59:59; - learned b @2025-02-01; - learned c @2025-07-01; "
      "d1 created closed_won @2025-01-31; d2 created closed_won @2025-02-01",
      "2025-01-31", NULL,
      "2025-01-31T23:59:59Z a\n2025-02-01T12:00:00Z b\n"
      "missing d2 in closed_won 2025-02-01T12:00:00Z\n" },
    { "won or lost is a close, in another stage or found first is none, found later is one",
      "d1 created closed_won @2025-01-01; d2 created closed_lost @2025-01-01; "
      "d3 created proposal @2025-01-01; d4 found closed_won @2025-01-01; "
      "d5 created proposal @2025-01-01; d5 observed closed_lost @2025-01-02",
      NULL, NULL,
      "missing d1 in closed_won 2025-01-01T12:00:00Z\n"
      "missing d2 in closed_lost 2025-01-01T12:00:00Z\n"
      "missing d5 in closed_lost 2025-01-02T12:00:00Z\n" },
    { "the last close counts, though the deal was opened again",
      "d1 created closed_lost @2025-01-01; d1 learned a @2025-01-01; "
      "d1 moved closed_won @2025-06-01; d1 moved proposal @2025-06-02; d2 found closed_lost "
      "@2025-01-01; d2 moved proposal @2025-01-02; d2 moved closed_won @2025-01-03; "
      "d2 artifact win_loss_analysis @2025-06-29",
      NULL, NULL,
      "2025-01-01T12:00:00Z a, deal d1 in closed_lost\n"
      "missing d1 in closed_won 2025-06-01T12:00:00Z\n" },
    { "what was written 30 days before is about the close, to the instant",
      "d1..d4 created closed_won @2025-05-31; d1 learned a @2025-05-01; "
      "d2 learned b @2025-05-01T11:59:59.999999; d3 artifact win_loss_analysis @2025-05-01; "
      "d4 artifact notes @2025-05-31; d5 created closed_won @2025-05-31; d5 learned c @2025-07-01",
      "2025-05-30", NULL,
      "missing d2 in closed_won 2025-05-31T12:00:00Z\n"
      "missing d4 in closed_won 2025-05-31T12:00:00Z\n"
      "missing d5 in closed_won 2025-05-31T12:00:00Z\n" },
    { "a conclusion that names the deal is not about its close",
      "d1 created closed_won @2025-01-01; d1 concluded x good a @2025-01-02", NULL, NULL,
      "2025-01-02T12:00:00Z a, experiment x, deal d1 in closed_won\n"
      "missing d1 in closed_won 2025-01-01T12:00:00Z\n" },
    { "gone deals miss nothing",
      "d1 created closed_won @2025-01-01; d1 deleted; d2 created closed_won @2025-01-01; "
      "x: d2 moved proposal @2025-01-02; retract x",
      NULL, NULL, "missing d2 in closed_won 2025-01-01T12:00:00Z\n" },
    { "a stage that the rules do not know has the name it came with",
      "d1 created limbo @2025-01-01; d1 learned a @2025-01-02", NULL, NULL,
      "2025-01-02T12:00:00Z a, deal d1 in limbo\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    struct bc_learnings_ask ask = { .slice = SLICE_ALL, .since_us = INT64_MIN };
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    if (row->since)
        ask.since_us = story_when(row->since);
    ask.by_topic = row->topic != NULL;
    if (row->topic)
        ask.topic = bc_str_of(row->topic);
    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    (void)i;
    *(struct bc_learnings_ask *)ask = (struct bc_learnings_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120),
        .by_topic = history_random(random, 4) == 0,
        .topic = BC_STR("price"),
    };
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = closing_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .seed = 7,
                                    .draw = draw };
    struct bc_learnings_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > 160);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/learnings", tests, NULL, NULL);
}
