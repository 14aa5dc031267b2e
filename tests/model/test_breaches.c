/* tests/model/test_breaches.c - told cases of breaches that nobody answered, by the projection and
 * by the recount; and on random ledgers that both agree on any number of threads. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_red_lines.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    const int64_t *since_us = ask;
    struct bc_breaches breaches = { 0 };
    struct bc_err err = { 0 };

    check_ok(bc_breaches_make(&breaches, timelines, &question, &err), &err);
    recount_breaches_print(out, &breaches, asked->rules, *since_us);
    bc_breaches_release(&breaches);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const int64_t *since_us = ask;

    recount_breaches(out, events, n, question, *since_us);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

#define TWO(day) "d1..d2 created proposal type newbusiness @2025-01-" day

/* Asked at the end of 2025-03-31, a Monday, since the end of 2025-03-10. The line no_wins needs two
 * deals, or `needs`; the days to answer in are 14, or `days`. */
static struct told {
    const char *name, *story, *want, *needs, *as_of, *days;
} told[] = {
    { "a breach is found weekly back from the date, and is due while it lasts", TWO("15"),
      "no_wins 2025-01-20 open due\n", NULL, NULL, NULL },
    { "a pivot on the last of the days to answer in answers it",
      TWO("15") "; - pivot no_wins @2025-02-03T23:59:59", "", NULL, NULL, NULL },
    { "a day later it does not, and the breach is over, and old",
      TWO("15") "; - pivot no_wins @2025-02-04T00:00:00", "no_wins 2025-01-20\n", NULL, NULL,
      NULL },
    { "a decision to stay does not, either", TWO("15") "; - stay no_wins @2025-01-21",
      "no_wins 2025-01-20 open due\n", NULL, NULL, NULL },
    { "begun since the last review it is due, if it is over, too",
      "d1..d2 created proposal type newbusiness @2025-03-11; d1 moved closed_won @2025-03-26",
      "no_wins 2025-03-17 due\n", NULL, NULL, NULL },
    { "begun at that instant it is old",
      TWO("15") "; d3..d4 created proposal type newbusiness "
                "@2025-03-05; d3 moved closed_won @2025-03-26; "
                "- pivot @2025-03-01",
      "no_wins 2025-01-20\nno_wins 2025-03-10\n", NULL, NULL, NULL },
    { "until the days to answer in are over nothing is unanswered", TWO("20"), "", NULL,
      "2025-02-02", NULL },
    { "how many these are the rules say", TWO("20"), "no_wins 2025-01-26 open due\n", NULL,
      "2025-02-02", "7" },
    { "asked in the middle of a day the weeks are of that hour", TWO("16T15:00:00"),
      "no_wins 2025-01-23 open due\n", NULL, "2025-02-13T12:00:00", NULL },
    { "a line that needs nothing is not breached before there was a deal", TWO("15"),
      "no_wins 2025-01-20 open due\n", "0", NULL, NULL },
    { "without deals there is no week to look at", "- pivot no_wins @2025-01-15", "", "0", NULL,
      NULL },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    struct recount_question question = { .threads = 1 };
    int64_t since_us;
    bc_rules *rules;

    rules_text_put(&yaml, "no_wins:", "needs:", row->needs ? row->needs : "2");
    if (row->days)
        rules_text_put(&yaml, "learning:", "answer_breach_days:", row->days);
    rules = rules_of_text(&yaml);
    question.rules = rules;
    question.as_of_us = law_day_end(rules, row->as_of ? row->as_of : "2025-03-31");
    since_us = law_day_end(rules, "2025-03-10");
    law_told(&answer, row->story, &question, &since_us, row->want);
    bc_rules_free(rules);
}

/* Lines that need less than usual, down to nothing, so that some are breached. */
static void open_world(struct law_world *world, unsigned n)
{
    law_world_open(world, n);
    for (size_t i = 0; i < world->rules->red_line_n; i++) {
        world->rules->red_lines[i].guard_needs = (n + i) % 4;
        world->rules->red_lines[i].threshold *= 1 + (double)(n % 3);
    }
    world->rules->learning.answer_breach_days = n % 5 ? 14 : 3;
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    int64_t *since_us = ask;

    (void)random;
    *since_us =
        bc_zone_window_begin(world->rules->zone, question->as_of_us, (int32_t)(i % 4) * 40 + 7);
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = open_world,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 8,
                                    .seed = 43,
                                    .draw = draw,
                                    .long_len = 10 };
    int64_t since_us;

    (void)state;
    assert_true(law_like_recount(&law, &since_us) > 50);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/breaches", tests, NULL, NULL);
}
