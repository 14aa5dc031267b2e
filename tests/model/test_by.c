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

static struct bc_by_values *found(const struct law_world *world, const struct bc_question *question,
                                  const char *key)
{
    struct bc_by_values *values = NULL;
    struct bc_err err = { 0 };
    struct bc_by by;

    assert_true(bc_by_parse(&by, bc_str_of(key)));
    check_ok(bc_by_values_find(&values, world->timelines, question, &by, &err), &err);
    return values;
}

static struct bc_report *reported(const struct law_world *world, struct bc_question question,
                                  const struct bc_only *only)
{
    const struct bc_report_options options = { .lists = false };
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    question.only = only;
    check_ok(bc_report_make(&report, world->timelines, &question, &options, &err), &err);
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

static void check_value(const struct law_world *world, struct recount_question question,
                        const struct bc_by_values *values, size_t i)
{
    struct recount want, got;
    struct bc_by_only only;

    bc_by_only_init(&only, values, i);
    question.by = values->by.text;
    question.of = values->at[i];
    question.only = &only.only;
    recount_make(&want, world->history.logged.at, world->history.logged.n, &question);
    answered_make(&got, world->timelines, &question);
    leave_figures(&want);
    leave_figures(&got);
    answered_check(i, &want, &got, true);
    recount_release(&want);
    recount_release(&got);
}

static void each_row_is_what_the_recount_counts(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            struct recount_question question = law_question(&world, i);
            const struct bc_question asked = law_asked(&question);
            const char *key = keys[(n + i * 5) % ARRAY_LEN(keys)];
            struct bc_by_values *values = found(&world, &asked, key);
            bc_arena *arena = bc_arena_new();
            struct world counted;

            question.threads = 1 + (unsigned)i % 3;
            world_make(&counted, world.history.logged.at, world.history.logged.n, &question, arena);
            for (size_t value = 0; value < values->n; value++) {
                assert_int_equal(bc_by_values_slices(values, 0, value),
                                 slices_of(&counted, bc_str_of(key), values->at[value]));
                assert_true(value == 0 || bc_str_cmp(values->at[value - 1], values->at[value]) < 0);
                check_value(&world, question, values, value);
            }
            bc_arena_free(arena);
            bc_by_values_free(values);
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
    struct bc_by_values *values;

    (void)state;
    story_append(world.log, "d1..d2 found closed_won; d1..d2 set contract_start 2024-01-01; "
                            "d1..d2 set contract_end 2025-02-28; d1..d2 set tier a; "
                            "d3 created closed_won; d3 set renews d1; d3 set tier b");
    world.timelines = law_timelines(world.log);
    values = found(&world, &asked, "tier");
    assert_int_equal(values->n, 2);
    for (size_t i = 0; i < values->n; i++) {
        struct bc_by_only only;
        struct bc_report *report;

        bc_by_only_init(&only, values, i);
        report = reported(&world, asked, &only.only);
        assert_int_equal(bc_report_cell(report, 0, (size_t)(overdue - rules->metrics), slice)->n,
                         i == 0);
        bc_report_free(report);
    }
    bc_by_values_free(values);
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
    struct bc_by_values *values;

    (void)state;
    story_append(world.log, "d1 sent e1 @2025-01-10; d1 created outreach @2025-03-01");
    world.timelines = law_timelines(world.log);
    values = found(&world, &asked, "replied");
    assert_int_equal(values->n, 1);
    assert_true(bc_str_eq(values->at[0], BC_STR("no")));
    bc_by_values_free(values);
    bc_timelines_free(world.timelines);
    bc_log_close(world.log);
    bc_rules_free(rules);
}

/* --- sums, dates, threads --- */

static void check_sums(const struct bc_report *all, struct bc_report *const *rows, size_t n)
{
    const bc_rules *rules = all->rules;

    for (size_t i = 0; i < all->date_n * rules->metric_n * rules->slice_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i / rules->slice_n % rules->metric_n];
        uint64_t sum = 0, hits = 0, excluded = 0;

        for (size_t value = 0; value < n; value++) {
            sum += rows[value]->cells[i].n;
            hits += rows[value]->cells[i].hit;
            excluded += rows[value]->cells[i].excluded;
        }
        if (rule->kind == BC_MEETINGS)
            assert_in_range(sum, all->cells[i].n, UINT64_MAX);
        else
            assert_int_equal(sum, all->cells[i].n);
        assert_int_equal(hits, all->cells[i].hit);
        assert_int_equal(excluded, all->cells[i].excluded);
    }
}

/* A series is its dates alone. */
static void check_date(const struct law_world *world, const struct bc_question *series,
                       const struct bc_by_values *values, struct bc_report *const *rows,
                       size_t date)
{
    const size_t cells = rows[0]->rules->metric_n * rows[0]->rules->slice_n;
    struct bc_question question = *series;
    struct bc_by_values *alone;

    question.as_of_us = &series->as_of_us[date];
    question.date_n = 1;
    question.threads = 4;
    alone = found(world, &question, values->by.text.at);
    for (size_t i = 0, at = 0; i < values->n; i++) {
        struct bc_by_only only;
        struct bc_report *report;

        if (!bc_by_values_slices(values, date, i)) /* of no slice: perhaps of a deal that is gone */
            continue;
        while (!bc_str_eq(alone->at[at], values->at[i]))
            at++;
        assert_int_equal(bc_by_values_slices(alone, 0, at), bc_by_values_slices(values, date, i));
        bc_by_only_init(&only, alone, at);
        report = reported(world, question, &only.only);
        for (size_t cell = 0; cell < cells; cell++)
            assert_true(
                answered_same_cell(&report->cells[cell], &rows[i]->cells[date * cells + cell]));
        bc_report_free(report);
    }
    bc_by_values_free(alone);
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
            struct bc_by_values *values;
            struct bc_report *all, **rows;

            asked.as_of_us = dates;
            asked.date_n = DATES;
            values = found(&world, &asked, keys[((size_t)n * 3 + i) % ARRAY_LEN(keys)]);
            all = reported(&world, asked, NULL);
            rows = bc_calloc(values->n + 1, sizeof(struct bc_report *));
            for (size_t value = 0; value < values->n; value++) {
                struct bc_by_only only;

                bc_by_only_init(&only, values, value);
                rows[value] = reported(&world, asked, &only.only);
            }
            check_sums(all, rows, values->n);
            if (values->n)
                check_date(&world, &asked, values, rows, (n + i) % DATES);
            for (size_t value = 0; value < values->n; value++)
                bc_report_free(rows[value]);
            free(rows);
            bc_report_free(all);
            bc_by_values_free(values);
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
    };

    return cmocka_run_group_tests_name("model/by", tests, NULL, NULL);
}
