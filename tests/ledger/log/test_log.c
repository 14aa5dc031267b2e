/* A log: recorded times, heads of every size, walks, damage. */
#include "ledger/base/instant.h"
#include "ledger/log/log_impl.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/memory_log.h"

#include <stdio.h>
#include <stdlib.h>

/* --- recorded times --- */

static void the_clock_may_run_backwards_but_recorded_times_do_not(void **state)
{
    static const int64_t clock_us[] = { 1000, 500, -7, 2000, 1999, 3000 };
    static const int64_t want_us[] = { 1000, 1000, 1000, 2000, 2000, 3000 };
    struct memory_log *world = *state;
    struct bc_buf bytes = { 0 };
    struct bc_event event;

    for (uint64_t i = 0; i < ARRAY_LEN(clock_us); i++) {
        check_ok(made_append(world->log, i + 1, i + 1, 0, clock_us[i], &world->err), &world->err);
        bytes.len = 0;
        check_ok(bc_log_get(world->log, i + 1, &event, &bytes, NULL, &world->err), &world->err);
        assert_int_equal(event.recorded_us, want_us[i]);
    }
    bc_buf_release(&bytes);
}

static void the_last_seq_recorded_by_an_instant(void **state)
{
    struct memory_log *world = *state;
    uint64_t seq = 99;

    check_ok(bc_log_seq_recorded_by(world->log, 1000, &seq, &world->err), &world->err);
    assert_int_equal(seq, 0);         /* an empty log */
    for (uint64_t i = 0; i < 20; i++) /* three events each at 0, 10, 20, ... */
        check_ok(made_append(world->log, 3 * i + 1, 3 * i + 3, 0, (int64_t)i * 10, &world->err),
                 &world->err);
    for (int64_t us = -1; us < 250; us++) {
        uint64_t want = us < 0 ? 0 : us >= 190 ? 60 : 3 * ((uint64_t)us / 10 + 1);

        check_ok(bc_log_seq_recorded_by(world->log, us, &seq, &world->err), &world->err);
        assert_int_equal(seq, want);
    }
}

/* --- appends --- */

/* Small and large appends in turn; the large ones are written as table files first. */
static void small_and_large_appends_make_one_log(void **state)
{
    const size_t filler = 1200;
    struct memory_log *world = *state;
    uint64_t size = 0, seq;

    for (int round = 0; round < 6; round++) {
        uint64_t n = round % 2 ? 4500 : 3;

        check_ok(made_append(world->log, size + 1, size + n, filler, MADE_NOW_US, &world->err),
                 &world->err);
        size += n;
        assert_int_equal(bc_log_head(world->log)->size, size);
    }
    made_check(world->log, size, filler);
    for (uint64_t n = 1; n <= size; n += 7) {
        char id[32];

        (void)snprintf(id, sizeof(id), "made/%llu", (unsigned long long)n);
        assert_int_equal(bc_log_find(world->log, bc_str_of(id), &seq, &world->err), BC_OK);
        assert_int_equal(seq, n);
    }
    /* All of it again changes nothing. */
    check_ok(made_append(world->log, 1, size, filler, MADE_NOW_US, &world->err), &world->err);
    assert_int_equal(bc_log_head(world->log)->size, size);
}

/* --- heads --- */

static void the_head_of_every_size_is_the_one_it_had(void **state)
{
    enum { SIZE = 1100 };
    struct bc_head *heads = bc_calloc(SIZE + 1, sizeof(*heads));
    struct memory_log *world = *state;
    struct bc_head then;

    heads[0] = *bc_log_head(world->log);
    for (uint64_t n = 1; n <= SIZE; n++) {
        check_ok(made_append(world->log, n, n, 0, 0, &world->err), &world->err);
        heads[n] = *bc_log_head(world->log);
        assert_int_equal(heads[n].size, n);
    }
    for (uint64_t n = 0; n <= SIZE; n++) {
        check_ok(bc_log_head_at(world->log, n, &then, &world->err), &world->err);
        assert_memory_equal(&then, &heads[n], sizeof(then));
    }
    free(heads);
}

static void one_append_or_many_make_the_same_head(void **state)
{
    struct memory_log *world = *state, *other;
    void *room = NULL;

    assert_int_equal(memory_log_begin(&room), 0);
    other = room;
    for (uint64_t n = 1; n <= 700; n++)
        check_ok(made_append(world->log, n, n, 0, 0, &world->err), &world->err);
    check_ok(made_append(other->log, 1, 700, 0, 0, &other->err), &other->err);
    assert_memory_equal(bc_log_head(world->log), bc_log_head(other->log), sizeof(struct bc_head));
    (void)memory_log_end(&room);
}

/* --- walks --- */

static void a_walk_goes_from_first_to_last(void **state)
{
    struct memory_log *world = *state;
    const struct bc_event *event;
    bc_cursor *cursor;

    check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
    for (uint64_t first = 1; first <= 301; first += 50) {
        for (uint64_t last = first - 1; last <= 300; last += 33) {
            uint64_t seen = 0;
            bc_status rc;

            check_ok(bc_cursor_open(&cursor, world->log, first, last, &world->err), &world->err);
            while ((rc = bc_cursor_next(cursor, &event, NULL, &world->err)) == BC_OK)
                assert_int_equal(event->seq, first + seen++);
            assert_int_equal(rc, BC_DONE);
            assert_int_equal(seen, last + 1 - first);
            bc_cursor_free(cursor);
        }
    }
    bc_cursor_free(NULL);
}

struct reads {
    struct bc_wanted seen[8];
    size_t n, stop_at;
};

static bc_status note_read(void *payload, size_t name, const struct bc_event *event,
                           struct bc_err *err)
{
    struct reads *reads = payload;

    reads->seen[reads->n++] = (struct bc_wanted){ event->seq, name };
    return reads->n == reads->stop_at ? bc_err_set(err, BC_E_IO, "stop") : BC_OK;
}

static void wanted_events_are_read_in_the_order_of_the_log(void **state)
{
    static const struct bc_wanted want[] = { { 2, 3 }, { 7, 0 }, { 7, 4 }, { 9, 1 }, { 300, 2 } };
    static const struct bc_wanted wanted[] = {
        { 7, 0 }, { 9, 1 }, { 300, 2 }, { 2, 3 }, { 7, 4 }
    }; /* stays as it is */
    struct memory_log *world = *state;
    struct reads all = { .n = 0 }, some = { .stop_at = 2 };

    check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
    check_ok(bc_log_read_each(world->log, NULL, 0, note_read, &all, &world->err), &world->err);
    assert_int_equal(all.n, 0);
    check_ok(bc_log_read_each(world->log, wanted, ARRAY_LEN(wanted), note_read, &all, &world->err),
             &world->err);
    assert_int_equal(all.n, ARRAY_LEN(want));
    assert_memory_equal(all.seen, want, sizeof(want));
    assert_int_equal(
        bc_log_read_each(world->log, wanted, ARRAY_LEN(wanted), note_read, &some, &world->err),
        BC_E_IO);
    assert_int_equal(some.n, 2);
}

static void log_key_op(struct memory_log *world, enum bc_op op, uint64_t seq, struct bc_str value)
{
    struct bc_batch batch = { 0 };
    char key[BC_SEQ_LEN];

    bc_put_u64(key, seq);
    bc_batch_add(&batch, BC_LOG, op, (struct bc_str){ key, sizeof(key) }, value);
    check_ok(bc_store_write(bc_log_store(world->log), &batch, true, &world->err), &world->err);
    bc_batch_release(&batch);
}

static bc_status walk_to_the_end(struct memory_log *world, uint64_t *seen)
{
    const struct bc_event *event;
    bc_cursor *cursor;
    bc_status rc;

    *seen = 0;
    check_ok(bc_cursor_open(&cursor, world->log, 1, bc_log_head(world->log)->size, &world->err),
             &world->err);
    while ((rc = bc_cursor_next(cursor, &event, NULL, &world->err)) == BC_OK)
        ++*seen;
    bc_cursor_free(cursor);
    return rc;
}

static void a_hole_is_damage_and_not_the_end(void **state)
{
    static const uint64_t holes[] = { 1, 150, 300 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(holes); i++) {
        char where[32];
        uint64_t seen;
        struct memory_log *world;
        void *room = NULL;

        assert_int_equal(memory_log_begin(&room), 0);
        world = room;
        check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
        log_key_op(world, BC_DELETE, holes[i], (struct bc_str){ 0 });
        assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
        assert_int_equal(seen, holes[i] - 1);
        (void)snprintf(where, sizeof(where), "event %llu", (unsigned long long)holes[i]);
        assert_non_null(strstr(world->err.message, where));
        (void)memory_log_end(&room);
    }
}

static void a_record_that_cannot_be_read_is_damage(void **state)
{
    struct memory_log *world = *state;
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    uint64_t seen;

    check_ok(made_append(world->log, 1, 9, 0, 0, &world->err), &world->err);
    log_key_op(world, BC_PUT, 5, BC_STR("{}"));
    assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
    assert_int_equal(seen, 4);
    assert_int_equal(bc_log_get(world->log, 5, &event, &bytes, NULL, &world->err), BC_E_DAMAGED);
    bytes.len = 0;
    check_ok(bc_log_record(world->log, 6, &bytes, &world->err), &world->err);
    log_key_op(world, BC_PUT, 5, bc_buf_str(&bytes)); /* another one's record */
    assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
    assert_int_equal(seen, 4);
    bc_buf_release(&bytes);
}

static void a_head_that_cannot_be_read_is_damage(void **state)
{
    static const char eight[8] = { 0, 0, 0, 0, 0, 0, 0, 3 };
    static const struct bc_str bad[] = { BYTES(""), BYTES("1234567"), { eight, 8 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bc_store *store = bc_store_memory();
        struct bc_batch batch = { 0 };
        struct bc_err err = { 0 };
        bc_log *log = NULL;

        bc_batch_add(&batch, BC_META, BC_PUT, BC_STR("head"), bad[i]);
        check_ok(bc_store_write(store, &batch, true, &err), &err);
        assert_int_equal(bc_log_open(&log, store, i % 2, NULL, &err), BC_E_DAMAGED);
        assert_null(log);
        bc_batch_release(&batch);
        bc_store_close(store);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_clock_may_run_backwards_but_recorded_times_do_not,
                                        memory_log_begin, memory_log_end),
        cmocka_unit_test_setup_teardown(the_last_seq_recorded_by_an_instant, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(small_and_large_appends_make_one_log, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(the_head_of_every_size_is_the_one_it_had, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(one_append_or_many_make_the_same_head, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(a_walk_goes_from_first_to_last, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(wanted_events_are_read_in_the_order_of_the_log,
                                        memory_log_begin, memory_log_end),
        cmocka_unit_test(a_hole_is_damage_and_not_the_end),
        cmocka_unit_test_setup_teardown(a_record_that_cannot_be_read_is_damage, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test(a_head_that_cannot_be_read_is_damage),
    };

    return cmocka_run_group_tests_name("ledger/log/log", tests, NULL, NULL);
}
