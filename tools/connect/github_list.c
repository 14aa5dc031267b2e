#include "tools/connect/github.h"

#include <stdlib.h>

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

/* ---- in the order of time ---- */

struct entry {
    json_t *json;
    int64_t us, id; /* of one that says none, those of the one before it */
    size_t at;
};

struct entries {
    struct entry *at;
    size_t n, cap;
};

static bc_status gather(void *payload, const json_t *json, struct bc_err *err)
{
    struct entries *entries = payload;
    struct entry entry = { .json = json_incref((json_t *)(uintptr_t)json), .at = entries->n };
    const struct entry *before = entries->n ? &entries->at[entries->n - 1] : NULL;
    const json_t *id = json_object_get(json, "id");

    (void)err;
    entry.id = json_is_integer(id) ? json_integer_value(id) : before ? before->id : 0;
    if (!connect_instant(&entry.us, json, "created_at"))
        entry.us = before ? before->us : 0;
    BC_GROW(entries->at, entries->n, entries->cap);
    entries->at[entries->n++] = entry;
    return BC_OK;
}

static int by_time(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    if (left->us != right->us)
        return left->us < right->us ? -1 : 1;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return left->at < right->at ? -1 : 1;
}

bc_status github_list_by_time(struct connect_run *run, struct bc_buf *path, int *status,
                              github_take_fn *take, void *payload, struct bc_err *err)
{
    struct entries entries = { 0 };
    bc_status rc = github_list(run, path, status, gather, &entries, err);

    if (entries.n)
        qsort(entries.at, entries.n, sizeof(*entries.at), by_time);
    for (size_t i = 0; i < entries.n; i++) {
        rc = rc == BC_OK ? take(payload, entries.at[i].json, err) : rc;
        json_decref(entries.at[i].json);
    }
    free(entries.at);
    return rc == BC_DONE ? BC_OK : rc;
}
