/* tests/model/test_history.c - random histories are ledgers, and reach the corners they are made
 * for; and laws that the recount keeps by itself. */
#include "tests/model/recount.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

#define WORLDS 60

static void histories_are_taken_by_a_log(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WORLDS; i++) {
        bc_zone *zone;
        struct history_plan plan = history_plan_of(i, &zone);
        struct history history;
        bc_log *log = NULL;
        struct bc_err err = { 0 };

        history_make(&history, &plan);
        check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
        events_append(log, history.offered.at, history.offered.n);
        if (bc_log_head(log)->size != history.logged.n)
            fail_msg("seed %lu: %lu events of %zu in the log", (unsigned long)plan.seed,
                     (unsigned long)bc_log_head(log)->size, history.logged.n);
        bc_log_close(log);
        history_release(&history);
        bc_zone_free(zone);
    }
}

static void a_seed_is_always_the_same_history(void **state)
{
    bc_zone *zone, *same_zone;
    struct history_plan plan = history_plan_of(5, &zone),
                        same_plan = history_plan_of(5, &same_zone);
    struct history a, b;
    (void)state;

    history_make(&a, &plan);
    history_make(&b, &same_plan);
    assert_int_equal(a.logged.n, b.logged.n);
    for (size_t i = 0; i < a.logged.n; i++) {
        assert_int_equal(a.logged.at[i].occurred_us, b.logged.at[i].occurred_us);
        assert_true(bc_str_eq(a.logged.at[i].id, b.logged.at[i].id));
    }
    history_release(&a);
    history_release(&b);
    bc_zone_free(zone);
    bc_zone_free(same_zone);
}

/* What was seen over all worlds. */
struct seen {
    size_t values[32], nulls[32], excluded, stalled, closed, campaigns, states[4], kinds, pivots;
    char kind[32][32];
};

static void see_finding(struct seen *seen, const char *kind)
{
    for (size_t i = 0; i < seen->kinds; i++)
        if (strcmp(seen->kind[i], kind) == 0)
            return;
    assert_true(seen->kinds < ARRAY_LEN(seen->kind));
    strcpy(seen->kind[seen->kinds++], kind);
}

static void see(struct seen *seen, const struct recount *recount)
{
    for (size_t i = 0; i < recount->metric_n; i++) {
        const struct recount_metric *metric = &recount->metrics[i];

        seen->values[i / 3] += metric->value.is && metric->value.at > 0;
        seen->nulls[i / 3] += !metric->value.is;
        seen->excluded += metric->excluded > 0;
        seen->stalled += metric->stalled.n > 0;
        seen->closed += metric->closed_n > 0 && metric->closed_n < metric->n;
        seen->campaigns += metric->campaign_n > 1;
    }
    for (size_t i = 0; i < recount->line_n; i++)
        seen->states[recount->lines[i].state]++;
    for (size_t i = 0; i < recount->finding_n; i++)
        see_finding(seen, recount->findings[i].kind);
}

static void histories_reach_every_figure(void **state)
{
    static const char *const names[] = { "sqd",
                                         "sqd_net_new",
                                         "meetings_per_week",
                                         "outreach_email_open_rate",
                                         "outreach_to_discovery",
                                         "discovery_to_proposal",
                                         "days_in_pipeline",
                                         "days_in_discovery",
                                         "existing_business_active",
                                         "overdue_renewal",
                                         "renewal_0_30",
                                         "renewal_31_90",
                                         "renewal_91_180" };
    struct seen *seen = calloc(1, sizeof(*seen));
    (void)state;

    assert_non_null(seen);
    for (unsigned i = 0; i < WORLDS; i++) {
        bc_zone *zone;
        struct history_plan plan = history_plan_of(i, &zone);
        bc_rules *rules = rules_of_law(i, bc_zone_name(zone));
        struct history history;

        history_make(&history, &plan);
        for (size_t j = 0; j < history.asked_n; j++) {
            struct recount_question question = { .as_of_us = history.asked[j], .rules = rules };
            struct recount recount;

            recount_make(&recount, history.logged.at, history.logged.n, &question);
            see(seen, &recount);
            recount_release(&recount);
        }
        bc_rules_free(rules);
        history_release(&history);
        bc_zone_free(zone);
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (seen->values[i] < WORLDS / 2)
            fail_msg("%s has a value only %zu times", names[i], seen->values[i]);
    for (size_t i = 0; i < ARRAY_LEN(seen->states); i++)
        if (seen->states[i] < WORLDS / 2)
            fail_msg("a red line is in state %zu only %zu times", i, seen->states[i]);
    assert_int_equal(seen->kinds, 22);
    assert_true(seen->excluded && seen->stalled && seen->closed && seen->campaigns);
    free(seen);
}

static void check_same(uint64_t seed, const struct recount *want, const struct recount *got)
{
    struct bc_buf why = { 0 };
    bool same =
        recount_same_findings(want->findings, want->finding_n, got->findings, got->finding_n, &why);

    for (size_t i = 0; same && i < want->metric_n; i++)
        same = recount_same_metric(&want->metrics[i], &got->metrics[i], &why);
    for (size_t i = 0; same && i < want->line_n; i++)
        same = recount_same_line(&want->lines[i], &got->lines[i], &why);
    if (!same)
        fail_msg("seed %lu: %.*s", (unsigned long)seed, BC_STR_ARG(bc_buf_str(&why)));
    bc_buf_release(&why);
}

/* The whole log asked as known at K answers like the part of it that was recorded by K. */
static void known_at_is_the_log_as_it_was(void **state)
{
    (void)state;

    for (unsigned i = 0; i < WORLDS; i++) {
        bc_zone *zone;
        struct history_plan plan = history_plan_of(i, &zone);
        bc_rules *rules = rules_of_law(i, bc_zone_name(zone));
        struct history history;

        history_make(&history, &plan);
        for (size_t j = 0; j < history.known_n; j += 3) {
            struct recount_question question = { .as_of_us = history.asked[j],
                                                 .has_known = true,
                                                 .known_us = history.known[j],
                                                 .rules = rules };
            struct recount whole, part;
            size_t n = 0;

            while (n < history.logged.n && history.logged.at[n].recorded_us <= question.known_us)
                n++;
            recount_make(&whole, history.logged.at, history.logged.n, &question);
            question.has_known = false;
            recount_make(&part, history.logged.at, n, &question);
            check_same(plan.seed, &part, &whole);
            recount_release(&whole);
            recount_release(&part);
        }
        bc_rules_free(rules);
        history_release(&history);
        bc_zone_free(zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(histories_are_taken_by_a_log),
        cmocka_unit_test(a_seed_is_always_the_same_history),
        cmocka_unit_test(histories_reach_every_figure),
        cmocka_unit_test(known_at_is_the_log_as_it_was),
    };

    return cmocka_run_group_tests_name("model/history", tests, NULL, NULL);
}
