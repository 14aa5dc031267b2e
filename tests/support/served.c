#include "tests/support/served.h"

#include "tests/support/check.h"

#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

/* --- the server --- */

static void say_asked(struct bc_buf *out, const struct serve_request *request)
{
    bc_buf_printf(out, "path %.*s\n", BC_STR_ARG(request->path));
    for (size_t i = 0; i < request->pair_n; i++)
        bc_buf_printf(out, "%.*s = %.*s\n", BC_STR_ARG(request->pairs[i].key),
                      BC_STR_ARG(request->pairs[i].value));
}

static void be_slow(struct served *served)
{
    unsigned nth;

    pthread_mutex_lock(&served->lock);
    nth = ++served->slow;
    pthread_cond_broadcast(&served->change);
    while (served->let < nth)
        pthread_cond_wait(&served->change, &served->lock);
    pthread_mutex_unlock(&served->lock);
}

static void add_large(struct bc_buf *out, const struct serve_request *request)
{
    char text[16];
    size_t n;

    (void)snprintf(text, sizeof(text), "%.*s", BC_STR_ARG(request->pairs[0].key));
    n = strtoul(text, NULL, 10);
    memset(bc_buf_room(out, n), 'x', n);
    out->len += n;
}

static void answer_it(void *to, unsigned worker, const struct serve_request *request,
                      struct serve_answer *answer)
{
    struct served *served = to;
    const struct bc_str path = request->path;

    pthread_mutex_lock(&served->lock);
    served->asked++;
    served->workers |= 1U << worker;
    pthread_mutex_unlock(&served->lock);
    if (bc_str_eq(path, BC_STR("/none")))
        return;
    answer->status = 200;
    answer->type = "text/plain; charset=utf-8";
    if (bc_str_eq(path, BC_STR("/slow")))
        be_slow(served);
    if (bc_str_eq(path, BC_STR("/large"))) {
        add_large(&answer->body, request);
    } else if (bc_str_eq(path, BC_STR("/asset"))) {
        answer->immutable = true;
        answer->type = "text/css";
    } else if (bc_str_eq(path, BC_STR("/away"))) {
        answer->status = 303;
        answer->location = bc_strdup(BC_STR("/page?x=1"));
    } else if (bc_str_eq(path, BC_STR("/file"))) {
        answer->filename = bc_strdup(BC_STR("../d\xc3\xa9"
                                            "al \"1\"\r\nX: y.evidence"));
    } else if (!bc_str_eq(path, BC_STR("/page")) && !bc_str_eq(path, BC_STR("/slow"))) {
        answer->status = 404;
    }
    if (answer->body.len == 0)
        say_asked(&answer->body, request);
}

void served_start(struct served *served, const struct serve_opts *opts)
{
    struct serve_opts used = *opts;
    struct bc_buf address = { 0 };
    struct bc_err err = { 0 };
    const char *token;

    *served = (struct served){ 0 };
    pthread_mutex_init(&served->lock, NULL);
    pthread_cond_init(&served->change, NULL);
    if (!used.answer) {
        used.answer = answer_it;
        used.to = served;
    }
    check_ok(serve_start(&served->server, &used, &err), &err);
    served->port = serve_port(served->server);
    serve_address(served->server, &address);
    bc_buf_add_byte(&address, '\0');
    token = strstr(address.at, "token=");
    assert_non_null(token);
    (void)snprintf(served->token, sizeof(served->token), "%s", token + 6);
    bc_buf_release(&address);
}

void served_stop(struct served *served)
{
    served_go(served, 1U << 30);
    serve_stop(served->server);
    served->server = NULL;
}

void served_wait_slow(struct served *served, unsigned n)
{
    pthread_mutex_lock(&served->lock);
    while (served->slow < n)
        pthread_cond_wait(&served->change, &served->lock);
    pthread_mutex_unlock(&served->lock);
}

void served_go(struct served *served, unsigned n)
{
    pthread_mutex_lock(&served->lock);
    served->let = n;
    pthread_cond_broadcast(&served->change);
    pthread_mutex_unlock(&served->lock);
}

unsigned served_asked(struct served *served)
{
    unsigned n;

    pthread_mutex_lock(&served->lock);
    n = served->asked;
    pthread_mutex_unlock(&served->lock);
    return n;
}

/* --- the client --- */

int served_connect(const struct served *served)
{
    const struct sockaddr_in at = { .sin_family = AF_INET,
                                    .sin_port = htons((uint16_t)served->port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct timeval patience = { .tv_sec = 60 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
    return fd;
}

void served_send(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

        if (sent <= 0)
            return; /* it was hung up: what comes back tells */
        bytes += sent;
        len -= (size_t)sent;
    }
}

void served_ask(const struct served *served, int fd, const char *method, const char *target,
                const char *more)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text,
                  "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nCookie: a=b; backcast-%u=%s\r\n%s\r\n",
                  method, target, served->port, served->port, served->token, more ? more : "");
    served_send(fd, text.at, text.len);
    bc_buf_release(&text);
}

const char *served_header(const struct served_answer *answer, const char *name, char *out,
                          size_t size)
{
    const size_t len = strlen(name);
    const char *found = NULL;

    for (const char *line = answer->head.at; line && *line;) {
        const char *end = strstr(line, "\r\n");

        if (!end)
            break;
        if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
            assert_null(found);
            found = line + len + 1 + strspn(line + len + 1, " ");
            (void)snprintf(out, size, "%.*s", (int)(end - found), found);
        }
        line = end + 2;
    }
    return found ? out : NULL;
}

static bool read_byte(int fd, struct bc_buf *out)
{
    char byte;

    if (recv(fd, &byte, 1, 0) != 1)
        return false;
    bc_buf_add_byte(out, byte);
    return true;
}

static bool ends_head(const struct bc_buf *head)
{
    return head->len >= 4 && memcmp(head->at + head->len - 4, "\r\n\r\n", 4) == 0;
}

void served_read(int fd, struct served_answer *answer, bool bare)
{
    char length[32];
    size_t left = 0;

    *answer = (struct served_answer){ 0 };
    while (!ends_head(&answer->head))
        if (!read_byte(fd, &answer->head)) {
            answer->ended = true;
            return;
        }
    *bc_buf_room(&answer->head, 1) = '\0';
    answer->status = (unsigned)strtoul(answer->head.at + 9, NULL, 10);
    if (!bare && served_header(answer, "Content-Length", length, sizeof(length)))
        left = strtoul(length, NULL, 10);
    while (left > 0) {
        ssize_t got = recv(fd, bc_buf_room(&answer->body, left), left, 0);

        if (got <= 0)
            break;
        answer->body.len += (size_t)got;
        left -= (size_t)got;
    }
    *bc_buf_room(&answer->body, 1) = '\0';
    assert_int_equal(left, 0);
}

void served_answer_release(struct served_answer *answer)
{
    bc_buf_release(&answer->head);
    bc_buf_release(&answer->body);
}

void served_raw(const struct served *served, struct served_answer *answer, const char *bytes,
                size_t len)
{
    int fd = served_connect(served);

    served_send(fd, bytes, len);
    served_read(fd, answer, len > 4 && memcmp(bytes, "HEAD", 4) == 0);
    (void)close(fd);
}

void served_get(const struct served *served, struct served_answer *answer, const char *method,
                const char *target, const char *more)
{
    int fd = served_connect(served);

    served_ask(served, fd, method, target, more);
    served_read(fd, answer, strcmp(method, "HEAD") == 0);
    (void)close(fd);
}
