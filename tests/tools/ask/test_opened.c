/* tools/ask/opened: what stays open is lent to each question, and is anew where the ledger changed.
 */
#include "ledger/ledger.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/story.h"
#include "tools/ask/open.h"
#include "tools/ask/opened.h"

#include <stdio.h>

static void tell(const char *dir, const char *story)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_ledger_open(&log, dir, true, &err), &err);
    story_append(log, story);
    check_ok(bc_timelines_update(log, &err), &err);
    bc_log_close(log);
}

/* What a question is lent. */
static bc_timelines *lent(const struct opened *opened, const struct cmd_env *env)
{
    struct cmd_env asking = *env;
    struct bc_err err = { 0 };
    bc_timelines *timelines = NULL;
    bc_log *log = NULL;

    asking.ledger_dir = opened->dir;
    asking.opened = opened->log;
    asking.timelines = opened->timelines;
    check_ok(open_ledger(&log, &asking, NULL, OPEN_READ_ALL, &err), &err);
    check_ok(open_timelines(&timelines, &asking, log, &err), &err);
    assert_ptr_equal(bc_timelines_log(timelines), log);
    bc_timelines_free(timelines);
    bc_log_close(log);
    return timelines;
}

static void questions_have_the_same_until_it_changes(void **state)
{
    char folder[FOLDER_PATH], dir[FOLDER_PATH + 16];
    const struct cmd_env env = { .threads = 1 };
    struct opened opened = { .dir = dir };
    struct bc_err err = { 0 };
    bool anew = false;

    (void)state;
    folder_make(folder);
    (void)snprintf(dir, sizeof(dir), "%s/ledger", folder);
    check_ok(bc_ledger_init(dir, false, &err), &err);
    tell(dir, "d1 created outreach @2025-01-01");
    check_ok(opened_now(&opened, &env, &anew, &err), &err);
    assert_true(anew);
    for (int pass = 0; pass < 2; pass++)
        assert_ptr_equal(lent(&opened, &env), opened.timelines);
    check_ok(opened_now(&opened, &env, &anew, &err), &err);
    assert_false(anew);
    tell(dir, "b: d2 created outreach @2025-01-02");
    check_ok(opened_now(&opened, &env, &anew, &err), &err);
    assert_true(anew);
    assert_int_equal(bc_log_head(opened.log)->size, 2);
    assert_ptr_equal(lent(&opened, &env), opened.timelines);
    opened_close(&opened);
    folder_remove(folder);
}

/* Another log than the one that stays has timelines of its own. */
static void another_log_has_its_own(void **state)
{
    struct bc_err err = { 0 };
    bc_log *one = NULL, *another = NULL;
    bc_timelines *stays = NULL, *own = NULL;
    struct cmd_env env = { 0 };

    (void)state;
    check_ok(bc_log_open(&one, bc_store_memory(), true, NULL, &err), &err);
    check_ok(bc_log_open(&another, bc_store_memory(), true, NULL, &err), &err);
    check_ok(bc_timelines_open(&stays, one, BC_FROM_CACHE, &err), &err);
    env.opened = one;
    env.timelines = stays;
    check_ok(open_timelines(&own, &env, another, &err), &err);
    assert_ptr_not_equal(own, stays);
    assert_ptr_equal(bc_timelines_log(own), another);
    bc_timelines_free(own);
    bc_timelines_free(stays);
    bc_log_close(one);
    bc_log_close(another);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_have_the_same_until_it_changes),
        cmocka_unit_test(another_log_has_its_own),
    };

    return cmocka_run_group_tests_name("tools/ask/opened", tests, NULL, NULL);
}
