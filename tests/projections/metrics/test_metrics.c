/* tests/projections/metrics/test_metrics.c - the projections keep the sentences of the definitions:
 * every told case, through the log, the timelines and the fold. */
#include "tests/model/answered.h"
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdlib.h>

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
