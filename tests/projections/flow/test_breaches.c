/* projections/flow/breaches: beside another question that fails, whatever was made is given back;
 * what it leaves, the leak checker finds. */
#include "projections/flow/breaches.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

static void begin_part(void *part, void *payload)
{
    (void)part;
    (void)payload;
}

static bc_status see_deal(void *part, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    (void)part;
    (void)deal;
    (void)view;
    (void)err;
    return BC_OK;
}

static void join_part(void *payload, void *part)
{
    (void)payload;
    (void)part;
}

static void end_part(void *part)
{
    (void)part;
}

static bc_status fail_at_end(void *payload, bc_status rc, struct bc_err *err)
{
    (void)payload;
    return rc == BC_OK ? bc_err_set(err, BC_E_IO, "the end fails") : rc;
}

static void a_later_end_that_fails_leaves_no_report(void **state)
{
    static const struct bc_walker walker = { 1, begin_part, see_deal, join_part, end_part };
    const int64_t as_of_us = story_when("2025-03-31");
    bc_rules *rules = rules_default();
    const struct bc_question question = { .rules = rules, .as_of_us = &as_of_us, .date_n = 1 };
    struct bc_walked both[2] = { { 0 } };
    struct bc_breaches_weeks weeks = { 0 };
    struct bc_breaches breaches;
    bc_timelines *timelines;
    struct bc_walk walk;
    struct bc_err err = { 0 };
    bc_status rc;
    bc_log *log;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, "d1..d2 created proposal type newbusiness @2025-01-15");
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(bc_walk_init(&walk, timelines, &question, &err), &err);
    both[1] = (struct bc_walked){ &walk, &walker, NULL, fail_at_end };
    check_ok(bc_breaches_begin(&both[0], &weeks, timelines, &question, &err), &err);
    rc = bc_walk_answer(both, 2, BC_OK, &err);
    assert_int_equal(rc, BC_E_IO);
    assert_non_null(weeks.report);
    assert_int_equal(bc_breaches_end(&breaches, &weeks, timelines, rc, &err), BC_E_IO);
    assert_int_equal(breaches.n, 0);
    bc_walk_release(&walk);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_end_that_fails_leaves_no_report),
    };

    return cmocka_run_group_tests_name("projections/flow/breaches", tests, NULL, NULL);
}
