#include "tools/serve/serve_calls.h"

#include "tools/serve/serve_page.h"
#include "tools/serve/serve_reply.h"

#include <stdlib.h>
#include <sys/socket.h>

/* The library keeps each pair in the memory of the connection, and one for which there is no room
 * makes it forget the request: neither an answer nor the end of it is told. So many pairs surely
 * have room. */
enum { PAIRS_THAT_FIT = 256 };

/* --- a connection --- */

struct client {
    serve_watched *watched;
    struct serve_exchange *exchange; /* or NULL */
    int fd;
};

static struct client *client_of(const struct serve_server *server,
                                struct MHD_Connection *connection)
{
    return server->mhd->get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
        ->socket_context;
}

void serve_calls_connection(void *payload, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code)
{
    const struct serve_server *server = payload;
    struct client *client = *context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = client = bc_calloc(1, sizeof(*client));
        client->fd = server->mhd->get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
                         ->connect_fd;
        client->watched = serve_watch_begin(server->watch, client->fd);
    } else {
        serve_watch_end(server->watch, client->watched);
        serve_exchange_free(client->exchange);
        free(client);
    }
}

/* --- a request --- */

/* Stands for a `Host` that is not there: so that the library leaves its lack to the gate. */
static const char no_host[] = "";

static size_t pairs_in(struct bc_str target)
{
    size_t n = 1;

    for (size_t i = 0; i < target.len; i++)
        n += target.at[i] == '&';
    return n;
}

void *serve_calls_line(void *payload, const char *target, struct MHD_Connection *connection)
{
    const struct serve_server *server = payload;
    struct client *client = client_of(server, connection);
    struct serve_exchange *exchange = bc_calloc(1, sizeof(*exchange));
    const struct bc_str sent = bc_str_of(target); /* NULL where there is none */
    struct bc_buf refusal = { 0 };

    exchange->connection = connection;
    exchange->long_target = sent.len > SERVE_TARGET_MOST;
    exchange->target = bc_strdup(exchange->long_target ? BC_STR("") : sent);
    serve_exchange_free(client->exchange);
    client->exchange = exchange;
    (void)server->mhd->set_connection_value_n(connection, MHD_HEADER_KIND, "Host", 4, no_host, 0);
    if (pairs_in(sent) > PAIRS_THAT_FIT) {
        serve_reply_bare(&refusal, exchange->long_target ? "414 URI Too Long" : "400 Bad Request");
        (void)send(client->fd, refusal.at, refusal.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        (void)shutdown(client->fd, SHUT_RDWR);
        bc_buf_release(&refusal);
    }
    return exchange;
}

struct sight {
    const struct serve_gate *gate;
    struct serve_seen seen;
};

static enum MHD_Result see(void *payload, enum MHD_ValueKind kind, const char *name,
                           size_t name_len, const char *value, size_t value_len)
{
    struct sight *sight = payload;

    (void)kind;
    if (value != no_host)
        serve_gate_see(sight->gate, &sight->seen, (struct bc_str){ name, name_len },
                       (struct bc_str){ value, value_len });
    return MHD_YES;
}

/* What becomes of it; true: it has a body, which nobody waits for. */
static bool judge(struct serve_server *server, struct serve_exchange *exchange, const char *method)
{
    struct sight sight = { .gate = &server->gate };
    enum serve_verdict verdict;
    const char *fault = NULL;

    (void)server->mhd->get_connection_values_n(exchange->connection, MHD_HEADER_KIND, see, &sight);
    pthread_mutex_lock(&server->lock);
    verdict = serve_gate_judge(&server->gate, &sight.seen, method, bc_str_of(exchange->target),
                               exchange->long_target, &exchange->answer);
    pthread_mutex_unlock(&server->lock);
    exchange->admitted = verdict == SERVE_ADMIT;
    exchange->step = verdict == SERVE_ENTER ? SERVE_LET_IN : SERVE_TURNED;
    if (verdict == SERVE_ENTER)
        fault = serve_target_read(&exchange->read, bc_str_of(exchange->target));
    exchange->read.request.head = strcmp(method, "HEAD") == 0;
    if (fault) {
        serve_page(&exchange->answer, 400, "No question", fault);
        exchange->step = SERVE_TURNED;
    }
    return sight.seen.body;
}

static enum MHD_Result reply(const struct serve_server *server, struct serve_exchange *exchange)
{
    const unsigned status = exchange->answer.status;
    struct MHD_Response *response =
        serve_reply_new(server->mhd, &exchange->answer, exchange->admitted ? server->cookie : NULL);
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    result = server->mhd->queue_response(exchange->connection, status, response);
    server->mhd->destroy_response(response);
    return result;
}

void serve_calls_hold(void *payload, struct serve_exchange *exchange)
{
    struct serve_server *server = payload;

    exchange->step = SERVE_ASKED;
    pthread_mutex_lock(&server->lock);
    server->asked++;
    pthread_mutex_unlock(&server->lock);
    server->mhd->suspend_connection(exchange->connection);
}

void serve_calls_ready(void *payload, struct serve_exchange *exchange)
{
    const struct serve_server *server = payload;

    server->mhd->resume_connection(exchange->connection);
}

enum MHD_Result serve_calls_request(void *payload, struct MHD_Connection *connection,
                                    const char *path, const char *method, const char *version,
                                    const char *body, size_t *body_len, void **context)
{
    struct serve_server *server = payload;
    struct serve_exchange *exchange = *context;

    (void)path;
    (void)version;
    (void)body;
    (void)body_len;
    switch (exchange->step) {
    case SERVE_COME:
        serve_watch_asked(server->watch, client_of(server, connection)->watched);
        /* What is answered at the first call costs the connection. */
        return judge(server, exchange, method) ? reply(server, exchange) : MHD_YES;
    case SERVE_LET_IN:
        if (serve_work_hand(server->work, exchange))
            return MHD_YES;
        serve_work_refuse(&exchange->answer);
        break;
    case SERVE_TURNED:
    case SERVE_ASKED:
        break;
    }
    return reply(server, exchange);
}

void serve_calls_completed(void *payload, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode how)
{
    struct serve_server *server = payload;
    struct client *client = client_of(server, connection);
    const bool asked = client->exchange && client->exchange->step == SERVE_ASKED;

    (void)how;
    *context = NULL;
    serve_exchange_free(client->exchange);
    client->exchange = NULL;
    serve_watch_answered(server->watch, client->watched);
    if (!asked)
        return;
    pthread_mutex_lock(&server->lock);
    server->asked--;
    pthread_cond_broadcast(&server->quiet);
    pthread_mutex_unlock(&server->lock);
}
