#include "tools/serve/serve.h"

#include "tools/serve/serve_calls.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

enum {
    CONNECTION_BYTES = 65536, /* of a request and the head of its answer */
    LINGER_S = 2,             /* for those that are still reading when it ends */
};

static unsigned wait_of(const struct serve_opts *opts)
{
    return opts->wait_s ? opts->wait_s : (unsigned)SERVE_WAIT_S;
}

static int bound_to(unsigned port)
{
    const struct sockaddr_in at = { .sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), why;

    /* An earlier start's connections that are still being closed do not take the port. */
    if (fd < 0 ||
        (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
         bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, SOMAXCONN) == 0))
        return fd;
    why = errno;
    (void)close(fd);
    errno = why;
    return -1;
}

static bc_status listen_at(int *out, struct serve_server *server, const struct serve_opts *opts,
                           struct bc_err *err)
{
    struct sockaddr_in at = { 0 };
    socklen_t len = sizeof(at);

    if (opts->port > 65535)
        return bc_err_set(err, BC_E_USAGE, "%u is no port: 1 to 65535, or 0 for any", opts->port);
    *out = bound_to(opts->port);
    if (*out < 0 && opts->or_any)
        *out = bound_to(0);
    if (*out < 0)
        return bc_err_errno(err, "listen at 127.0.0.1:%u", opts->port);
    if (getsockname(*out, (struct sockaddr *)&at, &len) != 0)
        return bc_err_errno(err, "see at which port it listens");
    server->port = ntohs(at.sin_port);
    return BC_OK;
}

static bc_status make_gate(struct serve_server *server, struct bc_err *err)
{
    struct serve_gate *gate = &server->gate;
    bc_status rc = serve_token_new(&gate->token, err);

    (void)snprintf(gate->host, sizeof(gate->host), "127.0.0.1:%u", server->port);
    (void)snprintf(gate->cookie, sizeof(gate->cookie), "backcast-%u", server->port);
    (void)snprintf(server->cookie, sizeof(server->cookie),
                   "%s=%s; HttpOnly; SameSite=Strict; Path=/", gate->cookie, gate->token.text);
    return rc;
}

/* The library has the socket from here on, or it is closed. */
static bc_status start_daemon(struct serve_server *server, const struct serve_opts *opts, int fd,
                              struct bc_err *err)
{
    server->daemon = server->mhd->start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        serve_calls_request, server, MHD_OPTION_LISTEN_SOCKET, (MHD_socket)fd,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_TIMEOUT, wait_of(opts),
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVE_CONNECTIONS_MOST,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, 0U, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, serve_calls_line, server,
        MHD_OPTION_NOTIFY_COMPLETED, serve_calls_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        serve_calls_connection, server, MHD_OPTION_END);
    if (server->daemon)
        return BC_OK;
    (void)close(fd);
    return bc_err_set(err, BC_E_IO, "cannot start to serve at 127.0.0.1:%u", server->port);
}

static bc_status start(struct serve_server *server, const struct serve_opts *opts,
                       struct bc_err *err)
{
    const unsigned workers = opts->workers ? opts->workers : 2;
    const struct serve_work_opts work = { .answer = opts->answer,
                                          .to = opts->to,
                                          .workers = workers < SERVE_WORKERS_MOST
                                                         ? workers
                                                         : (unsigned)SERVE_WORKERS_MOST,
                                          .queue_max = opts->queue_max ? opts->queue_max : 128,
                                          .hold = serve_calls_hold,
                                          .ready = serve_calls_ready,
                                          .payload = server };
    int fd = -1;
    bc_status rc = mhd_lazy_load(&server->mhd, err);

    if (rc == BC_OK)
        rc = listen_at(&fd, server, opts, err);
    if (rc == BC_OK)
        rc = make_gate(server, err);
    if (rc == BC_OK)
        rc = serve_watch_new(&server->watch, wait_of(opts), err);
    if (rc == BC_OK)
        rc = serve_work_new(&server->work, &work, err);
    if (rc == BC_OK)
        return start_daemon(server, opts, fd, err);
    if (fd >= 0)
        (void)close(fd);
    return rc;
}

bc_status serve_start(serve_server **out, const struct serve_opts *opts, struct bc_err *err)
{
    struct serve_server *server = bc_calloc(1, sizeof(*server));
    bc_status rc;

    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->quiet, NULL);
    rc = start(server, opts, err);
    if (rc == BC_OK)
        *out = server;
    else
        serve_stop(server);
    return rc;
}

/* Until what was answered has gone out, or for a while. */
static void linger(struct serve_server *server)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LINGER_S;
    pthread_mutex_lock(&server->lock);
    while (server->asked > 0 &&
           pthread_cond_clockwait(&server->quiet, &server->lock, CLOCK_MONOTONIC, &until) == 0)
        ;
    pthread_mutex_unlock(&server->lock);
}

void serve_stop(serve_server *server)
{
    int fd = -1;

    if (!server)
        return;
    if (server->daemon)
        fd = server->mhd->quiesce_daemon(server->daemon);
    if (server->work)
        serve_work_end(server->work);
    if (server->daemon) {
        linger(server);
        server->mhd->stop_daemon(server->daemon);
    }
    if (fd >= 0)
        (void)close(fd);
    serve_work_free(server->work);
    serve_watch_free(server->watch);
    pthread_cond_destroy(&server->quiet);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

unsigned serve_port(const serve_server *server)
{
    return server->port;
}

static void add_address(const struct serve_server *server, const struct serve_token *token,
                        struct bc_buf *out)
{
    bc_buf_printf(out, "http://%s/?token=%s", server->gate.host, token->text);
}

void serve_address(const serve_server *server, struct bc_buf *out)
{
    add_address(server, &server->gate.token, out);
}

bc_status serve_address_once(serve_server *server, struct bc_buf *out, struct bc_err *err)
{
    struct serve_token once;
    bc_status rc = serve_token_new(&once, err);

    if (rc < 0)
        return rc;
    add_address(server, &once, out);
    pthread_mutex_lock(&server->lock);
    server->gate.once = once;
    pthread_mutex_unlock(&server->lock);
    return BC_OK;
}
