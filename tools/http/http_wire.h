/* tools/http/http_wire.h - exchanges with one host, over libcurl; what an answer means is decided
 * elsewhere.
 *
 * Only http_curl.c sees curl. */
#ifndef BC_TOOLS_HTTP_HTTP_WIRE_H
#define BC_TOOLS_HTTP_HTTP_WIRE_H

#include "tools/http/http.h"
#include "tools/http/http_address.h"

typedef struct http_wire http_wire;

enum http_outcome {
    HTTP_ANSWERED,   /* an answer came, whole */
    HTTP_BROKE,      /* it did not, but another try may succeed */
    HTTP_IMPOSSIBLE, /* it did not, and will not */
};

/* How an exchange ended. Numbers that the answer does not give are -1. */
struct http_reply {
    enum http_outcome outcome;
    char problem[512];                  /* what went wrong, unless answered */
    int status;                         /* also of an answer that broke off; 0: there was none */
    char type[128];                     /* the content type, "" if none */
    char etag[512], last_modified[128]; /* "" if none */
    struct http_target redirect; /* its host is "" if it is none; off: it is not to be followed */
    struct http_target next;     /* of a Link header; its host is "" if there is none */
    int64_t date_us;             /* since 1970 */
    int64_t retry_after_us;
    int64_t limit_n, limit_left, limit_us; /* of the ordinary limit */
    int64_t reset_us;                      /* when it begins anew, since 1970 */
    int64_t day_left;                      /* of the day's */
    bool endless; /* nothing but the end of the connection says where the body ends */
    struct bc_buf body;
};

/* As http_opts has them; all copied. */
struct http_wire_opts {
    const char *base_url, *token;
    enum http_auth auth;
    const char *const *headers, *const *follow_hosts;
    bool follow;
    const struct http_service *service; /* borrowed */
    unsigned in_flight_max;
    int64_t connect_max_us, answer_max_us;
    size_t body_max;
};

/* What is sent: a GET of `path`, which follows the base URL; or of an address beside it, without
 * the token. With a body of this type it is a POST. */
struct http_sending {
    const char *path;
    bool beside;
    struct bc_str body; /* NULL at: a GET */
    const char *type;
    const char *if_none_match, *if_modified_since; /* or NULL */
};

/* BC_E_INPUT: an invalid base URL or token. */
bc_status http_wire_new(http_wire **out, const struct http_wire_opts *opts, struct bc_err *err);
void http_wire_free(http_wire *wire); /* NULL is fine */

/* The token of exchanges from now on; copied. BC_E_INPUT: an invalid one. */
bc_status http_wire_set_token(http_wire *wire, const char *token, struct bc_err *err);

unsigned http_wire_in_flight(const http_wire *wire);
/* Begins an exchange; fewer than in_flight_max are under way. Path and body are borrowed until the
 * exchange has ended, which http_wire_next reports by `tag`. */
void http_wire_send(http_wire *wire, void *tag, const struct http_sending *sending);
/* An exchange that has ended: *reply lives until the next call on this wire. False: none has. */
bool http_wire_next(http_wire *wire, void **tag, const struct http_reply **reply);
/* Breaks off what is in flight; http_wire_next does not report its tags. */
void http_wire_drop(http_wire *wire);
/* Waits until something happens, or for so long. */
void http_wire_wait(http_wire *wire, int64_t us);

#endif
