#include "tests/support/nats_log.h"

#include "tests/support/check.h"

#include <stdio.h>

struct bc_jetstream_address nats_log_address(const struct nats_servers *servers)
{
    return (struct bc_jetstream_address){ .servers = servers->urls, .name = "deals" };
}

void nats_log_create(const struct nats_servers *servers, unsigned want)
{
    const struct bc_jetstream_address address = nats_log_address(servers);
    struct bc_err err = { 0 };
    unsigned copies = 0;

    check_ok(bc_jetstream_create(&address, &copies, &err), &err);
    assert_int_equal(copies, want);
}

bc_shared_log nats_log_open(const struct nats_servers *servers, unsigned timeout_ms)
{
    struct bc_jetstream_address address = nats_log_address(servers);
    struct bc_err err = { 0 };
    bc_shared_log log = { 0 };

    address.timeout_ms = timeout_ms;
    check_ok(bc_jetstream_open(&log, &address, &err), &err);
    return log;
}

bc_status nats_log_try(bc_shared_log *log, uint64_t expected, unsigned n, uint64_t *position,
                       struct bc_err *err)
{
    char id[BC_COMMIT_ID_LEN + 1], text[32];

    (void)snprintf(id, sizeof(id), "%032x", n);
    (void)snprintf(text, sizeof(text), "commit %u", n);
    return log->ops->append_if(log->self, expected, id, bc_str_of(text), position, err);
}

uint64_t nats_log_append(bc_shared_log *log, uint64_t expected, unsigned n)
{
    struct bc_err err = { 0 };
    uint64_t position = 0;
    bc_status rc;

    check_ok(rc = nats_log_try(log, expected, n, &position, &err), &err);
    assert_int_equal(rc, BC_OK);
    return position;
}

/* From 1 to `n`, each once, in order, and no more. */
void nats_log_check(bc_shared_log *log, unsigned n)
{
    struct bc_err err = { 0 };
    struct bc_buf bytes = { 0 };
    uint64_t position = 0;
    char text[32];
    bc_status rc;

    for (unsigned i = 1; i <= n; i++) {
        bytes.len = 0;
        check_ok(rc = log->ops->read(log->self, position, 0, &position, &bytes, &err), &err);
        assert_int_equal(rc, BC_OK);
        bc_buf_add_byte(&bytes, '\0');
        (void)snprintf(text, sizeof(text), "commit %u", i);
        assert_string_equal(bytes.at, text);
    }
    check_ok(rc = log->ops->read(log->self, position, 0, &position, &bytes, &err), &err);
    assert_int_equal(rc, BC_DONE);
    bc_buf_release(&bytes);
}

void nats_log_begin(struct nats_servers *servers)
{
    nats_prepare(servers, 1, "nats");
    nats_start(servers, NULL);
    nats_log_create(servers, 1);
}
