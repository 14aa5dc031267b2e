/* tests/model/test_cohorts_diff.c - told cases of what differs between two ways of asking for
 * cohorts; and on random ledgers that causes add up to the whole, that what comes in and goes out
 * leads from the deals of the first to those of the second, that both ends are what is answered
 * there, and that asked the other way round the difference is the opposite. */
#include "projections/cohorts/cohorts_diff.h"
#include "tests/model/law_recount.h"
#include "tests/model/law_ways.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <stdio.h>
#include <stdlib.h>

enum { SLICE_ALL = 2, WORLDS = 8, TURNS = 10 };

/* --- told cases --- */

/* `want`, a line a row: its values, n, converted, failed and open before and after; then each part:
 * the cause, by how much, and its deals: what they were, what they are, their events. */
static struct told {
    const char *name, *story, *want;
    const char *known_at; /* of the first way; NULL: all is known */
    const char *as_of;    /* of the first way; NULL: that of the second, 2025-06-30 */
    const char *edit[3];  /* of the first way's rules, if any: after, key, value */
    const char *by;       /* or NULL */
    int32_t mature;       /* 0: not asked for */
} told[] = {
    { .name = "nothing differs",
      .story = "d1 created discovery; d1 moved proposal",
      .known_at = "2025-02-01",
      .want = "all 1 1 0 0 -> 1 1 0 0\n" },
    { .name = "a conversion that came late moves a deal from open to converted",
      .story = "d1 created discovery; d2 created discovery; x: d1 moved proposal known 2025-03-01",
      .known_at = "2025-02-01",
      .want = "all 2 0 0 2 -> 2 1 0 1; late_event +0 +1 +0 -1 d1 open converted x\n" },
    { .name = "another date, a late event, a retraction: each cause has its deals",
      .story = "d1 created discovery; d2 created discovery @2025-01-03; z: d4 created discovery "
               "@2025-01-06; x: d2 moved closed_lost @2025-03-01; y: d3 created discovery "
               "@2025-01-05 known 2025-05-01; w: retract z known 2025-05-02",
      .known_at = "2025-04-02",
      .as_of = "2025-02-01",
      .want = "all 3 0 0 3 -> 3 0 1 2; time +0 +0 +1 -1 d2 open failed x "
              "late_event +1 +0 +0 +1 d3 - open y retraction -1 +0 +0 -1 d4 open - w\n" },
    { .name = "a value that is put right takes a deal from one row into another",
      .story = "x: d1 set tier gold; d1 created discovery; d2 set tier gold; d2 created discovery; "
               "y: retract x known 2025-03-01; z: d1 set tier lead @2025-01-01 known 2025-03-01",
      .known_at = "2025-02-01",
      .by = "tier",
      .want = "all 2 0 0 2 -> 2 0 0 2\n"
              "gold 2 0 0 2 -> 1 0 0 1; correction -1 +0 +0 -1 d1 open - z y\n"
              "lead 0 0 0 0 -> 1 0 0 1; correction +1 +0 +0 +1 d1 - open z y\n" },
    { .name = "a row of the first alone comes last",
      .story = "d1 set tier b; d1 created discovery; x: d2 set tier a; d2 created discovery; "
               "retract x known 2025-03-01; d3 set tier b @2025-01-02 known 2025-03-01; "
               "d3 created discovery @2025-01-03",
      .known_at = "2025-02-01",
      .by = "tier",
      .want = "all 2 0 0 2 -> 3 0 0 3; late_event +1 +0 +0 +1 d3 - open #6 #7\n"
              "b 1 0 0 1 -> 2 0 0 2; late_event +1 +0 +0 +1 d3 - open #6 #7\n"
              " 0 0 0 0 -> 1 0 0 1; retraction +1 +0 +0 +1 d2 - open #5\n"
              "a 1 0 0 1 -> 0 0 0 0; retraction -1 +0 +0 -1 d2 open - #5\n" },
    { .name = "other rules count other stages as lost",
      .story = "d1 created discovery; d1 moved closed_lost",
      .edit = { "closed_lost:", "kind:", "open" },
      .want = "all 1 0 0 1 -> 1 0 1 0; rule +0 +0 +1 -1 d1 open failed\n" },
    { .name = "who is gone is in nothing",
      .story = "d1 created discovery; x: d1 deleted known 2025-03-01",
      .known_at = "2025-02-01",
      .want = "all 1 0 0 1 -> 0 0 0 0; late_event -1 +0 +0 -1 d1 open - x\n" },
    { .name = "the young of then are ripe at the later date",
      .story = "d1 created discovery @2025-05-20; d1 moved proposal @2025-05-25",
      .as_of = "2025-06-01",
      .mature = 30,
      .want = "all 0 0 0 0 -> 1 1 0 0; time +1 +1 +0 +0 d1 - converted\n" },
    { .name = "what is published late is of no deal, and moves deals all the same",
      .story = "d1 created discovery @2025-01-02; - icp v1 @2025-01-01 known 2025-03-01",
      .known_at = "2025-02-01",
      .by = "icp",
      .want = "all 1 0 0 1 -> 1 0 0 1\n"
              "v1 0 0 0 0 -> 1 0 0 1; late_event +1 +0 +0 +1 d1 - open\n"
              " 1 0 0 1 -> 0 0 0 0; late_event -1 +0 +0 -1 d1 open -\n" },
};

static void print_figures(struct bc_buf *out, const bc_int128 *of)
{
    for (size_t f = 0; f < BC_COHORT_FIGURE_N; f++)
        bc_buf_printf(out, " %d", (int)of[f]);
}

static void print_changes(struct bc_buf *out, const bc_int128 *by)
{
    for (size_t f = 0; f < BC_COHORT_FIGURE_N; f++)
        bc_buf_printf(out, " %+d", (int)by[f]);
}

static const char *outcome_word(const struct bc_sum_stake *stake)
{
    static const char *const words[] = { "already", "converted", "failed", "open" };

    return stake->in ? words[bc_cohorts_diff_outcome(stake)] : "-";
}

static void print_row(struct bc_buf *out, const struct bc_cohorts_diff_row *row, struct bc_str name)
{
    const struct bc_sums_row *sums = row->sums;

    bc_buf_add_str(out, name);
    print_figures(out, sums->from);
    bc_buf_printf(out, " ->");
    print_figures(out, sums->to);
    for (size_t i = 0; i < sums->part_n; i++) {
        const struct bc_sums_part *part = &sums->parts[i];

        bc_buf_printf(out, "%s%s", i ? " " : "; ", bc_cause_name(part->cause));
        print_changes(out, part->by);
        for (size_t d = 0; d < part->deal_n; d++) {
            const struct bc_sums_deal *deal = &part->deals[d];

            bc_buf_printf(out, " %.*s %s %s", BC_STR_ARG(deal->is.deal),
                          outcome_word(&deal->before), outcome_word(&deal->after));
            for (size_t e = 0; e < deal->is.event_n; e++)
                bc_buf_printf(out, " %.*s", BC_STR_ARG(deal->is.events[e]));
        }
    }
    bc_buf_printf(out, "\n");
}

static void print_diff(struct bc_buf *out, const struct bc_cohorts_diff *diff)
{
    print_row(out, &diff->all, BC_STR("all"));
    for (size_t i = 0; i < diff->n; i++) {
        const struct bc_cohorts_diff_row *row = &diff->rows[i];
        const struct bc_cohort *either = row->to ? row->to : row->from;

        print_row(out, row, either->values[0]);
    }
    bc_buf_add_byte(out, '\0');
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text(), edited = rules_text(), text = { 0 };
    bc_rules *rules, *others;
    struct bc_cohorts_diff_ask ask = { .events = true };
    struct bc_cohorts_diff *diff = NULL;
    bc_timelines *timelines;
    struct bc_ways ways = { 0 };
    struct bc_err err = { 0 };
    struct bc_by by = { 0 };
    bc_log *log = law_log();
    int64_t from_us, to_us;

    if (row->edit[0])
        rules_text_put(&edited, row->edit[0], row->edit[1], row->edit[2]);
    rules = rules_of_text(&yaml);
    others = rules_of_text(&edited);
    to_us = law_day_end(rules, "2025-06-30");
    from_us = row->as_of ? law_day_end(rules, row->as_of) : to_us;
    ways.from = (struct bc_question){ .rules = others, .as_of_us = &from_us, .date_n = 1 };
    ways.to = (struct bc_question){ .rules = rules, .as_of_us = &to_us, .date_n = 1 };
    if (row->known_at) {
        ways.from.known_asked = true;
        ways.from.known_us = law_day_end(rules, row->known_at);
    }
    ways.turned = ways.from;
    ways.turned.rules = rules;
    assert_true(!row->by || bc_by_parse(&by, bc_str_of(row->by)));
    for (size_t i = 0; i <= BC_WAY_TO; i++)
        ask.of[i] = (struct bc_cohort_ask){
            .at = UINT64_C(1) << bc_rules_stage(rules, BC_STR("discovery")),
            .to = UINT64_C(1) << bc_rules_stage(rules, BC_STR("proposal")),
            .slice = SLICE_ALL,
            .since_us = INT64_MIN,
            .mature = row->mature ? row->mature : BC_NOT_MATURE,
            .by = &by,
            .by_n = row->by ? 1 : 0,
        };
    story_append(log, row->story);
    timelines = law_timelines(log);
    check_ok(bc_cohorts_diff_make(&diff, timelines, &ways, &ask, &err), &err);
    print_diff(&text, diff);
    assert_string_equal(text.at, row->want);
    bc_cohorts_diff_free(diff);
    bc_buf_release(&text);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
    bc_rules_free(others);
}

/* --- laws --- */

struct drawn {
    struct bc_ways ways;
    struct bc_cohorts_diff_ask ask;
    struct bc_by by[2];
};

static bc_stage_set draw_stages(const bc_rules *rules, uint64_t drawn)
{
    return UINT64_C(1) << drawn % rules->stage_n | UINT64_C(1) << drawn / 64 % rules->stage_n;
}

static void draw(struct drawn *out, const struct law_world *world, const bc_rules *others,
                 size_t turn, uint64_t *random)
{
    static const char *const keys[] = { "tier", "icp", "campaign", "month", "deal_type", "need" };
    const uint64_t at = history_random(random, 4096), to = history_random(random, 4096);
    const uint64_t slice = history_random(random, 60), days = history_random(random, 2);
    const int32_t mature =
        history_random(random, 3) ? BC_NOT_MATURE : (int32_t)history_random(random, 40);
    const size_t by_n = history_random(random, 3);

    *out = (struct drawn){ .ways = law_ways_of(&world->history, world->rules, others, turn),
                           .ask.events = turn % 2 };
    for (size_t i = 0; i < by_n; i++)
        assert_true(
            bc_by_parse(&out->by[i], bc_str_of(keys[history_random(random, ARRAY_LEN(keys))])));
    for (size_t way = 0; way <= BC_WAY_TO; way++) {
        const struct bc_question *question = way == BC_WAY_FROM     ? &out->ways.from
                                             : way == BC_WAY_TURNED ? &out->ways.turned
                                                                    : &out->ways.to;
        const bc_rules *rules = question->rules;

        out->ask.of[way] = (struct bc_cohort_ask){
            .at = draw_stages(rules, at),
            .to = draw_stages(rules, to),
            .slice = (unsigned)(slice % rules->slice_n),
            .since_us =
                days ? bc_zone_window_begin(rules->zone, question->as_of_us[0], 120) : INT64_MIN,
            .mature = mature,
            .by = out->by,
            .by_n = by_n,
        };
    }
}

/* The deals of a figure of a row, by the cohort itself; values NULL: of all. */
static struct bc_cohorts *listed(bc_timelines *timelines, const struct bc_question *question,
                                 struct bc_cohort_ask ask, const struct bc_str *values,
                                 enum bc_cohort_figure figure)
{
    static const unsigned outcomes[] = {
        BC_COHORT_N,
        BC_COHORT_BIT(BC_COHORT_CONVERTED),
        BC_COHORT_BIT(BC_COHORT_FAILED),
        BC_COHORT_BIT(BC_COHORT_OPEN),
    };
    static const struct bc_str none[1];
    struct bc_cohorts *cohorts = NULL;
    struct bc_err err = { 0 };

    ask.list = values ? values : none;
    ask.by_n = values ? ask.by_n : 0;
    ask.list_outcomes = outcomes[figure];
    check_ok(bc_cohorts_make(&cohorts, timelines, question, &ask, &err), &err);
    return cohorts;
}

static void check_row(const struct law_world *world, const struct drawn *drawn,
                      const struct bc_cohorts_diff_row *row)
{
    const struct bc_cohort *either = row->to ? row->to : row->from;

    law_sums_add_up(row->sums, BC_COHORT_FIGURE_N);
    for (int f = 0; f < BC_COHORT_FIGURE_N; f++) {
        const enum bc_cohort_figure figure = (enum bc_cohort_figure)f;
        struct bc_cohorts *from = listed(world->timelines, &drawn->ways.from,
                                         drawn->ask.of[BC_WAY_FROM], either->values, figure);
        struct bc_cohorts *to = listed(world->timelines, &drawn->ways.to, drawn->ask.of[BC_WAY_TO],
                                       either->values, figure);

        assert_true(row->sums->from[f] == (bc_int128)from->deal_n);
        assert_true(row->sums->to[f] == (bc_int128)to->deal_n);
        law_sums_lead(row->sums, (size_t)f, from->deals, from->deal_n, to->deals, to->deal_n);
        bc_cohorts_free(from);
        bc_cohorts_free(to);
    }
}

static bool same_values(const struct bc_cohort *a, const struct bc_cohort *b, size_t by_n)
{
    for (size_t i = 0; i < by_n; i++)
        if (!bc_str_eq(a->values[i], b->values[i]))
            return false;
    return true;
}

static struct bc_cohort find(const struct bc_cohorts *cohorts, const struct bc_cohort *like,
                             size_t by_n)
{
    for (size_t i = 0; i < cohorts->row_n; i++)
        if (same_values(&cohorts->rows[i], like, by_n))
            return cohorts->rows[i];
    return (struct bc_cohort){ 0 };
}

/* A row of either is there exactly where the two differ in it, those of the second first. */
static void check_there(const struct bc_cohorts_diff *diff, const struct bc_cohorts *of,
                        size_t by_n, size_t *next)
{
    for (size_t i = 0; i < of->row_n && by_n; i++) {
        const struct bc_cohort from = find(diff->from, &of->rows[i], by_n);
        const struct bc_cohort to = find(diff->to, &of->rows[i], by_n);
        const bool differs = from.n != to.n || from.converted != to.converted ||
                             from.failed != to.failed || from.open != to.open;

        if (!differs || (of == diff->from && to.values))
            continue;
        assert_true(*next < diff->n);
        assert_ptr_equal(of == diff->to ? diff->rows[*next].to : diff->rows[*next].from,
                         &of->rows[i]);
        (*next)++;
    }
}

static void check_ends(const struct bc_cohorts_diff *diff, size_t by_n)
{
    size_t next = 0;

    check_there(diff, diff->to, by_n, &next);
    if (diff->from != diff->to)
        check_there(diff, diff->from, by_n, &next);
    assert_int_equal(next, diff->n);
}

static void check_swapped(const struct law_world *world, const struct drawn *drawn,
                          const struct bc_cohorts_diff *diff)
{
    const struct bc_ways ways = law_ways_swapped(&drawn->ways);
    struct bc_cohorts_diff_ask ask = { .of = { drawn->ask.of[BC_WAY_TO], drawn->ask.of[BC_WAY_FROM],
                                               drawn->ask.of[BC_WAY_FROM] } };
    struct bc_cohorts_diff *swapped = NULL;
    struct bc_err err = { 0 };

    /* At the second's date, as the window is by it. */
    ask.of[BC_WAY_TURNED].since_us =
        ask.of[BC_WAY_TO].since_us == INT64_MIN
            ? INT64_MIN
            : bc_zone_window_begin(ways.turned.rules->zone, ways.turned.as_of_us[0], 120);
    check_ok(bc_cohorts_diff_make(&swapped, world->timelines, &ways, &ask, &err), &err);
    law_sums_negated(diff->all.sums, swapped->all.sums);
    assert_int_equal(diff->n, swapped->n);
    for (size_t i = 0; i < diff->n; i++) {
        const struct bc_cohorts_diff_row *row = &diff->rows[i];
        const struct bc_cohort *either = row->to ? row->to : row->from;
        size_t found = 0;

        for (size_t j = 0; j < swapped->n; j++) {
            const struct bc_cohorts_diff_row *other = &swapped->rows[j];

            if (!same_values(other->to ? other->to : other->from, either, ask.of[0].by_n))
                continue;
            law_sums_negated(row->sums, other->sums);
            found++;
        }
        assert_int_equal(found, 1);
    }
    bc_cohorts_diff_free(swapped);
}

static void causes_add_up_and_lead_from_deals_to_deals(void **state)
{
    uint64_t random = 21;
    size_t moved = 0;

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;
        bc_rules *others;

        law_world_open(&world, n);
        others = rules_of_law(n + 1, bc_zone_name(world.zone));
        for (size_t turn = n; turn < n + TURNS; turn++) {
            struct bc_cohorts_diff *diff = NULL;
            struct bc_err err = { 0 };
            struct drawn drawn;

            draw(&drawn, &world, others, turn, &random);
            check_ok(bc_cohorts_diff_make(&diff, world.timelines, &drawn.ways, &drawn.ask, &err),
                     &err);
            check_row(&world, &drawn, &diff->all);
            for (size_t i = 0; i < diff->n; i++)
                check_row(&world, &drawn, &diff->rows[i]);
            check_ends(diff, drawn.ask.of[0].by_n);
            check_swapped(&world, &drawn, diff);
            moved += diff->all.sums->part_n + diff->n;
            bc_cohorts_diff_free(diff);
        }
        bc_rules_free(others);
        law_world_close(&world);
    }
    if (moved < 40)
        fail_msg("only %zu causes and rows", moved);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(causes_add_up_and_lead_from_deals_to_deals),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/cohorts_diff", tests, NULL, NULL);
}
