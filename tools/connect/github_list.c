#include "tools/connect/github.h"

const int github_gone[] = { 404, 410, 0 };

/* One page, which ends with *path being that of the next one, or empty. */
static bc_status take_page(struct connect_run *run, struct bc_buf *path, struct http_pages *pages,
                           int *status, github_take_fn *take, void *payload, struct bc_err *err)
{
    const struct http_request how = { .array_ok = true, .allowed = status ? github_gone : NULL };
    const char *kept = NULL;
    struct http_answer answer;
    bc_status rc = connect_get(run, &answer, path, &how, err);

    *path = (struct bc_buf){ 0 };
    if (rc == BC_OK && answer.status < 300 && !json_is_array(answer.root))
        rc = bc_err_set(err, BC_E_REMOTE, "GET %.*s: the answer is no list",
                        (int)strcspn(answer.path, "?"), answer.path);
    if (status)
        *status = answer.status;
    for (size_t i = 0; rc == BC_OK && i < json_array_size(answer.root); i++)
        rc = take(payload, json_array_get(answer.root, i), err);
    if (rc == BC_OK && *answer.next)
        rc = http_pages_follow(pages, &kept, answer.next, http_pages_new(pages, answer.root, "id"),
                               err);
    if (kept)
        bc_buf_add_str(path, bc_str_of(kept));
    http_answer_release(&answer);
    return rc;
}

bc_status github_list(struct connect_run *run, struct bc_buf *path, int *status,
                      github_take_fn *take, void *payload, struct bc_err *err)
{
    struct http_pages pages = { 0 };
    bc_status rc = BC_OK;

    while (rc == BC_OK && path->len)
        rc = take_page(run, path, &pages, status, take, payload, err);
    rc = rc == BC_DONE ? BC_OK : rc;
    http_pages_release(&pages);
    bc_buf_release(path);
    return rc;
}
