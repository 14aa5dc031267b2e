/* tests/projections/metrics/test_metrics.c - the projections keep the sentences of the definitions:
 * every told case, through the log, the timelines and the fold; alone, and as one date of a series,
 * where figures are made from ranges of dates. */
#include "ledger/base/instant.h"
#include "tests/model/answered.h"
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdlib.h>

enum { BEFORE = 15, DATES = 31 };

/* The days around it may not change the answer for the date in question. */
static void check_in_series(bc_timelines *timelines, const struct recount_question *question)
{
    int64_t as_of_us[DATES];
    struct recount series[DATES], alone;

    for (int i = 0; i < DATES; i++)
        as_of_us[i] = question->as_of_us + (i - BEFORE) * BC_DAY_US;
    answered_series(&alone, timelines, question, &question->as_of_us, 1);
    answered_series(series, timelines, question, as_of_us, DATES);
    answered_check(0, &alone, &series[BEFORE], false);
    for (int i = 0; i < DATES; i++)
        recount_release(&series[i]);
    recount_release(&alone);
}

static void told_case(void **state)
{
    const struct model_case *row = *state;
    bc_rules *rules = model_case_rules(row);
    struct recount_question question = model_case_question(row, rules);
    bc_timelines *timelines = NULL;
    struct recount answer;
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, row->story);
    check_ok(bc_timelines_update(log, &err), &err);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    answered_make(&answer, timelines, &question);
    model_case_check(row, rules, &answer);
    check_in_series(timelines, &question);
    recount_release(&answer);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

int main(void)
{
    int failed = 0;

    for (const struct model_group *const *group = model_groups; *group; group++) {
        struct CMUnitTest *tests = bc_calloc((*group)->n, sizeof(*tests));

        for (size_t i = 0; i < (*group)->n; i++)
            tests[i] = (struct CMUnitTest){ (*group)->at[i].name, told_case, NULL, NULL,
                                            (void *)(uintptr_t) & (*group)->at[i] };
        failed += _cmocka_run_group_tests((*group)->name, tests, (*group)->n, NULL, NULL);
        free(tests);
    }
    return failed;
}
