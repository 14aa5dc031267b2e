/* tools/hubspot/state: how far an account was read comes back as it was put, also by builds that
 * read fewer kinds of objects; what is no such state is none. */
#include "ledger/log/log.h"
#include "ledger/store/store.h"
#include "tests/support/check.h"
#include "tools/hubspot/state.h"

#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static bc_log *open_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

static void put(bc_log *log, const char *text, const struct hubspot_state *state)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, log, 0, &err), &err);
    if (text)
        bc_append_put(append, BC_META_HUBSPOT, bc_str_of(text));
    else
        hubspot_state_put(state, append);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}

static void it_comes_back_as_it_was_put(void **state)
{
    struct hubspot_state want = { .there = true, .portal = 24, .seen_us = { 1, 2, 3, 4 } }, got;
    struct bc_err err = { 0 };
    bc_log *log = open_log();

    (void)state;
    check_ok(hubspot_state_load(&got, log, &err), &err);
    assert_false(got.there);
    put(log, NULL, &want);
    check_ok(hubspot_state_load(&got, log, &err), &err);
    assert_memory_equal(&got, &want, sizeof(want));
    bc_log_close(log);
}

static struct row {
    const char *name, *text;
    bool there;
    int64_t emails_us, calls_us;
} rows[] = {
    { "an earlier build has read no calls", "1 24 " HASH " 1 2 3", true, 3, 0 },
    { "a later one may have read more", "1 24 " HASH " 1 2 3 4 5", true, 3, 4 },
    { "too few", "1 24 " HASH " 1 2", false, 0, 0 },
    { "another form", "2 24 " HASH " 1 2 3 4", false, 0, 0 },
    { "no hash", "1 24 x 1 2 3 4", false, 0, 0 },
};

static void state_row(void **state)
{
    const struct row *row = *state;
    struct hubspot_state got;
    struct bc_err err = { 0 };
    bc_log *log = open_log();

    put(log, row->text, NULL);
    check_ok(hubspot_state_load(&got, log, &err), &err);
    assert_int_equal(got.there, row->there);
    assert_int_equal(got.seen_us[HUBSPOT_SEEN_EMAILS], row->emails_us);
    assert_int_equal(got.seen_us[HUBSPOT_SEEN_CALLS], row->calls_us);
    bc_log_close(log);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, state_row, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(it_comes_back_as_it_was_put);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_state", tests, NULL, NULL);
}
