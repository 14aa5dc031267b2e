/* tools/http/http_question.h - a request on its way, and where redirects have led it. */
#ifndef BC_TOOLS_HTTP_HTTP_QUESTION_H
#define BC_TOOLS_HTTP_HTTP_QUESTION_H

#include "tools/http/http.h"
#include "tools/http/http_wire.h"

struct http_question {
    struct http_request is; /* its texts are ours; its body is this one, as text */
    struct bc_str body;     /* NULL at: a GET */
    bool form;              /* is the body a form? */
    http_take_fn *take;
    void *payload;
    unsigned tries, token_n; /* with which token it was sent last */
    int64_t due_us;
    unsigned hops; /* redirects that were followed */
    char *path;    /* to which they led within the base URL; NULL: none did */
    char *beside;  /* the address beside it to which they led; NULL: none */
    struct http_question *next;
};

struct http_question *http_question_new(const struct http_request *request, http_take_fn *take,
                                        void *payload);
void http_question_free(struct http_question *question); /* NULL is fine */

/* The path that is asked within the base URL. */
const char *http_question_path(const struct http_question *question);
/* What is to be sent now; its texts are the question's. */
struct http_sending http_question_sending(const struct http_question *question);

/* Goes on where a redirect leads; false: that was one too many. */
bool http_question_hop(struct http_question *question, const struct http_target *to);
/* Back to what was asked: a place that a redirect led to may not last. */
void http_question_rewind(struct http_question *question);

#endif
