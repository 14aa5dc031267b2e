/* tests/support/nats_log.h - a shared log "deals" on real NATS servers, with commits that have
 * a number each. Each call fails the test where it cannot. */
#ifndef BC_TESTS_SUPPORT_NATS_LOG_H
#define BC_TESTS_SUPPORT_NATS_LOG_H

#include "ledger/share/jetstream.h"
#include "tests/support/nats.h"

struct bc_jetstream_address nats_log_address(const struct nats_servers *servers);
/* One server, started, with a log. */
void nats_log_begin(struct nats_servers *servers);
/* A log on servers that run, of which each message has as many copies as is wanted. */
void nats_log_create(const struct nats_servers *servers, unsigned want);
/* `timeout_ms`: 0: as long as is usual. */
bc_shared_log nats_log_open(const struct nats_servers *servers, unsigned timeout_ms);

bc_status nats_log_try(bc_shared_log *log, uint64_t expected, unsigned n, uint64_t *position,
                       struct bc_err *err);
/* Its position. */
uint64_t nats_log_append(bc_shared_log *log, uint64_t expected, unsigned n);
/* The commits are 1 to `n`, each once, in order, and no more. */
void nats_log_check(bc_shared_log *log, unsigned n);

#endif
