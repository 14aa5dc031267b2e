/* tests/model/test_red_lines.c - told cases of red lines through time, by the projection and by the
 * recount; and on random ledgers that both agree on any number of threads. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_red_lines.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

#include <string.h>

enum { WEEKS = 9, DATES_MAX = 12 };

struct dates {
    int64_t at_us[DATES_MAX];
    size_t n;
};

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct dates *dates = ask;
    struct bc_question question = law_asked(asked);
    struct bc_red_line_spans *spans = NULL;
    struct bc_err err = { 0 };

    question.as_of_us = dates->at_us;
    question.date_n = dates->n;
    check_ok(bc_red_line_spans_make(&spans, timelines, &question, &err), &err);
    recount_red_lines_print(out, spans, asked->rules);
    bc_red_line_spans_free(spans);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const struct dates *dates = ask;

    recount_red_lines(out, events, n, question, dates->at_us, dates->n);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* Weekly from 2025-01-05 to 2025-03-02, of the line no_wins alone, which needs two deals here. */
static struct told {
    const char *name, *story, *want;
} told[] = {
    { "spans are dates of one state, and a breach that nobody answers is unanswered",
      "d1..d2 created proposal type newbusiness @2025-01-15",
      "no_wins not_enough_data 0 1\nno_wins breached 2 8 unanswered\n" },
    { "a pivot of the line within 14 days of its first date answers, and ends the span",
      "d1..d2 created proposal type newbusiness @2025-01-15; - pivot no_wins @2025-02-02T23:59:59",
      "no_wins not_enough_data 0 1\nno_wins breached 2 3\nno_wins not_enough_data 4 8\n"
      "no_wins pivot try another way\n" },
    { "a day later it is too late, and ends the span all the same",
      "d1..d2 created proposal type newbusiness @2025-01-15; - pivot @2025-02-03T00:00:00",
      "no_wins not_enough_data 0 1\nno_wins breached 2 4 unanswered\n"
      "no_wins not_enough_data 5 8\nno_wins pivot try another way\n" },
    { "one of another line, and one to stay, are none",
      "d1..d2 created proposal type newbusiness @2025-01-15; "
      "- pivot discovery_conversion @2025-01-22; - stay no_wins @2025-01-23",
      "no_wins not_enough_data 0 1\nno_wins breached 2 8 unanswered\n" },
    { "a pivot between two dates parts spans of one state", "- pivot @2025-01-07",
      "no_wins not_enough_data 0 0\nno_wins not_enough_data 1 8\n"
      "no_wins pivot try another way\n" },
    { "before the first date and after the last one a pivot is not in it",
      "- pivot @2025-01-02; - pivot @2025-03-04", "no_wins not_enough_data 0 8\n" },
    { "until the 14 days are over a breach is not unanswered",
      "d1..d2 created proposal type newbusiness @2025-02-20",
      "no_wins not_enough_data 0 6\nno_wins breached 7 8\n" },
};

/* Of all lines only this one. */
static void keep_line(struct bc_buf *text, const char *name)
{
    struct bc_buf kept = { 0 };
    const char *at = text->at;

    while (*at) {
        const size_t len = strcspn(at, "\n") + 1;

        if (strncmp(at, name, strlen(name)) == 0)
            bc_buf_add(&kept, at, len);
        at += len;
    }
    bc_buf_add_byte(&kept, '\0');
    bc_buf_release(text);
    *text = kept;
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf got = { 0 }, want = { 0 }, yaml = rules_text();
    struct recount_question question = { .threads = 1 };
    struct dates dates = { .n = WEEKS };
    bc_rules *rules;

    rules_text_put(&yaml, "no_wins:", "needs:", "2");
    rules = rules_of_text(&yaml);
    question.rules = rules;
    for (int64_t week = 0; week < WEEKS; week++)
        dates.at_us[week] = law_day_end(rules, "2025-01-05") + week * 7 * BC_DAY_US;
    law_tell(&got, &want, &answer, row->story, &question, &dates);
    keep_line(&got, "no_wins");
    keep_line(&want, "no_wins");
    assert_string_equal(want.at, row->want);
    assert_string_equal(got.at, row->want);
    bc_rules_free(rules);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

/* Ends of days, every so many of them. */
static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    const bc_zone *zone = world->rules->zone;
    const int64_t some_us = world->history.asked[history_random(random, world->history.asked_n)];
    const int32_t every = 1 + (int32_t)history_random(random, 14);
    const int32_t last = bc_zone_day(zone, some_us) + 20;
    struct dates *dates = ask;

    (void)question;
    (void)i;
    dates->n = 1 + (size_t)history_random(random, DATES_MAX);
    for (size_t at = 0; at < dates->n; at++)
        dates->at_us[at] = bc_zone_day_end(zone, last - every * (int32_t)(dates->n - 1 - at));
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 12,
                                    .seed = 41,
                                    .draw = draw };
    struct dates dates;

    (void)state;
    law_like_recount(&law, &dates);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/red_lines", tests, NULL, NULL);
}
