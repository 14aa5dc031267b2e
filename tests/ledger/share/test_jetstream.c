/* A shared log on NATS JetStream: what holds of every side, and servers that end or are silent. */
#include "tests/support/check.h"
#include "tests/support/nats_log.h"
#include "tests/support/shared_log_contract.h"

#include <pthread.h>
#include <stdatomic.h>

enum { BRIEF_MS = 1000 };

static void begin(struct nats_servers *servers, size_t n)
{
    nats_prepare(servers, n, "nats");
    nats_start(servers, NULL);
}

/* --- the contract --- */

static void hold_contract(size_t n)
{
    struct nats_servers servers;
    bc_shared_log log, other;

    begin(&servers, n);
    nats_log_create(&servers, (unsigned)n);
    log = nats_log_open(&servers, 0);
    other = nats_log_open(&servers, 0);
    shared_log_contract(&(struct shared_log_side){ .log = &log, .other = &other });
    assert_int_equal(log.ops->passed_over(log.self), 0);
    log.ops->close(log.self);
    other.ops->close(other.self);
    nats_stop(&servers);
}

static void contract_on_one_server(void **state)
{
    (void)state;
    hold_contract(1);
}

static void contract_on_three_servers(void **state)
{
    (void)state;
    hold_contract(3);
}

/* --- servers that end, or do not answer --- */

static void server_starts_again(void **state)
{
    struct nats_servers servers;
    bc_shared_log log;
    uint64_t end = 0;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, 0);
    for (unsigned i = 1; i <= 6; i++) {
        if (i > 3) { /* before the fourth, fifth and sixth */
            nats_kill(&servers, 0);
            nats_again(&servers, 0);
        }
        end = nats_log_append(&log, end, i);
    }
    nats_log_check(&log, 6);
    log.ops->close(log.self);
    nats_stop(&servers);
}

static size_t leader_of(const struct nats_servers *servers, size_t asked)
{
    struct bc_buf answer = { 0 };
    const char *at;
    size_t leader;

    nats_ask(servers, asked, "$JS.API.STREAM.INFO.deals", NULL, "", &answer);
    at = strstr(answer.at, "\"leader\":\"s");
    assert_non_null(at);
    leader = strtoul(at + strlen("\"leader\":\"s"), NULL, 10);
    bc_buf_release(&answer);
    return leader;
}

struct killing {
    struct nats_servers *servers;
    atomic_uint appended;
    size_t victim;
};

/* Kills the leader while commits go on being appended, not between two of them. */
static void *kill_leader(void *payload)
{
    struct killing *killing = payload;

    while (atomic_load(&killing->appended) < 30)
        ;
    nats_kill(killing->servers, killing->victim);
    return NULL;
}

static void leader_is_killed(void **state)
{
    enum { COMMITS = 120 };
    struct nats_servers servers;
    struct killing killing = { .servers = &servers };
    bc_shared_log log, reader;
    pthread_t thread;
    uint64_t end = 0;

    (void)state;
    begin(&servers, 3);
    nats_log_create(&servers, 3);
    log = nats_log_open(&servers, 60000);
    reader = nats_log_open(&servers, 60000);
    killing.victim = leader_of(&servers, 0);
    assert_int_equal(pthread_create(&thread, NULL, kill_leader, &killing), 0);
    for (unsigned i = 1; i <= COMMITS; i++) {
        end = nats_log_append(&log, end, i);
        atomic_store(&killing.appended, i);
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    nats_log_check(&reader, COMMITS);
    nats_again(&servers, killing.victim); /* it learns what it missed */
    end = nats_log_append(&log, end, COMMITS + 1);
    nats_log_check(&log, COMMITS + 1);
    log.ops->close(log.self);
    reader.ops->close(reader.self);
    nats_stop(&servers);
}

/* Nobody knows what became of a commit; once servers answer again, it is there once. */
static void server_does_not_answer(void **state)
{
    struct nats_servers servers;
    struct bc_err err = { 0 };
    struct bc_buf bytes = { 0 };
    bc_shared_log log;
    uint64_t first, position;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, BRIEF_MS);
    first = nats_log_append(&log, 0, 1);
    nats_freeze(&servers, 0, true);
    assert_int_equal(nats_log_try(&log, first, 2, &position, &err), BC_E_REMOTE);
    assert_int_equal(log.ops->read(log.self, first, 0, &position, &bytes, &err), BC_E_REMOTE);
    assert_int_equal(log.ops->last(log.self, &position, &bytes, &err), BC_E_REMOTE);
    assert_non_null(strstr(err.message, "cannot read the shared log deals: "));
    nats_freeze(&servers, 0, false);
    log.ops->close(log.self);

    log = nats_log_open(&servers, 0);
    position = nats_log_append(&log, first, 2);
    assert_int_equal(nats_log_append(&log, first, 2), position);
    nats_log_check(&log, 2);
    bc_buf_release(&bytes);
    log.ops->close(log.self);
    nats_stop(&servers);
}

static void nobody_listens(void **state)
{
    struct nats_servers servers;
    struct bc_jetstream_address address;
    struct bc_err err = { 0 };
    bc_shared_log log;

    (void)state;
    nats_prepare(&servers, 1, "nats");
    address = nats_log_address(&servers);
    assert_int_equal(bc_jetstream_open(&log, &address, &err), BC_E_REMOTE);
    assert_non_null(strstr(err.message, "cannot connect to nats://127.0.0.1:"));
    nats_stop(&servers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contract_on_one_server), cmocka_unit_test(contract_on_three_servers),
        cmocka_unit_test(server_starts_again),    cmocka_unit_test(leader_is_killed),
        cmocka_unit_test(server_does_not_answer), cmocka_unit_test(nobody_listens),
    };

    if (!nats_is_here())
        return NATS_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
