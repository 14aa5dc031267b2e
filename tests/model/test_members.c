/* tests/model/test_members.c - told cases of members, by the projection and by the recount; and on
 * random ledgers that both agree, and that their money is the month's. */
#include "projections/revenue/members.h"
#include "projections/revenue/revenue.h"
#include "tests/model/law_recount.h"
#include "tests/model/money_world.h"
#include "tests/model/recount_members.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { WORLDS = 12, SLICE_ALL = 2 };

static struct bc_members *answered(bc_timelines *timelines, const struct recount_question *asked,
                                   unsigned slice)
{
    const struct bc_question question = law_asked(asked);
    struct bc_members *members = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_members_make(&members, timelines, &question, slice, (struct bc_str){ 0 }, &err),
             &err);
    return members;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const unsigned *slice = ask;
    struct bc_members *members = answered(timelines, asked, *slice);

    recount_members_print(out, members);
    bc_members_free(members);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const unsigned *slice = ask;

    recount_members(out, events, n, question, *slice);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* Asked at the end of 2025-06-30. */
static struct told {
    const char *name, *story, *want;
} told[] = {
    { "a company with all its contracts, first start to last end; its part of the month",
      "d1..d2 created closed_won; d1..d2 set company Acme; d1 set mrr 10; d2 set mrr 20; "
      "d1 set contract_start 2024-01-01; d1 set contract_end 2025-06-15; "
      "d2 set contract_start 2025-06-01; d2 set contract_end 2026-05-31",
      "Acme: 2 deals, 25, 2024-01-01 to 2026-05-31, active, health , intent \nother 0\n" },
    { "without a company a deal is by itself; by name, a company before a deal of it",
      "d1 created closed_won_complete; d2..d3 created closed_won; d3 set company d1; "
      "d1..d3 set contract_start 2024-01-01; d1..d3 set contract_end 2024-12-31; "
      "d2 service_ended",
      "d1: 1 deals, 0, 2024-01-01 to 2024-12-31, overdue, health , intent \n"
      "deal d1: 1 deals, 0, 2024-01-01 to 2024-12-31, ended, health , intent \n"
      "deal d2: 1 deals, 0, 2024-01-01 to 2024-12-31, ended, health , intent \nother 0\n" },
    { "a contract to come, of a deal that is won; none of one that is open or has one date",
      "d1..d3 created closed_won; d1 set contract_start 2025-07-01; d1 set contract_end "
      "2025-12-31; d2 set contract_start 2025-07-01; d4 created proposal; d4 set contract_start "
      "2025-07-01; d4 set contract_end 2025-12-31",
      "deal d1: 1 deals, 0, 2025-07-01 to 2025-12-31, upcoming, health , intent \nother 0\n" },
    { "health and intent are the last of any of its deals, by the date",
      "d1 created closed_won; d2 created outreach; d1..d2 set company Acme; "
      "d1 set contract_start 2025-01-01; d1 set contract_end 2025-12-31; d1 health good "
      "@2025-03-01; d2 health bad @2025-03-02; d1 intent confirmed @2025-03-01; "
      "d2 intent declined @2025-07-01; d3 created outreach; d3 health ugly",
      "Acme: 1 deals, 0, 2025-01-01 to 2025-12-31, active, health bad, intent confirmed\n"
      "other 0\n" },
    { "renewed it is not overdue, by whatever deal",
      "d1..d2 created closed_won; d1 set company Acme; d1 set contract_start 2024-01-01; "
      "d1 set contract_end 2024-12-31; d2 set renews d1",
      "Acme: 1 deals, 0, 2024-01-01 to 2024-12-31, ended, health , intent \nother 0\n" },
    { "another currency is counted, and in nothing else; who is gone is not there",
      "d1..d3 created closed_won; d1..d3 set contract_start 2024-01-01; "
      "d1..d3 set contract_end 2025-12-31; d1 set currency EUR; d2 deleted; d3 set mrr 0.1",
      "deal d3: 1 deals, 0.1, 2024-01-01 to 2025-12-31, active, health , intent \nother 1\n" },
};

static void told_row(void **state)
{
    static const unsigned slice = SLICE_ALL;
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules };

    law_told(&answer, row->story, &question, &slice, row->want);
    bc_rules_free(rules);
}

/* Of all members together it is the CMRR of the month. */
static void check_money(const struct law_world *world, const struct recount_question *asked,
                        const void *ask)
{
    const unsigned *slice = ask;
    const struct bc_question question = law_asked(asked);
    const int32_t month = bc_revenue_month(asked->rules, asked->as_of_us);
    const struct bc_revenue_ask of_month = {
        .slice = *slice, .from = month, .to = month, .rows_only = true
    };
    struct bc_members *members = answered(world->timelines, asked, *slice);
    struct bc_revenue *revenue = NULL;
    struct bc_err err = { 0 };
    bc_int128 sum = 0;

    check_ok(bc_revenue_make(&revenue, world->timelines, &question, &of_month, &err), &err);
    for (size_t i = 0; i < members->row_n; i++)
        sum += members->rows[i].mrr;
    assert_true(sum == revenue->rows[0].of[BC_CMRR]);
    bc_revenue_free(revenue);
    bc_members_free(members);
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    unsigned *slice = ask;

    *slice = (unsigned)history_random(random, world->rules->slice_n);
    question->has_known = question->has_known && i % 2;
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = money_world_open,
                                    .world_n = WORLDS,
                                    .question_n = 24,
                                    .seed = 17,
                                    .draw = draw,
                                    .also = check_money };
    unsigned slice;

    (void)state;
    law_like_recount(&law, &slice);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/members", tests, NULL, NULL);
}
