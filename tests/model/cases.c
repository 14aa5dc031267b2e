/* tests/model/cases.c - from a case to a question, and from an answer to a verdict. */
#include "tests/model/cases.h"

#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const struct model_group *const model_groups[] = {
    &model_deal_cases,
    &model_clock_cases,
    &model_flow_cases,
    &model_days_cases,
    &model_contract_cases,
    &model_activity_cases,
    &model_red_line_cases,
    &model_audit_cases,
    &model_made_cases,
    &model_word_cases,
    NULL,
};

/* The same for "name value", where the key is the name itself, or is below it. */
static void put_pair(struct bc_buf *yaml, const char *below, const char *pair)
{
    char name[64];
    size_t len = strcspn(pair, " ");

    snprintf(name, sizeof(name), "  %.*s:", (int)len, pair);
    rules_text_put(yaml, below ? name : "\nproperties:", below ? below : name, pair + len + 1);
}

bc_rules *model_case_rules(const struct model_case *row)
{
    struct bc_buf yaml = rules_text();

    if (row->zone)
        rules_text_put(&yaml, "", "timezone:", row->zone);
    if (row->mode)
        put_pair(&yaml, NULL, row->mode);
    if (row->crm)
        put_pair(&yaml, "crm_ids:", row->crm);
    if (row->slice)
        put_pair(&yaml, "deal_type:", row->slice);
    if (row->cohort) {
        rules_text_put(&yaml, "  outreach_to_discovery:", "basis:", "cohort");
        rules_text_put(&yaml, "  discovery_to_proposal:", "basis:", "cohort");
    }
    if (row->metric)
        rules_text_add(&yaml, "metrics:", "made", row->metric);
    return rules_of_text(&yaml);
}

static int64_t asked(const char *when, const bc_rules *rules)
{
    int32_t day;

    if (bc_day_parse(&day, bc_str_of(when)))
        return recount_day_end(rules->zone, day);
    return story_when(when);
}

struct recount_question model_case_question(const struct model_case *row, const bc_rules *rules)
{
    return (struct recount_question){ .as_of_us =
                                          asked(row->as_of ? row->as_of : "2025-03-31", rules),
                                      .has_known = row->known_at != NULL,
                                      .known_us = row->known_at ? asked(row->known_at, rules) : 0,
                                      .clock_source = row->clock_source,
                                      .rules = rules };
}

/* Whether a printed value is the one wanted; numbers as closely as they were written. */
static bool same_word(struct bc_str got, const char *want)
{
    char text[64], *end;
    double number, wanted = strtod(want, &end);

    if (bc_str_eq(got, bc_str_of(want)))
        return true;
    if (*end || end == want)
        return false;
    snprintf(text, sizeof(text), "%.*s", BC_STR_ARG(got));
    number = strtod(text, &end);
    return !*end && fabs(number - wanted) <= 1e-6 * fmax(1, fabs(wanted));
}

static bool has_pair(const char *got, const char *key, const char *want)
{
    char padded[64];
    bool there = false;

    snprintf(padded, sizeof(padded), " %s ", key);
    for (const char *at = strstr(got, padded); at; at = strstr(at + 1, padded)) {
        const char *value = at + strlen(padded);

        there = true;
        if (same_word((struct bc_str){ value, strcspn(value, " ") }, want))
            return true;
    }
    return !there && strcmp(want, "-") == 0;
}

/* `got` begins and ends with a space, as printed. */
static void check_words(const struct model_case *row, const char *want, const char *got,
                        bool kind_first)
{
    char words[512], *rest = NULL, *key;

    assert_true(strlen(want) < sizeof(words));
    snprintf(words, sizeof(words), "%s", want);
    key = strtok_r(words, " ", &rest);
    if (key && kind_first) {
        if (strncmp(got + 1, key, strlen(key)) != 0 || got[1 + strlen(key)] != ' ')
            fail_msg("%s: want %s, got%s", row->name, key, got);
        key = strtok_r(NULL, " ", &rest);
    }
    for (; key; key = strtok_r(NULL, " ", &rest)) {
        const char *value = strtok_r(NULL, " ", &rest);

        if (!value || !has_pair(got, key, value))
            fail_msg("%s: want %s %s, got%s", row->name, key, value ? value : "?", got);
    }
}

static void check_findings(const struct model_case *row, const struct recount *got)
{
    char wants[1024], *rest = NULL, *want;
    size_t i = 0;

    snprintf(wants, sizeof(wants), "%s", row->want);
    for (want = strtok_r(wants, "|", &rest); want; want = strtok_r(NULL, "|", &rest), i++) {
        struct bc_buf buf = { 0 };

        if (i == got->finding_n)
            fail_msg("%s: want%s, got only %zu findings", row->name, want, got->finding_n);
        recount_print_finding(&buf, &got->findings[i]);
        bc_buf_add_byte(&buf, '\0');
        check_words(row, want, buf.at, true);
        bc_buf_release(&buf);
    }
    if (i < got->finding_n)
        fail_msg("%s: want %zu findings, got %zu", row->name, i, got->finding_n);
}

static const struct recount_metric *asked_metric(const struct model_case *row,
                                                 const bc_rules *rules, const struct recount *got)
{
    char name[64];
    const char *slash = strchr(row->ask, '/');
    const struct bc_metric_rule *rule;

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(row->ask, "/"), row->ask);
    rule = bc_rules_metric(rules, bc_str_of(name));
    assert_non_null(rule);
    return recount_metric(got, name, slash ? slash + 1 : rules->slices[rule->headline].name);
}

void model_case_check(const struct model_case *row, const bc_rules *rules,
                      const struct recount *got)
{
    struct bc_buf buf = { 0 };

    if (strcmp(row->ask, "audit") == 0) {
        check_findings(row, got);
        return;
    }
    if (strncmp(row->ask, "red ", 4) == 0) {
        const struct recount_line *line = recount_line(got, row->ask + 4);

        assert_non_null(line);
        recount_print_line(&buf, line);
    } else {
        const struct recount_metric *metric = asked_metric(row, rules, got);

        assert_non_null(metric);

        recount_print_metric(&buf, metric);
    }
    bc_buf_add_byte(&buf, '\0');
    check_words(row, row->want, buf.at, false);
    bc_buf_release(&buf);
}
