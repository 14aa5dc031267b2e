/* Machines that append, catch up and fail in any order, from a seed: nothing that was acknowledged
 * is lost or there twice, and in the end all hold the same log. */
#include "ledger/log/verify.h"
#include "ledger/share/replica.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/shared_sim.h"

#include <stdio.h>
#include <stdlib.h>

enum { MACHINES = 4, STEPS = 60, SEEDS = 60, EVENTS_MOST = 4000 };

static const struct bc_str origin = { "backcast/ledger/test", 20 };

struct machine {
    bc_log *log;
    bc_replica *replica;
    int64_t clock_us;
    bool busy; /* in the middle of something */
};

struct world {
    struct shared_sim *sim;
    struct machine machines[MACHINES];
    bool acknowledged[EVENTS_MOST]; /* by number */
    uint64_t next;
    size_t lost_races, failures;
};

/* Some new events, sometimes with some that another machine may append as well. */
static void append_some(struct world *world, struct machine *machine)
{
    struct bc_err err = { 0 };
    const uint64_t again = shared_sim_draw(world->sim, 4);
    const uint64_t first = world->next > again ? world->next - again : 1;
    const uint64_t last = world->next + shared_sim_draw(world->sim, 5);
    const uint64_t size = bc_log_head(machine->log)->size;
    bc_status rc;

    world->next = last + 1;
    assert_true(last < EVENTS_MOST);
    machine->clock_us += (int64_t)shared_sim_draw(world->sim, 1000) - 300;
    rc = made_append(machine->log, first, last, shared_sim_draw(world->sim, 400), machine->clock_us,
                     &err);
    if (rc < 0) {
        assert_true(rc == BC_E_REMOTE || rc == BC_E_CONFLICT || rc == BC_E_INPUT ||
                    rc == BC_E_BUSY);
        world->failures++;
        return;
    }
    if (bc_log_head(machine->log)->size > size + (last - first + 1))
        world->lost_races++;
    for (uint64_t n = first; n <= last; n++)
        world->acknowledged[n] = true;
}

static void act(struct world *world, struct machine *machine)
{
    struct bc_err err = { 0 };
    bc_status rc;

    machine->busy = true;
    if (shared_sim_draw(world->sim, 4)) {
        append_some(world, machine);
    } else {
        rc = bc_replica_catch_up(machine->replica, NULL, NULL, &err);
        assert_true(rc == BC_OK || rc == BC_E_REMOTE);
    }
    machine->busy = false;
}

static void another_acts(void *payload, unsigned side)
{
    struct world *world = payload;
    struct machine *machine = &world->machines[shared_sim_draw(world->sim, MACHINES)];

    (void)side;
    if (!machine->busy)
        act(world, machine);
}

static void check_all(struct world *world)
{
    bc_log *first = world->machines[0].log;
    struct bc_err err = { 0 };

    for (size_t i = 0; i < MACHINES; i++) {
        check_ok(bc_replica_catch_up(world->machines[i].replica, NULL, NULL, &err), &err);
        assert_memory_equal(bc_log_head(world->machines[i].log), bc_log_head(first),
                            sizeof(struct bc_head));
        check_ok(bc_log_verify(world->machines[i].log, NULL, &err), &err);
    }
    for (uint64_t n = 1; n < world->next; n++) {
        char id[32];
        uint64_t seq;
        const int len = snprintf(id, sizeof(id), "made/%llu", (unsigned long long)n);
        const bc_status rc = bc_log_find(first, (struct bc_str){ id, (size_t)len }, &seq, &err);

        if (world->acknowledged[n])
            assert_int_equal(rc, BC_OK);
    }
}

/* Each machine's events have contents that depend on its filler, so that ids sometimes conflict. */
static void run(uint64_t seed, const struct shared_sim_faults *faults, size_t *lost_races,
                size_t *failures)
{
    struct world world = { .next = 1 };

    world.sim = shared_sim_new(seed, 2500);
    for (unsigned i = 0; i < MACHINES; i++) {
        const char name = (char)('a' + i);
        const bc_shared_log side = shared_sim_side(world.sim, i);
        struct machine *machine = &world.machines[i];
        struct bc_err err = { 0 };

        check_ok(bc_log_open(&machine->log, bc_store_memory(), true, NULL, &err), &err);
        machine->replica =
            bc_replica_new(machine->log, &side, &(struct bc_replica_as){ origin, { &name, 1 } });
        bc_replica_appends(machine->replica, NULL, NULL);
        machine->clock_us = MADE_NOW_US + 1000000 * (int64_t)i;
    }
    shared_sim_others(world.sim, another_acts, &world);
    shared_sim_fail(world.sim, faults);
    for (size_t i = 0; i < STEPS; i++)
        act(&world, &world.machines[shared_sim_draw(world.sim, MACHINES)]);
    shared_sim_fail(world.sim, &(struct shared_sim_faults){ 0 });
    check_all(&world);
    *lost_races += world.lost_races;
    *failures += world.failures;
    for (size_t i = 0; i < MACHINES; i++)
        bc_log_close(world.machines[i].log);
    shared_sim_free(world.sim);
}

static void whatever_fails_all_hold_the_same_log(void **state)
{
    static const struct shared_sim_faults rows[] = {
        { .others = 150 },
        { .others = 100, .lost_answer = 100 },
        { .others = 100, .lost_request = 100, .twice = 200 },
        { .others = 100, .partition = 60 },
        { .others = 150, .lost_request = 40, .lost_answer = 40, .twice = 100, .partition = 20 },
    };
    size_t lost_races = 0, failures = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (uint64_t seed = 1; seed <= SEEDS / ARRAY_LEN(rows); seed++)
            run(100 * i + seed, &rows[i], &lost_races, &failures);
    assert_true(lost_races > 20); /* else the worlds are too quiet to show anything */
    assert_true(failures > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_fails_all_hold_the_same_log),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
