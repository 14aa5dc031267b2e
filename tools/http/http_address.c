#include "tools/http/http_address.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include <arpa/inet.h>
#include <curl/curl.h>

#define HTTPS_PORT "443"

static bool is_loopback(const char *host)
{
    struct in_addr v4;

    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* NULL: there is none. */
static char *url_part(CURLU *url, CURLUPart part)
{
    char *text = NULL, *copy;

    if (curl_url_get(url, part, &text, part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0) !=
        CURLUE_OK)
        return NULL;
    copy = bc_strdup(bc_str_of(text));
    curl_free(text);
    return copy;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = url_part(url, part);
    const bool there = text;

    free(text);
    return there;
}

static CURLU *url_new(void)
{
    CURLU *url = curl_url();

    if (!url)
        bc_out_of_memory();
    return url;
}

/* ---- the base URL ---- */

static bc_status judge_base(const struct http_base *base, struct bc_err *err)
{
    if (!base->secure && !(base->scheme && strcmp(base->scheme, "http") == 0))
        return bc_err_set(err, BC_E_INPUT, "the base URL is no https address");
    if (!base->secure && !base->local)
        return bc_err_set(err, BC_E_INPUT,
                          "the base URL is plain http, by which the token could be read on its "
                          "way to %s; expected https",
                          base->host);
    return BC_OK;
}

static struct bc_str without_slash(const char *text)
{
    struct bc_str s = bc_str_of(text ? text : "");

    while (s.len && s.at[s.len - 1] == '/')
        s.len--;
    return s;
}

static bc_status read_parts(struct http_base *out, CURLU *url, struct bc_err *err)
{
    char *dir = url_part(url, CURLUPART_PATH);

    out->scheme = url_part(url, CURLUPART_SCHEME);
    out->host = url_part(url, CURLUPART_HOST);
    out->port = url_part(url, CURLUPART_PORT);
    out->dir = bc_strdup(without_slash(dir));
    free(dir);
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_QUERY) ||
        has_part(url, CURLUPART_FRAGMENT) || !out->host)
        return bc_err_set(err, BC_E_INPUT,
                          "the base URL holds more than a host and a path, expected "
                          "https://HOST");
    out->secure = out->scheme && strcmp(out->scheme, "https") == 0;
    out->local = is_loopback(out->host);
    return judge_base(out, err);
}

bc_status http_base_read(struct http_base *out, const char *url, struct bc_err *err)
{
    struct http_base base = { 0 };
    CURLU *parts = url_new();
    bc_status rc;

    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        rc = bc_err_set(err, BC_E_INPUT, "the base URL is no address, expected https://HOST");
    else
        rc = read_parts(&base, parts, err);
    curl_url_cleanup(parts);
    if (rc < 0) {
        http_base_release(&base);
        return rc;
    }
    base.url = bc_strdup(without_slash(url));
    *out = base;
    return BC_OK;
}

void http_base_release(struct http_base *base)
{
    free(base->url);
    free(base->scheme);
    free(base->host);
    free(base->port);
    free(base->dir);
    *base = (struct http_base){ 0 };
}

/* ---- where another address leads ---- */

struct parts {
    char *scheme, *host, *port, *path, *query;
};

static void parts_release(struct parts *parts)
{
    free(parts->scheme);
    free(parts->host);
    free(parts->port);
    free(parts->path);
    free(parts->query);
}

static bool is_listed(const char *host, const char *const *hosts)
{
    const size_t len = strlen(host);

    for (; hosts && *hosts; hosts++) {
        const size_t end = strlen(*hosts);

        if (**hosts == '.' ? len > end && strcasecmp(host + len - end, *hosts) == 0
                           : strcasecmp(host, *hosts) == 0)
            return true;
    }
    return false;
}

static bool is_within(const struct http_base *base, const struct parts *to)
{
    const size_t len = strlen(base->dir);

    return strcmp(to->scheme, base->scheme) == 0 && strcasecmp(to->host, base->host) == 0 &&
           strcmp(to->port, base->port) == 0 && strncmp(to->path, base->dir, len) == 0 &&
           to->path[len] == '/' && to->path[len + 1] != '/';
}

static bool is_beside(const struct http_base *base, const struct parts *to, bool from_secure,
                      const char *const *hosts)
{
    const bool secure = strcmp(to->scheme, "https") == 0;

    if (!hosts || (!secure && (from_secure || strcmp(to->scheme, "http") != 0)))
        return false;
    if (base->local && is_loopback(to->host))
        return true;
    return secure && strcmp(to->port, HTTPS_PORT) == 0 && is_listed(to->host, hosts);
}

static void write_target(struct http_target *out, const struct http_base *base,
                         const struct parts *to)
{
    if (out->way == HTTP_WAY_BESIDE)
        bc_buf_printf(&out->to, "%s://%s:%s%s", to->scheme, to->host, to->port, to->path);
    else
        bc_buf_printf(&out->to, "%s", to->path + strlen(base->dir));
    if (to->query)
        bc_buf_printf(&out->to, "?%s", to->query);
}

static void judge_target(struct http_target *out, const struct http_base *base, CURLU *url,
                         bool from_secure, const char *const *hosts)
{
    struct parts to = {
        .scheme = url_part(url, CURLUPART_SCHEME),
        .host = url_part(url, CURLUPART_HOST),
        .port = url_part(url, CURLUPART_PORT),
        .path = url_part(url, CURLUPART_PATH),
        .query = url_part(url, CURLUPART_QUERY),
    };

    (void)snprintf(out->host, sizeof(out->host), "%s", to.host ? to.host : "");
    if (to.scheme && to.host && to.port && to.path && !has_part(url, CURLUPART_USER)) {
        if (is_within(base, &to))
            out->way = HTTP_WAY_WITHIN;
        else if (is_beside(base, &to, from_secure, hosts))
            out->way = HTTP_WAY_BESIDE;
    }
    if (out->way != HTTP_WAY_OFF)
        write_target(out, base, &to);
    parts_release(&to);
}

void http_address_resolve(struct http_target *out, const struct http_base *base, const char *from,
                          const char *to, const char *const *hosts)
{
    CURLU *url = url_new();

    out->way = HTTP_WAY_OFF;
    out->host[0] = '\0';
    out->to.len = 0;
    if (curl_url_set(url, CURLUPART_URL, from, 0) == CURLUE_OK &&
        curl_url_set(url, CURLUPART_URL, to, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        judge_target(out, base, url, strncmp(from, "https:", strlen("https:")) == 0, hosts);
    bc_buf_add_byte(&out->to, '\0');
    curl_url_cleanup(url);
}

void http_target_release(struct http_target *target)
{
    bc_buf_release(&target->to);
}
