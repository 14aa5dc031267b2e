/* tools/http/http_judge.h - what a reply means: an answer, a reason to try again, or the end. */
#ifndef BC_TOOLS_HTTP_HTTP_JUDGE_H
#define BC_TOOLS_HTTP_HTTP_JUDGE_H

#include "tools/http/http.h"
#include "tools/http/http_wire.h"

enum http_verdict { HTTP_TAKE, HTTP_AGAIN, HTTP_HOP, HTTP_FAIL }; /* HOP: follows the redirect */

struct http_judged {
    enum http_verdict verdict;
    json_t *root;    /* the body, if it is JSON; the caller's to json_decref */
    int64_t wait_us; /* again: not before this, as the service says; 0: it does not */
    bool grows;      /* again: and twice as long after the next try, ... */
    bool hold;       /* again: a limit is used up, so nothing else is sent before either ... */
    enum http_lane hold_lane; /* ... under this limit */
    bool token_refused;       /* again: with a fresh token, if there is one */
    unsigned tries_max;       /* again: so many tries for this reason; 0: the usual number */
};

/* Of the question only what allows answers is read, and its lane; `service`
 * may be NULL. *err says why, unless it is an
 * answer. */
struct http_judged http_judge(const struct http_service *service,
                              const struct http_request *question, const struct http_reply *reply,
                              struct bc_err *err);

#endif
