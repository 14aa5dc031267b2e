#include "tools/http/http_question.h"

#include <assert.h>
#include <stdlib.h>

/* NULL for NULL. */
static char *copy(const char *text)
{
    return text ? bc_strdup(bc_str_of(text)) : NULL;
}

static void drop(const char *text)
{
    free((char *)(uintptr_t)text);
}

struct http_question *http_question_new(const struct http_request *request, http_take_fn *take,
                                        void *payload)
{
    struct http_question *question = bc_calloc(1, sizeof(*question));
    char *body = copy(request->form);

    assert(request->path[0] == '/' && request->path[1] != '/');
    assert(!request->form || !request->body);
    if (request->body) {
        body = json_dumps(request->body, JSON_COMPACT);
        assert(body); /* an object of ours */
    }
    question->is = *request;
    question->is.body = NULL;
    question->is.path = copy(request->path);
    question->is.form = NULL;
    question->is.if_none_match = copy(request->if_none_match);
    question->is.if_modified_since = copy(request->if_modified_since);
    question->body = body ? bc_str_of(body) : (struct bc_str){ NULL, 0 };
    question->form = request->form;
    question->take = take;
    question->payload = payload;
    return question;
}

void http_question_free(struct http_question *question)
{
    if (!question)
        return;
    http_question_rewind(question);
    drop(question->body.at);
    drop(question->is.path);
    drop(question->is.if_none_match);
    drop(question->is.if_modified_since);
    free(question);
}

const char *http_question_path(const struct http_question *question)
{
    return question->path ? question->path : question->is.path;
}

struct http_sending http_question_sending(const struct http_question *question)
{
    return (struct http_sending){
        .path = question->beside ? question->beside : http_question_path(question),
        .beside = question->beside,
        .body = question->body,
        .type = question->form ? "application/x-www-form-urlencoded" : "application/json",
        .if_none_match = question->is.if_none_match,
        .if_modified_since = question->is.if_modified_since,
    };
}

bool http_question_hop(struct http_question *question, const struct http_target *to)
{
    char *next = bc_strdup(bc_str_of(to->to.at));
    char **at = to->way == HTTP_WAY_WITHIN ? &question->path : &question->beside;

    free(*at);
    *at = next;
    return question->hops++ < HTTP_HOPS_MAX;
}

void http_question_rewind(struct http_question *question)
{
    free(question->path);
    free(question->beside);
    question->path = question->beside = NULL;
    question->hops = 0;
}
