/* tests/model/test_revenue.c - told cases of revenue, by the projection and by the recount; and on
 * random ledgers that both agree, that months and lists add up, and that threads and known-at
 * change nothing. */
#include "projections/revenue/backtest.h"
#include "tests/model/law_recount.h"
#include "tests/model/money_world.h"
#include "tests/model/recount_revenue.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORLDS = 12, SLICE_ALL = 2 };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_revenue *revenue = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_revenue_make(&revenue, timelines, &question, ask, &err), &err);
    recount_revenue_print(out, revenue);
    bc_revenue_free(revenue);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_revenue(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

static int32_t month(const char *text)
{
    return 12 * atoi(text) + atoi(text + 5) - 1;
}

/* --- told cases --- */

/* `want`: lines of the answer, which must all be there. */
static struct told {
    const char *name, *story, *want;
    const char *as_of, *from, *to; /* or NULL: 2025-06-30, its month, that month */
    const char *rules;             /* KEY VALUE of the rules' revenue, or zone NAME */
    int slice;
} told[] = {
    { "so much a month, by the days of that month that the contract has",
      "d1 created closed_won; d1 set mrr 100; d1 set contract_start 2025-02-15; "
      "d1 set contract_end 2025-04-10",
      "2025-02 50 0 0 0 50\n2025-03 100 0 0 0 100\n2025-04 33.333333 0 0 0 33.333333\n"
      "2025-05 0 0 0 0 0\n",
      NULL, "2025-02", "2025-05", NULL, 0 },
    { "February has a day more in a leap year",
      "d1 created closed_won; d1 set mrr 29; d1 set contract_start 2024-02-01; "
      "d1 set contract_end 2025-02-27",
      "2024-02 29 0 0 0 29\n", NULL, "2024-02", "2025-02", NULL, 0 },
    { "and in the year after it has none",
      "d1 created closed_won; d1 set mrr 28; d1 set contract_start 2024-02-01; "
      "d1 set contract_end 2025-02-27",
      "2025-02 27 0 0 0 27\n", NULL, "2025-02", "2025-02", NULL, 0 },
    { "an amount is spread over the days of the interval",
      "d1 created closed_won; d1 set amount 100; d1 set contract_start 2025-06-28; "
      "d1 set contract_end 2025-07-04",
      "2025-06 42.857143 0 0 0 42.857143\n2025-07 57.142857 0 0 0 57.142857\n", NULL, "2025-06",
      "2025-07", NULL, 0 },
    { "mrr goes before the amount, and what is no amount is unset",
      "d1..d3 created closed_won; d1..d3 set contract_start 2025-06-01; "
      "d1..d3 set contract_end 2025-06-30; d1 set mrr 5; d1..d3 set amount 7; d2 set mrr 5USD; "
      "d3 set mrr 1234567890123",
      "2025-06 19 0 0 0 19\n", NULL, NULL, NULL, NULL, 0 },
    { "the rules may have it otherwise, and another name is monthly",
      "d1 created closed_won; d1 set contract_start 2025-06-01; d1 set contract_end 2025-07-31; "
      "d1 set mrr 5; d1 set arr 7",
      "2025-06 7 0 0 0 7\n2025-07 7 0 0 0 7\n", NULL, "2025-06", "2025-07", "value: [arr, mrr]",
      0 },
    { "halves of a millionth go to the even one, once a deal and month",
      "d1..d3 created closed_won; d1..d3 set contract_start 2025-06-01; "
      "d1..d3 set contract_end 2025-06-15; d1 set mrr 0.000001; d2 set mrr 0.000003; "
      "d3 set mrr -0.000005",
      "2025-06 0 0 0 0 0\n", NULL, NULL, NULL, NULL, 0 },
    { "so does what is written finer than that",
      "d1..d2 created closed_won; d1..d2 set contract_start 2025-06-01; "
      "d1..d2 set contract_end 2025-06-30; d1 set mrr 0.0000025; d2 set mrr 0.0000035",
      "2025-06 0.000006 0 0 0 0.000006\n", NULL, NULL, NULL, NULL, 0 },
    { "sums that 64 bits do not hold are exact",
      "d1..d20 created closed_won; d1..d20 set contract_start 2025-06-01; "
      "d1..d20 set contract_end 2025-06-30; d1..d20 set mrr 999999999999.999999",
      "2025-06 19999999999999.99998 0 0 0 19999999999999.99998\n", NULL, NULL, NULL, NULL, 0 },
    { "an end before the start: no days",
      "d1 created closed_won; d1 set mrr 30; d1 set contract_start 2025-06-20; "
      "d1 set contract_end 2025-06-19",
      "2025-06 0 0 0 0 0\nsix 0; other 0 no value 0 no interval 0\n", NULL, NULL, NULL, NULL, 0 },
    { "won and final count, with both dates; the last day of the calendar, too",
      "d1 created closed_won_complete; d1 set mrr 31; d1 set contract_start 9999-12-31; "
      "d1 set contract_end 9999-12-31; d2 created closed_won; d2 set mrr 31; "
      "d2 set contract_start 0001-01-01; d3 created discovery; d3 moved closed_lost; "
      "d3 set mrr 1; d3 set contract_start 0001-01-01; d3 set contract_end 9999-12-31",
      "9999-12 1 0 0 0 1\n", NULL, "9999-12", "9999-12", NULL, 0 },
    { "what is open counts for the days after the date, by its target, else its contract",
      "d1..d4 created proposal type existingbusiness; d5 created discovery type newbusiness; "
      "d1..d5 set mrr 30; d1 set target_start 2025-06-01; d1 set target_end 2025-06-30; "
      "d1 set contract_start 2030-01-01; d1 set contract_end 2030-12-31; "
      "d2 set contract_start 2025-06-10; d2 set contract_end 2025-06-20; d3 set target_start "
      "2025-06-01; d5 set target_start 2025-06-30; d5 set target_end 2025-07-02",
      "2025-06 0 20 1 0 16.3\n2025-07 0 0 1.935484 0 0.580645\n", "2025-06-15", "2025-06",
      "2025-07", NULL, 0 },
    { "without an interval it is counted; of no type it is other, and not added",
      "d1 created proposal; d2 created outreach; d2 set amount 61; d2 set target_start "
      "2025-07-01; d2 set target_end 2025-08-30",
      "2025-07 0 0 0 31 0\nsix 0; other 0 no value 0 no interval 1\n", NULL, "2025-07", "2025-07",
      NULL, 0 },
    { "enrichment is not open for this",
      "d1 created enrichment; d1 set mrr 5; d1 set target_start 2025-07-01; d1 set target_end "
      "2025-07-31",
      "2025-07 0 0 0 0 0\nsix 0; other 0 no value 0 no interval 0\n", NULL, "2025-07", "2025-07",
      NULL, 0 },
    { "an amount is spread over all of the interval, also what is past of it",
      "d1 created proposal type newbusiness; d1 set amount 30; d1 set target_start 2025-06-01; "
      "d1 set target_end 2025-06-30",
      "2025-06 0 0 15 0 4.5\n", "2025-06-15", NULL, NULL, NULL, 0 },
    { "each product with a weight is rounded once a month",
      "d1 created proposal type newbusiness; d1 set mrr 0.000005; d1 set target_start "
      "2025-07-01; d1 set target_end 2025-08-31; d2 created proposal type existingbusiness; "
      "d2 set mrr 0.000005; d2 set target_start 2025-07-01; d2 set target_end 2025-07-31",
      "2025-07 0 0.000005 0.000005 0 0.000004\n2025-08 0 0 0.000005 0 0.000002\n", NULL, "2025-07",
      "2025-08", "new: 0.5, renewal: 0.5", 0 },
    { "the next six months are civil days, those of the first month after the date alone",
      "d1 created closed_won; d1 set mrr 300; d1 set contract_start 2025-01-01; "
      "d1 set contract_end 2026-12-31",
      /* 15 of 30, July to November, 15 of 31 */
      "six 1795.16129; other 0", "2025-06-15", NULL, NULL, NULL, 0 },
    { "from the last of a month they go to the last of a shorter one",
      "d1 created closed_won @2024-01-01; d1 set mrr 28; d1 set contract_start 2025-02-28; "
      "d1 set contract_end 2025-03-31",
      "six 1; other 0", "2024-08-31", NULL, NULL, NULL, 0 },
    { "another currency is counted, and in nothing else; that of the rules may be said",
      "d1..d3 created closed_won @2024-01-01; d1..d3 set mrr 30; d1..d3 set contract_start "
      "2024-06-01; d1..d3 set contract_end 2025-06-30; d1 set currency USD; d2 set currency EUR; "
      "d4 created outreach; d4 set currency usd; d5 created outreach; d5 moved closed_lost; "
      "d5 set currency EUR",
      "2025-06 60 0 0 0 60\nsix 0; other 2 no value 0 no interval 0\nmembers 2: 2 retained", NULL,
      NULL, NULL, NULL, 0 },
    { "without a value it is worth nothing, and counted",
      "d1 created closed_won; d1 set contract_start 2024-06-01; d1 set contract_end 2025-06-30; "
      "d2 created closed_won; d3 created outreach; d3 set target_start 2025-01-01; d3 set "
      "target_end 2025-02-01; d3 set mrr none",
      "2025-06 0 0 0 0 0\nsix 0; other 0 no value 2 no interval 0\n", NULL, NULL, NULL, NULL, 0 },
    { "what was typed in later is read back",
      "d1 created closed_won @2025-01-01; d1 set mrr 10 @2025-08-01; "
      "d1 set contract_start 2025-01-01 @2025-08-01; d1 set contract_end 2025-12-31 @2025-08-01",
      "2025-06 10 0 0 0 10\n", NULL, NULL, NULL, NULL, 0 },
    { "a deal that is gone is left out, and the slice is that of the date",
      "d1..d3 created closed_won type newbusiness; d1..d3 set mrr 10; "
      "d1..d3 set contract_start 2025-01-01; d1..d3 set contract_end 2025-12-31; d2 deleted; "
      "d3 set deal_type existingbusiness",
      "2025-06 10 0 0 0 10\n", NULL, NULL, NULL, NULL, 1 },
    /* weights */
    { "measured: of those that closed in a year after they were qualified, those that were won",
      "d1..d6 created outreach type newbusiness @2024-06-29T09:00; d1 moved closed_won "
      "@2024-06-30T23:59:59.999999; d2..d4 moved closed_lost @2024-07-01T09:00; "
      "d5 moved closed_won_complete; d6 moved closed_won; d7 created proposal type newbusiness; "
      "d7 set mrr 100; d7 set target_start 2025-07-01; d7 set target_end 2025-07-31",
      "2025-07 0 0 100 0 40\n", NULL, "2025-07", "2025-07", "new: measured", 0 },
    { "found there is no entry, and what was never qualified did not close",
      "d1..d5 created outreach type newbusiness @2025-01-01; d1..d3 moved closed_lost; "
      "d4 observed closed_won; d4 moved closed_lost; d5 moved closed_won; "
      "d6 created closed_won type newbusiness; d7 found closed_won type newbusiness; "
      "d7 moved closed_lost",
      "eta 0.200000000 measured 1 of 5 ", NULL, NULL, NULL, "new: measured", 0 },
    { "the first closing counts, and one before the window is none in it",
      "d1..d5 created outreach type newbusiness @2024-01-01; d1 moved closed_won @2024-05-01; "
      "d1 moved discovery @2025-01-01; d1 moved closed_won @2025-02-01; "
      "d2..d5 moved closed_lost @2025-01-01; d2..d5 moved closed_won @2025-03-01",
      "eta 0.300000000 few 0 of 4 ", NULL, NULL, NULL, "new: measured", 0 },
    { "fewer than five say nothing, and the rules say what they say",
      "d1..d4 created outreach type existingbusiness @2025-01-01; d1..d4 moved closed_won",
      "rho 0.800000000 few 4 of 4 ", NULL, NULL, NULL, "renewal: measured", 0 },
    { "not to be measured, it is what the rules say",
      "d1..d5 created outreach type existingbusiness @2025-01-01; d1..d5 moved closed_won",
      "rho 0.123456000 5 of 5 ", NULL, NULL, NULL, "renewal: 0.123456", 0 },
    /* members */
    { "who had a contract six months ago has one, or one to come, or an overdue one, or none",
      "d1..d5 created closed_won @2024-01-01; d1..d5 set company c% @2024-01-01; "
      "d1..d5 set contract_start 2024-01-01 @2024-01-01; "
      "d1 set contract_end 2025-12-31; d2..d5 set contract_end 2025-03-31; "
      "d6 created closed_won @2025-03-01; d6 set company c2; d6 set contract_start 2025-07-01; "
      "d4 service_ended; d5 moved closed_lost",
      "members 5: 2 retained 1 overdue 2 churned, 0 alone", NULL, NULL, NULL, NULL, 0 },
    { "a member is a company, whatever deals it has; without one each is by itself",
      "d1..d4 created closed_won @2024-01-01; d1..d2 set company acme @2025-06-01; "
      "d1..d4 set contract_start 2024-01-01 @2024-01-01; d1 set contract_end 2025-03-31; "
      "d2..d4 set contract_end 2026-03-31",
      "members 3: 3 retained 0 overdue 0 churned, 2 alone", NULL, NULL, NULL, NULL, 0 },
    { "renewed by another member's deal, it is not overdue",
      "d1..d2 created closed_won @2024-01-01; d1 set company acme; d2 set company bolt; "
      "d1..d2 set contract_start 2024-01-01; d1 set contract_end 2025-03-31; d2 set contract_end "
      "2025-01-31; d2 set renews d1",
      "members 2: 0 retained 1 overdue 1 churned", NULL, NULL, NULL, NULL, 0 },
    { "six months back is the same day of the month, or its last",
      "d1..d2 created closed_won @2024-01-01; d1 set contract_start 2025-02-28; d2 set "
      "contract_start 2025-03-01; d1..d2 set contract_end 2026-03-31",
      "members 1: 1 retained", "2025-08-31", NULL, NULL, NULL, 0 },
};

static void edit_rules(struct bc_buf *yaml, const char *edit)
{
    for (const char *at = edit; at; at = strstr(at, ", ")) {
        char key[16] = "", value[32] = "";

        at += strncmp(at, ", ", 2) == 0 ? 2 : 0;
        if (sscanf(at, "%15[a-z:] %31[^\n]", key, value) != 2)
            fail_msg("no edit: %s", at);
        if (value[0] != '[')
            value[strcspn(value, ",")] = '\0';
        rules_text_put(yaml, "revenue:", key, value);
        if (value[0] == '[')
            return;
    }
}

static struct bc_revenue_ask ask_of(const struct told *row)
{
    const char *from = row->from ? row->from : row->as_of ? row->as_of : "2025-06";

    return (struct bc_revenue_ask){ .slice = row->slice == 1 ? 0 : SLICE_ALL,
                                    .from = month(from),
                                    .to = month(row->to ? row->to : from) };
}

static void check_lines(const char *who, const struct bc_buf *got, const char *want)
{
    if (!strstr(got->at, want))
        fail_msg("%s:\n%swanted:\n%s", who, got->at, want);
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf got = { 0 }, want = { 0 }, yaml = rules_text();
    const struct bc_revenue_ask ask = ask_of(row);
    struct recount_question question = { .threads = 1 };
    bc_rules *rules;

    if (row->rules)
        edit_rules(&yaml, row->rules);
    question.rules = rules = rules_of_text(&yaml);
    question.as_of_us = law_day_end(rules, row->as_of ? row->as_of : "2025-06-30");
    law_tell(&got, &want, &answer, row->story, &question, &ask);
    check_lines("the recount", &want, row->want);
    check_lines("the projection", &got, row->want);
    assert_string_equal(got.at, want.at);
    bc_rules_free(rules);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

/* --- laws --- */

static struct bc_revenue_ask random_ask(const struct law_world *world,
                                        const struct recount_question *question, uint64_t *random)
{
    const int32_t today = bc_revenue_month(world->rules, question->as_of_us);
    struct bc_revenue_ask ask = { .slice = (unsigned)history_random(random, world->rules->slice_n),
                                  .from = today - 9 + (int32_t)history_random(random, 12) };

    ask.to = ask.from + (int32_t)history_random(random, 14);
    ask.list.what = (enum bc_revenue_listed)history_random(random, BC_LIST_WITHOUT_INTERVAL + 1);
    ask.list.month = ask.from;
    ask.list.figures = 1 + (unsigned)history_random(random, 15);
    ask.list.outcomes = 1 + (unsigned)history_random(random, 7);
    ask.list.converted = history_random(random, 2);
    return ask;
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    *(struct bc_revenue_ask *)ask = random_ask(world, question, random);
    question->has_known = question->has_known && i % 2;
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = money_world_open,
                                    .world_n = WORLDS,
                                    .question_n = 24,
                                    .seed = 11,
                                    .draw = draw };
    struct bc_revenue_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

/* What months are made of one by one is what they are made of together; each row is that of its
 * deals; and the rows alone are those of the whole. */
static void months_add_up(void **state)
{
    uint64_t random = 12;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        money_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            const struct recount_question asked = law_question(&world, i);
            const struct bc_question question = law_asked(&asked);
            struct bc_revenue_ask ask = random_ask(&world, &asked, &random);
            struct bc_revenue *all = NULL, *one = NULL;
            struct bc_err err = { 0 };

            ask.list.what = BC_LIST_NONE;
            check_ok(bc_revenue_make(&all, world.timelines, &question, &ask, &err), &err);
            ask.rows_only = true;
            for (size_t j = 0; j < all->row_n; j++) {
                ask.from = ask.to = all->rows[j].month;
                check_ok(bc_revenue_make(&one, world.timelines, &question, &ask, &err), &err);
                assert_int_equal(one->row_n, 1);
                assert_memory_equal(one->rows, &all->rows[j], sizeof(*one->rows));
                bc_revenue_free(one);
            }
            bc_revenue_free(all);
        }
        law_world_close(&world);
    }
}

/* --- forecasts of the past --- */

static struct bc_backtest *backtest_of(bc_timelines *timelines,
                                       const struct recount_question *asked,
                                       const struct bc_revenue_ask *ask, int32_t horizon)
{
    const struct bc_question question = law_asked(asked);
    struct bc_backtest *backtest = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_backtest_make(&backtest, timelines, &question, ask, horizon, &err), &err);
    return backtest;
}

/* Each forecast is the recount's FMRR of that month, asked at the end of the month so many before;
 * of what was known by then, no more than the question knows. */
static void check_forecast(const struct law_world *world, const struct recount_question *asked,
                           const struct bc_backtest_row *row, const struct bc_revenue_ask *ask,
                           int32_t horizon)
{
    const int32_t next = row->month - horizon + 1;
    struct recount_question then = *asked;
    struct bc_revenue_ask one = { .slice = ask->slice, .from = row->month, .to = row->month };
    struct bc_buf text = { 0 }, line = { 0 };
    char amount[BC_AMOUNT_LEN];
    bool known = false;

    then.as_of_us =
        recount_day_end(world->rules->zone, bc_day_of_civil(next / 12, next % 12 + 1, 1) - 1);
    if (!then.has_known || then.known_us > then.as_of_us)
        then.known_us = then.as_of_us;
    then.has_known = true;
    for (size_t i = 0; i < world->history.logged.n; i++) {
        const struct bc_event *event = &world->history.logged.at[i];

        known |=
            (then.clock_source && event->has_source_recorded ? event->source_recorded_us
                                                             : event->recorded_us) <= then.known_us;
    }
    assert_int_equal(row->known, known);
    if (!known)
        return;
    recount_revenue(&text, world->history.logged.at, world->history.logged.n, &then, &one);
    bc_amount_print(amount, row->forecast);
    bc_buf_printf(&line, " %s\n", amount);
    bc_buf_add_byte(&text, '\0');
    assert_memory_equal(strchr(text.at, '\n') + 1 - line.len, line.at, line.len);
    bc_buf_release(&text);
    bc_buf_release(&line);
}

static void forecasts_are_those_of_then(void **state)
{
    uint64_t random = 13;
    size_t nothing = 0, something = 0;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        money_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            struct recount_question asked = law_question(&world, i);
            struct bc_revenue_ask ask = random_ask(&world, &asked, &random);
            const int32_t horizon = 1 + (int32_t)history_random(&random, 5);
            struct bc_backtest *backtest;

            ask.list.what = BC_LIST_NONE;
            asked.threads = 1 + (unsigned)i % 3;
            backtest = backtest_of(world.timelines, &asked, &ask, horizon);
            for (size_t j = 0; j < backtest->row_n; j++) {
                assert_true(backtest->rows[j].outcome == backtest->outcome->rows[j].of[BC_CMRR]);
                check_forecast(&world, &asked, &backtest->rows[j], &ask, horizon);
                nothing += !backtest->rows[j].known;
                something += backtest->rows[j].known;
            }
            bc_backtest_free(backtest);
        }
        law_world_close(&world);
    }
    assert_true(nothing && something);
}

static struct told_backtest {
    const char *name, *as_of, *want;
} told_backtests[] = {
    { "a month is over on its last day", "2025-06-30",
      "2025-04 none 30, 2025-05 15 30, 2025-06 30 30" },
    { "and not on the day before", "2025-06-29", "2025-04 none 30, 2025-05 15 30" },
};

/* Known from the end of April on; worth twice as much since May. */
static void told_backtest_row(void **state)
{
    static const char story[] =
        "d1 created closed_won @2025-04-10; d1 set mrr 15; d1 set contract_start 2025-01-01; "
        "d1 set contract_end 2025-12-31 @2025-04-20; d1 set mrr 30 @2025-05-02";
    const struct told_backtest *row = *state;
    struct bc_buf yaml = rules_text(), text = { 0 };
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question asked = { .rules = rules,
                                            .as_of_us = law_day_end(rules, row->as_of) };
    const struct bc_revenue_ask ask = { .slice = SLICE_ALL,
                                        .from = month("2025-04"),
                                        .to = month("2025-09") };
    struct bc_backtest *backtest;
    bc_timelines *timelines;
    bc_log *log = law_log();

    story_append(log, story);
    timelines = law_timelines(log);
    backtest = backtest_of(timelines, &asked, &ask, 1);
    for (size_t i = 0; i < backtest->row_n; i++) {
        const struct bc_backtest_row *at = &backtest->rows[i];
        char forecast[BC_AMOUNT_LEN] = "none", outcome[BC_AMOUNT_LEN];

        if (at->known)
            bc_amount_print(forecast, at->forecast);
        bc_amount_print(outcome, at->outcome);
        bc_buf_printf(&text, "%s%04d-%02d %s %s", i ? ", " : "", at->month / 12, at->month % 12 + 1,
                      forecast, outcome);
    }
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, row->want);
    bc_buf_release(&text);
    bc_backtest_free(backtest);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + ARRAY_LEN(told_backtests) + 3] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(months_add_up),
        cmocka_unit_test(forecasts_are_those_of_then),
    };
    size_t n = 3;

    ROWS(told, told_row);
    ROWS(told_backtests, told_backtest_row);
    return cmocka_run_group_tests_name("model/revenue", tests, NULL, NULL);
}
