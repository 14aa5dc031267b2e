/* tests/model/test_by.c - figures split by the values of a key: on random ledgers each row is what
 * the recount counts of the deals that have the value, rows add up to the slice, and threads and
 * other dates change nothing. */
#include "projections/cohorts/by_values.h"
#include "tests/model/answered.h"
#include "tests/model/law_world.h"
#include "tests/model/recount_outcome.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <stdlib.h>

enum { WORLDS = 9, DATES = 5 };

static const char *const keys[] = { "tier",     "owner",   "icp_version", "need",
                                    "campaign", "channel", "arm:x1",      "meetings",
                                    "opened",   "replied", "mood",        "deal_type" };

/* A report of each value. */
struct rows {
    struct bc_by_values by;
    struct bc_report_split *split;
};

static void ask(struct rows *out, const struct law_world *world, const struct bc_question *question,
                struct bc_str key)
{
    const struct bc_report_options options = { .lists = true };
    struct bc_err err = { 0 };
    struct bc_by by;

    assert_true(bc_by_parse(&by, key));
    bc_by_values_init(&out->by, &by, question->rules, bc_timelines_strings(world->timelines));
    check_ok(bc_report_make_split(&out->split, world->timelines, question, &out->by.splitter,
                                  SIZE_MAX, &options, &err),
             &err);
}

static struct bc_report *reported(const struct law_world *world, const struct bc_question *question)
{
    const struct bc_report_options options = { .lists = false };
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make(&report, world->timelines, question, &options, &err), &err);
    return report;
}

/* Red lines, findings and what the rules do not know are not split. */
static void leave_figures(struct recount *recount)
{
    recount->line_n = recount->finding_n = 0;
    memset(recount->unknown, 0, sizeof(recount->unknown));
}

/* The slices in which some deal has the value. */
static uint32_t slices_of(const struct world *world, struct bc_str key, struct bc_str value)
{
    uint32_t slices = 0;

    for (size_t i = 0; i < world->deal_n; i++)
        for (unsigned slice = 0; slice < world->rules->slice_n; slice++)
            if (deal_counts(world, &world->deals[i], slice) &&
                bc_str_eq(recount_key(world, &world->deals[i], key), value))
                slices |= 1u << slice;
    return slices;
}

static void check_values(const struct law_world *world, struct recount_question question,
                         struct rows *rows)
{
    struct bc_report_split *split = rows->split;
    struct recount *got = bc_calloc(split->n + 1, sizeof(*got));

    answered_by(got, split, world->timelines, &question, &rows->by.splitter);
    question.by = rows->by.by.text;
    for (size_t i = 0; i < split->n; i++) {
        struct recount want;

        question.of = split->values[i];
        recount_make(&want, world->history.logged.at, world->history.logged.n, &question);
        leave_figures(&want);
        leave_figures(&got[i]);
        answered_check(i, &want, &got[i], true);
        recount_release(&want);
        recount_release(&got[i]);
    }
    free(got);
}

static void each_row_is_what_the_recount_counts(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            struct recount_question question = law_question(&world, i);
            const struct bc_str key = bc_str_of(keys[(n + i * 5) % ARRAY_LEN(keys)]);
            bc_arena *arena = bc_arena_new();
            struct bc_question asked;
            struct world counted;
            struct rows rows;

            question.threads = 1 + (unsigned)i % 3;
            asked = law_asked(&question);
            ask(&rows, &world, &asked, key);
            world_make(&counted, world.history.logged.at, world.history.logged.n, &question, arena);
            for (size_t value = 0; value < rows.split->n; value++) {
                assert_int_equal(bc_report_split_slices(rows.split, 0, value),
                                 slices_of(&counted, key, rows.split->values[value]));
                assert_true(value == 0 || bc_str_cmp(rows.split->values[value - 1],
                                                     rows.split->values[value]) < 0);
            }
            check_values(&world, question, &rows);
            bc_arena_free(arena);
            bc_report_split_free(rows.split);
        }
        law_world_close(&world);
    }
}

/* What is renewed is so whatever the value of the deal that renews it. */
static void a_deal_of_another_value_renews_one(void **state)
{
    bc_rules *rules = rules_default();
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .threads = 1,
                                               .rules = rules };
    const struct bc_question asked = law_asked(&question);
    const struct bc_metric_rule *overdue = bc_rules_metric(rules, BC_STR("overdue_renewal"));
    const size_t slice = (size_t)bc_rules_slice(rules, BC_STR("all"));
    struct law_world world = { .log = law_log(), .rules = rules };
    struct rows rows;

    (void)state;
    story_append(world.log, "d1..d2 found closed_won; d1..d2 set contract_start 2024-01-01; "
                            "d1..d2 set contract_end 2025-02-28; d1..d2 set tier a; "
                            "d3 created closed_won; d3 set renews d1; d3 set tier b");
    world.timelines = law_timelines(world.log);
    ask(&rows, &world, &asked, BC_STR("tier"));
    assert_int_equal(rows.split->n, 2);
    for (size_t i = 0; i < rows.split->n; i++)
        assert_int_equal(
            bc_report_cell(rows.split->reports[i], 0, (size_t)(overdue - rules->metrics), slice)->n,
            i == 0);
    bc_report_split_free(rows.split);
    bc_timelines_free(world.timelines);
    bc_log_close(world.log);
    bc_rules_free(rules);
}

/* At a date before all else that was recorded of it. */
static void a_deal_that_begins_with_an_email_has_a_value(void **state)
{
    bc_rules *rules = rules_default();
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-01-31"),
                                               .threads = 1,
                                               .rules = rules };
    const struct bc_question asked = law_asked(&question);
    struct law_world world = { .log = law_log(), .rules = rules };
    struct rows rows;

    (void)state;
    story_append(world.log, "d1 sent e1 @2025-01-10; d1 created outreach @2025-03-01");
    world.timelines = law_timelines(world.log);
    ask(&rows, &world, &asked, BC_STR("replied"));
    assert_int_equal(rows.split->n, 1);
    assert_true(bc_str_eq(rows.split->values[0], BC_STR("no")));
    bc_report_split_free(rows.split);
    bc_timelines_free(world.timelines);
    bc_log_close(world.log);
    bc_rules_free(rules);
}

/* More values than are wanted end the walk; as many as there are do not. */
static void too_many_values_are_said(void **state)
{
    bc_rules *rules = rules_default();
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .threads = 3,
                                               .rules = rules };
    const struct bc_question asked = law_asked(&question);
    const struct bc_report_options options = { .lists = false };
    struct law_world world = { .log = law_log(), .rules = rules };
    struct bc_report_split *split = NULL;
    struct bc_err err = { 0 };
    struct rows rows;

    (void)state;
    story_append(world.log, "d1..d9 created outreach; d1..d3 set tier a; d4..d6 set tier b");
    world.timelines = law_timelines(world.log);
    ask(&rows, &world, &asked, BC_STR("tier"));
    assert_int_equal(rows.split->n, 3);
    assert_int_equal(
        bc_report_make_split(&split, world.timelines, &asked, &rows.by.splitter, 2, &options, &err),
        BC_DONE);
    assert_null(split);
    check_ok(
        bc_report_make_split(&split, world.timelines, &asked, &rows.by.splitter, 3, &options, &err),
        &err);
    bc_report_split_free(split);
    bc_report_split_free(rows.split);
    bc_timelines_free(world.timelines);
    bc_log_close(world.log);
    bc_rules_free(rules);
}

/* --- sums, dates, threads --- */

static void check_sums(const struct bc_report *all, const struct bc_report_split *rows)
{
    const bc_rules *rules = all->rules;

    assert_memory_equal(all->unknown, rows->whole->unknown, all->date_n * sizeof(*all->unknown));
    for (size_t i = 0; i < all->date_n * rules->metric_n * rules->slice_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i / rules->slice_n % rules->metric_n];
        uint64_t sum = 0, hits = 0, excluded = 0;

        for (size_t value = 0; value < rows->n; value++) {
            sum += rows->reports[value]->cells[i].n;
            hits += rows->reports[value]->cells[i].hit;
            excluded += rows->reports[value]->cells[i].excluded;
        }
        if (rule->kind == BC_MEETINGS)
            assert_in_range(sum, all->cells[i].n, UINT64_MAX);
        else
            assert_int_equal(sum, all->cells[i].n);
        assert_int_equal(hits, all->cells[i].hit);
        assert_int_equal(excluded, all->cells[i].excluded);
    }
}

/* A series is its dates alone, on other threads. */
static void check_date(const struct law_world *world, const struct bc_question *series,
                       struct rows *rows, size_t date)
{
    const size_t cells = series->rules->metric_n * series->rules->slice_n;
    struct bc_question question = *series;
    struct rows alone;

    question.as_of_us = &series->as_of_us[date];
    question.date_n = 1;
    question.threads = 4;
    ask(&alone, world, &question, rows->by.by.text);
    for (size_t i = 0; i < rows->split->n; i++) {
        struct bc_report *report = rows->split->reports[i];
        size_t at;

        if (!bc_report_split_slices(rows->split, date, i)) /* of no slice: perhaps of one gone */
            continue;
        assert_true(bc_report_split_find(alone.split, rows->split->values[i], &at));
        assert_int_equal(bc_report_split_slices(alone.split, 0, at),
                         bc_report_split_slices(rows->split, date, i));
        bc_report_show(report, date);
        for (size_t cell = 0; cell < cells; cell++)
            assert_true(answered_same_cell(&alone.split->reports[at]->cells[cell],
                                           &report->cells[date * cells + cell]));
    }
    bc_report_split_free(alone.split);
}

static int by_time(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void rows_add_up_at_each_date(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;
        int64_t dates[DATES];

        law_world_open(&world, n);
        for (size_t i = 0; i < DATES; i++)
            dates[i] = world.history.asked[i];
        qsort(dates, DATES, sizeof(dates[0]), by_time);
        for (size_t i = 0; i < 3; i++) {
            const struct recount_question question = law_question(&world, i);
            struct bc_question asked = law_asked(&question);
            struct bc_report *all;
            struct rows rows;

            asked.as_of_us = dates;
            asked.date_n = DATES;
            ask(&rows, &world, &asked, bc_str_of(keys[((size_t)n * 3 + i) % ARRAY_LEN(keys)]));
            all = reported(&world, &asked);
            check_sums(all, rows.split);
            check_date(&world, &asked, &rows, (n + i) % DATES);
            bc_report_free(all);
            bc_report_split_free(rows.split);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_what_the_recount_counts),
        cmocka_unit_test(rows_add_up_at_each_date),
        cmocka_unit_test(a_deal_of_another_value_renews_one),
        cmocka_unit_test(a_deal_that_begins_with_an_email_has_a_value),
        cmocka_unit_test(too_many_values_are_said),
    };

    return cmocka_run_group_tests_name("model/by", tests, NULL, NULL);
}
