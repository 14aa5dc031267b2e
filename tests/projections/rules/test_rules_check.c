/* projections/rules/rules_check: rules that say something that can never be are warned of, at the
 * place where they say it, and rules that are merely unusual are not. */
#include "projections/rules/rules_check.h"
#include "tests/support/rules.h"

#include <stdio.h>

/* Nothing is odd in it. */
static const char plain[] = "version: plain\n"
                            "stages:\n"
                            "  lead:\n"
                            "    kind: open\n"
                            "    start: true\n"
                            "    next: [offer, lost]\n"
                            "  renewal:\n"
                            "    kind: open\n"
                            "    start: true\n"
                            "    next: [offer, lost]\n"
                            "    deal_types: [old]\n"
                            "  offer:\n"
                            "    kind: open\n"
                            "    next: [won, lost]\n"
                            "  won: {kind: won}\n"
                            "  lost: {kind: lost}\n"
                            "slices:\n"
                            "  all: {}\n"
                            "  new: {deal_type: new}\n"
                            "  old: {deal_type: old}\n"
                            "metrics:\n"
                            "  open:\n"
                            "    kind: count\n"
                            "    stages: [lead, renewal, offer]\n"
                            "  rate:\n"
                            "    kind: conversion\n"
                            "    from: [lead]\n"
                            "    to: [offer]\n"
                            "  days:\n"
                            "    kind: lead_time\n"
                            "    from: [lead]\n"
                            "    to: [won]\n"
                            "red_lines:\n"
                            "  few:\n"
                            "    slice: new\n"
                            "    value: entries\n"
                            "    to: [won]\n"
                            "    threshold: 3\n"
                            "    guard: {kind: entries, needs: 5, stages: [offer]}\n"
                            "    says: too few\n"
                            "  low:\n"
                            "    slice: new\n"
                            "    value: conversion\n"
                            "    from: [lead]\n"
                            "    to: [offer]\n"
                            "    threshold: 0.2\n"
                            "    guard: {kind: attempts, needs: 5}\n"
                            "    open_counts_after: 60\n"
                            "    says: too low\n";

static struct row {
    const char *name, *find, *put;
    const char *want; /* each warning as "KIND LINE:COLUMN", with commas */
} rows[] = {
    { "nothing is odd", "plain", "plain", "" },
    { "no stage in which a deal may begin",
      "start: true\n    next: [offer, lost]\n  renewal:\n    kind: open\n    start: true",
      "start: false\n    next: [offer, lost]\n  renewal:\n    kind: open\n    start: false",
      "no_start 2:1" },
    { "a stage to which no moves lead", "    next: [won, lost]", "    next: [lost]",
      "unreachable_stage 15:3,never 32:9" },
    { "a stage that leads nowhere", "  won: {kind: won}",
      "  limbo: {kind: open, start: true}\n  won: {kind: won}", "dead_end 15:3,unused_stage 15:3" },
    { "a stage that no metric uses", "  won: {kind: won}",
      "  on_hold: {kind: open, start: true, next: [lost]}\n  won: {kind: won}",
      "unused_stage 15:3" },
    { "a lost stage is used by every conversion", "too low", "low", "" },
    { "a stage of another deal type beside others, in the slice that is shown first",
      "    kind: count", "    kind: count\n    headline: new", "" },
    { "only stages of another deal type in the slice that is shown first",
      "    kind: count\n    stages: [lead, renewal, offer]",
      "    kind: count\n    headline: new\n    stages: [renewal]", "contradiction 25:14" },
    { "also where the metric counts deals of either type",
      "    kind: count\n    stages: [lead, renewal, offer]",
      "    kind: count\n    headline: new\n    deal_types: [new, old]\n    stages: renewal",
      "contradiction 26:13" },
    { "a conversion from such a stage", "    kind: conversion\n    from: [lead]",
      "    kind: conversion\n    headline: new\n    from: [renewal]", "contradiction 28:12" },
    { "the slice of that type may count it", "    kind: count",
      "    kind: count\n    headline: old", "" },
    { "a stage of another deal type than the metric's own", "    kind: count",
      "    kind: count\n    deal_types: [new, odd]", "contradiction 25:20" },
    { "one of its types is enough", "    kind: count",
      "    kind: count\n    deal_types: [new, old]", "" },
    { "a slice first that the metric's types rule out", "    kind: count",
      "    kind: count\n    headline: new\n    deal_types: [old]", "contradiction 25:17" },
    { "a slice of several types, of which the metric rules out all",
      "deal_type: new}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count",
      "deal_type: [new, newer]}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count\n"
      "    headline: new\n    deal_types: [old]",
      "contradiction 25:17" },
    { "or all but one",
      "deal_type: new}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count",
      "deal_type: [new, old]}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count\n"
      "    headline: new\n    deal_types: [old]",
      "" },
    { "only stages of another deal type than the several of the slice shown first",
      "deal_type: new}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count\n    stages: "
      "[lead, renewal, offer]",
      "deal_type: [new, newer]}\n  old: {deal_type: old}\nmetrics:\n  open:\n    kind: count\n"
      "    headline: new\n    stages: [renewal]",
      "contradiction 25:14" },
    { "a property with a value and without", "    kind: count",
      "    kind: count\n    having: [mrr, renews]\n    lacking: [mrr]", "contradiction 25:14" },
    { "a type, and none", "    kind: count",
      "    kind: count\n    deal_types: [old]\n    lacking: [deal_type]", "contradiction 25:14" },
    { "a contract that ends, without an end", "    kind: count",
      "    kind: count\n    contract: ends_in\n    days: [0, 9]\n    lacking: [contract_end]",
      "contradiction 26:14" },
    { "a contract that runs, without a start", "    kind: count",
      "    kind: count\n    contract: active\n    lacking: contract_start", "contradiction 25:14" },
    { "a conversion that no move makes", "    to: [offer]\n  days", "    to: [won]\n  days",
      "never 28:9" },
    { "by cohort several moves make it", "    to: [offer]\n  days",
      "    to: [won]\n    basis: cohort\n  days", "" },
    { "a lead time that no moves make", "    from: [lead]\n    to: [won]",
      "    from: [won]\n    to: [lead]", "never 32:9" },
    { "a lead time within one set is no time at all", "    from: [lead]\n    to: [won]",
      "    from: [won, lead]\n    to: [won]", "" },
    { "nothing is below 0", "threshold: 3", "threshold: 0", "never_fires 38:16" },
    { "a guard that says the value", "needs: 5, stages: [offer]", "needs: 5, stages: [won]",
      "never_fires 38:16" },
    { "a guard that says less than the threshold", "needs: 5, stages: [offer]",
      "needs: 2, stages: [won]", "" },
    { "each move converts", "    to: [offer]\n    threshold",
      "    to: [renewal, offer, won, lost]\n    threshold",
      "never_fires 45:9,contradiction 45:10" },
    { "no move leads out", "    from: [lead]\n    to: [offer]\n    threshold",
      "    from: [won]\n    to: [offer]\n    threshold", "never_fires 44:11" },
    { "no move converts", "    to: [offer]\n    threshold", "    to: [won]\n    threshold",
      "always_fires 45:9" },
    { "a red line about a stage of another type", "    slice: new\n    value: conversion",
      "    slice: old\n    value: conversion", "" },
    { "and the other way round", "    from: [lead]\n    to: [offer]\n    threshold",
      "    from: [renewal]\n    to: [offer]\n    threshold", "contradiction 44:12" },
    { "a guard in a stage of another type", "needs: 5, stages: [offer]",
      "needs: 5, stages: [renewal]", "contradiction 39:47" },
};

static void add_warning(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where)
{
    struct bc_buf *got = payload;

    assert_int_equal(strncmp(where->context, "rules.yaml:", 11), 0);
    assert_true(where->message[0] && where->excerpt[0]);
    bc_buf_printf(got, "%s%s %s", got->len ? "," : "", bc_rules_oddity_name(oddity),
                  where->context + 11);
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf text = { 0 }, got = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules;

    rules_edit(&text, bc_str_of(plain), row->find, row->put);
    rules = rules_parsed(bc_buf_str(&text));
    check_ok(bc_rules_check(rules, bc_buf_str(&text), "rules.yaml", add_warning, &got, &err), &err);
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_rules_free(rules);
    bc_buf_release(&got);
    bc_buf_release(&text);
}

static void nothing_is_odd_in_the_built_in_rules(void **state)
{
    struct bc_buf text = { 0 }, got = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    (void)state;

    check_ok(bc_rules_default(&rules, &err), &err);
    bc_rules_print(&text, rules);
    check_ok(bc_rules_check(rules, bc_buf_str(&text), "rules.yaml", add_warning, &got, &err), &err);
    assert_int_equal(got.len, 0);
    bc_rules_free(rules);
    bc_buf_release(&got);
    bc_buf_release(&text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    ROWS(rows, check_row);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(nothing_is_odd_in_the_built_in_rules);
    return cmocka_run_group_tests_name("projections/rules/rules_check", tests, NULL, NULL);
}
