/* A log in memory and a log on this machine are sides of the seam as a server's is. */
#include "ledger/share/local_side.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/shared_log_contract.h"
#include "tests/support/shared_sim.h"

#include <stdlib.h>

static void a_log_that_is_simulated(void **state)
{
    struct shared_sim *sim = shared_sim_new(1, 1 << 20);
    bc_shared_log log = shared_sim_side(sim, 0);

    (void)state;
    shared_log_contract(&(struct shared_log_side){ .log = &log });
    shared_sim_free(sim);
}

/* Another log of the same events, from which the commits are made. */
struct twin {
    bc_log *log;
    bc_local_log *local;
    struct bc_err err;
};

static void twin_begin(struct twin *twin)
{
    check_ok(bc_log_open(&twin->log, bc_store_memory(), true, NULL, &twin->err), &twin->err);
    twin->local = bc_local_log_new(twin->log, BC_STR("backcast/ledger/test"), BC_STR("a"));
}

static void twin_end(struct twin *twin)
{
    bc_local_log_free(twin->local);
    bc_log_close(twin->log);
}

static void make(void *payload, struct bc_buf *out, const char *id, uint64_t n, size_t size)
{
    struct twin *twin = payload;
    struct bc_outgoing outgoing;

    while (bc_log_head(twin->log)->size < n)
        check_ok(made_append(twin->log, bc_log_head(twin->log)->size + 1,
                             bc_log_head(twin->log)->size + 1, size, MADE_NOW_US, &twin->err),
                 &twin->err);
    check_ok(bc_outgoing_begin(&outgoing, NULL, &twin->err), &twin->err);
    check_ok(bc_local_log_send(twin->local, n - 1, 1, &outgoing, &twin->err), &twin->err);
    memcpy(outgoing.commit.id, id, sizeof(outgoing.commit.id));
    outgoing.commit.contents = bc_buf_str(&outgoing.bytes);
    bc_commit_encode(out, &outgoing.commit);
    bc_outgoing_release(&outgoing);
}

static void a_log_on_this_machine(void **state)
{
    struct twin twin = { 0 }, log = { 0 };
    bc_shared_log side;

    (void)state;
    twin_begin(&twin);
    twin_begin(&log);
    bc_local_side_open(&side, log.local);
    shared_log_contract(&(struct shared_log_side){
        .log = &side, .make = make, .payload = &twin, .no_replicas = true });
    side.ops->close(side.self);
    twin_end(&log);
    twin_end(&twin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_that_is_simulated),
        cmocka_unit_test(a_log_on_this_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
