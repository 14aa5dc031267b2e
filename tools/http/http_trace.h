/* tools/http/http_trace.h - what went over the wire, without personal texts: one JSON object a
 * line.
 *
 *     {"method": "GET", "path": "/crm/v3/owners?limit=500", "try": 1, "status": 200, "bytes": 512,
 *      "question": {...}, "answer": {...}, "problem": "..."}
 *
 * Bodies keep their structure, numbers, instants, and the texts that the service says are nobody's
 * (struct http_plain): ids, words of the API's own lists. Any other text (names, addresses,
 * subjects, messages, notes) is "<N bytes>", and a number under a name of the account's own
 * "<number>". `question` is there where JSON was sent, `answer` where JSON came, `problem` where it
 * did not. */
#ifndef BC_TOOLS_HTTP_HTTP_TRACE_H
#define BC_TOOLS_HTTP_HTTP_TRACE_H

#include "tools/http/http.h"
#include "tools/http/http_secret.h"
#include "tools/http/http_service.h"

#define HTTP_TRACE_BESIDE                                                                          \
    "(another host)" /* as the path: an address there may be a secret itself */

struct http_traced {
    const char *path, *problem;         /* problem "": none */
    const struct http_secrets *secrets; /* are nowhere in what is written */
    const struct http_plain *plain;     /* of the service, or NULL */
    struct bc_str question;             /* what was posted, or NULL at */
    const json_t *answer;               /* or NULL */
    unsigned nth;                       /* try */
    int status;
    size_t bytes;
};

void http_trace(FILE *out, const struct http_traced *traced);

/* Is the name in a list of struct http_plain? A list may be NULL. */
bool http_plain_lists(const char *const *names, const char *name);

#endif
