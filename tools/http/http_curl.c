/* tools/http/http_curl.c - the wire, by libcurl's multi interface. */
#include "tools/http/curl_lazy.h"
#include "tools/http/http_wire.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <arpa/inet.h>
#include <curl/curl.h>

/* One exchange; its handle is used again by later ones. */
struct lane {
    CURL *easy;
    void *tag;
    bool busy, too_large;
    size_t body_max;
    char problem[CURL_ERROR_SIZE];
    struct http_reply reply;
};

struct http_wire {
    CURLM *multi;
    struct curl_slist *post_headers;
    char *base, *token;
    bool secure, local; /* by https; to this machine */
    int64_t connect_max_us, answer_max_us;
    struct lane *lanes;
    unsigned lane_n, in_flight;
    struct bc_buf url; /* curl copies it */
};

/* ---- the address and the token ---- */

static bool is_loopback(const char *host)
{
    struct in_addr v4;

    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

static char *url_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;

    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bc_status judge_base(bool *secure, bool *local, const char *scheme, const char *host,
                            struct bc_err *err)
{
    *secure = scheme && strcmp(scheme, "https") == 0;
    *local = is_loopback(host);
    if (!*secure && !(scheme && strcmp(scheme, "http") == 0))
        return bc_err_set(err, BC_E_INPUT, "the base URL is no https address");
    if (!*secure && !*local)
        return bc_err_set(err, BC_E_INPUT,
                          "the base URL is plain http, by which the token could be read on its "
                          "way to %s; expected https",
                          host);
    return BC_OK;
}

static bc_status check_base(bool *secure, bool *local, const char *base, struct bc_err *err)
{
    CURLU *url = curl_url();
    bc_status rc = BC_OK;

    if (!url)
        bc_out_of_memory();
    if (curl_url_set(url, CURLUPART_URL, base, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        rc = bc_err_set(err, BC_E_INPUT, "the base URL is no address, expected https://HOST");
    } else {
        char *scheme = url_part(url, CURLUPART_SCHEME), *host = url_part(url, CURLUPART_HOST);
        char *user = url_part(url, CURLUPART_USER), *query = url_part(url, CURLUPART_QUERY);
        char *fragment = url_part(url, CURLUPART_FRAGMENT);

        if (user || query || fragment || !host)
            rc = bc_err_set(err, BC_E_INPUT,
                            "the base URL holds more than a host and a path, expected "
                            "https://HOST");
        else
            rc = judge_base(secure, local, scheme, host, err);
        curl_free(scheme);
        curl_free(host);
        curl_free(user);
        curl_free(query);
        curl_free(fragment);
    }
    curl_url_cleanup(url);
    return rc;
}

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

/* ---- setting up ---- */

static void wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
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

void http_wire_free(http_wire *wire)
{
    if (!wire)
        return;
    http_wire_drop(wire);
    for (unsigned i = 0; i < wire->lane_n; i++) {
        curl_easy_cleanup(wire->lanes[i].easy);
        bc_buf_release(&wire->lanes[i].reply.body);
    }
    curl_multi_cleanup(wire->multi);
    curl_slist_free_all(wire->post_headers);
    bc_buf_release(&wire->url);
    free(wire->lanes);
    free(wire->base);
    wipe(wire->token);
    free(wire);
    curl_global_cleanup();
}

bc_status http_wire_new(http_wire **out, const struct http_wire_opts *opts, struct bc_err *err)
{
    bool secure = true, local = false;
    bc_status rc = curl_lazy_load(err);

    if (rc == BC_OK)
        rc = check_base(&secure, &local, opts->base_url, err);
    if (rc == BC_OK)
        rc = check_token(opts->token, err);
    if (rc < 0)
        return rc;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        bc_out_of_memory();
    http_wire *wire = bc_calloc(1, sizeof(*wire));
    struct bc_str base = bc_str_of(opts->base_url);

    while (base.len && base.at[base.len - 1] == '/')
        base.len--;
    wire->base = bc_strdup(base);
    wire->token = bc_strdup(bc_str_of(opts->token));
    wire->secure = secure;
    wire->local = local;
    wire->connect_max_us = opts->connect_max_us;
    wire->answer_max_us = opts->answer_max_us;
    wire->multi = curl_multi_init();
    wire->post_headers = curl_slist_append(NULL, "Content-Type: application/json");
    wire->lanes = bc_calloc(opts->in_flight_max, sizeof(*wire->lanes));
    for (; wire->lane_n < opts->in_flight_max; wire->lane_n++) {
        struct lane *lane = &wire->lanes[wire->lane_n];

        lane->body_max = opts->body_max;
        lane->easy = curl_easy_init();
        if (!lane->easy)
            bc_out_of_memory();
    }
    if (!wire->multi || !wire->post_headers)
        bc_out_of_memory();
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
    struct bc_buf body = lane->reply.body;

    body.len = 0;
    lane->reply = (struct http_reply){ .body = body };
    lane->too_large = false;
    lane->problem[0] = '\0';
    curl_easy_reset(lane->easy);
}

static void set_security(const http_wire *wire, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, wire->secure ? "https" : "http");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
    curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, wire->token);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (wire->local)
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* a proxy may be another machine */
}

void http_wire_send(http_wire *wire, void *tag, const char *path, struct bc_str body)
{
    struct lane *lane = wire->lanes;

    assert(wire->in_flight < wire->lane_n);
    while (lane->busy)
        lane++;
    reset(lane);
    lane->tag = tag;
    wire->url.len = 0;
    bc_buf_printf(&wire->url, "%s%s", wire->base, path);
    bc_buf_add_byte(&wire->url, '\0');

    CURL *easy = lane->easy;

    set_security(wire, easy);
    curl_easy_setopt(easy, CURLOPT_URL, wire->url.at);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
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
    if (body.at) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.at);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, wire->post_headers);
    }
    if (curl_multi_add_handle(wire->multi, easy) != CURLM_OK)
        bc_out_of_memory();
    lane->busy = true;
    wire->in_flight++;
}

/* ---- its end ---- */

static const char *header(CURL *easy, const char *name)
{
    struct curl_header *found;

    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return NULL;
    return found->value;
}

/* A whole number of at most 12 digits, or -1. */
static int64_t header_number(CURL *easy, const char *name)
{
    const char *text = header(easy, name);
    size_t digits = text ? strspn(text, "0123456789") : 0;

    if (digits < 1 || digits > 12 || text[digits] != '\0')
        return -1;
    return strtoll(text, NULL, 10);
}

static int64_t scaled(int64_t n, int64_t unit)
{
    return n < 0 ? -1 : n * unit;
}

static void read_redirect(CURL *easy, struct http_reply *reply)
{
    char *to = NULL;
    CURLU *url = curl_url();

    if (!url)
        bc_out_of_memory();
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &to);
    if (to && curl_url_set(url, CURLUPART_URL, to, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        char *host = url_part(url, CURLUPART_HOST);

        snprintf(reply->redirect_host, sizeof(reply->redirect_host), "%s", host ? host : "");
        curl_free(host);
    }
    curl_url_cleanup(url);
}

static void read_answer(CURL *easy, struct http_reply *reply)
{
    const char *type = header(easy, "Content-Type");

    snprintf(reply->type, sizeof(reply->type), "%s", type ? type : "");
    reply->retry_after_us = scaled(header_number(easy, "Retry-After"), 1000000);
    reply->limit_n = header_number(easy, "X-HubSpot-RateLimit-Max");
    reply->limit_left = header_number(easy, "X-HubSpot-RateLimit-Remaining");
    reply->limit_us =
        scaled(header_number(easy, "X-HubSpot-RateLimit-Interval-Milliseconds"), 1000);
    reply->day_left = header_number(easy, "X-HubSpot-RateLimit-Daily-Remaining");
    read_redirect(easy, reply);
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

static void settle(struct lane *lane, CURLcode code)
{
    struct http_reply *reply = &lane->reply;
    long status = 0;

    curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
    reply->status = (int)status;
    reply->outcome = outcome_of(code);
    reply->retry_after_us = reply->limit_n = reply->limit_left = reply->limit_us = -1;
    reply->day_left = -1;
    if (reply->outcome == HTTP_ANSWERED) {
        read_answer(lane->easy, reply);
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
    settle(lane, code);
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
