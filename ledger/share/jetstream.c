#include "ledger/share/jetstream.h"

#include "ledger/share/jetstream_impl.h"

#include <stdlib.h>

/* So many bytes the headers of a message of ours have at most. */
enum { HEADERS_MOST = 512, MESSAGE_LEAST = 4096 };

static size_t message_max(const void *self)
{
    const struct bc_jetstream *log = self;

    return log->message_max;
}

static void close_log(void *self)
{
    struct bc_jetstream *log = self;

    bc_js_feed_close(&log->feed, &log->link);
    bc_js_link_close(&log->link);
    free(log->junk);
    free(log);
}

static bc_status measure(struct bc_jetstream *log, struct bc_err *err)
{
    const int64_t payload = log->link.nats->natsConnection_GetMaxPayload(log->link.connection);

    if (payload < HEADERS_MOST + MESSAGE_LEAST)
        return bc_err_set(err, BC_E_INPUT,
                          "the servers take messages of %lld bytes, and it takes %d",
                          (long long)payload, HEADERS_MOST + MESSAGE_LEAST);
    log->message_max = (size_t)payload - HEADERS_MOST;
    return BC_OK;
}

static uint64_t passed_over(const void *self)
{
    return ((const struct bc_jetstream *)self)->n_junk;
}

bc_status bc_jetstream_open(bc_shared_log *out, const struct bc_jetstream_address *address,
                            struct bc_err *err)
{
    static const struct bc_shared_log_ops ops = {
        .message_max = message_max,
        .last = bc_jetstream_last,
        .read = bc_jetstream_read,
        .read_part = bc_jetstream_read_part,
        .put_part = bc_jetstream_put_part,
        .append_if = bc_jetstream_append_if,
        .put_replica = bc_jetstream_put_replica,
        .each_replica = bc_jetstream_each_replica,
        .passed_over = passed_over,
        .close = close_log,
    };
    struct bc_jetstream *log = bc_calloc(1, sizeof(*log));
    bc_status rc = bc_js_link_open(&log->link, address, err);

    if (rc == BC_OK)
        rc = bc_js_streams_check(&log->link, err);
    if (rc == BC_OK)
        rc = measure(log, err);
    if (rc != BC_OK) {
        close_log(log);
        return rc;
    }
    bc_js_stream(log->commits, &log->link, BC_JS_COMMITS);
    bc_js_stream(log->parts, &log->link, BC_JS_PARTS);
    bc_js_stream(log->replicas, &log->link, BC_JS_REPLICAS);
    bc_js_subject(log->commit_subject, &log->link, BC_JS_COMMITS, NULL);
    *out = (bc_shared_log){ &ops, log };
    return BC_OK;
}

bc_status bc_jetstream_create(const struct bc_jetstream_address *address, unsigned *copies,
                              struct bc_err *err)
{
    struct bc_js_link link;
    bc_status rc = bc_js_link_open(&link, address, err);

    if (rc == BC_OK)
        rc = bc_js_streams_make(&link, copies, err);
    bc_js_link_close(&link);
    return rc;
}
