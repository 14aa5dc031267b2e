/* tests/model/rules_text.c - changing the text of the built-in rules. */
#include "tests/model/rules_text.h"

#include "tests/support/check.h"
#include "tests/support/rules.h"

#include <stdio.h>

struct bc_buf rules_text(void)
{
    bc_rules *rules = rules_default();
    struct bc_buf yaml = { 0 };

    bc_rules_print(&yaml, rules);
    bc_buf_add_byte(&yaml, '\0');
    bc_rules_free(rules);
    return yaml;
}

void rules_text_put(struct bc_buf *yaml, const char *after, const char *key, const char *value)
{
    struct bc_buf out = { 0 };
    char *at = strstr(yaml->at, after);

    at = at ? strstr(at, key) : NULL;
    if (!at)
        fail_msg("the rules have no %s %s", after, key);
    bc_buf_add(&out, yaml->at, (size_t)(at - yaml->at));
    bc_buf_printf(&out, "%s %s%s", key, value, at + strcspn(at, "\n"));
    bc_buf_add_byte(&out, '\0');
    bc_buf_release(yaml);
    *yaml = out;
}

void rules_text_add(struct bc_buf *yaml, const char *map, const char *name, const char *parameters)
{
    struct bc_buf line = { 0 };

    bc_buf_printf(&line, "\n  %s: {%s}", name, parameters);
    bc_buf_add_byte(&line, '\0');
    rules_text_put(yaml, "", map, line.at);
    bc_buf_release(&line);
}

bc_rules *rules_of_text(struct bc_buf *yaml)
{
    bc_rules *rules = rules_parsed(bc_str_of(yaml->at));

    bc_buf_release(yaml);
    return rules;
}

/* What the learning half and revenue go by: each key has other values than its default in some
 * world, and most worlds have several at once. */
static void vary_learning(struct bc_buf *yaml, unsigned n)
{
    static const struct {
        const char *map, *key, *values[4];
    } rows[] = {
        { "\nlearning:", "stalled_after:", { "30", "7", "90.5", "0.25" } },
        { "\nlearning:", "max_running:", { "2", "1", "5", "3" } },
        { "\nlearning:", "enough:", { "10", "1", "3", "2" } },
        { "\nlearning:", "lead_target:", { "0.15", "0.5", "1", "0" } },
        { "\nlearning:", "closed_per_playbook:", { "[10, 20]", "[1, 2]", "[3, 3]", "[5, 100]" } },
        { "\nlearning:", "answer_breach_days:", { "14", "3", "40", "7" } },
        { "\nlearning:", "handoff_days:", { "14", "2", "30", "60" } },
        { "\nrevenue:", "currency:", { "USD", "EUR", "USD", "CHF" } },
        { "\nrevenue:", "value:", { "[mrr, amount]", "[amount]", "[amount, mrr]", "[mood, mrr]" } },
        { "\nrevenue:", "renewal:", { "0.8", "measured", "0.123456", "1" } },
        { "\nrevenue:", "new:", { "0.3", "0.05", "measured", "0.999999" } },
        { "\nrevenue:", "renewal_target:", { "0.8", "0.95", "0", "0.5" } },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        rules_text_put(yaml, rows[i].map, rows[i].key, rows[i].values[(n + n / 4 * (i + 1)) % 4]);
}

bc_rules *rules_of_law(unsigned n, const char *zone)
{
    static const char *const modes[] = { "backfill", "as_recorded", "best_known" };
    /* Every kind of condition; the same metrics in every world, so that rules can be compared. */
    static const char *const made[] = {
        "kind: count, stages: [closed_won], contract: ends_in, days: [-60, 200], having: [mrr]",
        "kind: count, stages: [closed_won], contract: overdue, renewed_by: [closed_won], "
        "deal_types: [newbusiness]",
        "kind: meetings, stages: [outreach, discovery], types: [discovery], "
        "outcomes: [completed, no_show], window_days: 60, lacking: [parked_until]",
        "kind: conversion, from: [outreach, discovery], to: [proposal], basis: cohort, "
        "deal_types: [newbusiness], lacking: [contract_end]",
        "kind: time_in_stage, stages: [outreach, proposal], stalled_after: 10, "
        "lacking: [renews], having: [deal_type]",
    };
    struct bc_buf yaml = rules_text();
    char name[16];

    rules_text_put(&yaml, "", "timezone:", zone);
    /* Small worlds have few attempts: with lower guards and higher lines they say something too. */
    rules_text_put(&yaml, "  outreach_conversion:", "needs:", n % 2 ? "5" : "2");
    rules_text_put(&yaml, "  discovery_conversion:", "needs:", n % 2 ? "3" : "1");
    rules_text_put(&yaml, "  no_wins:", "needs:", n % 2 ? "5" : "2");
    rules_text_put(&yaml, "  outreach_conversion:", "threshold:", n % 4 ? "0.5" : "0.8");
    rules_text_put(&yaml, "  discovery_conversion:", "threshold:", n % 4 ? "0.5" : "0.8");
    rules_text_put(&yaml, "  no_wins:", "threshold:", n % 4 ? "2" : "1");
    if (n % 3 == 2) {
        rules_text_put(&yaml, "  outreach_to_discovery:", "basis:", "cohort");
        rules_text_put(&yaml, "  outreach:", "crm_ids:", "[Outreach]");
    }
    if (n % 5 == 4)
        rules_text_put(&yaml, "  outreach_email_open_rate:", "window_days:", "365");
    if (n % 4 == 1)
        rules_text_put(&yaml,
                       "  existing:", "deal_type:", "[existingbusiness, partner, newbusiness]");
    rules_text_put(&yaml, "properties:", "  deal_type:", modes[n / 2 % 3]);
    rules_text_put(&yaml, "properties:", "  contract_end:", modes[n / 3 % 3]);
    rules_text_put(&yaml, "properties:", "  renews:", modes[n / 4 % 3]);
    rules_text_put(&yaml, "properties:", "  parked_until:", modes[n / 5 % 3]);
    vary_learning(&yaml, n);
    for (size_t i = 0; i < ARRAY_LEN(made); i++) {
        snprintf(name, sizeof(name), "made_%zu", i);
        rules_text_add(&yaml, "metrics:", name, made[i]);
    }
    return rules_of_text(&yaml);
}
