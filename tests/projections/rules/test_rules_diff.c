/* projections/rules/rules_diff: rules are compared by what they say, each difference once, at its
 * path. projections/diff/rules_effect: a date is reported if some figure differs at it. */
#include "projections/diff/rules_effect.h"
#include "projections/rules/rules_diff.h"
#include "tests/model/rules_text.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <stdlib.h>

static const char base[] = "version: one\n"
                           "stages:\n"
                           "  lead: {kind: open, start: true, next: [won]}\n"
                           "  won: {kind: won}\n"
                           "slices: {all: {}}\n"
                           "metrics:\n"
                           "  wins: {kind: count, stages: [won]}\n"
                           "  rate: {kind: conversion, from: [lead], to: [won]}\n";

static struct row {
    const char *name, *find, *put;
    const char *want; /* each change as "path: old > new", `-` for none, with `;` between */
} rows[] = {
    { "the same", "one", "one", "" },
    { "the same in other words", "{kind: won}", "{kind: won, label: won, next: []}", "" },
    { "yes for true", "start: true", "start: yes", "" },
    { "what is usual, said", "version: one", "timezone: UTC\nversion: one", "" },
    { "maps in another order", "  lead: {kind: open, start: true, next: [won]}\n  won: {kind: won}",
      "  won: {kind: won}\n  lead: {kind: open, start: true, next: [won]}", "" },
    { "another text", "version: one", "version: two", "version: one > two" },
    { "a number", "to: [won]}", "to: [won], window_days: 30}", "metrics.rate.window_days: - > 30" },
    { "a list", "next: [won]", "next: [lead, won]", "stages.lead.next: [won] > [lead, won]" },
    { "what a stage is left with", "start: true", "start: true, leaves_qualified: true",
      "stages.lead.leaves_qualified: - > true" },
    { "what it is left with usually, said", "start: true", "start: true, leaves_qualified: false",
      "" },
    { "a metric that is new", "  rate:", "  open: {kind: count, stages: [lead]}\n  rate:",
      "metrics.open: - > {kind: count, headline: all, stages: [lead], contract: any}" },
    { "a metric that is gone", "  wins: {kind: count, stages: [won]}\n", "",
      "metrics.wins: {kind: count, headline: all, stages: [won], contract: any} > -" },
    { "a metric of another kind", "kind: count", "kind: entries",
      "metrics.wins.kind: count > entries;metrics.wins.contract: any > -" },
    { "a name with a dot in it is distinguished from a path",
      "  rate:", "  a.b: {kind: count, stages: [lead]}\n  rate:",
      "metrics.\"a.b\": - > {kind: count, headline: all, stages: [lead], contract: any}" },
};

static void diff_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf text = { 0 }, got = { 0 };
    bc_rules *from = rules_parsed(bc_str_of(base)), *to;
    struct bc_rules_diff *diff = NULL;
    struct bc_err err = { 0 };

    rules_edit(&text, bc_str_of(base), row->find, row->put);
    to = rules_parsed(bc_buf_str(&text));
    check_ok(bc_rules_diff_make(&diff, from, to, &err), &err);
    for (size_t i = 0; i < diff->n; i++)
        bc_buf_printf(&got, "%s%.*s: %.*s > %.*s", i ? ";" : "", BC_STR_ARG(diff->changes[i].path),
                      BC_STR_ARG(diff->changes[i].from.len ? diff->changes[i].from : BC_STR("-")),
                      BC_STR_ARG(diff->changes[i].to.len ? diff->changes[i].to : BC_STR("-")));
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_rules_diff_free(diff);
    bc_rules_free(from);
    bc_rules_free(to);
    bc_buf_release(&got);
    bc_buf_release(&text);
}

/* --- the effect --- */

static struct effect_row {
    const char *name, *from, *to; /* the stages that `made` counts; NULL: no such metric */
    const char *want;             /* dates reported, and how many figures differ at each */
} effect_rows[] = {
    { "the same rules", "[outreach]", "[outreach]", "" },
    { "other rules that count the same", "[outreach]", "[outreach, renewals]", "" },
    { "a deal more while it is there", "[outreach]", "[outreach, discovery]", "1:1 2:1" },
    { "a metric that the others do not have", NULL, "[proposal]", "0:3 1:3 2:3 3:3" },
};

static bc_rules *rules_with(const char *stages)
{
    struct bc_buf yaml = rules_text(), metric = { 0 };

    if (stages) {
        bc_buf_printf(&metric, "kind: count, stages: %s", stages);
        bc_buf_add_byte(&metric, '\0');
        rules_text_add(&yaml, "metrics:", "made", metric.at);
    }
    bc_buf_release(&metric);
    return rules_of_text(&yaml);
}

static bc_status add_date(void *payload, size_t date, const struct bc_diff *diff,
                          struct bc_err *err)
{
    struct bc_buf *got = payload;

    (void)err;
    bc_buf_printf(got, "%s%zu:%zu", got->len ? " " : "", date, diff->n);
    return BC_OK;
}

static void effect_row(void **state)
{
    const struct effect_row *row = *state;
    const int64_t dates[] = { story_when("2025-01-05"), story_when("2025-01-15"),
                              story_when("2025-01-20"), story_when("2025-02-05") };
    bc_rules *from = rules_with(row->from), *to = rules_with(row->to);
    const struct bc_question old = { .rules = from, .as_of_us = dates, .date_n = 4 };
    const struct bc_question new = { .rules = to, .as_of_us = dates, .date_n = 4 };
    bc_timelines *timelines = NULL;
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, "d1 created outreach @2025-01-01; d1 moved discovery @2025-01-10; "
                      "d1 moved closed_lost @2025-02-01");
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_LOG, &err), &err);
    check_ok(bc_rules_effect(timelines, &old, &new, add_date, &got, &err), &err);
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_buf_release(&got);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(from);
    bc_rules_free(to);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(effect_rows)];
    size_t n = 0;

    ROWS(rows, diff_row);
    ROWS(effect_rows, effect_row);
    return cmocka_run_group_tests_name("projections/rules/rules_diff", tests, NULL, NULL);
}
