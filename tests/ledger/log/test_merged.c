/* A deal merged into itself: refused at its place, and taken as an older log holds it, where it is
 * a duplicate like any other. */
#include "ledger/log/log.h"
#include "tests/support/check.h"
#include "tests/support/events.h"

static bc_status add(bc_append *append, const char *id, const char *into, struct bc_where *where,
                     struct bc_err *err)
{
    struct bc_event event = {
        .id = bc_str_of(id), .has_occurred = true, .deal = BC_STR("d1"), .body = BC_DEAL_MERGED
    };

    event.value[BC_DEAL_MERGED_INTO].text = bc_str_of(into);
    return bc_append_add(append, &event, 1, false, NULL, where, err);
}

static void a_deal_is_not_merged_into_itself(void **state)
{
    struct events old = { 0 };
    struct bc_where where = { 0 };
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    events_add(&old, BC_DEAL_MERGED, "old", "d1", 0, 0);
    events_set_text(&old, BC_DEAL_MERGED_INTO, "d1");
    events_append(log, old.at, old.n);
    check_ok(bc_append_open(&append, log, 0, &err), &err);
    assert_int_equal(add(append, "new", "d1", &where, &err), BC_E_INPUT);
    assert_string_equal(where.part, "dealMerged");
    assert_int_equal(where.field, BC_DEAL_MERGED_INTO);
    assert_int_equal(add(append, "old", "d1", &where, &err), BC_DONE);
    check_ok(add(append, "new", "d2", &where, &err), &err);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
    assert_int_equal(bc_log_head(log)->size, 2);
    events_release(&old);
    bc_log_close(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deal_is_not_merged_into_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
