/* tests/model/test_recount.c - the told cases, answered by the recount itself, and its windows.
 *
 * A reference that is wrong proves nothing, so it is held to the definitions first. */
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdlib.h>

static void recount_row(void **state)
{
    const struct model_case *row = *state;
    bc_rules *rules = model_case_rules(row);
    struct recount_question question = model_case_question(row, rules);
    struct events events = { 0 };
    struct recount recount;

    story_tell(&events, row->story);
    recount_make(&recount, events.at, events.n, &question);
    model_case_check(row, rules, &recount);
    recount_release(&recount);
    events_release(&events);
    bc_rules_free(rules);
}

static int run_group(const struct model_group *group)
{
    struct CMUnitTest *tests = calloc(group->n, sizeof(*tests));
    int failed;

    assert_non_null(tests);
    for (size_t i = 0; i < group->n; i++)
        tests[i] = (struct CMUnitTest){ .name = group->at[i].name,
                                        .test_func = recount_row,
                                        .initial_state = (void *)(uintptr_t)&group->at[i] };
    /* The macro would take the size of the pointer. */
    failed = _cmocka_run_group_tests(group->name, tests, group->n, NULL, NULL);
    free(tests);
    return failed;
}

int main(void)
{
    int failed = 0;

    for (size_t i = 0; model_groups[i]; i++)
        failed += run_group(model_groups[i]);
    return failed;
}
