#include "ledger/share/jetstream_link.h"

#include "ledger/share/jetstream_options.h"

#include <stdio.h>
#include <time.h>

enum {
    ATTEMPT_MS = 2000, /* an attempt waits no longer for its answer */
    LAST_MS = 1000, /* one that is begun has this long, so that the last one can be answered, too */
    PAUSE_MS = 50,
    SIGNATURES = 3,
};

int64_t bc_js_now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- the connection --- */

/* Called by a thread of libnats. What is refused by the way, a word about the pace of a delivery,
 * is no failure: without it messages come more slowly. */
static void on_error(natsConnection *connection, natsSubscription *subscription, natsStatus status,
                     void *payload)
{
    struct bc_js_link *link = payload;
    const char *text = link->nats->nats_GetLastError(NULL);

    (void)connection, (void)subscription;
    if (status != NATS_NOT_PERMITTED || !text || strstr(text, "$JS.FC."))
        return;
    pthread_mutex_lock(&link->lock);
    (void)snprintf(link->refused, sizeof(link->refused), "%s", text);
    pthread_mutex_unlock(&link->lock);
}

/* Of 256 signatures libnats 3.4.1 leaves out one, that with a zero first; the next one is of
 * another text. */
static natsStatus connect_signed(struct bc_js_link *link, natsOptions *options)
{
    natsStatus status = NATS_CONNECTION_AUTH_FAILED;

    for (int i = 0; i < SIGNATURES && status == NATS_CONNECTION_AUTH_FAILED; i++)
        status = link->nats->natsConnection_Connect(&link->connection, options);
    return status;
}

static bc_status connect_to(struct bc_js_link *link, natsOptions *options, const char *servers,
                            struct bc_err *err)
{
    const struct nats_lazy *nats = link->nats;
    natsStatus status = connect_signed(link, options);
    jsOptions how;

    if (status == NATS_OK)
        status = nats->jsOptions_Init(&how);
    if (status == NATS_OK)
        status = nats->natsConnection_JetStream(&link->js, link->connection, &how);
    if (status == NATS_OK)
        return BC_OK;
    return bc_err_set(err, BC_E_REMOTE, "cannot connect to %s: %s", servers,
                      bc_js_text(nats, status));
}

bc_status bc_js_link_open(struct bc_js_link *link, const struct bc_jetstream_address *address,
                          struct bc_err *err)
{
    natsOptions *options = NULL;
    bc_status rc;

    *link = (struct bc_js_link){ .timeout_ms = address->timeout_ms ? address->timeout_ms
                                                                   : BC_JETSTREAM_TIMEOUT_MS };
    pthread_mutex_init(&link->lock, NULL);
    rc = bc_js_address_check(address, err);
    if (rc == BC_OK) {
        (void)snprintf(link->name, sizeof(link->name), "%s", address->name);
        rc = nats_lazy_load(&link->nats, err);
    }
    if (rc == BC_OK)
        rc = bc_js_options(&options, link->nats, address, err);
    if (rc == BC_OK && link->nats->natsOptions_SetErrorHandler(options, on_error, link) != NATS_OK)
        rc = bc_err_set(err, BC_E_IO, "cannot prepare a connection");
    if (rc == BC_OK)
        rc = connect_to(link, options, address->servers, err);
    if (options)
        link->nats->natsOptions_Destroy(options);
    return rc;
}

void bc_js_link_close(struct bc_js_link *link)
{
    if (link->js)
        link->nats->jsCtx_Destroy(link->js);
    if (link->connection)
        link->nats->natsConnection_Destroy(link->connection);
    pthread_mutex_destroy(&link->lock);
    *link = (struct bc_js_link){ 0 };
}

/* --- one call --- */

struct bc_js_try bc_js_try(struct bc_js_link *link, const char *what)
{
    pthread_mutex_lock(&link->lock);
    link->refused[0] = '\0';
    pthread_mutex_unlock(&link->lock);
    return (struct bc_js_try){ link, what, bc_js_now_ms() + link->timeout_ms };
}

int64_t bc_js_try_wait(const struct bc_js_try *attempt)
{
    const int64_t left = attempt->until - bc_js_now_ms();

    return left < LAST_MS ? LAST_MS : left < ATTEMPT_MS ? left : ATTEMPT_MS;
}

bc_status bc_js_failed(const struct bc_js_try *attempt, natsStatus status, struct bc_err *err)
{
    struct bc_js_link *link = attempt->link;
    char refused[sizeof(link->refused)];

    pthread_mutex_lock(&link->lock);
    memcpy(refused, link->refused, sizeof(refused));
    pthread_mutex_unlock(&link->lock);
    if (refused[0])
        return bc_err_set(err, BC_E_REMOTE,
                          "cannot %s the shared log %s: the server does not permit it to this "
                          "user: %s",
                          attempt->what, link->name, refused);
    return bc_err_set(err, BC_E_REMOTE, "cannot %s the shared log %s: %s", attempt->what,
                      link->name, bc_js_text(link->nats, status));
}

static bool is_refused(struct bc_js_link *link)
{
    bool refused;

    pthread_mutex_lock(&link->lock);
    refused = link->refused[0];
    pthread_mutex_unlock(&link->lock);
    return refused;
}

/* May it be otherwise in a moment? */
static bool may_pass(natsStatus status, jsErrCode code)
{
    switch ((int)code) {
    case JSClusterIncompleteErr:
    case JSClusterNoPeersErr:
    case JSClusterNotAssignedErr:
    case JSClusterNotAvailErr:
    case JSClusterNotLeaderErr:
    case JSRaftGeneralErr:
    case JSStreamOfflineErr:
    case JSStreamSequenceNotMatchErr: /* a leader that is new itself */
    case JSConsumerOfflineErr:
        return true;
    default:
        break;
    }
    return status == NATS_TIMEOUT || status == NATS_NO_RESPONDERS || status == NATS_IO_ERROR ||
           status == NATS_CONNECTION_DISCONNECTED || status == NATS_STALE_CONNECTION;
}

bc_status bc_js_try_again(const struct bc_js_try *attempt, natsStatus status, jsErrCode code,
                          struct bc_err *err)
{
    const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };

    if (is_refused(attempt->link) || !may_pass(status, code) || bc_js_now_ms() >= attempt->until)
        return bc_js_failed(attempt, status, err);
    (void)nanosleep(&pause, NULL);
    return BC_OK;
}

/* --- what a leader answers --- */

bc_status bc_js_get(const struct bc_js_try *attempt, natsMsg **out, const char *stream,
                    uint64_t sequence, const char *subject, struct bc_err *err)
{
    const struct nats_lazy *nats = attempt->link->nats;
    bc_status rc = BC_OK;

    while (rc == BC_OK) {
        jsOptions how;
        jsErrCode code = 0;
        natsStatus status;

        (void)nats->jsOptions_Init(&how);
        how.Wait = bc_js_try_wait(attempt);
        status = sequence
                     ? nats->js_GetMsg(out, attempt->link->js, stream, sequence, &how, &code)
                     : nats->js_GetLastMsg(out, attempt->link->js, stream, subject, &how, &code);
        if (status == NATS_OK)
            return BC_OK;
        if (status == NATS_NOT_FOUND)
            return BC_DONE;
        rc = bc_js_try_again(attempt, status, code, err);
    }
    return rc;
}

bc_status bc_js_info(const struct bc_js_try *attempt, jsStreamInfo **out, const char *stream,
                     struct bc_err *err)
{
    const struct nats_lazy *nats = attempt->link->nats;
    bc_status rc = BC_OK;

    while (rc == BC_OK) {
        jsOptions how;
        jsErrCode code = 0;
        natsStatus status;

        (void)nats->jsOptions_Init(&how);
        how.Wait = bc_js_try_wait(attempt);
        status = nats->js_GetStreamInfo(out, attempt->link->js, stream, &how, &code);
        if (status == NATS_OK)
            return BC_OK;
        if (status == NATS_NOT_FOUND || code == JSStreamNotFoundErr)
            return BC_DONE;
        rc = bc_js_try_again(attempt, status, code, err);
    }
    return rc;
}

struct bc_str bc_js_bytes(const struct bc_js_link *link, const natsMsg *message)
{
    const int len = link->nats->natsMsg_GetDataLength(message);

    return (struct bc_str){ link->nats->natsMsg_GetData(message), len > 0 ? (size_t)len : 0 };
}
