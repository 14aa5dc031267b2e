/* tests/model/test_revenue_diff.c - told cases of what differs between two ways of asking what
 * months are worth; and on random ledgers that causes add up to the whole, to the millionth, that
 * what comes in and goes out leads from the deals of the first to those of the second, that both
 * ends are what is answered there, and that asked the other way round it is the opposite. */
#include "projections/revenue/revenue_diff.h"
#include "tests/model/law_recount.h"
#include "tests/model/law_ways.h"
#include "tests/model/money_world.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <stdlib.h>

enum { SLICE_ALL = 2, WORLDS = 24, TURNS = 6 };

static const unsigned FIGURES =
    BC_REVENUE_BIT(BC_CMRR) | BC_REVENUE_BIT(BC_RENEWAL_MRR) | BC_REVENUE_BIT(BC_NEW_MRR);

/* --- told cases --- */

#define WON                                                                                        \
    "d1 created closed_won type newbusiness @2025-01-02; d1 set mrr 100 @2025-01-02; "             \
    "d1 set contract_start 2025-01-01 @2025-01-02; d1 set contract_end 2025-12-31 @2025-01-02; "
#define OPEN                                                                                       \
    "d2 created proposal type newbusiness @2025-01-03; d2 set mrr 50 @2025-01-03; "                \
    "d2 set target_start 2025-02-01 @2025-01-03; d2 set target_end 2025-12-31 @2025-01-03; "

/* `want`, of August 2025: CMRR, renewal, new, and FMRR before and after; then each part: the cause,
 * by how much, and its deals: how much before and after, "-" for a figure that they are not in, and
 * their events. */
static struct told {
    const char *name, *story, *want;
    const char *known_at; /* of the first way; NULL: all is known */
    const char *as_of;    /* of the first way; NULL: that of the second, 2025-06-30 */
    const char *edit[2];  /* of the first way's rules on revenue, if any: key, value */
    int32_t months;       /* from August on; 0: August alone */
} told[] = {
    { .name = "nothing differs", .story = WON OPEN, .known_at = "2025-02-01", .want = "" },
    { .name = "an amount that was put right later is late",
      .story = WON OPEN "x: d1 set mrr 70.5 @2025-01-04 known 2025-03-01",
      .known_at = "2025-02-01",
      .want = "100 0 50 115 -> 70.5 0 50 85.5; late_event -29.5 +0 +0 d1 100,-,- 70.5,-,- x" },
    { .name = "won since, it is no longer new but in CMRR",
      .story = OPEN "x: d2 moved closed_won @2025-05-01; y: d2 set contract_start 2025-05-01; "
                    "z: d2 set contract_end 2026-04-30",
      .as_of = "2025-04-01",
      .want = "0 0 50 15 -> 50 0 0 50; time +50 +0 -50 d2 -,-,50 50,-,- x y z" },
    { .name = "another weight moves FMRR alone, and no deal",
      .story = OPEN,
      .edit = { "new:", "0.5" },
      .want = "0 0 50 25 -> 0 0 50 15" },
    { .name = "other rules read another amount first",
      .story = WON "d1 set amount 365 @2025-01-02",
      .edit = { "value:", "[amount, mrr]" },
      .want = "31 0 0 31 -> 100 0 0 100; rule +69 +0 +0 d1 31,-,- 100,-,-" },
    { .name = "what is worth nothing comes in and goes out all the same",
      .story = WON "x: d3 created closed_won @2025-01-02 known 2025-03-01; d3 set mrr 0 "
                   "@2025-01-02; d3 set contract_start 2025-08-01 @2025-01-02; "
                   "d3 set contract_end 2025-08-31 @2025-01-02; d1 set mrr 1 @2025-01-03",
      .known_at = "2025-02-01",
      .want = "100 0 0 100 -> 1 0 0 1; late_event -99 +0 +0 d1 100,-,- 1,-,- #9 "
              "d3 -,-,- 0,-,- x #6 #7 #8" },
    { .name = "a contract that begins later leaves the months before, and those alone",
      .story = WON "x: d1 set contract_start 2025-09-01 @2025-01-04 known 2025-03-01",
      .known_at = "2025-02-01",
      .months = 3,
      .want = "100 0 0 100 -> 0 0 0 0; late_event -100 +0 +0 d1 100,-,- -,-,- x" },
    { .name = "two causes in one month add up",
      .story = WON OPEN "x: d2 moved closed_lost @2025-05-01; y: d3 created proposal type "
                        "existingbusiness @2025-01-05 known 2025-06-01; z: d3 set amount 153 "
                        "@2025-01-05; v: d3 set target_start 2025-08-01 @2025-01-05; "
                        "w: d3 set target_end 2025-12-31 @2025-01-05",
      .known_at = "2025-05-02",
      .as_of = "2025-04-01",
      .want = "100 0 50 115 -> 100 31 0 124.8; time +0 +0 -50 d2 -,-,50 -,-,- x "
              "late_event +0 +31 +0 d3 -,-,- -,31,- y z v w" },
};

static void add_amount(struct bc_buf *out, bc_int128 millionths)
{
    char text[BC_AMOUNT_LEN];

    bc_amount_print(text, millionths);
    bc_buf_printf(out, "%s", text);
}

static void print_ends(struct bc_buf *out, const struct bc_revenue_row *row)
{
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++) {
        add_amount(out, row->of[f]);
        bc_buf_add_byte(out, ' ');
    }
    add_amount(out, row->fmrr);
}

static void print_stake(struct bc_buf *out, const struct bc_sum_stake *stake)
{
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++) {
        bc_buf_add_byte(out, f ? ',' : ' ');
        if (stake->in >> f & 1)
            add_amount(out, stake->of[f]);
        else
            bc_buf_add_byte(out, '-');
    }
}

static void print_part(struct bc_buf *out, const struct bc_sums_part *part)
{
    bc_buf_printf(out, "%s", bc_cause_name(part->cause));
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++) {
        bc_buf_printf(out, " %s", part->by[f] < 0 ? "" : "+");
        add_amount(out, part->by[f]);
    }
    for (size_t d = 0; d < part->deal_n; d++) {
        const struct bc_sums_deal *deal = &part->deals[d];

        bc_buf_printf(out, " %.*s", BC_STR_ARG(deal->is.deal));
        print_stake(out, &deal->before);
        print_stake(out, &deal->after);
        for (size_t e = 0; e < deal->is.event_n; e++)
            bc_buf_printf(out, " %.*s", BC_STR_ARG(deal->is.events[e]));
    }
}

static void print_diff(struct bc_buf *out, const struct bc_revenue_diff *diff)
{
    for (size_t i = 0; i < diff->n; i++) {
        const struct bc_revenue_diff_row *row = &diff->rows[i];

        print_ends(out, row->from);
        bc_buf_printf(out, " -> ");
        print_ends(out, row->to);
        for (size_t j = 0; j < row->sums->part_n; j++) {
            bc_buf_printf(out, j ? " " : "; ");
            print_part(out, &row->sums->parts[j]);
        }
    }
    bc_buf_add_byte(out, '\0');
}

static struct bc_ways told_ways(const struct told *row, const bc_rules *rules,
                                const bc_rules *others, int64_t us[2])
{
    struct bc_ways ways = {
        .from = { .rules = others, .as_of_us = &us[0], .date_n = 1 },
        .to = { .rules = rules, .as_of_us = &us[1], .date_n = 1 },
    };

    us[1] = law_day_end(rules, "2025-06-30");
    us[0] = row->as_of ? law_day_end(rules, row->as_of) : us[1];
    if (row->known_at) {
        ways.from.known_asked = true;
        ways.from.known_us = law_day_end(rules, row->known_at);
    }
    ways.turned = ways.from;
    ways.turned.rules = rules;
    return ways;
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text(), edited = rules_text(), text = { 0 };
    bc_rules *rules = rules_of_text(&yaml), *others;
    struct bc_revenue_diff_ask ask = { .events = true };
    struct bc_revenue_diff *diff = NULL;
    bc_timelines *timelines;
    struct bc_ways ways;
    struct bc_err err = { 0 };
    bc_log *log = law_log();
    int64_t us[2];

    if (row->edit[0])
        rules_text_put(&edited, "revenue:", row->edit[0], row->edit[1]);
    others = rules_of_text(&edited);
    ways = told_ways(row, rules, others, us);
    for (size_t i = 0; i <= BC_WAY_TO; i++)
        ask.of[i] =
            (struct bc_revenue_ask){ .slice = SLICE_ALL,
                                     .from = 12 * 2025 + 7,
                                     .to = 12 * 2025 + 7 + (row->months ? row->months - 1 : 0) };
    story_append(log, row->story);
    timelines = law_timelines(log);
    check_ok(bc_revenue_diff_make(&diff, timelines, &ways, &ask, &err), &err);
    print_diff(&text, diff);
    assert_string_equal(text.at, row->want);
    bc_revenue_diff_free(diff);
    bc_buf_release(&text);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
    bc_rules_free(others);
}

/* --- laws --- */

static struct bc_revenue_diff_ask draw(const struct bc_ways *ways, size_t turn, uint64_t *random)
{
    const struct bc_question *questions[] = {
        [BC_WAY_FROM] = &ways->from, [BC_WAY_TURNED] = &ways->turned, [BC_WAY_TO] = &ways->to
    };
    const uint64_t slice = history_random(random, 60);
    const int32_t first = bc_revenue_month(ways->to.rules, ways->to.as_of_us[0]) - 6 +
                          (int32_t)history_random(random, 8);
    struct bc_revenue_diff_ask ask = { .events = turn % 2 };

    for (size_t i = 0; i <= BC_WAY_TO; i++)
        ask.of[i] =
            (struct bc_revenue_ask){ .slice = (unsigned)(slice % questions[i]->rules->slice_n),
                                     .from = first,
                                     .to = first + 7 };
    return ask;
}

/* The answer itself, with the deals of a figure of a month. */
static struct bc_revenue *listed(bc_timelines *timelines, const struct bc_question *question,
                                 struct bc_revenue_ask ask, int32_t month, size_t figure)
{
    struct bc_revenue *revenue = NULL;
    struct bc_err err = { 0 };

    ask.list = (struct bc_revenue_list){ BC_LIST_MONTH, .month = month, .figures = 1U << figure };
    check_ok(bc_revenue_make(&revenue, timelines, question, &ask, &err), &err);
    return revenue;
}

static void check_row(bc_timelines *timelines, const struct bc_ways *ways,
                      const struct bc_revenue_diff_ask *ask, const struct bc_revenue_diff_row *row)
{
    law_sums_add_up(row->sums, BC_REVENUE_DIFF_FIGURES);
    for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++) {
        struct bc_revenue *from =
            listed(timelines, &ways->from, ask->of[BC_WAY_FROM], row->to->month, f);
        struct bc_revenue *to = listed(timelines, &ways->to, ask->of[BC_WAY_TO], row->to->month, f);
        const size_t at = (size_t)(row->to->month - ask->of[BC_WAY_TO].from);

        assert_memory_equal(&from->rows[at], row->from, sizeof(*row->from));
        assert_memory_equal(&to->rows[at], row->to, sizeof(*row->to));
        assert_true(row->sums->part_n == 0 ||
                    (row->sums->from[f] == row->from->of[f] && row->sums->to[f] == row->to->of[f]));
        law_sums_lead(row->sums, f, from->deals, from->deal_n, to->deals, to->deal_n);
        bc_revenue_free(from);
        bc_revenue_free(to);
    }
}

static void check_swapped(bc_timelines *timelines, const struct bc_ways *ways,
                          const struct bc_revenue_diff_ask *ask, const struct bc_revenue_diff *diff)
{
    const struct bc_ways other_ways = law_ways_swapped(ways);
    const struct bc_revenue_diff_ask other = { .of = { ask->of[BC_WAY_TO], ask->of[BC_WAY_FROM],
                                                       ask->of[BC_WAY_FROM] } };
    struct bc_revenue_diff *swapped = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_revenue_diff_make(&swapped, timelines, &other_ways, &other, &err), &err);
    assert_int_equal(swapped->n, diff->n);
    for (size_t i = 0; i < diff->n; i++) {
        assert_memory_equal(diff->rows[i].from, swapped->rows[i].to, sizeof(*diff->rows[i].from));
        assert_memory_equal(diff->rows[i].to, swapped->rows[i].from, sizeof(*diff->rows[i].to));
        law_sums_negated(diff->rows[i].sums, swapped->rows[i].sums);
    }
    bc_revenue_diff_free(swapped);
}

static void causes_add_up_and_lead_from_deals_to_deals(void **state)
{
    uint64_t random = 31;
    size_t moved = 0;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;
        bc_rules *others;

        money_world_open(&world, n);
        others = rules_of_law(n + 1, bc_zone_name(world.zone));
        others->revenue.new_business.measured = n % 2;
        others->revenue.currency =
            world.rules->revenue.currency; /* amounts of two are not compared */
        for (size_t turn = n; turn < n + TURNS; turn++) {
            const struct bc_ways ways = law_ways_of(&world.history, world.rules, others, turn);
            const struct bc_revenue_diff_ask ask = draw(&ways, turn, &random);
            struct bc_revenue_diff *diff = NULL;
            struct bc_err err = { 0 };

            check_ok(bc_revenue_diff_make(&diff, world.timelines, &ways, &ask, &err), &err);
            for (size_t i = 0; i < diff->n; i++) {
                check_row(world.timelines, &ways, &ask, &diff->rows[i]);
                moved += bc_sums_differ(diff->rows[i].sums, FIGURES);
            }
            check_swapped(world.timelines, &ways, &ask, diff);
            bc_revenue_diff_free(diff);
        }
        bc_rules_free(others);
        law_world_close(&world);
    }
    if (moved < 40)
        fail_msg("only %zu months that moved", moved);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(causes_add_up_and_lead_from_deals_to_deals),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/revenue_diff", tests, NULL, NULL);
}
