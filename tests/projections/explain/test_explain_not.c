/* projections/explain/explain_not: each condition that keeps a deal out of a figure is named, and
 * nothing that lies after the date; and no reason is given if, and only if, the figure counts the
 * deal. */
#include "projections/explain/explain.h"
#include "projections/explain/explain_not.h"
#include "tests/model/cases.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tests/support/story.h"

#include <stdio.h>
#include <stdlib.h>

struct row {
    const char *name, *story, *metric, *slice;
    const char *want; /* reasons in their order, each with its value, days and event */
    const char *known_at;
    const char *made; /* parameters of one more metric, "made" */
};

#define MADE "kind: count, stages: [outreach], "

static const struct row rows[] = {
    { "a deal whose events were all retracted is not known", "x: d1 created outreach; retract x",
      "sqd", "all", .want = "unknown_deal" },
    { "a deal that was not known then", "x: d1 created outreach known 2025-03-01", "sqd", "all",
      .want = "unknown_deal", .known_at = "2025-02-01" },
    { "a deal that came later", "x: d1 created outreach @2025-05-01", "sqd", "all",
      .want = "not_yet x" },
    { "a deal whose first event is a meeting that came later is not about that meeting",
      "x: d1 meeting m1 starts 2025-05-02 completed @2025-05-01", "sqd", "all",
      .want = "not_yet x" },
    { "a deal that was deleted", "d1 created outreach; x: d1 deleted", "sqd", "all",
      .want = "gone x" },
    { "a deal that was merged", "d1 created outreach; x: d1 merged d2", "sqd", "all",
      .want = "gone x" },
    { "restored it counts", "d1 created outreach; d1 deleted; d1 restored", "sqd", "all",
      .want = "" },
    { "a deal of another type", "x: d1 created outreach type existingbusiness", "sqd", "new",
      .want = "wrong_slice existingbusiness x" },
    { "a deal of no type", "d1 created outreach", "sqd", "new", .want = "wrong_slice" },
    { "a deal in another stage", "d1 created enrichment; x: d1 moved closed_lost", "sqd", "all",
      .want = "wrong_stage closed_lost x" },
    { "a deal without a stage", "d1 touched", "sqd", "all", .want = "no_stage" },
    { "every condition is named", "x: d1 created enrichment type existingbusiness; y: d1 deleted",
      "sqd", "new", .want = "gone y wrong_slice existingbusiness x wrong_stage enrichment x" },
    { "a contract without dates", "d1 found closed_won", "existing_business_active", "all",
      .want = "contract_start_missing contract_end_missing" },
    { "a contract with a bad beginning",
      "d1 found closed_won; x: d1 set contract_start soon; d1 set contract_end 2025-12-31",
      "existing_business_active", "all", .want = "contract_start_bad soon x" },
    { "a contract with a bad date",
      "d1 found closed_won; d1 set contract_start 2025-01-01; x: d1 set contract_end soon",
      "existing_business_active", "all", .want = "contract_end_bad soon x" },
    { "a contract that was unset",
      "d1 found closed_won; d1 set contract_end 2025-04-10; x: d1 unset contract_end",
      "renewal_0_30", "all", .want = "contract_end_missing x" },
    { "a contract yet to begin",
      "d1 found closed_won; x: d1 set contract_start 2025-04-02; "
      "d1 set contract_end 2026-04-02",
      "existing_business_active", "all", .want = "contract_not_begun 2 x" },
    { "a contract that has ended",
      "d1 found closed_won; d1 set contract_start 2024-04-02; x: d1 set contract_end 2025-03-30",
      "existing_business_active", "all", .want = "contract_ended 1 x" },
    { "a contract that ended before 1970",
      "d1 found closed_won; d1 set contract_start 1960-01-01; x: d1 set contract_end 1969-12-31",
      "existing_business_active", "all", .want = "contract_ended 20179 x" },
    { "a contract that goes on is not overdue",
      "d1 found closed_won; x: d1 set contract_end 2025-03-31", "overdue_renewal", "all",
      .want = "contract_not_ended 0 x" },
    { "a contract that ends out of the range",
      "d1 found closed_won; x: d1 set contract_end 2025-05-01", "renewal_0_30", "all",
      .want = "contract_end_out_of_range 31 x" },
    { "a service that has ended",
      "d1 found closed_won; d1 set contract_end 2025-03-01; x: d1 service_ended", "overdue_renewal",
      "all", .want = "service_ended x" },
    { "a deal that another renews",
      "d1 found closed_won; d1 set contract_end 2025-03-01; d2 found closed_won; "
      "x: d2 set renews d1",
      "overdue_renewal", "all", .want = "renewed d2 x" },
    { "a renewal that is gone renews nothing",
      "d1 found closed_won; d1 set contract_end 2025-03-01; d2 found closed_won; "
      "d2 set renews d1; d2 deleted",
      "overdue_renewal", "all", .want = "" },
    { "an entry before the window", "d1 created enrichment; x: d1 moved outreach @2025-03-01",
      "sqd_net_new", "all", .want = "entered_outside_window outreach x" },
    { "an entry after the date is none yet", "d1 created enrichment; d1 moved outreach @2025-04-01",
      "sqd_net_new", "all", .want = "never_entered" },
    { "nor is a move inside the stages after the date",
      "x: d1 created outreach @2025-01-01; d1 moved discovery @2025-04-01", "sqd_net_new", "all",
      .want = "entered_outside_window outreach x" },
    { "nor is being found there after the date",
      "d1 created enrichment; d1 found outreach @2025-04-01", "sqd_net_new", "all",
      .want = "never_entered" },
    { "no entry", "d1 created enrichment", "sqd_net_new", "all", .want = "never_entered" },
    { "found in the stage", "x: d1 found outreach @2025-03-30", "sqd_net_new", "all",
      .want = "found_in_stage outreach x" },
    { "a move inside the stages",
      "x: d1 created outreach @2025-01-01; y: d1 moved discovery @2025-03-30", "sqd_net_new", "all",
      .want = "entered_outside_window outreach x moved_inside discovery y" },
    { "no meeting", "d1 created discovery", "meetings_per_week", "all", .want = "no_meeting" },
    { "a meeting that was not held",
      "d1 created discovery; x: d1 meeting m1 starts 2025-03-28 no_show discovery @2025-03-28",
      "meetings_per_week", "all", .want = "not_held no_show m1 x" },
    { "a meeting of another type",
      "d1 created discovery; x: d1 meeting m1 starts 2025-03-28 completed chat @2025-03-28",
      "meetings_per_week", "all", .want = "wrong_type chat m1 x" },
    { "a meeting of no type in another stage",
      "d1 created enrichment; x: d1 meeting m1 starts 2025-03-28 completed @2025-03-28",
      "meetings_per_week", "all", .want = "not_in_stage_then enrichment m1 x" },
    { "a meeting outside of the window",
      "d1 created discovery; x: d1 meeting m1 starts 2025-03-02 completed @2025-03-02",
      "meetings_per_week", "all", .want = "outside_window m1 x" },
    { "a meeting that is yet to come does not say where the deal will stand",
      "d1 created enrichment; x: d1 meeting m1 starts 2025-04-02 completed @2025-03-28; "
      "d1 moved outreach @2025-04-01",
      "meetings_per_week", "all", .want = "outside_window m1 x" },
    { "one meeting that counts is enough",
      "d1 created discovery; d1 meeting m1 starts 2025-03-02 completed @2025-03-02; "
      "d1 meeting m2 starts 2025-03-28 completed @2025-03-28",
      "meetings_per_week", "all", .want = "" },
    { "no e-mail", "d1 created outreach", "outreach_email_open_rate", "all", .want = "no_email" },
    { "an e-mail in another stage", "d1 created enrichment; x: d1 sent e1 @2025-03-20",
      "outreach_email_open_rate", "all", .want = "not_in_stage_then enrichment e1 x" },
    { "an e-mail before the window", "d1 created outreach @2025-01-01; x: d1 sent e1 @2025-02-20",
      "outreach_email_open_rate", "all", .want = "outside_window e1 x" },
    { "never in the stage", "d1 created enrichment", "outreach_to_discovery", "all",
      .want = "never_in_stage" },
    { "still in the stage", "d1 created enrichment; x: d1 moved outreach", "outreach_to_discovery",
      "all", .want = "still_in_stage outreach x" },
    { "left before the window",
      "x: d1 created outreach @2023-01-01; d1 moved discovery @2023-02-01", "outreach_to_discovery",
      "all", .want = "left_outside_window outreach x" },
    { "never won", "d1 created enrichment; d1 moved closed_lost", "days_in_pipeline", "all",
      .want = "never_entered" },
    { "won after the date is not won yet", "d1 created enrichment; d1 moved closed_won @2025-04-01",
      "days_in_pipeline", "all", .want = "never_entered" },
    { "found won after the date is not won yet",
      "d1 created enrichment; d1 found closed_won @2025-04-01", "days_in_pipeline", "all",
      .want = "never_entered" },
    { "found won before the date, won after it",
      "x: d1 found closed_won; d1 moved proposal @2025-04-01; d1 moved closed_won @2025-04-02",
      "days_in_pipeline", "all", .want = "found_in_stage closed_won x" },
    { "won without a beginning", "x: d1 created closed_won", "days_in_pipeline", "all",
      .want = "no_beginning closed_won x" },
    { "found in discovery", "x: d1 found discovery", "days_in_discovery", "all",
      .want = "found_in_stage discovery x" },
    { "left the stage before the window",
      "x: d1 created discovery @2023-01-01; d1 moved proposal @2023-02-01", "days_in_discovery",
      "all", .want = "left_outside_window discovery x" },
    { "a deal of a type that the metric does not count", "x: d1 created outreach type newbusiness",
      "made", "all", .want = "wrong_deal_type newbusiness x",
      .made = MADE "deal_types: [partner]" },
    { "a deal without the value that the metric asks for",
      "d1 created outreach; d1 set mrr 100; x: d1 unset mrr", "made", "all",
      .want = "property_missing mrr x", .made = MADE "having: [mrr]" },
    { "a deal with a value that the metric must not have", "d1 created outreach; x: d1 set mrr 100",
      "made", "all", .want = "property_set mrr x", .made = MADE "lacking: [mrr]" },
};

static void add(struct bc_buf *out, struct bc_str text)
{
    if (text.len == 0)
        return;
    if (out->len)
        bc_buf_add_byte(out, ' ');
    bc_buf_add_str(out, text);
}

static void told_case(void **state)
{
    const struct row *row = *state;
    const struct model_case asking = { .known_at = row->known_at, .metric = row->made };
    bc_rules *rules = model_case_rules(&asking);
    struct recount_question question = model_case_question(&asking, rules);
    struct bc_question asked = { .rules = rules,
                                 .as_of_us = &question.as_of_us,
                                 .date_n = 1,
                                 .known_asked = question.has_known,
                                 .known_us = question.known_us };
    struct bc_explanation_not *got = NULL;
    bc_timelines *timelines = NULL;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, row->story);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(
        bc_explain_not(&got, timelines, &asked,
                       (size_t)(bc_rules_metric(rules, bc_str_of(row->metric)) - rules->metrics),
                       (size_t)bc_rules_slice(rules, bc_str_of(row->slice)), BC_STR("d1"), &err),
        &err);
    for (size_t i = 0; i < got->n; i++) {
        const struct bc_reason_row *kind = bc_reason_row(got->reasons[i].kind);
        char days[16];

        snprintf(days, sizeof(days), "%d", (int)got->reasons[i].days);
        add(&text, bc_str_of(kind->word));
        add(&text, got->reasons[i].value);
        add(&text, kind->days ? bc_str_of(days) : (struct bc_str){ 0 });
        add(&text, got->reasons[i].item);
        if (got->reasons[i].event.len && got->reasons[i].event.at[0] != '#')
            add(&text, got->reasons[i].event);
    }
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, row->want);
    assert_true(got->counted == (row->want[0] == '\0'));
    bc_buf_release(&text);
    bc_explanation_not_free(got);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

static void a_deal_of_no_event_has_no_reasons(void **state)
{
    const struct model_case asking = { 0 };
    bc_rules *rules = model_case_rules(&asking);
    const int64_t as_of_us = INT64_C(1750000000000000);
    const struct bc_question asked = { .rules = rules, .as_of_us = &as_of_us, .date_n = 1 };
    struct bc_explanation_not *got = NULL;
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, "d2 created outreach; d2 merged d1");
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    assert_int_equal(bc_explain_not(&got, timelines, &asked, 0, 0, BC_STR("d1"), &err), BC_DONE);
    assert_null(got);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

static bool among(const struct bc_explanation *explanation, struct bc_str deal)
{
    for (size_t i = 0; i < explanation->deal_n; i++)
        if (bc_str_eq(explanation->deals[i], deal))
            return true;
    return false;
}

/* No reason lies after the date, but for when the deal comes, and when a meeting is to be. */
static void check_instants(uint64_t seed, const struct bc_explanation_not *got, int64_t as_of_us)
{
    for (size_t i = 0; i < got->n; i++) {
        enum bc_reason_kind kind = got->reasons[i].kind;

        if (kind != BC_NOT_YET && kind != BC_OUTSIDE && bc_reason_row(kind)->at &&
            got->reasons[i].at_us > as_of_us)
            fail_msg("seed %lu: %.*s: %s lies after the date", (unsigned long)seed,
                     BC_STR_ARG(got->deal), bc_reason_row(kind)->word);
    }
}

/* Each of some deals, in each metric and slice. */
static void check_date(uint64_t seed, bc_timelines *timelines, const struct bc_question *asked,
                       const struct bc_str *deals, size_t n)
{
    struct bc_err err = { 0 };

    for (size_t m = 0; m < asked->rules->metric_n; m++)
        for (size_t s = 0; s < asked->rules->slice_n; s++) {
            struct bc_explanation *counted = NULL;

            check_ok(bc_explain(&counted, timelines, asked, m, s, &err), &err);
            for (size_t i = 0; i < n; i++) {
                struct bc_explanation_not *got = NULL;

                check_ok(bc_explain_not(&got, timelines, asked, m, s, deals[i], &err), &err);
                if (got->counted != among(counted, deals[i]))
                    fail_msg("seed %lu: %s/%s counts %.*s: %d, reasons: %zu", (unsigned long)seed,
                             asked->rules->metrics[m].name, asked->rules->slices[s].name,
                             BC_STR_ARG(deals[i]), among(counted, deals[i]), got->n);
                check_instants(seed, got, asked->as_of_us[0]);
                bc_explanation_not_free(got);
            }
            bc_explanation_free(counted);
        }
}

static void there_are_reasons_if_and_only_if_a_deal_is_not_counted(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 3; n++) {
        bc_zone *zone;
        struct history_plan plan = history_plan_of(n, &zone);
        bc_rules *rules = rules_of_law(n, bc_zone_name(zone));
        bc_timelines *timelines = NULL;
        struct history history;
        struct bc_err err = { 0 };
        struct bc_str *deals;
        bc_log *log = NULL;
        size_t deal_n;

        history_make(&history, &plan);
        check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
        events_append(log, history.offered.at, history.offered.n);
        check_ok(bc_timelines_update(log, &err), &err);
        check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
        deals = bc_calloc(history.logged.n, sizeof(*deals));
        deal_n = events_deals(deals, history.logged.at, history.logged.n);
        for (size_t i = 0; i < history.asked_n; i++) {
            const struct bc_question asked = { .rules = rules,
                                               .as_of_us = &history.asked[i],
                                               .date_n = 1,
                                               .known_asked = n > 0,
                                               .known_us = history.known[i % history.known_n],
                                               .by_source = n == 2 };

            check_date(plan.seed, timelines, &asked, deals, deal_n);
        }
        free(deals);
        bc_timelines_free(timelines);
        bc_log_close(log);
        history_release(&history);
        bc_rules_free(rules);
        bc_zone_free(zone);
    }
}

static bool is_told(const char *reason)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *at = strstr(rows[i].want, reason);
        char end = at ? at[strlen(reason)] : 'x';

        if ((end == ' ' || end == '\0') && (at == rows[i].want || at[-1] == ' '))
            return true;
    }
    return false;
}

static void every_reason_is_told(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_REASON_KIND_N; kind++)
        if (!is_told(bc_reason_row((enum bc_reason_kind)kind)->word))
            fail_msg("no told case has the reason %s",
                     bc_reason_row((enum bc_reason_kind)kind)->word);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] =
            (struct CMUnitTest){ rows[n].name, told_case, NULL, NULL, (void *)(uintptr_t)&rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_reason_is_told);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_deal_of_no_event_has_no_reasons);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(there_are_reasons_if_and_only_if_a_deal_is_not_counted);
    return _cmocka_run_group_tests("projections/explain/explain_not", tests, n, NULL, NULL);
}
