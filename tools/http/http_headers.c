#include "tools/http/http_headers.h"

#include "tools/http/http_link.h"

#include <stdio.h>
#include <stdlib.h>

#include <curl/curl.h>

/* NULL: there is none, or it has no name. */
static const char *header(CURL *easy, const char *name)
{
    struct curl_header *found;

    if (!name || curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
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

/* A time as HTTP writes it, as microseconds since 1970, or -1. */
static int64_t header_time(CURL *easy, const char *name)
{
    const char *text = header(easy, name);
    time_t s = text ? curl_getdate(text, NULL) : -1;

    return s < 0 ? -1 : (int64_t)s * 1000000;
}

/* A number of seconds, or a time, which is measured from the answer's own. */
static int64_t retry_after(CURL *easy, int64_t date_us)
{
    const char *text = header(easy, "Retry-After");
    int64_t us = scaled(header_number(easy, "Retry-After"), 1000000);

    if (us >= 0 || date_us < 0 || !text || (*text >= '0' && *text <= '9'))
        return us;
    us = header_time(easy, "Retry-After");
    return us < 0 ? -1 : us > date_us ? us - date_us : 0;
}

/* "" for what does not fit: a part of it would name something else. */
static void header_text(char *out, size_t size, CURL *easy, const char *name)
{
    const char *text = header(easy, name);

    if (text && strlen(text) < size)
        (void)strcpy(out, text);
}

static void read_limits(struct http_reply *reply, CURL *easy, const struct http_service *service)
{
    reply->limit_n = header_number(easy, service->limit);
    reply->limit_left = header_number(easy, service->left);
    reply->limit_us = scaled(header_number(easy, service->interval_ms), 1000);
    reply->day_left = header_number(easy, service->day_left);
    reply->reset_us = scaled(header_number(easy, service->reset_at), 1000000);
}

/* Later versions of HTTP say where a body ends. */
static bool is_endless(CURL *easy)
{
    long version = 0;

    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    return (version == CURL_HTTP_VERSION_1_0 || version == CURL_HTTP_VERSION_1_1) &&
           !header(easy, "Content-Length") && !header(easy, "Transfer-Encoding");
}

void http_headers_read(struct http_reply *reply, void *easy, const struct http_service *service)
{
    const char *type = header(easy, "Content-Type");

    snprintf(reply->type, sizeof(reply->type), "%s", type ? type : "");
    header_text(reply->etag, sizeof(reply->etag), easy, "ETag");
    header_text(reply->last_modified, sizeof(reply->last_modified), easy, "Last-Modified");
    reply->date_us = header_time(easy, "Date");
    reply->retry_after_us = retry_after(easy, reply->date_us);
    reply->endless = is_endless(easy);
    if (service)
        read_limits(reply, easy, service);
}

void http_headers_next(struct bc_buf *out, void *easy)
{
    struct curl_header *found;

    for (size_t i = 0;
         out->len == 0 && curl_easy_header(easy, "Link", i, CURLH_HEADER, -1, &found) == CURLHE_OK;
         i++)
        http_link_next(out, found->value);
}
