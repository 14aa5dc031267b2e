/* tools/http/http_get.c - one request, waited for. */
#include "tools/http/http.h"

static const char *keep_text(bc_arena *arena, const char *text)
{
    return bc_arena_copy(arena, bc_str_of(text)).at;
}

static bc_status keep(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct http_answer *out = payload;
    bc_arena *arena = bc_arena_new();

    (void)err;
    *out = (struct http_answer){
        .status = answer->status,
        .root = json_incref(answer->root),
        .body = bc_arena_copy(arena, answer->body),
        .type = keep_text(arena, answer->type),
        .etag = keep_text(arena, answer->etag),
        .last_modified = keep_text(arena, answer->last_modified),
        .next = keep_text(arena, answer->next),
        .path = keep_text(arena, answer->path),
        .date_us = answer->date_us,
        .endless = answer->endless,
        .kept = arena,
    };
    return BC_OK;
}

bc_status http_get(http_client *client, const struct http_request *request, struct http_answer *out,
                   struct bc_err *err)
{
    struct http_answer answer = { 0 };

    http_ask(client, request, keep, &answer);
    bc_status rc = http_run(client, err);

    if (rc == BC_OK)
        *out = answer;
    else
        http_answer_release(&answer); /* another request may have failed after it */
    return rc;
}

void http_answer_release(struct http_answer *answer)
{
    json_decref(answer->root);
    bc_arena_free(answer->kept);
    *answer = (struct http_answer){ 0 };
}
