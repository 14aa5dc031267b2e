/* tools/http/http_service.h - what is a service's own: how it says its limit, what is wrong, and
 * what it means by that, as a table. */
#ifndef BC_TOOLS_HTTP_HTTP_SERVICE_H
#define BC_TOOLS_HTTP_HTTP_SERVICE_H

#include "ledger/base/mem.h"

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

/* Which of two limits a request falls under. */
enum http_lane {
    HTTP_ORDINARY, /* limit_n in limit_us, until the service's headers say otherwise */
    HTTP_SEARCH,   /* and by its own: 4 in a second */
};
#define HTTP_LANE_N 2

/* What an answer means. */
enum http_meaning {
    HTTP_USUAL, /* what its status says: 429, 401, 408 and 5xx are the first of these, ... */
    /* A limit is used up: waits for Retry-After, or else, unless something is left, until the limit
     * begins anew by the answer's own Date, at most an hour, or else for limit_wait_us. */
    HTTP_IS_LIMIT,
    HTTP_IS_LANE_LIMIT, /* that of the request's lane alone: waits for Retry-After, or a second */
    HTTP_IS_DAY_LIMIT,  /* the day's: ends the run */
    HTTP_IS_TOKEN,      /* the token is refused: again with a fresh one, or once more */
    HTTP_IS_FAULT,      /* the service failed: again */
    HTTP_IS_REFUSAL,    /* the token may not do this: as 403 */
    HTTP_IS_WRONG,      /* the request is wrong: ends the run, unless its status is allowed */
};

/* What is known of an answer. */
struct http_reply_facts {
    int status;
    const json_t *root; /* the body, or NULL: it is not JSON, or not what the request allows */
    struct bc_str body; /* its first 64 KiB, of any type */
    const char *type;   /* "" if none */
    int64_t left;       /* of the limit; -1: it does not say */
    bool retry_after;   /* says when to come back */
    enum http_lane lane;
};

/* A status that means what others do not mean by it. */
struct http_own_status {
    int status;
    enum http_meaning meaning;
    const char *what; /* is said of it */
    int64_t wait_us;  /* HTTP_IS_FAULT: so long, where no Retry-After says otherwise */
};

/* What of a service's JSON is nobody's personal text, so that a trace may show it. The lists end
 * with NULL. Each may be NULL: then of texts only instants are shown. */
struct http_plain {
    /* Members whose text never is: ids, words of the API's own lists. An array's items are of its
     * member. */
    const char *const *members;
    /* Members whose content is the account's own, under names that anybody may have given: of its
     * texts and numbers those of `own_members` are shown, `members` say nothing about them. */
    const char *const *own;
    const char *const *own_members;
    /* Members whose text is JSON, of which the same is shown. */
    const char *const *json;
    /* What follows this in a path is the account's own, and not shown. */
    const char *path_before;
    /* Whether a text that nothing above shows is shown all the same. `key`: its member. `owner`: of
     * what is in an `own` one, the name there; else NULL. */
    bool (*shows)(const char *text, const char *key, const char *owner);
};

/* Each may be NULL or 0. */
struct http_service {
    const char *name; /* "HubSpot", in messages; NULL: "the service" */
    /* Headers by which it says its limit: its size, what is left of it and of the day's, its
     * length, and the Unix seconds at which it begins anew. The first three together set the pace.
     */
    const char *limit, *left, *interval_ms, *day_left, *reset_at;
    const struct http_own_status *statuses; /* { 0 } at the end */
    const char *day_over;                   /* said when the day's limit is used up */
    /* The host to which it leads who may not read, and what is then said; never followed. */
    const char *sign_in, *sign_in_means;
    /* Adds what the service itself says is wrong; nothing where it says nothing. NULL: its member
     * "message". What begins with "; " is said without a colon before it. */
    void (*said)(struct bc_buf *out, const json_t *root);
    /* The same, shorter, for http_refusal_add. NULL: `said`. */
    void (*refused)(struct bc_buf *out, const json_t *root);
    /* Looks at every answer that came whole, before it is judged as usual. */
    enum http_meaning (*meaning)(const struct http_reply_facts *facts);
    /* After a limit that says nothing else, and twice that after the next try, ...; 0: 10 s. */
    int64_t limit_wait_us;
    const struct http_plain *plain;
};

#endif
