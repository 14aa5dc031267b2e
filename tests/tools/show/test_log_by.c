/* tools/show/log_by: pages, and they alone, are told with the source how far its account was read.
 */
#include "tests/support/check.h"
#include "tests/support/fault.h"
#include "tests/support/memory_log.h"
#include "tools/hubspot/state.h"
#include "tools/print/kept.h"
#include "tools/show/log_by.h"

#include <stdlib.h>

static void add(bc_append *append, const char *id, const char *system)
{
    const struct bc_event event = { .id = bc_str_of(id),
                                    .has_occurred = true,
                                    .source_system = bc_str_of(system),
                                    .body = BC_REVIEW_HELD };
    struct bc_err err = { 0 };

    check_ok(bc_append_add(append, &event, 1, false, NULL, NULL, &err), &err);
}

static void fill_log(struct memory_log *memory)
{
    const struct hubspot_state account = { .there = true, .portal = 24, .seen_us = { 7, 8, 9, 0 } };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, memory->log, 5, &memory->err), &memory->err);
    add(append, "a", "asana");
    add(append, "b", "hubspot");
    hubspot_state_put(&account, append);
    check_ok(bc_append_commit(append, &memory->err), &memory->err);
    bc_append_free(append);
}

static void row_of(struct row *out, const struct row *answer, size_t i)
{
    const struct cell *rows = row_find(answer, "rows");

    row_clear(out);
    rows->rows.fill(out, rows->rows.source, i);
}

static void pages_have_the_account_of_its_source(void **state)
{
    struct memory_log *memory = *state;
    struct kept *kept = kept_new(NULL);
    const struct cmd_env env = { .answers = kept_taker(kept) };
    const struct log_range range = {
        .first = 1, .last = 2, .by = LOG_BY_SOURCE, .filter = LOG_FILTER_ALL
    };
    struct row row = { .readers = ROW_FOR_PAGES };

    fill_log(memory);
    check_ok(log_by_show(&env, memory->log, &range, true, &memory->err), &memory->err);
    row_of(&row, kept_row(kept), 0);
    assert_true(bc_str_eq(row_find(&row, "source")->text, BC_STR("asana")));
    assert_null(row_find(&row, "account"));
    row_of(&row, kept_row(kept), 1);
    assert_true(bc_str_eq(row_find(&row, "account")->text, BC_STR("24")));
    assert_int_equal(row_find(&row, "readUpTo")->us, 7);
    assert_int_equal(row_find(&row, "newest")->count, 2);
    row_release(&row);
    kept_free(kept);
}

/* How often the store was read for the answer. */
static uint64_t calls_of(enum log_by by, bool json, bool page)
{
    struct fault fault = { .mode = FAULT_NONE };
    bc_store *memory = bc_store_memory();
    struct kept *kept = page ? kept_new(NULL) : NULL;
    struct cmd_env env = { .answers = page ? kept_taker(kept) : NULL };
    const struct log_range range = { .first = 1, .last = 0, .by = by, .filter = LOG_FILTER_ALL };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    char *printed = NULL;
    size_t len = 0;

    env.out = open_memstream(&printed, &len);
    check_ok(bc_log_open(&log, fault_store(memory, &fault), true, NULL, &err), &err);
    fault.calls = 0;
    check_ok(log_by_show(&env, log, &range, json, &err), &err);
    bc_log_close(log);
    bc_store_close(memory);
    (void)fclose(env.out);
    free(printed);
    kept_free(kept);
    return fault.calls;
}

/* What is in the way of others, who have no use for it, would spoil their answers, too. */
static void the_account_is_read_for_pages_alone(void **state)
{
    (void)state;
    assert_int_equal(calls_of(LOG_BY_SOURCE, true, true), 1);
    assert_int_equal(calls_of(LOG_BY_KIND, true, true), 0);
    assert_int_equal(calls_of(LOG_BY_SOURCE, true, false), 0);
    assert_int_equal(calls_of(LOG_BY_SOURCE, false, false), 0);
    assert_int_equal(calls_of(LOG_BY_KIND, false, false), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_account_is_read_for_pages_alone),
        cmocka_unit_test_setup_teardown(pages_have_the_account_of_its_source, memory_log_begin,
                                        memory_log_end),
    };

    return _cmocka_run_group_tests("tools/show/log_by", tests, ARRAY_LEN(tests), NULL, NULL);
}
