/* Replicas of a shared log, told case by case: who is faster, what is there already, what does not
 * fit, what was lost. */
#include "ledger/log/append_via.h"
#include "ledger/log/verify.h"
#include "ledger/share/commit.h"
#include "ledger/share/replica.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/shared_sim.h"

#include <stdio.h>
#include <stdlib.h>

enum { MACHINES = 3, SMALL = 3000, LARGE = 1 << 20 };

static const struct bc_str origin = { "backcast/ledger/test", 20 };

struct world {
    struct shared_sim *sim;
    bc_log *log[MACHINES];
    bc_replica *replica[MACHINES];
    struct bc_err err;
};

static void begin(struct world *world, size_t message_most)
{
    world->sim = shared_sim_new(1, message_most);
    for (unsigned i = 0; i < MACHINES; i++) {
        const char name = (char)('a' + i);
        const bc_shared_log side = shared_sim_side(world->sim, i);

        check_ok(bc_log_open(&world->log[i], bc_store_memory(), true, NULL, &world->err),
                 &world->err);
        world->replica[i] =
            bc_replica_new(world->log[i], &side, &(struct bc_replica_as){ origin, { &name, 1 } });
        bc_replica_appends(world->replica[i], NULL, NULL);
    }
}

static void end(struct world *world)
{
    for (unsigned i = 0; i < MACHINES; i++)
        bc_log_close(world->log[i]);
    shared_sim_free(world->sim);
}

static bc_status catch_up(struct world *world, unsigned machine)
{
    return bc_replica_catch_up(world->replica[machine], NULL, NULL, &world->err);
}

/* Events first..last by one machine, at a time of its clock. */
static bc_status append(struct world *world, unsigned machine, uint64_t first, uint64_t last,
                        size_t filler, int64_t now_us)
{
    return made_append(world->log[machine], first, last, filler, now_us, &world->err);
}

static void check_same(struct world *world, uint64_t size)
{
    for (unsigned i = 0; i < MACHINES; i++) {
        check_ok(catch_up(world, i), &world->err);
        assert_int_equal(bc_log_head(world->log[i])->size, size);
        assert_memory_equal(bc_log_head(world->log[i]), bc_log_head(world->log[0]),
                            sizeof(struct bc_head));
        check_ok(bc_log_verify(world->log[i], NULL, &world->err), &world->err);
    }
}

static void what_one_appends_all_get(void **state)
{
    static const struct row {
        uint64_t n;
        size_t filler, message_most;
    } rows[] = {
        { 1, 0, LARGE },      { 40, 0, LARGE },
        { 40, 0, SMALL },     { 5, 9000, SMALL }, /* one event is several parts */
        { 700, 8000, LARGE },                     /* a large append, by files */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct world world = { 0 };

        begin(&world, rows[i].message_most);
        check_ok(append(&world, 0, 1, rows[i].n, rows[i].filler, MADE_NOW_US), &world.err);
        assert_int_equal(shared_sim_commits(world.sim), 1);
        check_same(&world, rows[i].n);
        made_check(world.log[2], rows[i].n, rows[i].filler);
        end(&world);
    }
}

static void who_is_slower_appends_on_top(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, SMALL);
    check_ok(append(&world, 0, 1, 20, 0, MADE_NOW_US), &world.err);
    check_ok(append(&world, 1, 11, 30, 0, MADE_NOW_US + 5), &world.err); /* 11 to 20 are there */
    assert_int_equal(bc_log_head(world.log[1])->size, 30);
    check_ok(append(&world, 2, 1, 30, 0, MADE_NOW_US), &world.err); /* all of them are */
    assert_int_equal(shared_sim_commits(world.sim), 2);
    check_same(&world, 30);
    end(&world);
}

static void a_clock_that_is_behind_records_no_earlier_time(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, LARGE);
    check_ok(append(&world, 0, 1, 2, 0, MADE_NOW_US), &world.err);
    check_ok(append(&world, 1, 3, 4, 0, MADE_NOW_US - 1000000), &world.err);
    assert_int_equal(bc_log_last_recorded(world.log[1]), MADE_NOW_US);
    check_same(&world, 4);
    end(&world);
}

static bc_status append_event(struct world *world, unsigned machine, const struct bc_event *event)
{
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, world->log[machine], MADE_NOW_US, &world->err);

    if (rc == BC_OK)
        rc = bc_append_add(append, event, 17, false, NULL, NULL, &world->err);
    if (rc == BC_OK)
        rc = bc_append_commit(append, &world->err);
    bc_append_free(append);
    return rc;
}

static void an_id_that_somebody_took_meanwhile_is_a_conflict(void **state)
{
    struct world world = { 0 };
    struct made made = { 0 };
    struct bc_event event;

    (void)state;
    begin(&world, LARGE);
    check_ok(append(&world, 0, 1, 3, 0, MADE_NOW_US), &world.err);
    event = *made_event(&made, 2, 0);
    event.occurred_us++;
    assert_int_equal(append_event(&world, 1, &event), BC_E_CONFLICT);
    assert_non_null(strstr(world.err.context, "entry 17"));
    assert_int_equal(shared_sim_commits(world.sim), 1);
    check_ok(append(&world, 1, 4, 4, 0, MADE_NOW_US), &world.err); /* and it goes on */
    check_same(&world, 4);
    made_release(&made);
    end(&world);
}

static bc_status append_mark(struct world *world, unsigned machine, uint64_t event,
                             const char *mark)
{
    struct made made = { 0 };
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, world->log[machine], MADE_NOW_US, &world->err);

    if (rc == BC_OK && event)
        rc = bc_append_add(append, made_event(&made, event, 0), 1, false, NULL, NULL, &world->err);
    bc_append_put_named(append, BC_META_SOURCE, BC_STR("crm"), bc_str_of(mark));
    if (rc == BC_OK)
        rc = bc_append_commit(append, &world->err);
    bc_append_free(append);
    made_release(&made);
    return rc;
}

static void check_mark(struct world *world, unsigned machine, const char *mark)
{
    struct bc_buf value = { 0 };

    check_ok(
        bc_meta_get_named(world->log[machine], BC_META_SOURCE, BC_STR("crm"), &value, &world->err),
        &world->err);
    assert_true(bc_str_eq(bc_buf_str(&value), bc_str_of(mark)));
    bc_buf_release(&value);
}

static void importers_marks_go_with_their_events(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, LARGE);
    check_ok(append_mark(&world, 0, 1, "up to one"), &world.err);
    check_ok(catch_up(&world, 1), &world.err);
    check_mark(&world, 1, "up to one");
    check_ok(append_mark(&world, 1, 0, "up to two"), &world.err); /* without an event */
    check_same(&world, 1);
    for (unsigned i = 0; i < MACHINES; i++)
        check_mark(&world, i, "up to two");
    end(&world);
}

static void of_two_who_import_the_same_source_the_slower_one_is_sent_away(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, LARGE);
    check_ok(append_mark(&world, 0, 1, "up to one"), &world.err);
    assert_int_equal(append_mark(&world, 1, 2, "up to another"), BC_E_BUSY);
    check_same(&world, 1);
    check_mark(&world, 1, "up to one");
    end(&world);
}

/* --- what does not fit --- */

static void flip(struct bc_buf *bytes, size_t at)
{
    bytes->at[at] = (char)(bytes->at[at] ^ 1);
}

static void a_commit_that_was_altered_stops_a_replica_before_it(void **state)
{
    static const size_t from_end[] = { 1, 9, 40 }; /* in the last event's bytes */

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(from_end); i++) {
        struct world world = { 0 };
        struct bc_buf *bytes;

        begin(&world, LARGE);
        for (uint64_t n = 1; n <= 4; n++)
            check_ok(append(&world, 0, n, n, 50, MADE_NOW_US), &world.err);
        bytes = shared_sim_commit(world.sim, 2);
        flip(bytes, bytes->len - from_end[i]);
        assert_int_equal(catch_up(&world, 1), BC_E_DAMAGED);
        assert_int_equal(bc_log_head(world.log[1])->size, 2);
        made_check(world.log[1], 2, 50);
        end(&world);
    }
}

static void a_commit_that_says_another_time_stops_it_too(void **state)
{
    struct world world = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_commit commit;
    struct bc_buf *bytes;

    (void)state;
    begin(&world, LARGE);
    check_ok(append(&world, 0, 1, 2, 0, MADE_NOW_US), &world.err);
    bytes = shared_sim_commit(world.sim, 0);
    check_ok(bc_commit_decode(&commit, bc_buf_str(bytes), arena, &world.err), &world.err);
    assert_int_equal(commit.recorded_us, MADE_NOW_US);
    commit.recorded_us++;
    bytes->len = 0;
    bc_commit_encode(bytes, &commit);
    assert_int_equal(catch_up(&world, 1), BC_E_DAMAGED);
    assert_non_null(strstr(world.err.message, "another time"));
    assert_int_equal(bc_log_head(world.log[1])->size, 0);
    bc_arena_free(arena);
    end(&world);
}

static void a_part_that_was_altered_stops_it_too(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, SMALL);
    check_ok(append(&world, 0, 1, 1, 0, MADE_NOW_US), &world.err);
    check_ok(append(&world, 0, 2, 3, 9000, MADE_NOW_US), &world.err);
    flip(shared_sim_part(world.sim, 1), 100);
    assert_int_equal(catch_up(&world, 1), BC_E_DAMAGED);
    assert_non_null(strstr(world.err.message, "part 2 of the commit"));
    assert_int_equal(bc_log_head(world.log[1])->size, 1);
    end(&world);
}

static void replicas_that_went_different_ways_stay_apart(void **state)
{
    struct world world = { 0 };

    (void)state;
    begin(&world, LARGE);
    check_ok(append(&world, 0, 1, 5, 0, MADE_NOW_US), &world.err);
    shared_sim_lose(world.sim, 1);
    check_ok(append(&world, 1, 6, 10, 0, MADE_NOW_US), &world.err);
    assert_int_equal(catch_up(&world, 0), BC_E_DAMAGED);
    assert_non_null(strstr(world.err.message, "not those of this replica"));
    assert_int_equal(bc_replica_refill(world.replica[0], NULL, NULL, NULL, &world.err),
                     BC_E_DAMAGED);
    made_check(world.log[0], 5, 0);
    end(&world);
}

/* --- what was lost --- */

static void what_the_log_lost_a_replica_puts_back(void **state)
{
    static const size_t lost[] = { 1, 2, 4 }; /* of four commits */

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lost); i++) {
        struct world world = { 0 };
        uint64_t added = 0;

        begin(&world, SMALL);
        for (uint64_t n = 0; n < 4; n++)
            check_ok(append(&world, 0, 10 * n + 1, 10 * n + 10, 0, MADE_NOW_US), &world.err);
        check_ok(append_mark(&world, 0, 0, "up to forty"), &world.err);
        check_ok(catch_up(&world, 1), &world.err);
        shared_sim_lose(world.sim, lost[i] + 1);
        assert_int_equal(append(&world, 1, 41, 41, 0, MADE_NOW_US), BC_E_DAMAGED);
        assert_non_null(strstr(world.err.message, "share repair"));
        check_ok(bc_replica_refill(world.replica[0], &added, NULL, NULL, &world.err), &world.err);
        assert_int_equal(added, 10 * lost[i]);
        check_same(&world, 40);
        check_mark(&world, 2, "up to forty");
        check_ok(append(&world, 2, 41, 41, 0, MADE_NOW_US), &world.err);
        check_same(&world, 41);
        end(&world);
    }
}

static void a_log_with_events_becomes_shared(void **state)
{
    struct world world = { 0 };
    uint64_t added = 0;

    (void)state;
    begin(&world, SMALL);
    check_ok(append(&world, 0, 1, 300, 0, MADE_NOW_US), &world.err);
    shared_sim_lose(world.sim, 1); /* as if it had been alone so far */
    check_ok(bc_replica_refill(world.replica[0], &added, NULL, NULL, &world.err), &world.err);
    assert_int_equal(added, 300);
    check_same(&world, 300);
    end(&world);
}

/* --- reports --- */

struct seen {
    size_t n;
    struct bc_head head;
    int64_t at_us;
};

static bc_status see(void *payload, const struct bc_replica_report *report, struct bc_err *err)
{
    struct seen *seen = payload;

    (void)err;
    seen->n++;
    seen->head = report->head;
    seen->at_us = report->at_us;
    return BC_OK;
}

static void replicas_say_what_they_hold(void **state)
{
    struct world world = { 0 };
    struct seen seen = { 0 };

    (void)state;
    begin(&world, LARGE);
    check_ok(append(&world, 1, 1, 7, 0, MADE_NOW_US), &world.err);
    check_ok(bc_replica_report(world.replica[1], MADE_NOW_US + 3, &world.err), &world.err);
    check_ok(bc_replica_each(world.replica[0], see, &seen, &world.err), &world.err);
    assert_int_equal(seen.n, 1);
    assert_int_equal(seen.at_us, MADE_NOW_US + 3);
    assert_memory_equal(&seen.head, bc_log_head(world.log[1]), sizeof(seen.head));
    check_ok(bc_replica_leave(world.replica[1], &world.err), &world.err);
    seen.n = 0;
    check_ok(bc_replica_each(world.replica[0], see, &seen, &world.err), &world.err);
    assert_int_equal(seen.n, 0);
    end(&world);
}

static void names_of_replicas_are_plain(void **state)
{
    static const struct row {
        const char *name;
        bool good;
    } rows[] = { { "a", true },    { "ann-laptop_2", true }, { "", false },
                 { "a.b", false }, { "a b", false },         { "ä", false } };
    char longest[BC_REPLICA_NAME_MAX + 2] = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(bc_replica_name_good(bc_str_of(rows[i].name)), rows[i].good);
    memset(longest, 'x', BC_REPLICA_NAME_MAX);
    assert_true(bc_replica_name_good(bc_str_of(longest)));
    longest[BC_REPLICA_NAME_MAX] = 'x';
    assert_false(bc_replica_name_good(bc_str_of(longest)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_appends_all_get),
        cmocka_unit_test(who_is_slower_appends_on_top),
        cmocka_unit_test(a_clock_that_is_behind_records_no_earlier_time),
        cmocka_unit_test(an_id_that_somebody_took_meanwhile_is_a_conflict),
        cmocka_unit_test(importers_marks_go_with_their_events),
        cmocka_unit_test(of_two_who_import_the_same_source_the_slower_one_is_sent_away),
        cmocka_unit_test(a_commit_that_was_altered_stops_a_replica_before_it),
        cmocka_unit_test(a_commit_that_says_another_time_stops_it_too),
        cmocka_unit_test(a_part_that_was_altered_stops_it_too),
        cmocka_unit_test(replicas_that_went_different_ways_stay_apart),
        cmocka_unit_test(what_the_log_lost_a_replica_puts_back),
        cmocka_unit_test(a_log_with_events_becomes_shared),
        cmocka_unit_test(replicas_say_what_they_hold),
        cmocka_unit_test(names_of_replicas_are_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
