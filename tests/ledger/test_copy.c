/* A copy has the head of its original and the records byte for byte, those too that another version
 * would have written in another way; what does not fit is refused, and nothing of it is left. */
#include "ledger/copy.h"
#include "ledger/ledger.h"
#include "ledger/log/log_impl.h"
#include "ledger/log/verify.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct bc_str origin = { "backcast/ledger/test", 20 };

static bc_log *make_log(uint64_t events)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    if (events > 0)
        check_ok(made_append(log, 1, events, 0, MADE_NOW_US, &err), &err);
    return log;
}

static bc_status copy_of(struct folder_place *place, bc_log *log)
{
    const struct bc_making_as as = { .origin = origin };
    bc_making *making = NULL;
    bc_status rc = bc_making_begin(&making, place->dir, &as, &place->err);

    if (rc == BC_OK)
        rc = bc_ledger_copy(making, log, NULL, NULL, &place->err);
    if (rc == BC_OK)
        rc = bc_making_finish(making, &place->err);
    bc_making_free(making);
    return rc;
}

static void a_copy_has_the_origin_the_head_and_the_events(void **state)
{
    static const uint64_t sizes[] = { 0, 1, 256, 700 };
    struct folder_place *place = *state;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        bc_log *log = make_log(sizes[i]), *copy = NULL;
        struct bc_buf name = { 0 };

        check_ok(copy_of(place, log), &place->err);
        check_ok(bc_ledger_open(&copy, place->dir, false, &place->err), &place->err);
        check_ok(bc_ledger_origin(&name, place->dir, &place->err), &place->err);
        assert_true(bc_str_eq(bc_buf_str(&name), origin));
        assert_true(bc_head_eq(bc_log_head(copy), bc_log_head(log)));
        made_check(copy, sizes[i], 0);
        if (sizes[i] > 0)
            check_ok(bc_log_verify(copy, NULL, &place->err), &place->err);
        bc_log_close(copy);
        bc_log_close(log);
        bc_buf_release(&name);
        folder_remove(place->dir);
    }
}

/* The record of an event with its first two fields the other way round. */
static void turn_round(struct bc_buf *record)
{
    struct bc_buf turned = { 0 };
    struct bc_str content;
    size_t first;
    uint64_t seq;
    int64_t us;

    assert_true(bc_decode_prefix(&content, &seq, &us, bc_buf_str(record)));
    first = 2 + (size_t)content.at[1]; /* id: its tag, its length, below 128, its bytes */
    bc_buf_add(&turned, record->at, record->len - content.len);
    bc_buf_add(&turned, content.at + first, 2 + (size_t)content.at[first + 1]);
    bc_buf_add(&turned, content.at, first);
    bc_buf_add(&turned, record->at + turned.len, record->len - turned.len);
    bc_buf_release(record);
    *record = turned;
}

/* A stored record of event n with the given seq and time. */
static void make_record(struct bc_buf *out, uint64_t n, uint64_t seq, int64_t recorded_us)
{
    struct made made = { 0 };

    out->len = 0;
    bc_encode_prefix(out, seq, recorded_us);
    bc_encode_content(out, made_event(&made, n, 0));
    made_release(&made);
}

static bc_status add(bc_append *append, const struct bc_buf *record, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    bc_status rc;

    check_ok(bc_decode(&event, bc_buf_str(record), arena, err), err);
    rc = bc_append_add_stored(append, &event, bc_buf_str(record), err);
    bc_arena_free(arena);
    return rc;
}

static void a_record_in_another_order_keeps_its_bytes(void **state)
{
    struct bc_buf record = { 0 }, plain = { 0 }, stored = { 0 };
    struct folder_place *place = *state;
    bc_append *append = NULL;
    bc_log *log = make_log(2);

    make_record(&plain, 3, 3, MADE_NOW_US);
    make_record(&record, 3, 3, MADE_NOW_US);
    turn_round(&record);
    assert_int_equal(record.len, plain.len);
    assert_memory_not_equal(record.at, plain.at, plain.len);
    check_ok(bc_append_open(&append, log, 0, &place->err), &place->err);
    check_ok(add(append, &record, &place->err), &place->err);
    check_ok(bc_append_commit(append, &place->err), &place->err);
    bc_append_free(append);
    check_ok(bc_log_record(log, 3, &stored, &place->err), &place->err);
    assert_true(bc_str_eq(bc_buf_str(&stored), bc_buf_str(&record)));
    check_ok(bc_log_verify(log, NULL, &place->err), &place->err);
    bc_log_close(log);
    bc_buf_release(&record);
    bc_buf_release(&plain);
    bc_buf_release(&stored);
}

/* Offered to a log of two events. Event 13 retracts one that is not there. */
static struct bad_row {
    const char *name;
    uint64_t n, seq;
    int64_t recorded_us;
} bad_rows[] = {
    { "a record with another seq does not fit", 3, 4, MADE_NOW_US },
    { "a record with an id that is there does not fit", 2, 3, MADE_NOW_US },
    { "a record from before the last one does not fit", 3, 3, MADE_NOW_US - 1 },
    { "a retraction of an event that is not there does not fit", 13, 3, MADE_NOW_US },
};

static void bad_row(void **state)
{
    const struct bad_row *row = *state;
    struct bc_buf record = { 0 };
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = make_log(2);

    make_record(&record, row->n, row->seq, row->recorded_us);
    check_ok(bc_append_open(&append, log, 0, &err), &err);
    assert_int_equal(add(append, &record, &err), BC_E_DAMAGED);
    bc_append_free(append);
    bc_log_close(log);
    bc_buf_release(&record);
}

static void of_a_log_that_is_not_what_its_head_says_nothing_is_left(void **state)
{
    struct folder_place *place = *state;
    struct bc_buf record = { 0 };
    struct bc_batch batch = { 0 };
    bc_log *log = make_log(20);
    char key[BC_SEQ_LEN];

    make_record(&record, 21, 7, MADE_NOW_US);
    bc_put_u64(key, 7);
    bc_batch_add(&batch, BC_LOG, BC_PUT, (struct bc_str){ key, sizeof(key) }, bc_buf_str(&record));
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &place->err), &place->err);
    assert_int_equal(copy_of(place, log), BC_E_DAMAGED);
    assert_int_equal(access(place->dir, F_OK), -1);
    bc_log_close(log);
    bc_batch_release(&batch);
    bc_buf_release(&record);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(bad_rows) + 3] = {
        cmocka_unit_test_setup_teardown(a_copy_has_the_origin_the_head_and_the_events,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(a_record_in_another_order_keeps_its_bytes,
                                        folder_place_begin, folder_place_end),
        cmocka_unit_test_setup_teardown(of_a_log_that_is_not_what_its_head_says_nothing_is_left,
                                        folder_place_begin, folder_place_end),
    };

    for (size_t i = 0; i < ARRAY_LEN(bad_rows); i++)
        tests[3 + i] = (struct CMUnitTest){ bad_rows[i].name, bad_row, NULL, NULL, &bad_rows[i] };
    return cmocka_run_group_tests_name("ledger/copy", tests, NULL, NULL);
}
