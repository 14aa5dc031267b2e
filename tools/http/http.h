/* tools/http/http.h - a client of a web service, with many requests at a time.
 *
 *     http_client_new(&client, &(struct http_opts){ .base_url = url, .token = token }, &err);
 *     http_ask(client, &(struct http_request){ .path = path }, take_page, state);
 *     rc = http_run(client, &err);        take_page asks for the page after it by http_ask
 *
 * Requests are queued by http_ask and answered in http_run, a few in flight at once, under the
 * service's limits; answers come in any order, each to its own callback, in http_run's thread.
 * Every request only reads, so one that failed temporarily is sent again: 423, 429, 5xx, what
 * the service means by others, timeouts and broken transfers, after growing waits, up to a number
 * of times, and as long as any answers come at all (give_up_us). What that cannot cure ends the run
 * with BC_E_REMOTE, or with BC_E_INPUT or BC_E_IO for an invalid token or address.
 *
 * The token goes to the host of the base URL and nowhere else: a redirect is followed only where
 * the options say so, TLS is verified, and plain http is for loopback alone. It is in no error, no
 * trace and no count. JSON is strict: a key twice in one object, nesting past HTTP_DEPTH_MAX,
 * anything but an object on top is no answer. One client per thread. */
#ifndef BC_TOOLS_HTTP_HTTP_H
#define BC_TOOLS_HTTP_HTTP_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "tools/http/http_service.h"

#include <stdio.h>

#include <jansson.h>

#define HTTP_DEPTH_MAX 64

/* A text with U+0000, or with half of a surrogate pair, has U+FFFD in its place, and in a key the
 * code after it ("\ufffdd83d"); each object in an array that it is in has this member beside its
 * own. */
#define HTTP_UNSOUND "unsound text"

typedef struct http_client http_client;

/* Time and chance, replaceable so that tests need not wait. */
struct http_clock {
    int64_t (*now_us)(void *state); /* from any start, never backwards */
    void (*sleep_us)(void *state, int64_t us);
    double (*chance)(void *state); /* 0 <= chance < 1 */
    void *state;
};
extern const struct http_clock http_clock_system;

/* What was done so far. */
struct http_counts {
    uint64_t requests;   /* sent, those sent again too */
    uint64_t retries;    /* sent again */
    uint64_t answers;    /* handed to callbacks */
    uint64_t body_bytes; /* received, unpacked */
    int64_t waited_us;   /* waited for limits and retries */
};

/* How the token is sent. */
enum http_auth {
    HTTP_BEARER,
    HTTP_BASIC_USER, /* as a user's name, with an empty password */
    HTTP_NO_TOKEN,   /* not at all; then it may be NULL */
};

/* A number that is 0 stands for the default in its comment. */
struct http_opts {
    const char *base_url;               /* "https://api.example.org"; copied */
    const char *token;                  /* copied */
    enum http_auth auth;                /* how it is sent */
    const char *const *headers;         /* "Accept: text/csv", NULL-ended, or NULL; copied */
    const struct http_service *service; /* borrowed; NULL: one without ways of its own */
    unsigned in_flight_max;             /* 4 */
    unsigned limit_n;                   /* 100: requests ... */
    int64_t limit_us;                   /* 10 s: ... in that time */
    unsigned tries_max;                 /* 8: of one request; 3 while the service never answered */
    int64_t give_up_us;                 /* 5 min: without an answer for so long it is a failure */
    int64_t total_max_us;               /* 6 h: from the first http_run on */
    int64_t connect_max_us;             /* 20 s */
    int64_t answer_max_us;              /* 2 min: from request to the answer's end */
    size_t body_max;                    /* 64 MiB, unpacked */
    const struct http_clock *clock;     /* copied; NULL: the system's */
    FILE *trace;                        /* borrowed; NULL, or where http_trace.h's lines go */
    void (*progress)(void *payload, const struct http_counts *counts); /* NULL: none */
    void *progress_payload;
    /* A fresh token (http_token_free) where the service accepts the one so far no more; NULL: none
     * can be had. A fresh one that is not accepted either is a failure. */
    bc_status (*fresh_token)(void *payload, char **out, struct bc_err *err);
    void *fresh_payload;
    /* Redirects, of GETs alone and at most HTTP_HOPS_MAX of one request. They lead to no other host
     * than is said here, never from https to http, and never back to the base URL. */
    bool follow; /* those within the base URL, with the token */
    /* Those to these hosts, by https and without the token and the headers: "docs.example.org", or
     * ".example.org" for all whose names end so; NULL-ended, copied; NULL: to none. Where a base
     * URL on loopback has a list, even an empty one, also to other ports of loopback. */
    const char *const *follow_hosts;
};
#define HTTP_HOPS_MAX 5

struct http_request {
    const char *path;    /* "/v3/things?limit=50", escaped; copied */
    const json_t *body;  /* NULL: a GET; else a POST of this, printed at once */
    enum http_lane lane; /* which limit */
    bool missing_ok;     /* 404 is an answer too; as where it is, a redirect that leads nowhere */
    unsigned again;      /* so often it was asked before: it waits as what is sent again does */
    bool refused_ok;     /* 400, 403 and 405 are answers too: what can be done without */
    bool array_ok;       /* the JSON may be an array */
    bool text_ok;        /* any content type is an answer, also none */
    /* What an earlier answer had as etag and last_modified, or NULL; copied. With either, 304 is an
     * answer too: nothing has changed. */
    const char *if_none_match, *if_modified_since;
    const int *allowed; /* further statuses that are answers, 0 at the end, or NULL; borrowed */
    const char *form;   /* a POST of this, "a=b&c=d", instead of `body`; copied */
};

/* An answer; it lives until the callback returns, or http_answer_release. */
struct http_answer {
    int status;         /* 200 to 299, or one that the request allows */
    json_t *root;       /* the body, or NULL: it is not JSON; json_incref what is kept of it */
    struct bc_str body; /* as it was received, unpacked; only for a request with text_ok */
    const char *type, *etag, *last_modified; /* "" where it has none */
    /* What `Link: <...>; rel="next"` leads to, as a path for the next request; "" if nothing. One
     * that leads out of the base URL is a failure. */
    const char *next;
    /* The path that was answered: after redirects within the base URL another one than was asked.
     */
    const char *path;
    int64_t date_us; /* the service's Date, as microseconds since 1970; -1: none */
    bool endless;    /* nothing said how long it is: it may have been cut off unseen */
    void *kept;      /* http_get's own */
};

/* Receives an answer. May call http_ask. A negative return ends the run and is what http_run
 * returns. */
typedef bc_status http_take_fn(void *payload, const struct http_answer *answer, struct bc_err *err);

/* BC_E_INPUT: an invalid base URL or token; the message does not have the token. */
bc_status http_client_new(http_client **out, const struct http_opts *opts, struct bc_err *err);
void http_client_free(http_client *client); /* NULL is fine */

/* Queues a request; they are sent in the order queued. A path that does not begin with one '/' is a
 * programming error. */
void http_ask(http_client *client, const struct http_request *request, http_take_fn *take,
              void *payload);

/* Runs until every request has its answer. The first failure stops it: what is in flight and queued
 * is dropped without a call, and *err says "GET /v3/things" (no query) and what was
 * wrong. May be called again, after more was queued. */
bc_status http_run(http_client *client, struct bc_err *err);

/* http_ask and http_run in one: a request, waited for, not from within a callback. *out is the
 * caller's to release. */
bc_status http_get(http_client *client, const struct http_request *request, struct http_answer *out,
                   struct bc_err *err);
void http_answer_release(struct http_answer *answer); /* `{ 0 }` is fine */

/* Adds why a request was refused, without the token: "403", or "400, " and what the service says.
 */
void http_refusal_add(const http_client *client, struct bc_buf *out, int status,
                      const json_t *root);

struct http_counts http_client_counts(const http_client *client);

/* The token in a file, without the line end. BC_E_IO: it cannot be read, or others than its owner
 * can. BC_E_INPUT: there is no token in it. The caller wipes and frees *out by http_token_free. */
bc_status http_token_read(char **out, const char *path, struct bc_err *err);
/* The token that a command prints as its first line; `sh -c` runs it. BC_E_IO: it failed, printed
 * far more, or did not end within two minutes by the clock (NULL: the system's), and was killed.
 * BC_E_INPUT: it printed none. */
bc_status http_token_run(char **out, const char *command, const struct http_clock *clock,
                         struct bc_err *err);
void http_token_free(char *token); /* NULL is fine */

/* Adds `text` to a path, its bytes escaped where they are not allowed in a name. */
void http_path_add(struct bc_buf *path, const char *text);
/* Adds "?name=value", or "&name=value" where a '?' is there already; both are escaped. */
void http_query_add(struct bc_buf *path, const char *name, const char *value);

/* The pages of one listing, so that a listing that goes in a circle, or on without records, ends.
 * `{ 0 }` is a new one. */
struct http_pages {
    char **seen; /* each "after" so far, in byte order */
    size_t n, cap;
    unsigned empty;  /* pages in a row that held nothing new */
    json_t *records; /* of http_pages_new; NULL: not asked for */
};
#define HTTP_PAGES_MAX   100000
#define HTTP_PAGES_EMPTY 32
/* What follows a page: BC_OK with *after (owned by `pages`), BC_DONE at the last page. BC_E_REMOTE:
 * a page that was requested already, too many, HTTP_PAGES_EMPTY in a row whose "results" are empty,
 * or an invalid "paging". */
bc_status http_pages_next(struct http_pages *pages, const char **after, const json_t *root,
                          struct bc_err *err);
/* The same for pages that say in another way what follows: `after` follows a page that held so many
 * records that no page before had. *kept as *after above. */
bc_status http_pages_follow(struct http_pages *pages, const char **kept, const char *after,
                            size_t held, struct bc_err *err);
/* How many of an array of records are new to the listing, by their member `key`, or as they are
 * where they have none. */
size_t http_pages_new(struct http_pages *pages, const json_t *records, const char *key);
void http_pages_release(struct http_pages *pages);

#endif
