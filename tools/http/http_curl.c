/* tools/http/http_curl.c - the wire, by libcurl's multi interface. */
#include "tools/http/curl_lazy.h"
#include "tools/http/http_headers.h"
#include "tools/http/http_wire.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <curl/curl.h>

/* One exchange; its handle is used again by later ones. */
struct lane {
    CURL *easy;
    void *tag;
    bool busy, too_large, beside, post;
    size_t body_max;
    struct bc_buf url;
    struct curl_slist *headers;
    char problem[CURL_ERROR_SIZE];
    struct http_reply reply;
};

struct http_wire {
    CURLM *multi;
    struct http_base base;
    enum http_auth auth;
    char *token;             /* "": there is none */
    char **headers, **hosts; /* NULL-ended; `hosts` NULL: there is no list */
    bool follow;
    const struct http_service *service;
    int64_t connect_max_us, answer_max_us;
    struct lane *lanes;
    unsigned lane_n, in_flight;
};

/* ---- the token and the headers ---- */

static bc_status check_token(const char *token, struct bc_err *err)
{
    if (!token || !token[0])
        return bc_err_set(err, BC_E_INPUT, "there is no token");
    for (const char *p = token; *p; p++) {
        if (*p < 0x21 || *p > 0x7e)
            return bc_err_set(err, BC_E_INPUT,
                              "the token holds a character that no token has (a space, a line's "
                              "end, a control character or one outside ASCII)");
    }
    return BC_OK;
}

static bool has_control(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return true;
    }
    return false;
}

static bc_status check_headers(const char *const *headers, struct bc_err *err)
{
    for (; headers && *headers; headers++) {
        if (has_control(*headers) || !strchr(*headers, ':'))
            return bc_err_set(err, BC_E_INPUT, "'%.100s' is no header, expected NAME: VALUE",
                              *headers);
    }
    return BC_OK;
}

/* ---- setting up ---- */

static void wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

/* NULL for NULL. */
static char **list_copy(const char *const *list)
{
    size_t n = 0;

    while (list && list[n])
        n++;
    char **copy = list ? bc_calloc(n + 1, sizeof(*copy)) : NULL;

    for (size_t i = 0; i < n; i++)
        copy[i] = bc_strdup(bc_str_of(list[i]));
    return copy;
}

static void list_free(char **list)
{
    for (size_t i = 0; list && list[i]; i++)
        free(list[i]);
    free(list);
}

void http_wire_drop(http_wire *wire)
{
    for (unsigned i = 0; i < wire->lane_n; i++) {
        if (wire->lanes[i].busy)
            curl_multi_remove_handle(wire->multi, wire->lanes[i].easy);
        wire->lanes[i].busy = false;
    }
    wire->in_flight = 0;
}

static void lane_release(struct lane *lane)
{
    curl_easy_cleanup(lane->easy);
    curl_slist_free_all(lane->headers);
    http_target_release(&lane->reply.redirect);
    http_target_release(&lane->reply.next);
    bc_buf_release(&lane->reply.body);
    bc_buf_release(&lane->url);
}

void http_wire_free(http_wire *wire)
{
    if (!wire)
        return;
    http_wire_drop(wire);
    for (unsigned i = 0; i < wire->lane_n; i++)
        lane_release(&wire->lanes[i]);
    curl_multi_cleanup(wire->multi);
    list_free(wire->headers);
    list_free(wire->hosts);
    free(wire->lanes);
    http_base_release(&wire->base);
    wipe(wire->token);
    free(wire);
    curl_global_cleanup();
}

static void open_lanes(http_wire *wire, unsigned n, size_t body_max)
{
    wire->lanes = bc_calloc(n, sizeof(*wire->lanes));
    for (; wire->lane_n < n; wire->lane_n++) {
        struct lane *lane = &wire->lanes[wire->lane_n];

        lane->body_max = body_max;
        lane->easy = curl_easy_init();
        if (!lane->easy)
            bc_out_of_memory();
    }
}

bc_status http_wire_new(http_wire **out, const struct http_wire_opts *opts, struct bc_err *err)
{
    const char *token = opts->auth == HTTP_NO_TOKEN ? "" : opts->token;
    struct http_base base = { 0 };
    bc_status rc = curl_lazy_load(err);

    if (rc == BC_OK)
        rc = http_base_read(&base, opts->base_url, err);
    if (rc == BC_OK && opts->auth != HTTP_NO_TOKEN)
        rc = check_token(token, err);
    if (rc == BC_OK)
        rc = check_headers(opts->headers, err);
    if (rc < 0) {
        http_base_release(&base);
        return rc;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        bc_out_of_memory();
    http_wire *wire = bc_calloc(1, sizeof(*wire));

    wire->base = base;
    wire->auth = opts->auth;
    wire->token = bc_strdup(bc_str_of(token));
    wire->headers = list_copy(opts->headers);
    wire->hosts = list_copy(opts->follow_hosts);
    wire->follow = opts->follow;
    wire->service = opts->service;
    wire->connect_max_us = opts->connect_max_us;
    wire->answer_max_us = opts->answer_max_us;
    wire->multi = curl_multi_init();
    if (!wire->multi)
        bc_out_of_memory();
    open_lanes(wire, opts->in_flight_max, opts->body_max);
    *out = wire;
    return BC_OK;
}

bc_status http_wire_set_token(http_wire *wire, const char *token, struct bc_err *err)
{
    bc_status rc = check_token(token, err);

    if (rc < 0)
        return rc;
    wipe(wire->token);
    wire->token = bc_strdup(bc_str_of(token));
    return BC_OK;
}

unsigned http_wire_in_flight(const http_wire *wire)
{
    return wire->in_flight;
}

/* ---- an exchange ---- */

static size_t take_bytes(char *at, size_t size, size_t n, void *state)
{
    struct lane *lane = state;
    size_t len = size * n;

    if (len > lane->body_max - lane->reply.body.len) {
        lane->too_large = true;
        return 0; /* ends the transfer */
    }
    bc_buf_add(&lane->reply.body, at, len);
    return len;
}

static void reset(struct lane *lane)
{
    struct http_reply *reply = &lane->reply;
    struct bc_buf body = reply->body;
    struct http_target redirect = reply->redirect, next = reply->next;

    body.len = 0;
    redirect.host[0] = '\0';
    next.host[0] = '\0';
    *reply = (struct http_reply){ .body = body, .redirect = redirect, .next = next };
    lane->url.len = 0;
    lane->too_large = false;
    lane->problem[0] = '\0';
    curl_easy_reset(lane->easy);
    curl_slist_free_all(lane->headers);
    lane->headers = NULL;
}

static void add_header(struct lane *lane, const char *name, const char *value)
{
    struct bc_buf line = { 0 };

    if (!value || has_control(value)) /* the rest of it would be a header of its own */
        return;
    bc_buf_printf(&line, "%s%s", name, value);
    bc_buf_add_byte(&line, '\0');
    lane->headers = curl_slist_append(lane->headers, line.at);
    if (!lane->headers)
        bc_out_of_memory();
    bc_buf_release(&line);
}

static void set_headers(const http_wire *wire, struct lane *lane,
                        const struct http_sending *sending)
{
    for (size_t i = 0; wire->headers && wire->headers[i] && !sending->beside; i++)
        add_header(lane, "", wire->headers[i]);
    if (sending->body.at)
        add_header(lane, "Content-Type: ", sending->type);
    add_header(lane, "If-None-Match: ", sending->if_none_match);
    add_header(lane, "If-Modified-Since: ", sending->if_modified_since);
    if (lane->headers)
        curl_easy_setopt(lane->easy, CURLOPT_HTTPHEADER, lane->headers);
}

static void set_token(const http_wire *wire, CURL *easy)
{
    switch (wire->auth) {
    case HTTP_BEARER:
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, wire->token);
        break;
    case HTTP_BASIC_USER:
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(easy, CURLOPT_USERNAME, wire->token);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, "");
        break;
    case HTTP_NO_TOKEN:
        break;
    }
}

static void set_security(const http_wire *wire, struct lane *lane, bool beside)
{
    const bool secure = strncmp(lane->url.at, "https:", strlen("https:")) == 0;

    curl_easy_setopt(lane->easy, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
    curl_easy_setopt(lane->easy, CURLOPT_FOLLOWLOCATION, 0L);
    if (!beside)
        set_token(wire, lane->easy);
    curl_easy_setopt(lane->easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(lane->easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(lane->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (wire->base.local)
        curl_easy_setopt(lane->easy, CURLOPT_PROXY, ""); /* a proxy may be another machine */
}

static void set_address(const http_wire *wire, struct lane *lane,
                        const struct http_sending *sending)
{
    bc_buf_printf(&lane->url, "%s%s", sending->beside ? "" : wire->base.url, sending->path);
    bc_buf_add_byte(&lane->url, '\0');
    curl_easy_setopt(lane->easy, CURLOPT_URL, lane->url.at);
    curl_easy_setopt(lane->easy, CURLOPT_PATH_AS_IS, 1L);
}

void http_wire_send(http_wire *wire, void *tag, const struct http_sending *sending)
{
    struct lane *lane = wire->lanes;

    assert(wire->in_flight < wire->lane_n);
    while (lane->busy)
        lane++;
    reset(lane);
    lane->tag = tag;
    lane->beside = sending->beside;
    lane->post = sending->body.at;

    CURL *easy = lane->easy;

    set_address(wire, lane, sending);
    set_security(wire, lane, sending->beside);
    set_headers(wire, lane, sending);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "backcast");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)(wire->connect_max_us / 1000));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(wire->answer_max_us / 1000));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, lane->problem);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, lane);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, lane);
    if (sending->body.at) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)sending->body.len);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, sending->body.at);
    }
    if (curl_multi_add_handle(wire->multi, easy) != CURLM_OK)
        bc_out_of_memory();
    lane->busy = true;
    wire->in_flight++;
}

/* ---- its end ---- */

static void read_redirect(const http_wire *wire, struct lane *lane)
{
    struct http_target *target = &lane->reply.redirect;
    char *to = NULL;

    curl_easy_getinfo(lane->easy, CURLINFO_REDIRECT_URL, &to);
    if (!to)
        return;
    http_address_resolve(target, &wire->base, lane->url.at, to, (const char *const *)wire->hosts);
    if (lane->post || (target->way == HTTP_WAY_WITHIN && (!wire->follow || lane->beside)))
        target->way = HTTP_WAY_OFF;
}

static void read_next(const http_wire *wire, struct lane *lane)
{
    struct bc_buf to = { 0 };

    http_headers_next(&to, lane->easy);
    if (to.len) {
        bc_buf_add_byte(&to, '\0');
        http_address_resolve(&lane->reply.next, &wire->base, lane->url.at, to.at, NULL);
        if (!lane->reply.next.host[0])
            (void)strcpy(lane->reply.next.host, "?");
    }
    bc_buf_release(&to);
}

static enum http_outcome outcome_of(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return HTTP_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WEIRD_SERVER_REPLY:
        return HTTP_BROKE;
    default:
        return HTTP_IMPOSSIBLE;
    }
}

static void settle(const http_wire *wire, struct lane *lane, CURLcode code)
{
    struct http_reply *reply = &lane->reply;
    long status = 0;

    curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
    reply->status = (int)status;
    reply->outcome = outcome_of(code);
    reply->retry_after_us = reply->limit_n = reply->limit_left = reply->limit_us = -1;
    reply->day_left = reply->date_us = reply->reset_us = -1;
    if (reply->outcome == HTTP_ANSWERED) {
        http_headers_read(reply, lane->easy, wire->service);
        read_redirect(wire, lane);
        read_next(wire, lane);
    } else if (lane->too_large) {
        snprintf(reply->problem, sizeof(reply->problem), "the answer is longer than %zu bytes",
                 lane->body_max);
    } else {
        snprintf(reply->problem, sizeof(reply->problem), "%s",
                 lane->problem[0] ? lane->problem : curl_easy_strerror(code));
    }
}

bool http_wire_next(http_wire *wire, void **tag, const struct http_reply **reply)
{
    int running, left;
    CURLMsg *message;
    struct lane *lane = NULL;

    curl_multi_perform(wire->multi, &running);
    do {
        message = curl_multi_info_read(wire->multi, &left);
    } while (message && message->msg != CURLMSG_DONE);
    if (!message)
        return false;
    CURLcode code = message->data.result; /* gone once the handle is removed */
    CURL *easy = message->easy_handle;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&lane);
    curl_multi_remove_handle(wire->multi, easy);
    settle(wire, lane, code);
    lane->busy = false;
    wire->in_flight--;
    *tag = lane->tag;
    *reply = &lane->reply;
    return true;
}

void http_wire_wait(http_wire *wire, int64_t us)
{
    int happened;

    curl_multi_poll(wire->multi, NULL, 0, us > 999 ? (int)(us / 1000) : 1, &happened);
}
